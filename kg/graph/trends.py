"""How often papers are about a concept: by year, by venue and by edition, in papers and as a share of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from kg.graph.incidence import EVERY_ROLE, Incidence, binary, incidence
from kg.graph.measures import Integers
from kg.records import Concept, Kind, Knowledge, Paper, Role
from kg.slugs import slug

_Group = TypeVar("_Group", int, str)


@dataclass(frozen=True, slots=True)
class YearCount:
    """The papers of one year.

    Attributes:
        year: the year of publication.
        papers: how many of its papers are about the concept.
        total: how many papers it has, 1 or more.
    """

    year: int
    papers: int
    total: int

    @property
    def share(self) -> float:
        """The share of the papers that are about the concept, 0 to 1."""
        return self.papers / self.total


@dataclass(frozen=True, slots=True)
class VenueCount:
    """The papers of one venue, or of one edition of a venue.

    Attributes:
        id: the slug of the venue (``iclr``) or edition (``iclr-2021``).
        label: its name (``iclr 2021``).
        papers: how many of its papers are about the concept.
        total: how many papers it has, 1 or more.
    """

    id: str
    label: str
    papers: int
    total: int

    @property
    def share(self) -> float:
        """The share of the papers that are about the concept, 0 to 1."""
        return self.papers / self.total


@dataclass(frozen=True, slots=True)
class Trend:
    """Where and when papers are about a concept.

    Attributes:
        concept: its key.
        label: its name.
        kind: its kind.
        papers: how many papers are about it, those without year or venue included.
        by_year: every year that has papers, the earliest first; years without one on the concept count 0.
        by_venue: every venue that has papers, by id.
        by_edition: every edition that has papers, by id.
    """

    concept: str
    label: str
    kind: Kind
    papers: int
    by_year: tuple[YearCount, ...]
    by_venue: tuple[VenueCount, ...]
    by_edition: tuple[VenueCount, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Yearly:
    """Counts of papers by concept and year.

    Attributes:
        concepts: the rows, by key.
        years: the columns: years that have papers, the earliest first.
        papers: how many papers of each year are about each concept.
        totals: how many papers each year has.
    """

    concepts: tuple[Concept, ...]
    years: tuple[int, ...]
    papers: Integers
    totals: Integers


def trends(
    knowledge: Knowledge,
    kinds: Collection[Kind],
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int = 1,
) -> tuple[Trend, ...]:
    """The counts of each concept by year, venue and edition, the concept of most papers first.

    A share is the number of papers about the concept over the number of all papers of that year or venue,
    those about nothing included: a year in which more was published does not look like a trend. It shows
    association, not cause: a venue that is new in the sources moves the shares of its field.

    Args:
        knowledge: papers, concepts and assertions, in any order.
        kinds: the kinds of concepts.
        roles: the roles that make a paper be about a concept.
        minimum_papers: papers that a concept must occur in.

    Example:
        >>> from kg.graph.example import few_papers
        >>> parsing = trends(few_papers(), [Kind.TOPIC])[0]
        >>> [(count.year, count.papers, count.total) for count in parsing.by_year]
        [(2020, 1, 1), (2021, 2, 3)]
        >>> [(count.id, count.share) for count in parsing.by_venue]
        [('acl', 0.5), ('iclr', 1.0)]
    """
    about = incidence(knowledge, kinds, roles).frequent(minimum_papers)
    venues, editions = _venues(about.papers)
    years, by_year, year_totals = _grouped(about, _years(about.papers))
    venue_ids, by_venue, venue_totals = _grouped(about, [_venue(paper) for paper in about.papers])
    edition_ids, by_edition, edition_totals = _grouped(about, [_edition(paper) for paper in about.papers])
    occurrences = about.occurrences.tolist()
    found = [
        Trend(
            concept.key,
            concept.pref_label,
            concept.kind,
            occurrences[row],
            tuple(map(YearCount, years, by_year[row].tolist(), year_totals.tolist())),
            _venue_counts(venue_ids, venues, by_venue[row], venue_totals),
            _venue_counts(edition_ids, editions, by_edition[row], edition_totals),
        )
        for row, concept in enumerate(about.concepts)
    ]
    return tuple(sorted(found, key=lambda trend: (-trend.papers, trend.concept)))


def yearly(about: Incidence) -> Yearly:
    """The counts by concept and year; papers without a year are left out.

    Example:
        >>> from kg.graph.example import few_papers
        >>> found = yearly(incidence(few_papers(), [Kind.TOPIC]))
        >>> found.years, found.papers.tolist(), found.totals.tolist()
        ((2020, 2021), [[1, 2], [1, 1], [0, 1]], [1, 3])
    """
    years, papers, totals = _grouped(about, _years(about.papers))
    return Yearly(about.concepts, years, papers, totals)


def _years(papers: Sequence[Paper]) -> list[int | None]:
    return [paper.year for paper in papers]


def _venue(paper: Paper) -> str | None:
    return slug(paper.venue) if paper.venue else None


def _edition(paper: Paper) -> str | None:
    return f"{_venue(paper)}-{paper.year}" if paper.venue and paper.year is not None else None


def _venues(papers: Sequence[Paper]) -> tuple[dict[str, str], dict[str, str]]:
    """The names of venues and editions by id; a venue is named as the first of its spellings."""
    names: dict[str, str] = {}
    for paper in papers:
        if paper.venue:
            venue = slug(paper.venue)
            names[venue] = min(paper.venue, names.get(venue, paper.venue))
    editions = {
        edition: f"{names[slug(paper.venue)]} {paper.year}"
        for paper in papers
        if paper.venue and (edition := _edition(paper)) is not None
    }
    return names, editions


def _grouped(
    about: Incidence, groups: Sequence[_Group | None]
) -> tuple[tuple[_Group, ...], Integers, Integers]:
    """The groups sorted, the papers about each concept in each, and the papers in each."""
    totals = Counter(group for group in groups if group is not None)
    order = sorted(totals)
    column = {group: number for number, group in enumerate(order)}
    cells = [(row, column[group]) for row, group in enumerate(groups) if group is not None]
    belongs = binary(cells, (len(groups), len(order)))
    papers = np.asarray((about.matrix.T @ belongs).toarray(), dtype=np.int64)
    return tuple(order), papers, np.array([totals[group] for group in order], dtype=np.int64)


def _venue_counts(
    ids: Sequence[str], names: Mapping[str, str], papers: Integers, totals: Integers
) -> tuple[VenueCount, ...]:
    counts = zip(ids, papers.tolist(), totals.tolist(), strict=True)
    return tuple(
        VenueCount(identifier, names[identifier], inside, total) for identifier, inside, total in counts
    )
