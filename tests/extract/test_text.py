"""A Doc is looked over once: words, sentences, title, and where known names stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extract import concepts
from kg.extract.text import Text, text_of
from kg.records import Paper

from .conftest import blank, doc_of, group

_SCRAPS = st.sampled_from(
    ["We", "train", "a", "GAN", ":", ".", "It's", "our", "\n\n", "🙂", "C++", "e.g.", "(GNN)"]
)
_TEXTS = st.text(max_size=60) | st.lists(_SCRAPS, max_size=20).map(" ".join)


def looked_over(nlp: Language, title: str = "A Title", abstract: str = "") -> Text:
    """The text of a paper with its groups of candidates."""
    doc = doc_of(nlp, title, abstract)
    return text_of(doc, concepts.groups(doc))


def test_a_group_stands_where_its_spans_stand() -> None:
    doc = blank()("CLIP beats CLIP models")
    assert group(doc[0:1], doc[2:4]).places == [(0, 1), (2, 4)]


@given(_TEXTS, _TEXTS)
def test_whatever_the_text_it_is_told_token_by_token(
    small_finders: Language, title: str, abstract: str
) -> None:
    text = looked_over(small_finders, title, abstract)
    tokens = (text.words, text.starts, text.ends, text.content, text.sentences, text.known)
    assert {len(column) for column in tokens} == {len(text.doc)}
    assert [text.printed((token.i, token.i + 1)) for token in text.doc] == [token.text for token in text.doc]
    assert 0 <= text.colon <= text.title <= len(text.doc)
    assert text.ours <= set(text.sentences)


def test_every_seed_is_told_as_it_is_printed(papers: Sequence[Paper], small_finders: Language) -> None:
    for source in papers[:10]:
        doc = doc_of(small_finders, source.title, source.abstract)
        found = concepts.groups(doc)
        text = text_of(doc, found)
        for one in found:
            assert [text.printed(place) for place in one.places] == [span.text for span in one.spans], (
                source.id
            )
        numbers = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
        assert list(text.sentences) == numbers, source.id


def test_sentences_are_numbered_from_the_title_on(small_finders: Language) -> None:
    text = looked_over(small_finders, "A GAN", "It learns. It wins.")
    assert text.sentences[0] == 0
    assert [text.sentences[i] for i, word in enumerate(text.words) if word == "it"] == [1, 2]


def test_sentences_in_which_the_authors_speak_are_told(small_finders: Language) -> None:
    text = looked_over(small_finders, "A GAN", "It learns. We win. Ours is odd. So is OUR work.")
    said = {text.sentences[i] for i, word in enumerate(text.words) if word in {"we", "our"}}
    assert text.ours == said and len(said) == 2


@pytest.mark.parametrize(
    ("title", "count"), [("", 0), ("GAN", 1), ("Learning to learn: a GAN", 6), ("Is it so?", 4)]
)
def test_the_tokens_of_the_title_are_counted(small_finders: Language, title: str, count: int) -> None:
    assert looked_over(small_finders, title, "GAN: it learns.").title == count


@pytest.mark.parametrize(
    ("title", "colon"),
    [("GAN nets: a study: again", 2), ("A GAN", 0), ("", 0), (": a GAN", 0), ("Nets 2:1 win: why", 3)],
)
def test_the_colon_is_the_first_of_the_title(small_finders: Language, title: str, colon: int) -> None:
    assert looked_over(small_finders, title, "See: it learns.").colon == colon


def test_words_that_can_be_part_of_a_name_are_told_from_all_others(small_finders: Language) -> None:
    text = looked_over(small_finders, "", "The GAN of 2014, trained well.")
    assert [word for word, is_content in zip(text.words, text.content, strict=True) if is_content] == ["gan"]


def test_the_longest_known_name_over_each_word_is_told(small_finders: Language) -> None:
    text = looked_over(small_finders, "", "A purple graph neural network beats a neural network on GLUE.")
    lengths = dict(zip(text.words, text.known, strict=True))
    assert (lengths["purple"], lengths["graph"], lengths["glue"], lengths["beats"]) == (0, 3, 1, 0)
    assert [text.known[i] for i, word in enumerate(text.words) if word == "network"] == [3, 2]


def test_both_sides_of_each_definition_are_told(small_finders: Language) -> None:
    text = looked_over(small_finders, "", "Graph neural networks (GNNs) and zebra dances (ZD) win.")
    assert text.short == {"gnn", "zd"}
    assert text.long == {"graph neural network", "zebra dance"}
    assert looked_over(small_finders, "", "They win.").short == frozenset()


def test_nothing_is_told_of_nothing() -> None:
    text = text_of(blank("kg_sentences")(""), [])
    assert (text.words, text.sentences, text.known, text.title, text.colon) == ((), (), (), 0, 0)
