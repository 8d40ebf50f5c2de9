from __future__ import annotations

import pytest

from kg.evaluate.names import normal_names, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Graph-Neural Networks", "graph neural network"),
        ("CIFAR–10", "cifar_10"),
        ("actor/critic", "Actor-Critic"),
        ("policies", "policy"),
        ("losses", "loss"),
        ("databases", "database"),
        ("GANs", "gan"),
        ('"choices"', "choice"),
    ],
)
def test_case_hyphens_punctuation_and_plurals_make_no_other_name(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C++", "C"), ("A*", "A"), ("bias", "bia"), ("analysis", "analysi")]
)
def test_signs_and_endings_that_belong_to_a_name_stay(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_a_name_of_which_nothing_is_left_is_none() -> None:
    assert normal_names(["?!", "", "a name"]) == {"a name"}
