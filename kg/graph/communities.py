"""Communities of the co-authorship graph as records: who, with which papers, on what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import networkx as nx

from kg.graph.coauthorship import authors_by_paper
from kg.graph.distinguishing import distinguishing, methods, topics
from kg.graph.limits import limits
from kg.graph.measures import Integers
from kg.records import Community, Knowledge

_BETWEEN_LABELS = " · "


def communities(knowledge: Knowledge, coauthors: nx.Graph, partition: Integers) -> tuple[Community, ...]:
    """The communities of a partition, the largest first (people, then papers, then id).

    Each is named after the topics that set it apart from all other papers; after its methods where it has no
    topic, after its most connected member where it has neither.

    Args:
        knowledge: all records but the communities.
        coauthors: the co-authorship graph, with ``strength`` and ``paper_count`` of each node.
        partition: each node's community, in the order of the nodes.
    """
    members = _members(coauthors, partition)
    papers = _papers(members, authors_by_paper(knowledge.authorships))
    chosen = _topics(knowledge, papers)
    labels = {concept.key: concept.pref_label for concept in knowledge.concepts}
    found = [
        Community(
            leader, _label(chosen[leader], labels) or name, chosen[leader], members[leader], papers[leader]
        )
        for leader, name in ((leader, str(coauthors.nodes[leader]["label"])) for leader in members)
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
    kinds = [kind(knowledge) for kind in (topics, methods)]
    chosen = {}
    for leader, ids in papers.items():
        candidates = (distinguishing(ids, subjects, limits().topics) for subjects in kinds)
        chosen[leader] = next((found for found in candidates if found), ())
    return chosen


def _label(chosen: Sequence[str], labels: Mapping[str, str]) -> str:
    return _BETWEEN_LABELS.join(labels[key] for key in chosen[: limits().topics.in_label])
