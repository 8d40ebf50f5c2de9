"""How two people are connected: the shortest chain of papers from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import networkx as nx

from kg.graph.coauthorship import coauthorship
from kg.query.people import author_called, names
from kg.query.tables import folder_of, read_knowledge
from kg.records import Knowledge, Paper


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a chain: the author's id, and the name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two people and a paper that they wrote together.

    Attributes:
        one: who comes first on the chain.
        other: the next.
        paper: the id of their latest joint paper, the first by id of several.
        title: its title.
        year: its year, or None where it is unknown.
        papers: how many papers the two wrote together.
    """

    one: Person
    other: Person
    paper: str
    title: str
    year: int | None
    papers: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one person to another over joint papers.

    Attributes:
        start: where it begins.
        end: where it ends.
        connected: whether there is one.
        path: its links; empty where there is none, or where both are one person.
    """

    start: Person
    end: Person
    connected: bool
    path: tuple[Link, ...]


def connection(graph: Path, one: str, other: str) -> Chain:
    """The chain of papers between two people of a build.

    Args:
        graph: the folder of a build, or its ``graph.ttl``.
        one: a name, an id or an IRI.
        other: likewise.

    Raises:
        kg.query.store.QueryError: where the build cannot be read, or a name means nobody or several people.
    """
    knowledge = read_knowledge(folder_of(graph))
    known = names(knowledge)
    return chain(knowledge, author_called(known, one), author_called(known, other))


def chain(knowledge: Knowledge, start: str, end: str) -> Chain:
    """The shortest chain of papers between two authors, by number of papers.

    Of several that are as short, the one that follows those who wrote most together, from its beginning on;
    ties by id. Papers of too many authors to link people are no links, as in the co-authorship graph.

    Args:
        knowledge: papers, authors and authorships, in any order.
        start: the id of an author.
        end: likewise.

    Raises:
        KeyError: where one of them is no author.

    Example:
        >>> from kg.graph.example import few_papers
        >>> [(link.one.id, link.other.id, link.paper) for link in chain(few_papers(), "bob", "cyd").path]
        [('bob', 'ann', 'p1'), ('ann', 'cyd', 'p2')]
    """
    graph = coauthorship(knowledge)
    papers = {paper.id: paper for paper in knowledge.papers}
    left = nx.single_source_shortest_path_length(graph, end)
    ids = [start] if start in left else []
    while ids and ids[-1] != end:
        here = ids[-1]
        nearer = [other for other in graph[here] if left.get(other) == left[here] - 1]
        ids.append(min(nearer, key=lambda other: (-graph[here][other]["paper_count"], other)))
    people = [Person(i, graph.nodes[i]["label"]) for i in ids]
    path = tuple(
        _link(one, other, graph.edges[one.id, other.id]["papers"], papers) for one, other in pairwise(people)
    )
    first, last = (Person(i, graph.nodes[i]["label"]) for i in (start, end))
    return Chain(first, last, bool(ids), path)


def _link(one: Person, other: Person, joint: str, papers: Mapping[str, Paper]) -> Link:
    ids = joint.split()
    latest = min((papers[i] for i in ids), key=lambda paper: (-(paper.year or 0), paper.id))
    return Link(one, other, latest.id, latest.title, latest.year, len(ids))
