from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.classifier import OUTCOMES, Classifier, shipped_classifier, softmax
from kg.extract.features import vector
from kg.extract.terms import terms
from kg.records import Kind

NONE, TOPIC, METHOD, DATASET, METRIC = range(5)

# Two named features, and a vector of two numbers.
SMALL = Classifier(
    rows={"bias": 0, "telling head": 1},
    weights=np.array(
        [
            [1.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 4.0, 0.0],
            [0.0, 2.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 2.0, 0.0, 0.0],
        ]
    ),
)
NOWHERE = np.zeros(2)


def test_features_and_vector_together_tell_the_outcome() -> None:
    found = SMALL.probabilities(
        [{"bias": 1.0}, {"bias": 1.0, "telling head": 1.0}, {"bias": 1.0}, {"bias": 1.0}],
        [NOWHERE, NOWHERE, np.array([1.0, 0.0]), np.array([0.0, 1.0])],
    )
    assert found.argmax(axis=1).tolist() == [NONE, DATASET, TOPIC, METHOD]


def test_a_feature_without_weights_tells_nothing() -> None:
    plain, more = SMALL.probabilities([{"bias": 1.0}, {"bias": 1.0, "never fitted": 7.0}], [NOWHERE, NOWHERE])
    assert plain.tolist() == more.tolist()


@pytest.mark.parametrize("strangers", [{0}, {1}, {2}, {0, 1}, {1, 2}, {0, 2}, {0, 1, 2}], ids=str)
def test_a_group_without_a_known_feature_is_judged_by_its_vector_alone(strangers: set[int]) -> None:
    named = {"bias": 1.0, "telling head": 1.0}
    described = [{"never fitted": 3.0} if number in strangers else named for number in range(3)]
    found = SMALL.probabilities(described, [np.array([0.5, 0.0])] * 3)
    of_vector = softmax(np.array([[0.0, 1.0, 0.0, 0.0, 0.0]]))[0]
    of_both = softmax(np.array([[1.0, 1.0, 0.0, 4.0, 0.0]]))[0]
    for number, row in enumerate(found):
        assert row == pytest.approx(of_vector if number in strangers else of_both), number


def test_a_group_without_any_feature_and_vector_is_anything_alike() -> None:
    assert SMALL.probabilities([{}], [NOWHERE]).tolist() == [[0.2] * len(OUTCOMES)]


def test_the_more_of_a_feature_the_more_it_tells() -> None:
    few, many = SMALL.probabilities(
        [{"bias": 1.0, "telling head": 0.5}, {"bias": 1.0, "telling head": 2.0}], [NOWHERE, NOWHERE]
    )
    assert few[DATASET] < many[DATASET]


def test_a_group_is_judged_alike_alone_and_among_others() -> None:
    described = [{"bias": 1.0}, {"bias": 1.0, "telling head": 1.0}, {"bias": 3.0}]
    together = SMALL.probabilities(described, [NOWHERE] * 3)
    alone = [SMALL.probabilities([features], [NOWHERE])[0] for features in described]
    assert together == pytest.approx(np.array(alone))


def test_the_probabilities_of_nothing_are_an_empty_table() -> None:
    assert SMALL.probabilities([], []).shape == (0, len(OUTCOMES))


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5), min_size=1, max_size=4))
def test_however_large_the_sums_each_row_is_a_distribution(logits: list[list[float]]) -> None:
    found = softmax(np.array(logits))
    assert ((found >= 0) & (found <= 1)).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(len(logits)))


def test_outcomes_are_none_and_each_kind_once() -> None:
    assert OUTCOMES[0] == "none"
    assert set(OUTCOMES[1:]) == set(Kind)


def test_the_shipped_weights_are_finite_and_cover_the_vector_of_the_term_table() -> None:
    shipped = shipped_classifier()
    assert shipped.weights.shape == (len(shipped.rows) + terms().vectors.shape[1], len(OUTCOMES))
    assert np.isfinite(shipped.weights).all()


def test_what_is_unmistakable_is_told_by_the_shipped_weights() -> None:
    named = {"bias": 1.0, "concept=metric/accuracy": 1.0, "known=metric": 1.0, "name=accuracy": 1.0}
    (row,) = shipped_classifier().probabilities([named], [vector("accuracy")])
    assert row[1:].argmax() + 1 == METRIC
