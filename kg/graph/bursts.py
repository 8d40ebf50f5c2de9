"""Bursts: the years in which markedly more papers than usual are about a concept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log

from kg.graph.incidence import EVERY_ROLE, incidence
from kg.graph.mapping import BurstSettings, mapping_settings
from kg.graph.rounding import significant
from kg.graph.trends import yearly
from kg.records import Kind, Knowledge, Role


@dataclass(frozen=True, slots=True)
class Interval:
    """A run of batches that are a burst.

    Attributes:
        first: the position of its first batch, from 0.
        last: the position of its last batch.
        weight: how much cheaper the batches are told as a burst than as usual; above the cost of entering.
    """

    first: int
    last: int
    weight: float


@dataclass(frozen=True, slots=True)
class Burst:
    """Years in which a concept is written about more than usual.

    Attributes:
        concept: its key.
        label: its name.
        kind: its kind.
        start: the first year.
        end: the last year; the burst may go on where that is the last year of all.
        papers: how many papers of those years are about the concept.
        total: how many papers those years have.
        weight: Kleinberg's weight of the burst, above 0; more is a stronger burst.
    """

    concept: str
    label: str
    kind: Kind
    start: int
    end: int
    papers: int
    total: int
    weight: float


def bursts(
    knowledge: Knowledge,
    kinds: Collection[Kind],
    *,
    roles: Collection[Role] = EVERY_ROLE,
    settings: BurstSettings | None = None,
) -> tuple[Burst, ...]:
    """The bursts of concepts, the strongest first.

    Each year that has papers is a batch of :func:`burst_intervals`; years without are passed over.

    Args:
        knowledge: papers, concepts and assertions, in any order; papers without a year are left out.
        kinds: the kinds of concepts.
        roles: the roles that make a paper be about a concept.
        settings: the automaton's parameters; the shipped ones where None.

    Example:
        >>> from kg.graph.example import few_papers
        >>> bursts(few_papers(), [Kind.TOPIC])  # two years are too few for a burst
        ()
    """
    chosen = mapping_settings().bursts if settings is None else settings
    counts = yearly(incidence(knowledge, kinds, roles).frequent(chosen.minimum_papers))
    totals = counts.totals.tolist()
    found = [
        Burst(
            concept.key,
            concept.pref_label,
            concept.kind,
            counts.years[interval.first],
            counts.years[interval.last],
            sum(papers[interval.first : interval.last + 1]),
            sum(totals[interval.first : interval.last + 1]),
            significant(interval.weight),
        )
        for concept, papers in zip(counts.concepts, counts.papers.tolist(), strict=True)
        for interval in burst_intervals(papers, totals, chosen)
    ]
    return tuple(sorted(found, key=lambda burst: (-burst.weight, burst.concept, burst.start)))


def burst_intervals(
    relevant: Sequence[int], total: Sequence[int], settings: BurstSettings
) -> tuple[Interval, ...]:
    """The bursts of a stream that comes in batches, the earliest first.

    Kleinberg's automaton for batched arrivals with two states (Bursty and hierarchical structure in streams,
    2003, https://doi.org/10.1023/A:1024940629314). With r_t relevant documents of d_t in batch t of
    n, R and D their sums, p_0 = R/D and p_1 = s p_0, a batch costs in state i::

        sigma(i, r_t, d_t) = -ln( C(d_t, r_t) p_i^r_t (1 - p_i)^(d_t - r_t) )

    Entering the burst (state 1) costs gamma ln n, leaving it nothing, and the automaton begins in state 0. The
    cheapest sequence of states, by Viterbi's algorithm, has the bursts as its runs of state 1; equal costs are
    settled for staying as it is, and at the end for no burst. The weight of a burst is the sum over its batches
    of sigma(0, r_t, d_t) - sigma(1, r_t, d_t): how much is saved, in nats. As the binomial coefficient is the
    same in both states, it is left out.

    Where s p_0 would pass the highest rate that the settings allow, p_1 is that; where p_0 does, too, there is
    no burst.

    Args:
        relevant: r_t, 0 to d_t each.
        total: d_t, above 0 each.
        settings: s, gamma and the highest rate.

    Raises:
        ValueError: where a batch has no documents or more relevant ones than documents, or the two differ in
            length.

    Example:
        >>> settings = BurstSettings(s=2, gamma=1, highest_rate=0.9999, minimum_papers=1)
        >>> [(i.first, i.last, round(i.weight, 3)) for i in burst_intervals([1, 9, 8, 1], [50] * 4, settings)]
        [(1, 2, 2.579)]
    """
    if len(relevant) != len(total) or any(
        not 0 <= r <= d or d == 0 for r, d in zip(relevant, total, strict=False)
    ):
        raise ValueError("each batch needs documents, and of them those that are relevant")
    savings = _savings(relevant, total, settings)
    states = _states(savings, settings.gamma * log(len(total))) if savings else []
    runs = groupby(range(len(states)), key=lambda batch: states[batch])
    inside = [list(batches) for bursting, batches in runs if bursting]
    return tuple(Interval(run[0], run[-1], sum(savings[t] for t in run)) for run in inside)


def _savings(relevant: Sequence[int], total: Sequence[int], settings: BurstSettings) -> list[float]:
    """What each batch saves when told as part of a burst; empty where there can be none."""
    if not sum(relevant):
        return []
    usual = sum(relevant) / sum(total)
    high = min(settings.s * usual, settings.highest_rate)
    if high <= usual:
        return []
    present, absent = log(high / usual), log((1 - high) / (1 - usual))
    return [r * present + (d - r) * absent for r, d in zip(relevant, total, strict=True)]


def _states(savings: Sequence[float], entering: float) -> list[bool]:
    """The cheapest sequence of states, True for the burst, by Viterbi's algorithm."""
    outside, inside = 0.0, inf
    came_from: list[tuple[bool, bool]] = []
    for saved in savings:
        leaves, stays = inside < outside, inside <= outside + entering
        came_from.append((leaves, stays))
        outside, inside = min(outside, inside), min(inside, outside + entering) - saved
    state = inside < outside
    states = []
    for from_outside, from_inside in reversed(came_from):
        states.append(state)
        state = from_inside if state else from_outside
    return states[::-1]
