from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio

from kg.build import Build
from kg.graph.emergence import emergence, fisher, log_odds_ratio, split_year
from kg.graph.mapping import EmergenceSettings
from kg.records import Kind, Knowledge
from tests.graph.mapping_samples import about, knowledges
from tests.graph.samples import paper

SETTINGS = EmergenceSettings(minimum_papers=1, pseudo_papers=0.5, confidence=0.95)
TOPICS = [Kind.TOPIC]


def _years(*counts: tuple[int, int, str]) -> Knowledge:
    """So many papers of a year on something, for each triple."""
    papers = [(year, names) for count, year, names in counts for _ in range(count)]
    return about({paper(f"p{n:03}", year=year): names for n, (year, names) in enumerate(papers)})


GROWN = _years((1, 2019, "new old"), (9, 2019, "old"), (8, 2020, "new old"), (2, 2020, "old"))


@given(
    later_total=st.integers(1, 40),
    earlier_total=st.integers(1, 40),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_p_values_are_scipys_for_one_table(
    later_total: int, earlier_total: int, shares: tuple[float, float]
) -> None:
    later, earlier = round(later_total * shares[0]), round(earlier_total * shares[1])
    table = [[later, later_total - later], [earlier, earlier_total - earlier]]
    [ours] = fisher(np.array([later]), later_total, np.array([earlier]), earlier_total)
    assert ours == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-9)


def test_a_share_that_has_grown_is_told_with_its_counts() -> None:
    found = emergence(GROWN, TOPICS, settings=SETTINGS)[0]
    counts = (found.earlier, found.earlier_total, found.later, found.later_total)
    assert (found.label, found.since, counts) == ("new", 2020, (1, 10, 8, 10))
    # Of the 20 choose 9 ways, 10 choose 8 times 10 and 10 choose 9 have 8 or 9 of them late.
    assert found.p_value == pytest.approx((45 * 10 + 10 * 1) / 167960)
    assert found.lower > 0


def test_a_share_that_has_not_grown_is_told_too() -> None:
    found = emergence(GROWN, TOPICS, settings=SETTINGS)[1]
    assert (found.label, found.p_value, found.q_value, found.log_odds_ratio) == ("old", 1.0, 1.0, 0.0)


def test_p_values_are_corrected_for_the_number_of_concepts() -> None:
    new, old = emergence(GROWN, TOPICS, settings=SETTINGS)
    assert (new.q_value, old.q_value) == (pytest.approx(2 * new.p_value), 1.0)


def test_the_interval_is_woolfs() -> None:
    plain = EmergenceSettings(minimum_papers=1, pseudo_papers=0.0, confidence=0.9)
    estimate, lower, upper = log_odds_ratio(30, 100, 10, 90, plain)
    theirs = odds_ratio([[30, 70], [10, 80]], kind="sample")
    interval = theirs.confidence_interval(0.9)
    assert (exp(estimate), exp(lower), exp(upper)) == pytest.approx(
        (theirs.statistic, interval.low, interval.high)
    )


def test_a_new_concept_has_finite_odds() -> None:
    assert 0 < log_odds_ratio(5, 10, 0, 10, SETTINGS)[0] < 10


def test_years_are_parted_as_evenly_as_can_be() -> None:
    assert split_year(_years((5, 2018, "a"), (2, 2019, "a"), (4, 2021, "a")).papers) == 2019
    assert split_year(_years((2, 2018, "a"), (2, 2019, "a"), (2, 2021, "a")).papers) == 2021


def test_a_year_can_be_given() -> None:
    knowledge = _years((5, 2018, "a"), (2, 2019, "a"), (4, 2021, "a"))
    [found] = emergence(knowledge, TOPICS, since=2021, settings=SETTINGS)
    assert (found.earlier_total, found.later_total) == (7, 4)


def test_a_year_that_leaves_one_period_empty_tests_nothing() -> None:
    assert emergence(GROWN, TOPICS, since=2030, settings=SETTINGS) == ()
    assert emergence(GROWN, TOPICS, since=1990, settings=SETTINGS) == ()


def test_a_venue_of_one_period_can_be_kept_out() -> None:
    papers = {
        paper(f"{venue}-{year}-{n}", year=year, venue=venue): names
        for venue, year, names in (("acl", 2019, "a"), ("ACL", 2020, "a"), ("cvpr", 2020, "vision"))
        for n in range(3)
    }
    knowledge = about(papers)
    assert emergence(knowledge, TOPICS, settings=SETTINGS)[0].label == "vision"
    kept = emergence(knowledge, TOPICS, common_venues=True, settings=SETTINGS)
    assert [(e.label, e.earlier_total, e.later_total) for e in kept] == [("a", 3, 3)]


def test_rare_concepts_are_not_tested() -> None:
    settings = EmergenceSettings(minimum_papers=10, pseudo_papers=0.5, confidence=0.95)
    assert [found.label for found in emergence(GROWN, TOPICS, settings=settings)] == ["old"]


def test_one_year_shows_no_emergence(seed_build: Build) -> None:
    assert emergence(seed_build.knowledge, TOPICS, settings=SETTINGS) == ()


@given(knowledge=knowledges())
def test_corrected_values_keep_the_order_and_are_no_smaller(knowledge: Knowledge) -> None:
    found = emergence(knowledge, [Kind.TOPIC, Kind.METHOD], settings=SETTINGS)
    assert all(0 <= e.p_value <= e.q_value <= 1 for e in found), found
    assert [e.q_value for e in found] == sorted(e.q_value for e in found)
    assert all(e.lower <= e.log_odds_ratio <= e.upper for e in found), found
