from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.words import has_capital_inside, normal_form, singular, word_list

_NOUNS = st.sampled_from(
    sorted([*word_list("generic"), "people's", "criterias", "analyses", "axes", "policies", "buses", "GNNs"])
)


@given(st.text() | st.lists(_NOUNS).map(" ".join))
@example("People's Speech")
@example("criterias")
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)


@pytest.mark.parametrize(
    "names",
    [
        ("Graph Neural Network", "graph neural networks", "Graph-Neural-Networks", "graph  neural\nnetwork"),
        ("pre-training", "Pre training", "pre‑training"),
        ("CIFAR-10", "CIFAR 10", "cifar_10"),
        ("generalisation bound", "Generalisation Bounds"),
        ("policy", "Policies", "policies."),
        ("analysis", "Analyses"),
    ],
)
def test_names_that_differ_in_case_hyphens_spaces_or_number_have_one_normal_form(
    names: tuple[str, ...],
) -> None:
    assert len({normal_form(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("A", "A*"), ("policy", "policing"), ("CIFAR-10", "CIFAR-100"), ("bias", "bia")],
)
def test_names_that_differ_otherwise_keep_apart(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize(
    "word",
    ["bias", "analysis", "loss", "class", "physics", "corpus", "bayes", "gas", "dynamics", "robustness"],
)
def test_words_that_only_look_like_plurals_stay(word: str) -> None:
    assert singular(word) == word


@given(st.text(alphabet=st.characters(exclude_categories=["Lu"])))
def test_a_word_without_capitals_has_none_inside(word: str) -> None:
    assert not has_capital_inside(word)


def test_a_capital_at_the_start_alone_is_none_inside() -> None:
    assert [w for w in ("Adam", "ImageNet", "GAN", "mAP", "Q") if has_capital_inside(w)] == [
        "ImageNet",
        "GAN",
        "mAP",
    ]
