from __future__ import annotations

import pytest

from kg.extract.cues import cue_of
from kg.extract.words import data
from kg.records import Role

from .conftest import blank

SENTENCES = blank("kg_sentences")


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("Our model outperforms ", Role.COMPARES_WITH),
        ("It is faster than ", Role.COMPARES_WITH),
        ("We train it using ", Role.USES),
        ("We fine-tune a model via ", Role.USES),
        ("We analyze the ", Role.STUDIES),
        ("Then ", None),
        ("We compare with SGD. ", None),
    ],
)
def test_the_words_before_a_name_in_its_sentence_tell_its_role(before: str, role: Role | None) -> None:
    doc = SENTENCES(f"{before}BigFoo.")
    (place,) = (token.i for token in doc if token.text == "BigFoo")
    assert cue_of(doc[place : place + 1]) == role


def test_a_cue_reaches_no_further_than_told() -> None:
    far = "We outperform " + "very " * data("cues")["reach"]
    doc = SENTENCES(f"{far}BigFoo.")
    place = len(doc) - 2
    assert doc[place].text == "BigFoo"
    assert cue_of(doc[place : place + 1]) is None


def test_at_the_very_beginning_nothing_tells_a_role() -> None:
    assert cue_of(SENTENCES("BigFoo wins.")[0:1]) is None


def test_signs_are_single_small_words() -> None:
    for sign, marks in data("cues")["signs"].items():
        assert marks, sign
        assert [mark for mark in marks if mark != mark.lower() or " " in mark] == [], sign
