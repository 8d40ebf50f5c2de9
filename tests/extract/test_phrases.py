from __future__ import annotations

import pytest

from .conftest import blank, proposed

PHRASES = blank("kg_sentences", "kg_acronyms", "kg_phrases")


def test_a_phrase_that_stands_twice_is_a_candidate_whatever_its_head() -> None:
    doc = PHRASES("A neural tangent kernel is fixed. We bound neural tangent kernels.")
    repeated = {text for text, _, source in proposed(doc) if source == "repeated"}
    assert {"neural tangent kernel", "neural tangent kernels"} <= {text for text, _, _ in proposed(doc)}
    assert repeated <= {"neural tangent", "tangent kernel", "tangent kernels"} | {
        "neural tangent kernel",
        "neural tangent kernels",
    }


def test_a_plain_phrase_that_stands_once_and_has_no_telling_head_is_none() -> None:
    doc = PHRASES("They wander along purple zebra mountains.")
    assert proposed(doc) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [("We train BigFoo on it.", "method"), ("We train on the BigFoo dataset.", "dataset")],
)
def test_a_word_in_odd_case_is_a_candidate_and_the_next_word_tells_a_data_set(text: str, kind: str) -> None:
    assert ("BigFoo", kind, "phrase") in proposed(PHRASES(text))


def test_words_in_odd_case_that_name_nothing_are_none() -> None:
    assert proposed(PHRASES("It runs on a GPU under PyTorch.")) == []


def test_a_defined_acronym_is_a_candidate_with_its_expansion() -> None:
    doc = PHRASES("The purple zebra dance (PZD) is odd.")
    assert {text for text, _, _ in proposed(doc)} >= {"purple zebra dance", "PZD"}


def test_no_candidate_is_proposed_twice_at_one_place() -> None:
    doc = PHRASES("GraphFoo networks learn. GraphFoo networks (GN) beat GraphFoo networks.")
    places = [(span.start, span.end) for span in doc.spans["kg_candidates"]]
    assert len(places) == len(set(places))
