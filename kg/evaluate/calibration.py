"""Whether confidences are what they say, and how far a figure may be off.

Reliability tables and the expected calibration error after Guo, Pleiss, Sun and Weinberger, On Calibration of
Modern Neural Networks (ICML 2017); bins of equal mass after Nguyen and O'Connor, Posterior calibration and
exploratory analysis for natural language processing models (EMNLP 2015). Brier score: Brier, Verification of
forecasts expressed in terms of probability (1950). Percentile bootstrap: Efron and Tibshirani, An Introduction
to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.evaluate.gold import GoldPaper
from kg.evaluate.matching import Matching, match
from kg.evaluate.predictions import Prediction, surest_first
from kg.evaluate.settings import settings

Judged = tuple[float, bool]  # a confidence, and whether the prediction is right


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of similar confidence.

    Attributes:
        low: the least confidence in it (for bins of equal width, its lower bound).
        high: the greatest (for bins of equal width, its upper bound).
        count: how many predictions.
        confidence: their mean confidence; 0 where there is none.
        accuracy: the share of them that is right; 0 where there is none.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidences tell the share of right predictions.

    Attributes:
        floor: the least confidence that is looked at.
        count: how many predictions were judged.
        equal_width: bins of equal width from 0 to 1.
        equal_mass: bins of nearly equal numbers of predictions; equal confidences share a bin.
        error_equal_width: the expected calibration error over the former, 0 (best) to 1.
        error_equal_mass: the expected calibration error over the latter, 0 (best) to 1.
        brier: the mean squared difference of confidence and truth, 0 (best) to 1.
    """

    floor: float
    count: int
    equal_width: tuple[Bin, ...]
    equal_mass: tuple[Bin, ...]
    error_equal_width: float
    error_equal_mass: float
    brier: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a figure.

    Attributes:
        level: the probability that it is made for.
        low: its lower end.
        high: its upper end.
    """

    level: float
    low: float
    high: float


def judged(pairs: Iterable[tuple[GoldPaper, Sequence[Prediction]]]) -> list[Judged]:
    """Every prediction from the floor on with the truth about it, asserted or not.

    It is right where it matches a salient concept with its kind; those that match another are left out.

    Args:
        pairs: each annotated paper with its predictions.
    """
    floor = settings().calibration.floor
    found: list[Judged] = []
    for gold, predictions in pairs:
        sure = [p for p in predictions if p.confidence is not None and p.confidence >= floor]
        matching = match(gold, surest_first(sure))
        found += [(p.confidence, True) for p, _ in matching.right if p.confidence is not None]
        found += [(p.confidence, False) for p in matching.wrong if p.confidence is not None]
    return found


def calibration(predictions: Sequence[Judged]) -> Calibration | None:
    """The reliability of confidences; None where there is none to judge.

    Example:
        >>> found = calibration([(0.8, True)] * 4 + [(0.8, False)])
        >>> round(found.error_equal_width, 3), round(found.brier, 3)
        (0.0, 0.16)
    """
    if not predictions:
        return None
    ordered = sorted(predictions)
    width, mass = _equal_width(ordered), _equal_mass(ordered)
    return Calibration(
        floor=settings().calibration.floor,
        count=len(ordered),
        equal_width=width,
        equal_mass=mass,
        error_equal_width=_expected_error(width),
        error_equal_mass=_expected_error(mass),
        brier=sum((confidence - right) ** 2 for confidence, right in ordered) / len(ordered),
    )


def _equal_width(ordered: Sequence[Judged]) -> tuple[Bin, ...]:
    """Bins open below and closed above, as Guo et al. have them; the first holds 0 too."""
    number = settings().calibration.bins
    upper = [(n + 1) / number for n in range(number)]
    inside: list[list[Judged]] = [[] for _ in upper]
    for item in ordered:
        inside[bisect_left(upper, item[0])].append(item)
    return tuple(_bin(items, n / number, upper[n]) for n, items in enumerate(inside))


def _equal_mass(ordered: Sequence[Judged]) -> tuple[Bin, ...]:
    number = settings().calibration.bins
    bins, start = [], 0
    for n in range(1, number + 1):
        end = len(ordered) * n // number
        while 0 < end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        if end > start:
            bins.append(_bin(ordered[start:end], ordered[start][0], ordered[end - 1][0]))
            start = end
    return tuple(bins)


def _bin(items: Sequence[Judged], low: float, high: float) -> Bin:
    count = len(items)
    confidence = sum(confidence for confidence, _ in items) / (count or 1)
    return Bin(low, high, count, confidence, sum(right for _, right in items) / (count or 1))


def _expected_error(bins: Sequence[Bin]) -> float:
    """The mean distance of accuracy and confidence, bins weighted by their numbers."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.accuracy - b.confidence) for b in bins) / total


def f1_interval(matchings: Sequence[Matching]) -> Interval:
    """A bootstrap interval of micro-averaged F1: papers are drawn anew, with replacement.

    The seed is fixed, so that the same matchings give the same interval.
    """
    chosen = settings().interval
    counts = np.array([(len(m.right), len(m.wrong), len(m.missed)) for m in matchings], dtype=np.int64)
    generator = np.random.Generator(np.random.PCG64(chosen.seed))
    figures = []
    for _ in range(chosen.samples if len(counts) else 0):
        right, wrong, missed = counts[generator.integers(len(counts), size=len(counts))].sum(axis=0).tolist()
        figures.append(2 * right / (2 * right + wrong + missed or 1))
    outside = (1 - chosen.level) / 2
    low, high = np.quantile(figures or [0.0], (outside, 1 - outside)).tolist()
    return Interval(chosen.level, low, high)
