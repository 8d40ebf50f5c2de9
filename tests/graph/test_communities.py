from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import networkx as nx
import numpy as np

from kg.build import Build
from kg.graph.analysis import analyse
from kg.graph.communities import communities
from kg.graph.distinguishing import methods, topics
from kg.graph.measures import adjacency
from kg.graph.partition import partition
from kg.records import Assertion, Community, Concept, Kind, Knowledge, Role
from tests.graph.samples import known, paper


def _by_id(knowledge: Knowledge) -> dict[str, Community]:
    return {community.id: community for community in analyse(knowledge)[0].communities}


def test_everyone_in_the_seeds_is_in_one_community(seed_analysis: tuple[Knowledge, nx.Graph]) -> None:
    knowledge, graph = seed_analysis
    members = [member for community in knowledge.communities for member in community.members]
    assert sorted(members) == sorted(graph)
    assert {m: c.id for c in knowledge.communities for m in c.members} == dict(graph.nodes(data="community"))


def test_communities_come_largest_first(seed_analysis: tuple[Knowledge, nx.Graph]) -> None:
    order = [(-len(c.members), -len(c.papers), c.id) for c in seed_analysis[0].communities]
    assert order == sorted(order)


def test_a_community_is_called_after_its_most_connected_member(
    seed_analysis: tuple[Knowledge, nx.Graph],
) -> None:
    knowledge, graph = seed_analysis
    for community in knowledge.communities:
        assert community.id == community.members[0]
        strengths = [graph.nodes[member]["strength"] for member in community.members]
        assert strengths == sorted(strengths, reverse=True), community.id


def test_of_equally_connected_members_the_one_with_more_papers_leads() -> None:
    papers = [paper("p1", "A", "B"), paper("p2", "B")]
    assert [c.members for c in analyse(known(papers))[0].communities] == [("B", "A")]


def test_papers_of_a_community_have_two_of_its_members() -> None:
    papers = [paper("p1", "A", "B", "C"), paper("p2", "A", "B"), paper("p3", "A")]
    assert _by_id(known(papers))["A"].papers == ("p1", "p2")


def test_papers_of_someone_who_writes_alone_are_their_communitys() -> None:
    assert _by_id(known([paper("p1", "A"), paper("p2", "A")]))["A"].papers == ("p1", "p2")


def _with_concepts(knowledge: Knowledge, *concepts: Concept) -> Knowledge:
    """Each concept is what paper p1 is about."""
    roles = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METHOD: Role.USES}
    assertions = tuple(Assertion("p1", c.key, roles[c.kind], 0.9) for c in concepts)
    return replace(knowledge, concepts=concepts, assertions=assertions)


PAPERS = known([paper("p1", "A", "B"), paper("p2", "C", "D")])
PARSING = Concept("parsing", Kind.TOPIC, "parsing")
TAGGING = Concept("tagging", Kind.TOPIC, "tagging")
TREEBANKS = Concept("treebanks", Kind.TOPIC, "treebanks")
ADAM = Concept("adam", Kind.METHOD, "Adam")


def test_a_label_joins_the_two_best_topics() -> None:
    found = _by_id(_with_concepts(PAPERS, PARSING, TAGGING, TREEBANKS))["A"]
    assert found.label == "parsing · tagging"
    assert found.topics == (PARSING.key, TAGGING.key, TREEBANKS.key)


def test_one_topic_is_label_enough() -> None:
    assert _by_id(_with_concepts(PAPERS, ADAM, PARSING))["A"].label == "parsing"


def test_methods_stand_in_where_there_is_no_topic() -> None:
    found = _by_id(_with_concepts(PAPERS, ADAM))["A"]
    assert (found.label, found.topics) == ("Adam", ("method/adam",))


def test_two_people_on_nothing_are_called_by_their_names() -> None:
    found = _by_id(_with_concepts(PAPERS, PARSING))["C"]
    assert (found.label, found.topics) == ("C and D", ())


def test_papers_without_a_shared_topic_are_called_by_their_most_connected_author() -> None:
    papers = [paper("p1", "A", "B", "C"), paper("p2", "A", "B"), paper("p3", "X")]
    found = _by_id(_with_concepts(known(papers), PARSING))["A"]
    assert (found.label, found.topics) == ("A et al.", ()), "only one of the two papers is on parsing"


def test_no_two_communities_of_the_seeds_have_the_same_name(seed_build: Build) -> None:
    labels = [community.label.casefold() for community in seed_build.knowledge.communities]
    assert [label for label, count in Counter(labels).items() if count > 1] == []


def test_every_topic_of_a_community_of_the_seeds_is_shared(seed_build: Build) -> None:
    subjects = [kind(seed_build.knowledge) for kind in (topics, methods)]
    for community in seed_build.knowledge.communities:
        about = [set().union(*(s.by_paper.get(p, frozenset()) for s in subjects)) for p in community.papers]
        for key in community.topics:
            count = sum(key in keys for keys in about)
            assert count >= min(2, len(about)), f"{community.label}: {key} is of {count} of {len(about)}"


def test_stability_is_unknown_unless_given(seed_analysis: tuple[Knowledge, nx.Graph]) -> None:
    knowledge, graph = seed_analysis
    parts = partition(adjacency(graph), 1.0, 10)
    assert {c.stability for c in communities(knowledge, graph, parts)} == {None}


def test_each_community_has_the_stability_of_its_number(seed_analysis: tuple[Knowledge, nx.Graph]) -> None:
    knowledge, graph = seed_analysis
    parts = partition(adjacency(graph), 1.0, 10)
    given = np.linspace(0, 1, parts.max() + 1).round(3)
    given[parts[0]] = np.nan
    number = dict(zip(graph, parts.tolist(), strict=True))
    for community in communities(knowledge, graph, parts, given):
        expected = given[number[community.id]]
        assert community.stability == (None if np.isnan(expected) else expected), community.label


def test_names_do_not_hang_on_the_order_of_the_records(seed_build: Build) -> None:
    knowledge, graph, chance = seed_build.knowledge, seed_build.coauthors, random.Random(6)
    mixed = replace(
        knowledge,
        papers=tuple(chance.sample(knowledge.papers, len(knowledge.papers))),
        concepts=tuple(chance.sample(knowledge.concepts, len(knowledge.concepts))),
        assertions=tuple(chance.sample(knowledge.assertions, len(knowledge.assertions))),
        authorships=tuple(chance.sample(knowledge.authorships, len(knowledge.authorships))),
    )
    parts = partition(adjacency(graph), 1.0, 10)
    assert communities(mixed, graph, parts) == communities(knowledge, graph, parts)
