from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.variants import stem

_WORDS = ["deep", "graph", "neural", "network", "net", "nn", "method", "approach", "problem", "task", "model"]
_NAMES = st.lists(st.sampled_from(_WORDS)).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("convolutional net", "convolutional network"),
        ("convolutional nn", "convolutional neural network"),
        ("convolutional neural net", "convolutional network"),
        ("policy gradient method", "policy gradient algorithm"),
        ("vision transformer model", "vision transformer"),
        ("credit assignment problem", "credit assignment"),
        ("few shot learning task", "few shot learning"),
        ("graph matching problem setting", "graph matching"),
        ("fully connected neural network problem", "fully connected net"),
    ],
)
def test_names_that_differ_in_a_synonym_or_a_hollow_word_at_the_end_are_variants(
    one: str, other: str
) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("graph matching", "graph matching network"),
        ("neural network", "network"),
        ("bandit problem", "bandit"),  # one word left would be another thing
        ("sorting task", "sorting algorithm"),
        ("net income", "network income"),
        ("approach", "method"),
        ("problem setting", "problem"),
    ],
)
def test_names_that_differ_otherwise_are_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(_NAMES)
def test_what_variants_have_in_common_is_never_empty_unless_the_name_is(name: str) -> None:
    assert bool(stem(name)) == bool(name)
    assert len(stem(name).split()) <= len(name.split())


@given(_NAMES)
def test_only_the_end_of_a_name_is_looked_at(name: str) -> None:
    assert stem(f"hyperbolic geometric {name}").startswith("hyperbolic")
