from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from spacy.language import Language

from kg.extract import concepts
from kg.extract.candidates import ANNOUNCEMENTS, candidates
from kg.extract.features import features, vector
from kg.extract.logistic import Features
from kg.extract.text import Group, text_of
from kg.records import Kind, Paper

from .conftest import doc_of

Described = Callable[..., dict[str, Features]]


@pytest.fixture(scope="module")
def described(small_finders: Language) -> Described:
    """A function: the features of each group of a text by the group's name."""

    def of(title: str, abstract: str = "") -> dict[str, Features]:
        groups, values = concepts.described(doc_of(small_finders, title, abstract))
        return {group.name: its for group, its in zip(groups, values, strict=True)}

    return of


def test_a_name_in_title_and_abstract_is_told_from_one_in_the_abstract_alone(described: Described) -> None:
    found = described("BigFoo: a network", "We use BigFoo and SmallBar in our work.")
    assert found["bigfoo"]["in title"] == found["bigfoo"]["in title and abstract"] == 1.0
    assert {"in title", "in title and abstract"}.isdisjoint(found["smallbar"])


def test_the_place_in_a_title_is_told(described: Described) -> None:
    found = described("BigFoo nets: learning SmallBar")
    assert found["bigfoo net"]["title is before colon"] == 1.0
    assert found["bigfoo"]["title is before colon"] == 0.0
    assert found["bigfoo"]["title before colon"] == found["bigfoo"]["title start"] == 1.0
    assert found["smallbar"]["title after colon"] == found["smallbar"]["title end"] == 1.0


def test_places_are_counted_once_each(described: Described) -> None:
    found = described("A title", "BigFoo learns. BigFoo wins and BigFoo ends.")
    assert found["bigfoo"]["count"] == math.log(3)
    assert found["bigfoo"]["sentences"] == math.log(2)
    assert found["bigfoo"]["twice"] == 1.0


def test_a_name_that_is_but_an_example_is_told(described: Described) -> None:
    found = described(
        "A title", "Networks such as BigFoo learn. It is known by now that the odd SmallBar wins."
    )
    assert found["bigfoo"]["sign example"] == 1.0
    assert "sign example" not in found["smallbar"]


def test_a_sign_counts_within_its_sentence_and_within_six_words(described: Described) -> None:
    found = described(
        "A novel title", "BigFoo ends. It is novel. SmallBar wins. A novel thing, in all, is of LateBaz."
    )
    for name in ("bigfoo", "smallbar", "latebaz"):
        assert "sign new" not in found[name], name
    assert described("A title", "A novel thing, all in, LateBaz.")["latebaz"]["sign new"] == 1.0


def test_the_sentences_where_the_authors_speak_are_told(described: Described) -> None:
    found = described("A title", "We train BigFoo. They train SmallBar.")
    assert found["bigfoo"]["we"] == 1.0
    assert "we" not in found["smallbar"]


def test_a_name_inside_a_known_one_is_told_and_so_is_one_around_it(described: Described) -> None:
    found = described("A title", "A purple graph neural network is trained.")
    assert found["graph neural network"]["known=method"] == 1.0
    assert found["neural network"]["under a known name"] == 1.0
    assert found["purple graph neural network"]["over a known name"] == 1.0
    assert found["graph neural network"]["under a known name"] == 0.0
    assert found["graph neural network"]["free right"] == 1.0
    assert found["graph neural network"]["free left"] == 0.0


def test_what_the_term_table_says_of_a_name_is_told(described: Described) -> None:
    found = described("A title", "They study reinforcement learning with zebrafoo dances.")
    assert found["reinforcement learning"]["papers"] > 3
    assert 0 <= found["reinforcement learning"]["share of titles"] <= 1
    assert "unseen" not in found["reinforcement learning"]
    assert found["zebrafoo"]["unseen"] == 1.0
    assert found["zebrafoo"]["unseen parts"] == 0.0


def test_words_that_belong_together_cohere_more_than_words_that_meet(described: Described) -> None:
    found = described("A title", "They study reinforcement learning. They study deep learning method.")
    assert found["reinforcement learning"]["cohesion"] > found["deep learning method"].get("cohesion", -99)


def test_both_sides_of_a_definition_are_told(described: Described) -> None:
    found = described("A title", "A purple zebra dance (PZD) is odd.")
    assert found["purple zebra dance"]["long form"] == 1.0
    assert "long form" not in found["zebra dance"]


def test_how_a_name_is_printed_is_told(described: Described) -> None:
    found = described("A title", "They like BigFoo, GAN, C3D and small-talk.")
    assert found["bigfoo"]["odd case"] == found["bigfoo"]["mixed case"] == 1.0
    assert found["gan"]["all capitals"] == 1.0
    assert found["c3d"]["digit"] == 1.0
    assert found["small talk"]["hyphen"] == 1.0
    assert found["small talk"]["capitals"] == 0.0


def test_a_capital_at_the_beginning_of_a_sentence_tells_nothing(described: Described) -> None:
    found = described("A title", "Bigfoo wins. They like Smallbar.")
    assert found["bigfoo"]["capitalised"] == 0.0
    assert found["smallbar"]["capitalised"] == 1.0


def test_features_come_in_one_order_whatever_order_a_set_of_sources_has(small_finders: Language) -> None:
    doc = doc_of(small_finders, "A title", "We like BigFoo.")
    span = next(span for span in candidates(doc) if span.text == "BigFoo")
    one = Group("bigfoo", Kind.METHOD, "", (span,), frozenset(ANNOUNCEMENTS))
    told = [name for name in features(text_of(doc, [one]), one) if name.startswith("source=")]
    assert told == [f"source={source}" for source in ANNOUNCEMENTS]


def test_what_is_remembered_of_a_name_is_not_changed_by_one_text(described: Described) -> None:
    once = described("BigFoo: it", "We propose BigFoo. BigFoo wins.")["bigfoo"]
    described("A title", "They like BigFoo.")
    assert described("BigFoo: it", "We propose BigFoo. BigFoo wins.")["bigfoo"] == once


def test_a_name_of_the_term_table_has_a_place_of_length_one_and_its_ending_half_of_it() -> None:
    whole, ending = vector("reinforcement learning"), vector("zebrafoo reinforcement learning")
    assert np.linalg.norm(whole) == pytest.approx(1.0, abs=0.05)
    assert ending * 2 == pytest.approx(whole)
    assert not vector("zebrafoo").any()


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("", "BigFoo"),
        ("BigFoo", ""),
        ("BigFoo:", "BigFoo"),
        (":", "BigFoo"),
        ("🙂", "𝔾𝔸ℕ ﬁne-tuning of 数据, İstanbul"),
        ("x" * 500, "x" * 500),
        ("A $\\ell_2$-norm", "See https://foo.org/a_b, Adam's C++ and CIFAR-10/100."),
    ],
)
def test_whatever_the_text_each_feature_is_a_finite_number(
    described: Described, title: str, abstract: str
) -> None:
    found = described(title, abstract)
    assert found
    for name, values in found.items():
        assert all(math.isfinite(value) for value in values.values()), name
        assert values["bias"] == 1.0


def test_every_feature_of_the_seeds_is_a_finite_number(
    papers: Sequence[Paper], small_finders: Language
) -> None:
    for source in papers[:20]:
        groups, found = concepts.described(doc_of(small_finders, source.title, source.abstract))
        assert len(groups) == len(found) > 0, source.id
        for values in found:
            assert all(math.isfinite(value) for value in values.values()), source.id
