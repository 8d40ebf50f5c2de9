"""Fitting multinomial logistic regression with a quadratic penalty, by L-BFGS.

The optimiser is that of Byrd, Lu, Nocedal and Zhu (A limited memory algorithm for bound constrained optimization,
1995) in SciPy; it starts at zero, so the same input gives the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse

from kg.extract.classifier import OUTCOMES, Classifier, softmax
from kg.extract.logistic import Features
from kg.train.recipe import recipe

_Array = np.ndarray[Any, np.dtype[Any]]
_LEAST_DEVIATION = 1e-3  # a column that varies less is not scaled up


def fit_classifier(
    described: Sequence[Features], vectors: _Array, outcomes: _Array, penalty: float, steps: int
) -> Classifier:
    """Fit the classifier of groups.

    Args:
        described: named features of each example.
        vectors: examples x dimensions.
        outcomes: the number of each example's outcome, its place in :data:`kg.extract.classifier.OUTCOMES`.
        penalty: half of it is the weight of the squared weights of scaled columns beside the log-likelihood in nats.
        steps: of the optimiser at most.

    Returns:
        Weights of unscaled features, the dimensions of the vector last.

    Example:
        >>> described = [{"bias": 1.0, "digit": float(i % 2)} for i in range(20)]
        >>> outcomes = np.array([3 if i % 2 else 1 for i in range(20)])
        >>> fitted = fit_classifier(described, np.zeros((20, 1)), outcomes, penalty=0.1, steps=50)
        >>> OUTCOMES[fitted.probabilities([{"bias": 1.0, "digit": 1.0}], [np.zeros(1)]).argmax()]
        <Kind.DATASET: 'dataset'>
    """
    return Classifier(*fit(described, vectors, outcomes, len(OUTCOMES), penalty, steps))


def fit(
    described: Sequence[Features], vectors: _Array, outcomes: _Array, kinds: int, penalty: float, steps: int
) -> tuple[dict[str, int], _Array]:
    """Fit weights to features, as :func:`fit_classifier` does, for any number of outcomes.

    Args:
        described: named features of each example.
        vectors: examples x dimensions; no dimension at all where names tell everything.
        outcomes: the number of each example's outcome, from 0.
        kinds: how many outcomes there are.
        penalty: half of it is the weight of the squared weights of scaled columns beside the log-likelihood in nats.
        steps: of the optimiser at most.

    Returns:
        The row of each named feature, and weights of unscaled features x kinds, the vector's dimensions last.
    """
    rows = rows_of(described)
    blocks = [named(described, rows), scipy.sparse.csr_matrix(vectors)]
    matrix: scipy.sparse.csr_matrix = scipy.sparse.hstack(blocks, format="csr")
    scale = scale_of(matrix, len(rows))
    weights = minimise(matrix @ scipy.sparse.diags(scale), outcomes, kinds, penalty, steps)
    return rows, scale[:, None] * weights


def rows_of(described: Sequence[Features]) -> dict[str, int]:
    """The row of each feature that enough examples have, in the order of their names.

    Example:
        >>> rows_of([{"title": 1.0, "count": 0.7}, {"title": 1.0, "count": 0.0}, {"title": 1.0}])
        {'title': 0}
    """
    least = recipe("features")["least"]
    counts = Counter(name for features in described for name, value in features.items() if value)
    return {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}


def named(described: Sequence[Features], rows: dict[str, int]) -> scipy.sparse.csr_matrix:
    """The named features as a matrix, examples x rows; features without a row are left out."""
    at, of, values = [], [], []
    for i, features in enumerate(described):
        for name, value in features.items():
            if name in rows and value:
                at.append(i)
                of.append(rows[name])
                values.append(value)
    return scipy.sparse.csr_matrix((values, (at, of)), shape=(len(described), len(rows)), dtype=float)


def scale_of(matrix: scipy.sparse.csr_matrix, named_columns: int) -> _Array:
    """What each column is multiplied by: measured features come to unit variance, yes or no stays as it is.

    A yes or no that many examples have is scaled too; one that few have would weigh the more the rarer it is.

    Args:
        matrix: examples x features.
        named_columns: how many of the columns are named features; the others are always measured.
    """
    mean = np.asarray(matrix.mean(axis=0)).ravel()
    square = np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel()
    deviation = np.sqrt(np.maximum(square - mean**2, 1e-12))
    largest = np.asarray(abs(matrix).max(axis=0).todense()).ravel()
    binary = np.isclose(square, mean) & np.isclose(largest, 1.0)
    binary[named_columns:] = False
    frequent = mean > recipe("features")["frequent"]
    plain = (binary & ~frequent) | (deviation < _LEAST_DEVIATION)
    return np.where(plain, 1.0, 1.0 / np.maximum(deviation, _LEAST_DEVIATION))


def minimise(
    matrix: scipy.sparse.csr_matrix, outcomes: _Array, kinds: int, penalty: float, steps: int
) -> _Array:
    """The weights that make the outcomes likeliest, under the penalty.

    Args:
        matrix: examples x features.
        outcomes: the number of each example's outcome, from 0.
        kinds: how many outcomes there are.
        penalty: half of it is the weight of the squared weights beside the log-likelihood in nats.
        steps: of the optimiser at most.

    Returns:
        features x kinds.
    """
    width = matrix.shape[1]
    target = np.eye(kinds)[outcomes]
    transposed = matrix.T.tocsr()

    def loss(flat: _Array) -> tuple[float, _Array]:
        weights = flat.reshape(width, kinds)
        likely = softmax(matrix @ weights)
        value = -np.log(np.maximum(likely[np.arange(len(outcomes)), outcomes], 1e-300)).sum()
        slope = transposed @ (likely - target) + penalty * weights
        return float(value + 0.5 * penalty * (flat @ flat)), np.asarray(slope).ravel()

    best = scipy.optimize.minimize(
        loss, np.zeros(width * kinds), jac=True, method="L-BFGS-B", options={"maxiter": steps}
    )
    return np.asarray(best.x.reshape(width, kinds))
