from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluate.calibration import calibration, f1_interval, judged
from kg.evaluate.matching import match
from kg.evaluate.settings import settings

from .samples import asked, gold_paper, said


def test_every_prediction_from_the_floor_on_is_judged_asserted_or_not() -> None:
    gold = gold_paper(asked("topic", "vision"), asked("topic", "passing", salient=False))
    predictions = [
        replace(said("topic", "vision", confidence=0.2), asserted=False),
        said("topic", "passing", confidence=0.9),
        said("method", "vision", confidence=0.8),
        said("topic", "chess", confidence=settings().calibration.floor),
        said("topic", "sports", confidence=settings().calibration.floor - 0.01),
        said("topic", "no confidence"),
    ]
    assert sorted(judged([(gold, predictions)])) == [(0.1, False), (0.2, True), (0.8, False)]


def test_the_surer_of_two_predictions_of_a_concept_is_the_right_one() -> None:
    gold = gold_paper(asked("topic", "reinforcement learning", "RL"))
    predictions = [
        said("topic", "RL", confidence=0.3),
        said("topic", "reinforcement learning", confidence=0.9),
    ]
    assert sorted(judged([(gold, predictions)])) == [(0.3, False), (0.9, True)]


def test_confidences_that_tell_the_share_of_the_right_have_no_error() -> None:
    found = calibration([(0.75, True)] * 3 + [(0.75, False)] + [(0.5, True), (0.5, False)])
    assert found is not None
    assert found.error_equal_width == found.error_equal_mass == 0
    assert found.brier == pytest.approx((3 * 0.25**2 + 0.75**2 + 2 * 0.5**2) / 6)


def test_the_expected_error_weighs_bins_by_their_numbers() -> None:
    found = calibration([(1.0, True)] * 3 + [(0.6, False)])
    assert found is not None
    assert found.error_equal_width == pytest.approx(0.25 * 0.6)


def test_bins_of_equal_width_are_closed_above() -> None:
    found = calibration([(0.0, False), (0.1, False), (0.3, True), (0.31, True), (1.0, True)])
    assert found is not None
    assert [b.count for b in found.equal_width] == [2, 0, 1, 1, 0, 0, 0, 0, 0, 1]


def test_bins_of_equal_mass_hold_equal_numbers() -> None:
    found = calibration([(n / 100, n % 2 == 0) for n in range(10, 100)])
    assert found is not None
    assert [b.count for b in found.equal_mass] == [9] * 10
    assert (found.equal_mass[0].low, found.equal_mass[-1].high) == (0.10, 0.99)


def test_equal_confidences_share_a_bin_of_equal_mass() -> None:
    predictions = [(0.5, n % 2 == 0) for n in range(50)] + [(0.9, True)] * 3
    found = calibration(predictions)
    assert found is not None
    assert [(b.low, b.high, b.count) for b in found.equal_mass] == [(0.5, 0.5, 50), (0.9, 0.9, 3)]
    assert found == calibration(predictions[::-1])


def test_without_confidences_there_is_nothing_to_tell() -> None:
    assert calibration([]) is None


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    good = match(gold_paper(asked("topic", "vision")), [said("topic", "vision")])
    bad = match(gold_paper(asked("topic", "vision")), [said("topic", "chess")])
    matchings = [good] * 30 + [bad] * 10
    interval = f1_interval(matchings)
    assert interval.low < 0.75 < interval.high
    assert interval == f1_interval(matchings)


def test_papers_that_are_all_right_leave_no_doubt() -> None:
    interval = f1_interval([match(gold_paper(asked("topic", "vision")), [said("topic", "vision")])] * 5)
    assert (interval.low, interval.high) == (1.0, 1.0)


def test_the_interval_of_nothing_is_nought() -> None:
    assert (f1_interval([]).low, f1_interval([]).high) == (0.0, 0.0)
