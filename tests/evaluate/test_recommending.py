from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.rankings import auc, aucs, hits, shares
from kg.evaluate.recommending import METHODS, RecommendationBacktest, backtest_recommendation
from tests.graph.recommending_samples import growing, shuffled

_SCORES = st.lists(st.integers(0, 5), min_size=1, max_size=20)


def _measured(seed: int | None = None) -> RecommendationBacktest:
    knowledge = growing() if seed is None else shuffled(growing(), seed)
    return backtest_recommendation(knowledge.papers, knowledge.assertions, knowledge.concepts, 2021)


@pytest.fixture(scope="module")
def measured() -> RecommendationBacktest:
    return _measured()


@given(high=_SCORES, low=_SCORES)
def test_the_auc_is_the_share_of_pairs_in_the_right_order(high: list[int], low: list[int]) -> None:
    expected = np.mean([(a > b) + (a == b) / 2 for a in high for b in low])
    assert auc(np.array(high, dtype=float), np.array(low, dtype=float)) == pytest.approx(expected)


def test_weights_count_like_copies() -> None:
    high, low = np.array([1.0, 3.0]), np.array([0.0, 2.0])
    weighted = auc(high, low, (np.array([2.0, 1.0]), np.array([1.0, 3.0])))
    assert weighted == pytest.approx(auc(np.array([1.0, 1.0, 3.0]), np.array([0.0, 2.0, 2.0, 2.0])))


def test_a_list_holds_the_best_and_ties_follow_the_order_given() -> None:
    person = np.array([0, 0, 0, 1, 1])
    scores = np.array([3.0, 2.0, 2.0, 1.0, 1.0])
    right = np.array([False, False, True, True, False])
    assert hits(person, scores, right, np.arange(5.0), 2).tolist() == [False, True]
    assert hits(person, scores, right, -np.arange(5.0), 2).tolist() == [True, True]
    assert hits(person, scores, right, -np.arange(5.0), 1).tolist() == [False, False]


def test_methods_that_score_alike_differ_in_no_sample() -> None:
    high, low = np.array([1.0, 2.0, 5.0]), np.array([0.0, 2.0])
    found = aucs({"a": high, "b": 2 * high}, {"a": low, "b": 2 * low}, np.array([0, 0, 1]), 20, 1)
    assert found["a"].samples.tolist() == found["b"].samples.tolist()
    flags = np.array([True, False])
    share = shares({"a": flags, "b": flags}, 20, 1)
    assert (share["a"].value, share["a"].samples.tolist()) == (0.5, share["b"].samples.tolist())


def test_every_method_has_a_row_with_intervals_around_its_figures(measured: RecommendationBacktest) -> None:
    assert tuple(row.method for row in measured.rows) == METHODS
    for row in measured.rows:
        for figure in (row.uniform, row.hard, row.hits):
            assert 0 <= figure.interval.low <= figure.value <= figure.interval.high <= 1, row.method


def test_the_model_foretells_more_than_chance(measured: RecommendationBacktest) -> None:
    rows = {row.method: row for row in measured.rows}
    assert rows["kg"].uniform.value > rows["random"].uniform.value + 0.1
    assert rows["kg"].hits.value > rows["random"].hits.value


def test_nobody_has_more_hits_than_can_be_reached(measured: RecommendationBacktest) -> None:
    assert max(row.hits.value for row in measured.rows) <= measured.reachable


def test_the_counts_are_those_of_the_corpus(measured: RecommendationBacktest) -> None:
    papers = growing().papers
    assert measured.papers_before == sum(paper.year == 2021 for paper in papers)
    assert measured.papers_after == sum(paper.year == 2022 for paper in papers)
    assert 0 < measured.pairs_near < measured.pairs


@pytest.mark.parametrize("seed", [1, 2])
def test_the_backtest_does_not_depend_on_the_order_of_records(
    seed: int, measured: RecommendationBacktest
) -> None:
    assert _measured(seed) == measured


def test_a_corpus_of_one_side_is_told_what_is_missing() -> None:
    knowledge = growing()
    with pytest.raises(ValueError, match="no papers later than 2022"):
        backtest_recommendation(knowledge.papers, knowledge.assertions, until=2022)
    with pytest.raises(ValueError, match="no papers up to 2020"):
        backtest_recommendation(knowledge.papers, knowledge.assertions, until=2020)
