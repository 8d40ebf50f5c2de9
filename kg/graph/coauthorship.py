"""Who wrote with whom: authorships projected to a weighted graph of people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from kg.graph.limits import limits
from kg.graph.rounding import significant
from kg.records import Authorship, Knowledge


@dataclass(frozen=True, slots=True)
class Counts:
    """How much someone has published; larger is more in each.

    Attributes:
        full: papers, each counting 1.
        fractional: papers, each shared equally among its authors: the sum of 1/n (Price 1981).
        harmonic: papers, each shared by the order of its authors: the sum of :func:`harmonic_credit`.
    """

    full: int
    fractional: float
    harmonic: float


def authors_by_paper(authorships: Iterable[Authorship]) -> dict[str, tuple[str, ...]]:
    """The authors of each paper, both sorted by id; someone printed twice on a paper counts once."""
    wrote: dict[str, set[str]] = defaultdict(set)
    for authorship in authorships:
        wrote[authorship.paper].add(authorship.author)
    return {paper: tuple(sorted(wrote[paper])) for paper in sorted(wrote)}


def bylines(authorships: Iterable[Authorship]) -> dict[str, tuple[str, ...]]:
    """The authors of each paper in the order of print, papers sorted by id.

    Someone printed twice on a paper stands where first printed.

    Example:
        >>> bylines([Authorship("p1", 2, "ann", "Ann"), Authorship("p1", 1, "bob", "Bob")])
        {'p1': ('bob', 'ann')}
    """
    printed: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for authorship in authorships:
        printed[authorship.paper].append((authorship.position, authorship.author))
    return {
        paper: tuple(dict.fromkeys(author for _, author in sorted(printed[paper])))
        for paper in sorted(printed)
    }


def harmonic_credit(position: int, authors: int) -> float:
    """What the author at a position gets of one paper: (1 / i) / (1 + 1/2 + ... + 1/n).

    Harmonic counting (Hodge and Greenberg 1981; Hagen 2008, https://doi.org/10.1371/journal.pone.0004021): the
    first author gets most, the second half of it, and all together get 1. It takes the order of names to tell
    who did more, and misjudges papers whose authors stand in the order of the alphabet.

    Args:
        position: i, 1 for the first author.
        authors: n, of the paper.

    Returns:
        Above 0 to 1; larger is more credit.

    Example:
        >>> [round(harmonic_credit(position, 3), 3) for position in (1, 2, 3)]
        [0.545, 0.273, 0.182]
    """
    return 1 / position / sum(1 / other for other in range(1, authors + 1))


def counts(authorships: Iterable[Authorship]) -> dict[str, Counts]:
    """The papers of each author, counted in three ways.

    Args:
        authorships: in any order.

    Example:
        >>> both = [Authorship("p1", 1, "ann", "Ann"), Authorship("p1", 2, "bob", "Bob")]
        >>> counts(both)["bob"]
        Counts(full=1, fractional=0.5, harmonic=0.333333333333)
    """
    full: Counter[str] = Counter()
    fractional: dict[str, float] = defaultdict(float)
    harmonic: dict[str, float] = defaultdict(float)
    for people in bylines(authorships).values():
        for position, person in enumerate(people, start=1):
            full[person] += 1
            fractional[person] += 1 / len(people)
            harmonic[person] += harmonic_credit(position, len(people))
    return {
        person: Counts(full[person], significant(fractional[person]), significant(harmonic[person]))
        for person in sorted(full)
    }


def coauthorship(knowledge: Knowledge) -> nx.Graph:
    """The co-authorship graph.

    Nodes are author ids, sorted, with ``label``, ``paper_count``, ``fractional_count`` and ``harmonic_count``
    (:class:`Counts`), ``first_year`` and ``last_year`` (absent where no paper has a year). Edges are
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
    published = counts(knowledge.authorships)
    linking = {paper: people for paper, people in wrote.items() if len(people) <= limits().most_authors}
    graph = nx.Graph(hyperauthored_papers=len(wrote) - len(linking))
    papers: dict[str, list[str]] = defaultdict(list)
    for paper, people in wrote.items():
        for person in people:
            papers[person].append(paper)
    for author in sorted(knowledge.authors, key=lambda a: a.id):
        theirs = papers[author.id]
        own = published.get(author.id, Counts(0, 0.0, 0.0))
        graph.add_node(author.id, label=author.name, paper_count=own.full)
        graph.add_node(author.id, fractional_count=own.fractional, harmonic_count=own.harmonic)
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
