from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from math import comb, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Build
from kg.graph.bursts import burst_intervals, bursts
from kg.graph.mapping import BurstSettings, mapping_settings
from kg.records import Kind
from tests.graph.mapping_samples import about
from tests.graph.samples import paper

SETTINGS = BurstSettings(s=2.0, gamma=1.0, highest_rate=0.9999, minimum_papers=1)

_batches = st.lists(
    st.integers(1, 30).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), min_size=1, max_size=8
)


def _cost(states: tuple[int, ...], relevant: list[int], total: list[int], settings: BurstSettings) -> float:
    """What a sequence of states costs, as Kleinberg writes it."""
    usual = sum(relevant) / sum(total)
    rates = (usual, min(settings.s * usual, settings.highest_rate))
    batches = zip(states, relevant, total, strict=True)
    told = sum(-log(comb(d, r) * rates[q] ** r * (1 - rates[q]) ** (d - r)) for q, r, d in batches)
    entries = sum(after > before for before, after in pairwise((0, *states)))
    return told + entries * settings.gamma * log(len(total))


@given(batches=_batches, s=st.floats(1.1, 5), gamma=st.floats(0, 3))
def test_no_sequence_of_states_is_cheaper(batches: list[tuple[int, int]], s: float, gamma: float) -> None:
    relevant, total = [r for r, _ in batches], [d for _, d in batches]
    settings = BurstSettings(s, gamma, 0.9999, 1)
    if not 0 < sum(relevant) / sum(total) < 0.9999:
        assert burst_intervals(relevant, total, settings) == ()
        return
    found = burst_intervals(relevant, total, settings)
    inside = {batch for interval in found for batch in range(interval.first, interval.last + 1)}
    ours = tuple(int(batch in inside) for batch in range(len(total)))
    best = min(_cost(states, relevant, total, settings) for states in product((0, 1), repeat=len(total)))
    assert _cost(ours, relevant, total, settings) == pytest.approx(best)


def test_the_weight_is_what_the_burst_saves() -> None:
    # The rate is 19/200 over all, 19/100 in the burst.
    [burst] = burst_intervals([1, 9, 8, 1], [50] * 4, SETTINGS)
    saved = 17 * log(2) + 83 * log((1 - 0.19) / (1 - 0.095))
    assert (burst.first, burst.last, burst.weight) == (1, 2, pytest.approx(saved))


def test_a_steady_rate_has_no_burst() -> None:
    assert burst_intervals([5, 10, 5, 20], [50, 100, 50, 200], SETTINGS) == ()


def test_more_papers_in_a_year_of_more_papers_are_no_burst() -> None:
    assert burst_intervals([2, 2, 40], [20, 20, 400], SETTINGS) == ()


def test_entering_a_burst_in_the_first_batch_costs_as_much_as_later() -> None:
    series, total = [9, 1, 1, 1], [50] * 4
    weights = {
        tuple(order): [round(i.weight, 9) for i in burst_intervals(order, total, SETTINGS)]
        for order in (series, series[::-1])
    }
    assert len(set(map(tuple, weights.values()))) == 1, weights


def test_a_dear_entry_keeps_a_weak_burst_out() -> None:
    assert burst_intervals([1, 9, 8, 1], [50] * 4, replace(SETTINGS, gamma=3.0)) == ()


def test_bursts_with_years_between_are_two() -> None:
    found = burst_intervals([12, 0, 0, 0, 0, 12], [50] * 6, SETTINGS)
    assert [(i.first, i.last) for i in found] == [(0, 0), (5, 5)]


def test_a_rate_that_doubled_would_pass_one_is_capped() -> None:
    assert [(i.first, i.last) for i in burst_intervals([30, 50], [50, 50], SETTINGS)] == [(1, 1)]


def test_what_is_always_there_never_bursts() -> None:
    assert burst_intervals([50, 50], [50, 50], SETTINGS) == ()


@pytest.mark.parametrize(("relevant", "total"), [([2], [1]), ([-1], [1]), ([0], [0]), ([1], [1, 1])])
def test_counts_that_cannot_be_are_refused(relevant: list[int], total: list[int]) -> None:
    with pytest.raises(ValueError, match="each batch needs documents"):
        burst_intervals(relevant, total, SETTINGS)


def test_a_burst_tells_its_years_and_papers() -> None:
    papers = {
        paper(f"p{year}-{number:02}", year=year): "a" if number < on else "b"
        for year, on in ((2016, 1), (2018, 9), (2019, 8), (2021, 1))
        for number in range(50)
    }
    [found] = [b for b in bursts(about(papers), [Kind.TOPIC], settings=SETTINGS) if b.label == "a"]
    assert (found.start, found.end, found.papers, found.total) == (2018, 2019, 17, 100)


def test_one_year_has_no_bursts(seed_build: Build) -> None:
    assert bursts(seed_build.knowledge, [Kind.TOPIC], settings=SETTINGS) == ()


def test_kleinbergs_parameters_are_shipped() -> None:
    assert (mapping_settings().bursts.s, mapping_settings().bursts.gamma) == (2.0, 1.0)
