"""Figures of rankings with bootstrap samples of them: the area under the ROC curve, and hits in short lists.

All methods are resampled alike, so that their differences can be judged too (Efron and Tibshirani 1993).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.graph.measures import Floats, Integers


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """A figure of one method.

    Attributes:
        value: the figure.
        samples: the figure in each bootstrap sample.
    """

    value: float
    samples: Floats


def hits(
    person: Integers, scores: Floats, right: NDArray[np.bool_], order: Floats, length: int
) -> NDArray[np.bool_]:
    """For each person, sorted by number, whether the list of the best holds somebody right.

    Args:
        person: the number of the person that each candidate is recommended to.
        scores: of the candidates.
        right: which candidates are.
        order: numbers that put candidates of equal score in order.
        length: of a list.

    Example:
        >>> person, right = np.array([0, 0, 1]), np.array([True, False, True])
        >>> hits(person, np.array([1.0, 2.0, 0.0]), right, np.arange(3.0), 1).tolist()
        [False, True]
    """
    ranking = np.lexsort((order, -scores, person))
    ranked = person[ranking]
    place = np.arange(len(ranked)) - np.searchsorted(ranked, ranked)
    listed = ranked[(place < length) & right[ranking]]
    return np.isin(np.unique(person), listed)


def auc(positive: Floats, negative: Floats, weights: tuple[Floats, Floats] | None = None) -> float:
    """The area under the ROC curve: how often a positive scores above a negative, a tie being half.

    Mann and Whitney 1947; 0 to 1, 0.5 is chance.

    Args:
        positive: scores of what should score high.
        negative: scores of what should score low.
        weights: how often each of the two counts; once where None.

    Example:
        >>> auc(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
        0.875
    """
    _, place = np.unique(np.concatenate([positive, negative]), return_inverse=True)
    ones = (np.ones(len(positive)), np.ones(len(negative)))
    return _area(place[: len(positive)], place[len(positive) :], *(weights or ones))


def _area(positive: Integers, negative: Integers, weights: Floats, other_weights: Floats) -> float:
    """The AUC of ranks."""
    length = int(max(positive.max(initial=-1), negative.max(initial=-1))) + 1
    below = np.bincount(negative, weights=other_weights, minlength=length)
    under = np.cumsum(below) - below / 2
    total = weights.sum() * other_weights.sum()
    return float((weights * under[positive]).sum() / total) if total else 0.5


def aucs(
    positive: Mapping[str, Floats],
    negative: Mapping[str, Floats],
    clusters: Integers,
    samples: int,
    seed: int,
) -> dict[str, Sampled]:
    """The AUC of each method; positives are resampled by cluster, negatives one by one.

    Args:
        positive: by method, the scores of what should score high.
        negative: by method, the scores of what should score low.
        clusters: the number of each positive's cluster, whose members come and go together.
        samples: how many are drawn.
        seed: of the choice.
    """
    generator = np.random.default_rng(seed)
    distinct, cluster = np.unique(clusters, return_inverse=True)
    ranks = {}
    for method, high in positive.items():
        _, place = np.unique(np.concatenate([high, negative[method]]), return_inverse=True)
        ranks[method] = (place[: len(high)], place[len(high) :])
    sampled = {method: np.zeros(samples) for method in ranks}
    drawn = max((len(low) for low in negative.values()), default=0)
    for sample in range(samples):
        weights = _resampled(len(distinct), generator)[cluster]
        other_weights = _resampled(drawn, generator)
        for method, places in ranks.items():
            sampled[method][sample] = _area(*places, weights, other_weights)
    return {m: Sampled(auc(positive[m], negative[m]), sampled[m]) for m in ranks}


def shares(hit: Mapping[str, NDArray[np.bool_]], samples: int, seed: int) -> dict[str, Sampled]:
    """For each method, the share of people with a hit; people are resampled.

    Args:
        hit: by method, whether each person has one; at least one person.
        samples: how many are drawn.
        seed: of the choice.
    """
    generator = np.random.default_rng(seed)
    sampled: dict[str, list[float]] = {method: [] for method in hit}
    people = max(map(len, hit.values()), default=0)
    for _ in range(samples):
        weights = _resampled(people, generator)
        for method, flags in hit.items():
            sampled[method].append(float(weights @ flags) / people)
    return {m: Sampled(float(flags.mean()), np.array(sampled[m])) for m, flags in hit.items()}


def _resampled(count: int, generator: np.random.Generator) -> Floats:
    """How often each of some things is drawn when as many are drawn with replacement."""
    return np.bincount(generator.integers(0, max(count, 1), count), minlength=count).astype(np.float64)
