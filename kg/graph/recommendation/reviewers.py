"""Who could review a paper: people whose own papers are on the same, and who have no stake in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, hstack

from kg.graph.limits import limits
from kg.graph.measures import Floats, Integers
from kg.graph.recommendation.calendar import time_of
from kg.graph.recommendation.hierarchy import broader, widened
from kg.graph.recommendation.profiles import binary, inverse_document_frequency, occurrences, unit_rows
from kg.graph.recommendation.settings import settings
from kg.graph.rounding import significant
from kg.records import Kind, Knowledge, Role

_Flags = NDArray[np.bool_]
_TOLD = frozenset(Role) - {Role.COMPARES_WITH}


@dataclass(frozen=True, slots=True, eq=False)
class Expertise:
    """What people have shown that they know, paper by paper.

    Attributes:
        people: ids of the authors, sorted: the rows of ``wrote``.
        row: the row of each person.
        papers: ids of the papers, sorted.
        wrote: people and papers, 1 where a person wrote a paper.
        keys: of the concepts, the columns of ``concepts``.
        frequency: inverse document frequency of each concept.
        concepts: papers and concepts, tf-idf of length 1.
        times: of the papers, in years; that of the first where unknown.
        broader: keys of all concepts broader than each.
    """

    people: tuple[str, ...]
    row: Mapping[str, int]
    papers: tuple[str, ...]
    wrote: csr_array
    keys: tuple[str, ...]
    frequency: Floats
    concepts: csr_array
    times: Floats
    broader: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One paper that shows that somebody knows what a text is about.

    Attributes:
        paper: its id.
        score: its likeness to the text with its age, 0 to 1.
        concepts: keys of the concepts that it shares with the text, the most telling first.
    """

    paper: str
    score: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who could review a text.

    Attributes:
        person: the id.
        score: how surely the person knows what the text is about; above 0, below or equal 1, more is better.
        concepts: keys of the concepts of the text that the person's papers are on, the most telling first.
        papers: what shows it, the most telling first.
    """

    person: str
    score: float
    concepts: tuple[str, ...]
    papers: tuple[Evidence, ...]


def expertise(knowledge: Knowledge) -> Expertise:
    """What the authors of papers know: the concepts of their papers, and all that is broader.

    Concepts that a paper only compares with do not count.

    Args:
        knowledge: papers, assertions, authors and authorships, in any order.
    """
    papers = sorted(knowledge.papers, key=lambda p: p.id)
    ids = tuple(paper.id for paper in papers)
    above = broader(knowledge.concepts)
    told = widened(knowledge.assertions, above)
    parts = [occurrences(ids, told, kind, _TOLD) for kind in Kind]
    occurring = csr_array(hstack([matrix for matrix, _ in parts], format="csr"))
    frequency = inverse_document_frequency(occurring)
    people = tuple(sorted(author.id for author in knowledge.authors))
    row = {person: index for index, person in enumerate(people)}
    column = {paper: index for index, paper in enumerate(ids)}
    cells = {(row[a.author], column[a.paper]) for a in knowledge.authorships if a.paper in column}
    times = [time_of(paper) for paper in papers]
    first = min((time for time in times if time is not None), default=0.0)
    return Expertise(
        people=people,
        row=row,
        papers=ids,
        wrote=binary(np.array(sorted(cells), dtype=np.int64).reshape(-1, 2), (len(people), len(ids))),
        keys=tuple(key for _, keys in parts for key in keys),
        frequency=frequency,
        concepts=unit_rows(csr_array(occurring @ diags_array(frequency))),
        times=np.array([first if time is None else time for time in times], dtype=np.float64),
        broader=above,
    )


def reviewers(
    known: Expertise,
    concepts: Mapping[str, float],
    authors: Collection[str] = (),
    conflict_years: float | None = None,
    limit: int = 10,
) -> tuple[Reviewer, ...]:
    """People who could review a text, the most expert first, ties by id.

    A paper p tells of a text q with s(p) = cos(q, p) 2^(-age / half-life), both as tf-idf vectors of their
    concepts; a person with papers P scores 1 - Π (1 - s(p)) over P, the probability that at least one of them
    tells (a noisy or, Pearl 1988): more papers tell more, each one less. Ranking people by the papers that
    they wrote is the document model of Balog, Azzopardi and de Rijke (2006,
    https://doi.org/10.1145/1148170.1148181).

    Args:
        known: from :func:`expertise`.
        concepts: keys of the concepts of the text, with how much it is about each, above 0.
        authors: ids of its authors; they and their co-authors are left out, unknown ones ignored.
        conflict_years: the age in years, counted from the last paper known, up to which a joint paper makes a
            conflict; any age where None. Papers of too many authors to link people make none.
        limit: how many are wanted, at most.
    """
    text = _text(known, concepts)
    telling = _ages(known) * np.asarray(known.concepts @ text, dtype=np.float64)
    doubt = np.log1p(-np.minimum(telling, 1 - settings().least))
    scores = -np.expm1(known.wrote @ doubt)
    scores[_conflicting(known, authors, conflict_years)] = 0.0
    order = np.lexsort((np.arange(len(scores)), -scores.round(12)))[:limit]
    return tuple(
        _reviewer(known, row, scores[row], telling, text) for row in order.tolist() if scores[row] > 0
    )


def conflicts(
    known: Expertise, authors: Collection[str], conflict_years: float | None = None
) -> frozenset[str]:
    """Who must not review a text: its authors and their co-authors; arguments as for :func:`reviewers`."""
    return frozenset(
        known.people[row] for row in np.flatnonzero(_conflicting(known, authors, conflict_years))
    )


def _text(known: Expertise, concepts: Mapping[str, float]) -> Floats:
    """The text as a vector of length 1, or 0 where nothing of it is known; the broader weighs as the narrower."""
    weights: dict[str, float] = {}
    for concept, weight in concepts.items():
        for key in (concept, *known.broader.get(concept, ())):
            weights[key] = max(weight, weights.get(key, 0.0))
    vector = np.array([weights.get(key, 0.0) for key in known.keys], dtype=np.float64) * known.frequency
    length = float(np.sqrt(np.square(vector).sum()))
    return np.asarray(vector / length if length else vector, dtype=np.float64)


def _ages(known: Expertise) -> Floats:
    """What is left of the weight of each paper at its age."""
    ages = known.times.max(initial=0.0) - known.times
    return np.asarray(0.5 ** (ages / settings().reviewers.half_life), dtype=np.float64)


def _conflicting(known: Expertise, authors: Collection[str], years: float | None) -> _Flags:
    flags = np.zeros(len(known.people), dtype=np.bool_)
    rows = sorted(known.row[author] for author in set(authors) if author in known.row)
    if rows:
        theirs = np.asarray(known.wrote[rows].sum(axis=0)) > 0
        team = np.asarray(known.wrote.sum(axis=0))
        recent = known.times >= (-np.inf if years is None else known.times.max(initial=0.0) - years)
        linking = theirs & recent & (team <= limits().most_authors)
        flags = np.asarray(known.wrote @ linking.astype(np.float64)) > 0
        flags[rows] = True
    return flags


def _reviewer(known: Expertise, row: int, score: float, telling: Floats, text: Floats) -> Reviewer:
    start, end = known.wrote.indptr[row : row + 2]
    wrote: Integers = known.wrote.indices[start:end].astype(np.int64)
    order = np.lexsort((wrote, -telling[wrote].round(12)))
    shown = [int(paper) for paper in wrote[order] if telling[paper] > 0]
    shared = np.asarray(known.concepts[shown].sum(axis=0)) * text
    evidence = tuple(
        Evidence(
            known.papers[paper],
            significant(telling[paper]),
            _best(known, known.concepts[[paper]].toarray()[0] * text),
        )
        for paper in shown[: settings().explained]
    )
    return Reviewer(known.people[row], significant(score), _best(known, shared), evidence)


def _best(known: Expertise, shared: Floats) -> tuple[str, ...]:
    order = np.lexsort((np.arange(len(shared)), -shared.round(12)))[: settings().explained]
    return tuple(known.keys[column] for column in order.tolist() if shared[column] > 0)
