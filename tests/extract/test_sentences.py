from __future__ import annotations

from collections.abc import Sequence

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extract.pipeline import extract
from kg.extract.words import data
from kg.records import Field, Paper

from .conftest import blank, paper

SENTENCES = blank("kg_sentences")


def sentences(text: str) -> list[str]:
    """The sentences of a text without the white space at their ends."""
    return [sentence.text.strip() for sentence in SENTENCES(text).sents]


@pytest.mark.parametrize(
    "text",
    [
        "We extend the bound of Wei et al. 2020 to networks.",
        "Recent methods, e.g. Transformers, i.e. attention alone, vs. Recurrence, are compared.",
        "See Fig. 3 and Eq. (2) of Prof. Li, resp. Dr. Wang.",
        "The U.S. Census holds records that are not i.i.d. Gaussian samples.",
        "It gains 0.5 points and runs in 3.2 s.",
        "Our algorithm (including Eureqa, cf. Schmidt et al.) recovers expressions.",
    ],
)
def test_an_abbreviation_or_number_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It works. We prove it.", ["It works.", "We prove it."]),
        ("Why? Because! So it is.", ["Why?", "Because!", "So it is."]),
        ("They call it “expansion.” We assume it.", ["They call it “expansion.”", "We assume it."]),
        ("It holds (in theory.) We test it.", ["It holds (in theory.)", "We test it."]),
        ("We study RL... It works.", ["We study RL...", "It works."]),
    ],
)
def test_a_full_stop_with_what_closes_after_it_ends_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_an_abstract_falls_into_the_sentences_that_a_reader_sees(by_id: dict[str, Paper]) -> None:
    found = sentences(by_id["iclr-2021-0003"].abstract)
    assert [sentence.split()[0] for sentence in found] == [
        "Discovering",
        "This",
        "Despite",
        "We",
        "Specifically,",
        "Our",
        "More",
    ]
    assert found[1] == "This is the problem of symbolic regression."


def test_an_empty_line_ends_a_sentence_whatever_follows() -> None:
    assert sentences("First\n\nSecond\n \nthird\r\n\r\n(fourth)") == ["First", "Second", "third", "(fourth)"]


def test_a_line_break_ends_no_sentence() -> None:
    assert sentences("A network\nof Graphs") == ["A network\nof Graphs"]


@pytest.mark.parametrize("abstract", ["We train GraphFoo.", "we train GraphFoo.", '"GraphFoo" is new.'])
def test_the_title_is_in_no_sentence_of_the_abstract(nlp: Language, abstract: str) -> None:
    source = paper("GraphFoo: Deep Networks on Graphs", abstract)
    ((_, extraction),) = extract([source], nlp)
    assert {mention.exact for mention in extraction.mentions} >= {"GraphFoo"}
    for mention in extraction.mentions:
        assert mention.sentence.field is mention.span.field, mention
    in_title = [m.sentence for m in extraction.mentions if m.span.field is Field.TITLE]
    assert {(s.start, s.end) for s in in_title} == {(0, len(source.title))}


def test_seed_titles_are_in_no_sentence_of_their_abstracts(papers: Sequence[Paper]) -> None:
    for source in papers:
        text = f"{source.title}\n\n{source.abstract}"
        starts = {sentence.start_char for sentence in SENTENCES(text).sents}
        assert len(source.title) + 2 in starts, source.id


@pytest.mark.parametrize("word", ["graph", "GraphFoo and", "(GNN"])
def test_a_text_without_full_stops_is_cut_lest_it_take_quadratic_time(word: str) -> None:
    doc = SENTENCES(f"{word} " * 2000)
    assert max(map(len, doc.sents)) <= data("sentences")["longest"]


@given(st.text())
def test_sentences_put_together_are_the_text(text: str) -> None:
    doc = SENTENCES(text)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text


def test_it_runs_in_a_pipeline_of_another_language() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("kg_sentences")
    assert len(list(nlp("Es geht. Wir zeigen es.").sents)) == 2
