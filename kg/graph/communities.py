"""Communities of the co-authorship graph as records: who, with which papers, on what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import networkx as nx

from kg.graph.coauthorship import authors_by_paper
from kg.graph.distinguishing import distinguishing, methods, topics
from kg.graph.measures import Floats, Integers
from kg.graph.naming import Group, names, naming_settings
from kg.graph.rounding import significant
from kg.records import Community, Knowledge


def communities(
    knowledge: Knowledge, coauthors: nx.Graph, partition: Integers, stability: Floats | None = None
) -> tuple[Community, ...]:
    """The communities of a partition, the largest first (people, then papers, then id).

    Each is named after the topics that its papers share and that set them apart from all others; after such
    methods where there is no such topic, after its most connected members where there is neither. No two have
    the same name: :func:`kg.graph.naming.names`.

    Args:
        knowledge: all records but the communities.
        coauthors: the co-authorship graph, with ``strength`` and ``paper_count`` of each node.
        partition: each node's community, in the order of the nodes.
        stability: of each community by its number, nan where unknown, as
            :func:`kg.graph.stability.by_resampling` finds it; where it is None, that of all is unknown.
    """
    members = _members(coauthors, partition)
    papers = _papers(members, authors_by_paper(knowledge.authorships))
    chosen = _topics(knowledge, papers)
    labels = _labels(knowledge, coauthors, members, chosen)
    steady = _stability(coauthors, partition, stability)
    found = [
        Community(leader, labels[leader], chosen[leader], members[leader], papers[leader], steady.get(leader))
        for leader in members
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.members), -len(c.papers), c.id)))


def _members(coauthors: nx.Graph, partition: Integers) -> dict[str, tuple[str, ...]]:
    """The members of each community, most connected first, by its leader."""
    together: dict[int, list[str]] = defaultdict(list)
    for author, number in zip(coauthors, partition.tolist(), strict=True):
        together[number].append(author)

    def connection(author: str) -> tuple[float, int, str]:
        node = coauthors.nodes[author]
        return -node["strength"], -node["paper_count"], author

    ordered = [tuple(sorted(people, key=connection)) for people in together.values()]
    return {people[0]: people for people in sorted(ordered)}


def _papers(
    members: Mapping[str, Sequence[str]], wrote: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The papers of each community: those of at least two members, or of its only one."""
    community = {author: leader for leader, people in members.items() for author in people}
    papers: dict[str, list[str]] = {leader: [] for leader in members}
    for paper, people in sorted(wrote.items()):
        for leader, count in Counter(community[author] for author in people).items():
            if count >= min(2, len(members[leader])):
                papers[leader].append(paper)
    return {leader: tuple(ids) for leader, ids in papers.items()}


def _topics(knowledge: Knowledge, papers: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = dict.fromkeys(papers, ())
    for subjects in (topics(knowledge), methods(knowledge)):
        counts = [len(subjects.by_paper.get(paper, ())) for ids in papers.values() for paper in ids]
        average = sum(counts) / max(len(papers), 1)
        for leader, ids in papers.items():
            chosen[leader] = chosen[leader] or distinguishing(ids, subjects, average, naming_settings())
    return chosen


def _labels(
    knowledge: Knowledge,
    coauthors: nx.Graph,
    members: Mapping[str, Sequence[str]],
    chosen: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    labels = {concept.key: concept.pref_label for concept in knowledge.concepts}
    groups = [
        Group(
            leader,
            tuple(labels[key] for key in chosen[leader]),
            tuple(str(coauthors.nodes[member]["label"]) for member in people),
        )
        for leader, people in members.items()
    ]
    return names(groups, naming_settings())


def _stability(coauthors: nx.Graph, partition: Integers, stability: Floats | None) -> dict[str, float]:
    """The stability of each member's community, where it is known."""
    if stability is None:
        return {}
    each = zip(coauthors, stability[partition].tolist(), strict=True)
    return {author: significant(number) for author, number in each if number == number}
