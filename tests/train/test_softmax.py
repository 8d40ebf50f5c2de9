"""Multinomial logistic regression finds what told the outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse

from kg.extract.classifier import OUTCOMES, Classifier
from kg.extract.logistic import Features
from kg.records import Kind
from kg.train.recipe import recipe
from kg.train.softmax import fit_classifier, minimise, named, rows_of, scale_of

TOLD: dict[str, str | Kind] = {
    "in title": Kind.METHOD,
    "digit": Kind.DATASET,
    "rare word": Kind.METRIC,
    "lower case": "none",
}


def separable() -> tuple[list[Features], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Ten examples of each of four features, each of which tells an outcome; vectors that tell nothing."""
    described: list[Features] = [{"bias": 1.0, name: 1.0} for name in TOLD for _ in range(10)]
    outcomes = np.array([OUTCOMES.index(outcome) for outcome in TOLD.values() for _ in range(10)])
    return described, np.zeros((len(described), 2), np.float32), outcomes


def fitted(penalty: float = 0.1, steps: int = 100) -> Classifier:
    return fit_classifier(*separable(), penalty=penalty, steps=steps)


@pytest.mark.parametrize("name", TOLD)
def test_a_feature_weighs_most_for_the_outcome_that_it_tells(name: str) -> None:
    found = fitted()
    assert OUTCOMES[found.weights[found.rows[name]].argmax()] == TOLD[name]


def test_separable_examples_are_judged_right() -> None:
    described, vectors, outcomes = separable()
    likely = fitted().probabilities(described, list(vectors))
    assert likely.argmax(axis=1).tolist() == outcomes.tolist()


def test_probabilities_sum_to_one() -> None:
    described, vectors, _ = separable()
    likely = fitted().probabilities([*described, {"bias": 1.0, "never seen": 1.0}], [*vectors, np.ones(2)])
    assert likely.sum(axis=1) == pytest.approx(np.ones(len(described) + 1))
    assert (likely >= 0).all()


def test_the_greater_the_penalty_the_smaller_the_weights() -> None:
    sizes = [float(np.square(fitted(penalty).weights).sum()) for penalty in (0.01, 0.1, 1.0, 10.0)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 0.1 * sizes[0]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert fitted().weights.tobytes() == fitted().weights.tobytes()


def test_weights_are_recovered_from_the_frequencies_that_they_cause() -> None:
    """Two outcomes whose log-odds are 2 x - 1: with hardly any penalty the fit has that slope and intercept."""
    x = np.repeat(np.linspace(-1.0, 2.0, 13), 200)
    likely = 1 / (1 + np.exp(-(2 * x - 1)))
    outcomes = (np.tile((np.arange(200) + 0.5) / 200, 13) < likely).astype(int)
    matrix = scipy.sparse.csr_matrix(np.stack([x, np.ones_like(x)], axis=1))
    weights = minimise(matrix, outcomes, kinds=2, penalty=1e-3, steps=200)
    assert weights[:, 1] - weights[:, 0] == pytest.approx([2.0, -1.0], abs=0.03)


def test_a_feature_of_too_few_examples_has_no_row() -> None:
    least = recipe("features")["least"]
    described: list[Features] = [{"often": 1.0} for _ in range(least)]
    described += [{"seldom": 1.0, "zero": 0.0} for _ in range(least - 1)]
    assert rows_of(described) == {"often": 0}


def test_rows_stand_in_the_order_of_the_names_whatever_the_order_of_the_examples() -> None:
    described: list[Features] = [{name: 1.0} for name in "cab" for _ in range(3)]
    assert list(rows_of(described)) == list(rows_of(described[::-1])) == ["a", "b", "c"]


def test_measures_come_to_unit_variance_and_a_seldom_yes_stays_one() -> None:
    described: list[Features] = [{"measure": float(i)} for i in range(100)]
    for i in (0, 1, 2):
        described[i]["seldom"] = 1.0
    rows = {"measure": 0, "seldom": 1}
    scale = scale_of(named(described, rows), named_columns=2)
    assert np.std(np.arange(100) * scale[0]) == pytest.approx(1.0)
    assert scale[1] == 1.0
