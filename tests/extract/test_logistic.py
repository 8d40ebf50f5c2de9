from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.logistic import model, probability
from kg.records import Role

_NUMBERS = st.floats(-1e6, 1e6)
_VALUES = st.dictionaries(st.sampled_from("abcdef"), _NUMBERS)


@given(_VALUES, _VALUES)
def test_a_probability_lies_between_0_and_1_however_large_the_weights(
    weights: dict[str, float], values: dict[str, float]
) -> None:
    assert 0.0 < probability(weights, values) < 1.0


@given(_VALUES, _VALUES)
def test_the_order_of_features_does_not_change_a_single_bit(
    weights: dict[str, float], values: dict[str, float]
) -> None:
    reversed_values = dict(reversed(values.items()))
    assert probability(weights, reversed_values) == probability(weights, values)


@given(_VALUES)
def test_unknown_features_weigh_nothing(values: dict[str, float]) -> None:
    assert probability({}, values) == 0.5


def test_it_is_the_logistic_function() -> None:
    assert probability({"a": 2.0}, {"a": 1.5}) == pytest.approx(1 / (1 + math.exp(-3)))


def test_the_shipped_models_hold_numbers_for_what_the_code_asks() -> None:
    confidence, roles = model("confidence"), model("roles")
    assert 0 < confidence["floor"] <= confidence["threshold"] < 1
    assert 0 < roles["threshold"] < 1
    assert set(roles["weights"]) == {Role.INTRODUCES, Role.USES, Role.COMPARES_WITH, Role.STUDIES}
    every = [confidence["weights"], *roles["weights"].values()]
    assert all(math.isfinite(weight) for weights in every for weight in weights.values())
