from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extract.candidates import candidates
from kg.extract.noun_phrases import runs
from kg.extract.phrases import stretches
from kg.extract.words import data, normal_form
from kg.records import Paper

from .conftest import blank, doc_of, proposed

PHRASES = blank("kg_sentences", "kg_acronyms", "kg_phrases")

_SCRAPS = "Adam 's graph - based net , 2021 é 数据 🙂 the ( pre- 8 bit C++ $ f(x ) a@b.org / x —"
_TEXTS = st.text() | st.lists(st.sampled_from(_SCRAPS.split()) | st.just("-")).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)


def texts(text: str) -> set[str]:
    """The words of every candidate."""
    return {words for words, _, _ in proposed(PHRASES(text))}


def test_every_stretch_of_a_run_is_a_candidate() -> None:
    assert texts("It helps hyperbolic graph clustering.") == {
        "hyperbolic",
        "hyperbolic graph",
        "hyperbolic graph clustering",
        "graph",
        "graph clustering",
        "clustering",
    }


def test_hyphenated_words_are_kept_whole() -> None:
    found = texts("We study goal-conditioned policies end-to-end.")
    assert {"goal-conditioned", "goal-conditioned policies", "policies", "end-to-end"} <= found
    assert found.isdisjoint({"goal", "conditioned", "conditioned policies", "end"})


def test_no_stretch_is_longer_than_the_limit() -> None:
    longest = data("phrases")["longest"]
    found = texts("blue red green black white pink brown orange foxes")
    assert max(len(words.split()) for words in found) == longest
    assert "red green black white pink brown" in found


@pytest.mark.parametrize(
    "text", ["It is novel.", "The x is.", "By 2021, it is.", "", "\n\n", "...", "🙂", "-"]
)
def test_letters_numbers_and_praise_name_nothing_alone(text: str) -> None:
    assert texts(text) == set()


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_an_owner_is_named_without_the_s(apostrophe: str) -> None:
    text = f"With Adam{apostrophe}s update."
    assert texts(text) == {"Adam", f"Adam{apostrophe}s update", "update"}


def test_a_word_that_breaks_off_at_a_hyphen_is_no_name() -> None:
    assert texts("They need pre- and post-training.") == {"post-training"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We train on the BigFoo dataset.", "dataset"),
        ("We report the BigFoo accuracy.", "metric"),
        ("We train BigFoo.", "method"),
    ],
)
def test_the_last_word_tells_the_kind_and_a_method_is_meant_where_it_does_not(text: str, kind: str) -> None:
    found = {words: kind for words, kind, _ in proposed(PHRASES(text))}
    longest = max(found, key=len)
    assert found[longest] == kind


def test_both_sides_of_a_defined_acronym_are_candidates_even_over_a_stop_word() -> None:
    doc = PHRASES("We use mean of squared errors (MOSE) here.")
    assert {"mean of squared errors", "MOSE"} <= {words for words, _, _ in proposed(doc)}


def test_no_candidate_is_proposed_twice_at_one_place() -> None:
    doc = PHRASES("GraphFoo networks learn. GraphFoo networks (GN) beat GraphFoo networks.")
    places = [(span.start, span.end) for span in doc.spans["kg_candidates"]]
    assert len(places) == len(set(places))


def test_no_name_reaches_from_the_title_into_the_abstract() -> None:
    doc = doc_of(PHRASES, "Deep graph", "networks learn")
    assert [span.text for span in candidates(doc) if "\n" in span.text] == []


@given(_TEXTS)
def test_whatever_the_text_a_candidate_begins_with_a_letter_or_digit_and_ends_whole(text: str) -> None:
    doc = PHRASES(text)
    for span in candidates(doc):
        assert span.text[0].isalnum(), span
        assert not span.text.endswith(("'s", "’s", "-", "/", "–")), span
        assert span.text == span.text.strip(), span


@given(_TEXTS)
def test_stretches_stay_in_their_run_and_none_comes_twice(text: str) -> None:
    doc = PHRASES(text)
    for run in runs(doc[:]):
        found = list(stretches(run))
        assert len(found) == len(set(found)), run
        assert all(run.start <= start < end <= run.end for start, end in found), run


def test_nearly_all_that_the_vocabulary_finds_in_the_seeds_is_a_stretch_too(
    papers: Sequence[Paper], nlp: Language
) -> None:
    """A name outside the vocabulary is found as well as one inside it would be."""
    known = found = 0
    for source in papers[:40]:
        doc = doc_of(nlp, source.title, source.abstract)
        spans = candidates(doc)
        places = {(span.start, span.end) for span in spans if span.id_ == "phrase"}
        its = {normal_form(span.text) for span in spans if span.id_ == "vocabulary"}
        mine = {normal_form(span.text) for span in spans if (span.start, span.end) in places}
        known, found = known + len(its), found + len(its & mine)
    assert known > 100
    assert found / known > 0.95
