"""Who wrote with whom: authorships projected to a weighted graph of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import networkx as nx

from kg.graph.limits import limits
from kg.graph.rounding import significant
from kg.records import Authorship, Knowledge


def authors_by_paper(authorships: Iterable[Authorship]) -> dict[str, tuple[str, ...]]:
    """The authors of each paper, both sorted by id; someone printed twice on a paper counts once."""
    wrote: dict[str, set[str]] = defaultdict(set)
    for authorship in authorships:
        wrote[authorship.paper].add(authorship.author)
    return {paper: tuple(sorted(wrote[paper])) for paper in sorted(wrote)}


def coauthorship(knowledge: Knowledge) -> nx.Graph:
    """The co-authorship graph.

    Nodes are author ids, sorted, with ``label``, ``paper_count``, ``fractional_count`` (each paper shared
    equally among its authors), ``first_year`` and ``last_year`` (absent where no paper has a year). Edges are
    sorted, with ``weight``, ``paper_count``, ``papers`` (ids) and ``years``, both joined by spaces; ``years``
    is absent where unknown. The weight is the sum over joint papers of 1/(k - 1), k being the paper's number
    of authors (Newman 2001, https://doi.org/10.1103/PhysRevE.64.016132): a person's weights add up to the
    number of papers written with others.

    A paper with more authors than a limit links nobody, though it counts for each; the graph's attribute
    ``hyperauthored_papers`` tells how many there are.

    Args:
        knowledge: papers, authors and authorships, in any order.
    """
    years = {paper.id: paper.year for paper in knowledge.papers}
    wrote = authors_by_paper(knowledge.authorships)
    linking = {paper: people for paper, people in wrote.items() if len(people) <= limits().most_authors}
    graph = nx.Graph(hyperauthored_papers=len(wrote) - len(linking))
    papers: dict[str, list[str]] = defaultdict(list)
    for paper, people in wrote.items():
        for person in people:
            papers[person].append(paper)
    for author in sorted(knowledge.authors, key=lambda a: a.id):
        theirs = papers[author.id]
        fractional = significant(sum(1 / len(wrote[paper]) for paper in theirs))
        graph.add_node(author.id, label=author.name, paper_count=len(theirs), fractional_count=fractional)
        known = _known_years(theirs, years)
        if known:
            graph.add_node(author.id, first_year=known[0], last_year=known[-1])
    for (one, other), joint in sorted(_joint_papers(linking).items()):
        weight = significant(sum(1 / (len(linking[paper]) - 1) for paper in joint))
        graph.add_edge(one, other, weight=weight, paper_count=len(joint), papers=" ".join(joint))
        known = _known_years(joint, years)
        if known:
            graph.add_edge(one, other, years=" ".join(map(str, known)))
    return graph


def _joint_papers(wrote: dict[str, tuple[str, ...]]) -> dict[tuple[str, str], list[str]]:
    joint: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper, people in wrote.items():
        for pair in combinations(people, 2):
            joint[pair].append(paper)
    return joint


def _known_years(papers: Iterable[str], years: dict[str, int | None]) -> list[int]:
    return sorted({year for paper in papers if (year := years.get(paper)) is not None})
