"""Error bars for ranks: how far a person's place would move had other papers of the same kind been read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.sparse import csr_array

from kg.graph import measures as of
from kg.graph.limits import limits
from kg.graph.measures import Floats, Integers
from kg.graph.paths import centrality
from kg.graph.reweighting import WeightedPapers, weighted_papers
from kg.graph.uncertainty import uncertainty_settings
from kg.records import Knowledge


class Measure(StrEnum):
    """What people are ranked by, larger first; the value is the attribute of a node that holds it."""

    PAPER_COUNT = "paper_count"
    FRACTIONAL_COUNT = "fractional_count"
    DEGREE = "degree"
    STRENGTH = "strength"
    PAGERANK = "pagerank"
    BETWEENNESS = "betweenness"


CHEAP: tuple[Measure, ...] = tuple(measure for measure in Measure if measure is not Measure.BETWEENNESS)
"""The measures that can be resampled in a network of any size."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A person's place in a ranking, and where it may as well be.

    Attributes:
        rank: 1 for the largest value; people with the same value share the better place (1, 2, 2, 4).
        low: the best place of the interval, at most ``rank``.
        high: the worst place of the interval, at least ``rank``.
        level: the share of resamples between the two, 0 to 1.

    Example:
        >>> str(Interval(3, 2, 9, 0.9))
        '3 (90 %: 2 to 9)'
    """

    rank: int
    low: int
    high: int
    level: float

    def __str__(self) -> str:
        return f"{self.rank} ({self.level:.0%}: {self.low} to {self.high})".replace("%", " %")


def bootstrap(
    knowledge: Knowledge,
    measures: Collection[Measure] = CHEAP,
    n: int | None = None,
    seed: int | None = None,
) -> dict[Measure, dict[str, Interval]]:
    """The rank of each author by each measure, with a bootstrap interval.

    As many papers as there are are drawn with replacement, n times (Efron 1979, "Bootstrap methods: another
    look at the jackknife", https://doi.org/10.1214/aos/1176344552); the network is rebuilt from each draw and
    everyone ranked anew. The interval is that of percentiles, widened to hold the rank itself where need be.
    Snijders and Borgatti (1999, "Non-parametric standard errors and tests for network statistics",
    Connections 22(2), 161-170) draw the nodes of a network; here the papers are drawn, for they are what was
    sampled and people and links follow from them.

    A narrow interval says that a place does not hang on a few papers; it says nothing of papers that were
    never there to be read, nor of people taken for one another. Someone with a single paper is in no network
    at all in more than a third of the draws, so the interval is wide. Percentiles of ranks lean towards the
    middle: the first place can only be lost (Hall and Miller 2009, https://doi.org/10.1214/09-AOS699).

    Args:
        knowledge: authors and authorships, in any order.
        measures: what to rank by.
        n: resamples, above 0; that of the settings where it is None. The same time again for each.
        seed: of the draws; that of the settings where it is None.

    Returns:
        By measure, in the order of :class:`Measure`, the interval of each author's id, sorted.

    Raises:
        ValueError: where betweenness is wanted in a network of more people than a setting, or n is not above 0.

    Example:
        >>> from kg.graph.example import few_papers
        >>> found = bootstrap(few_papers(), [Measure.DEGREE], 200, 1)
        >>> {author: str(place) for author, place in found[Measure.DEGREE].items()}
        {'ann': '1 (90 %: 1 to 1)', 'bob': '2 (90 %: 1 to 3)', 'cyd': '2 (90 %: 1 to 3)', 'dee': '4 (90 %: 3 to 4)'}
    """
    settings = uncertainty_settings().ranks
    count = settings.resamples if n is None else n
    wanted = [measure for measure in Measure if measure in set(measures)]
    if count < 1:
        raise ValueError(f"{count} resamples give no interval; use 1 or more, 100 for instance")
    if Measure.BETWEENNESS in wanted and len(knowledge.authors) > settings.betweenness_up_to:
        raise ValueError(
            f"betweenness is resampled for {settings.betweenness_up_to} people at most, "
            f"not for {len(knowledge.authors)}; leave it out"
        )
    papers = weighted_papers(knowledge)
    here = _ranks(papers, papers.ones(), wanted)
    draws = papers.resamples(count, settings.seed if seed is None else seed)
    drawn = np.stack([_ranks(papers, weights, wanted) for weights in draws])
    tail = (1 - settings.level) / 2
    low = np.minimum(here, np.quantile(drawn, tail, axis=0, method="lower"))
    high = np.maximum(here, np.quantile(drawn, 1 - tail, axis=0, method="higher"))
    return {
        measure: _intervals(papers.authors, here[row], low[row], high[row], settings.level)
        for row, measure in enumerate(wanted)
    }


def _intervals(
    authors: Sequence[str], rank: Integers, low: Integers, high: Integers, level: float
) -> dict[str, Interval]:
    places = zip(authors, rank.tolist(), low.tolist(), high.tolist(), strict=True)
    return {author: Interval(here, best, worst, level) for author, here, best, worst in places}


def rank_attributes(intervals: Mapping[Measure, Mapping[str, Interval]]) -> dict[str, dict[str, int]]:
    """The intervals as attributes of nodes, for :func:`networkx.set_node_attributes`.

    Example:
        >>> rank_attributes({Measure.PAGERANK: {"ann": Interval(3, 2, 9, 0.9)}})
        {'ann': {'pagerank_rank': 3, 'pagerank_rank_low': 2, 'pagerank_rank_high': 9}}
    """
    found: dict[str, dict[str, int]] = {}
    for measure, places in intervals.items():
        for author, place in places.items():
            found.setdefault(author, {}).update(
                {
                    f"{measure}_rank": place.rank,
                    f"{measure}_rank_low": place.low,
                    f"{measure}_rank_high": place.high,
                }
            )
    return found


def _ranks(papers: WeightedPapers, weights: Floats, wanted: Collection[Measure]) -> Integers:
    """Each person's rank by each measure."""
    matrix = papers.adjacency(weights)
    columns = [ranks(_values(measure, papers, weights, matrix)) for measure in wanted]
    return np.array(columns, dtype=np.int64).reshape(len(columns), len(papers.authors))


def _values(measure: Measure, papers: WeightedPapers, weights: Floats, matrix: csr_array) -> Floats:
    match measure:
        case Measure.PAPER_COUNT:
            found = papers.wrote @ weights
        case Measure.FRACTIONAL_COUNT:
            found = papers.shares @ weights
        case Measure.DEGREE:
            found = of.degree(matrix).astype(np.float64)
        case Measure.STRENGTH:
            found = of.strength(matrix)
        case Measure.PAGERANK:
            found = of.pagerank(matrix, limits().damping, limits().tolerance)
        case Measure.BETWEENNESS:
            found = centrality(matrix, of.component(matrix), limits().paths).betweenness
    return np.asarray(found, dtype=np.float64)


def ranks(values: Floats) -> Integers:
    """The place of each value among all, the largest first; what is equal to a number of digits is equal.

    Example:
        >>> ranks(np.array([0.5, 2.0, 0.1 + 0.2, 0.3, 0.5])).tolist()
        [2, 1, 4, 4, 2]
    """
    rounded = _rounded(values, uncertainty_settings().ranks.digits)
    ascending = np.sort(rounded)
    return len(values) - np.searchsorted(ascending, rounded, side="right") + 1


def _rounded(values: Floats, digits: int) -> Floats:
    """To significant digits, so that the last bits of a sum part nobody."""
    size = np.abs(values)
    exponent = np.floor(np.log10(size, out=np.zeros_like(size), where=size > 0))
    scale = 10.0 ** (digits - 1 - exponent)
    return np.round(values * scale) / scale
