from __future__ import annotations

from dataclasses import replace

import networkx as nx

from kg.graph import analyse
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


def test_a_community_on_nothing_is_called_by_its_leader() -> None:
    found = _by_id(_with_concepts(PAPERS, PARSING))["C"]
    assert (found.label, found.topics) == ("C", ())
