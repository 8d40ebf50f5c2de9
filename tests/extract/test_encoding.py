from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.extract.encoder import load_tokenizer
from kg.extract.encoding import Encoded, encoded, shape
from kg.extract.pipeline import read_doc
from kg.extract.text import Group
from kg.extract.words import data

from .conftest import group, paper

NLP = spacy.blank("en")
LONGEST = data("encoder")["longest"]
CAPITALISED, OTHER = 1, 5

_SCRAPS = "GraphFoo learns . ﬁne-tuning İİ é café 한국어 数据 𝔾𝔸ℕ 🙂 👩‍👧 \xad \u200d \x00 $\\ell_2$ ½ ẞ nai\u0308ve __ \ufffd"
_TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(_SCRAPS.split(" ")), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer that comes with kg."""
    return load_tokenizer(files("kg.extract").joinpath("data", "tokenizer.json").read_text("utf-8"))


def doc_of(title: str, abstract: str) -> Doc:
    """A title and an abstract, cut into tokens."""
    return read_doc(paper(title, abstract), NLP)


def laid_out(doc: Doc, groups: Sequence[Group], tokenizer: Tokenizer) -> Encoded:
    """A Doc as the encoder reads it, with nothing known of its groups."""
    return encoded(doc, groups, [{} for _ in groups], tokenizer)


def covered(doc: Doc, text: Encoded, tokenizer: Tokenizer) -> list[tuple[int, str]]:
    """The group of each occurrence, and the characters from its first piece to its last."""
    title = doc.text[: doc._.kg_title_end]
    body = len(title) + 2 if title else 0
    pieces = tokenizer.encode(title, doc.text[body:])
    begins = [body if number == 1 else 0 for number in pieces.sequence_ids]
    found = []
    for first, last, owner in zip(text.firsts, text.lasts, text.owners, strict=True):
        assert first <= last
        start = pieces.offsets[first][0] + begins[first]
        end = pieces.offsets[last][1] + begins[last]
        found.append((int(text.groups[owner]), doc.text[start:end]))
    return found


def every_stretch(doc: Doc) -> list[Group]:
    """A group for each stretch of up to three tokens within the title or within the abstract."""
    places = [(i, j) for i in range(len(doc)) for j in range(i + 1, min(i + 4, len(doc) + 1))]
    return [group(doc[start:end]) for start, end in places if "\n" not in doc[start:end].text]


def test_an_occurrence_is_laid_onto_the_pieces_of_its_words(tokenizer: Tokenizer) -> None:
    doc = doc_of("GraphFoo nets", "We train GraphFoo nets on GraphBar.")
    nets, bar = group(doc[0:2], doc[5:7]), group(doc[8:9])
    assert (nets.spans[1].text, bar.spans[0].text) == ("GraphFoo nets", "GraphBar")
    text = laid_out(doc, [nets, bar], tokenizer)
    assert covered(doc, text, tokenizer) == [(0, "GraphFoo nets"), (0, "GraphFoo nets"), (1, "GraphBar")]


def test_a_name_at_the_end_of_the_title_is_told_from_one_at_the_start_of_the_abstract(
    tokenizer: Tokenizer,
) -> None:
    doc = doc_of("On CLIP", "CLIP wins")
    text = laid_out(doc, [group(doc[1:2]), group(doc[3:4])], tokenizer)
    assert covered(doc, text, tokenizer) == [(0, "CLIP"), (1, "CLIP")]
    assert text.lasts[0] < text.firsts[1] - 1  # what parts the two texts stands between


def test_a_stretch_over_the_border_of_title_and_abstract_covers_it_all(tokenizer: Tokenizer) -> None:
    doc = doc_of("On CLIP", "GLUE wins")
    text = laid_out(doc, [group(doc[1:4])], tokenizer)
    assert covered(doc, text, tokenizer) == [(0, "CLIP\n\nGLUE")]


@pytest.mark.parametrize(("title", "abstract"), [("GraphFoo", ""), ("", "GraphFoo"), ("", " GraphFoo\n")])
def test_one_of_the_two_texts_may_be_empty(title: str, abstract: str, tokenizer: Tokenizer) -> None:
    doc = doc_of(title, abstract)
    (place,) = (token.i for token in doc if token.text == "GraphFoo")
    text = laid_out(doc, [group(doc[place : place + 1])], tokenizer)
    assert covered(doc, text, tokenizer) == [(0, "GraphFoo")]


def test_a_text_without_candidates_has_tables_without_rows(tokenizer: Tokenizer) -> None:
    for title, abstract in (("", ""), ("?", ""), ("", "..."), ("A Title", "It is.")):
        text = laid_out(doc_of(title, abstract), [], tokenizer)
        assert text.firsts.shape == text.lasts.shape == text.owners.shape == text.groups.shape == (0,)
        assert text.surface.shape == (0, len(data("encoder")["surface"]))


def test_what_stands_further_back_than_is_read_is_left_out(tokenizer: Tokenizer) -> None:
    doc = doc_of("A Title", "GraphFoo " + "word " * 5000 + "GraphBar GraphFoo")
    foo, bar = group(doc[3:4], doc[len(doc) - 1 :]), group(doc[len(doc) - 2 : len(doc) - 1])
    assert (foo.spans[1].text, bar.spans[0].text) == ("GraphFoo", "GraphBar")
    text = laid_out(doc, [bar, foo], tokenizer)
    assert len(text.ids) == len(text.shapes) == LONGEST
    assert covered(doc, text, tokenizer) == [(1, "GraphFoo")]
    assert text.groups.tolist() == [1]
    assert text.owners.tolist() == [0]


def test_no_more_occurrences_are_read_than_told(tokenizer: Tokenizer) -> None:
    most = data("encoder")["most_places"]
    doc = doc_of("", "CLIP " * (most + 3))
    places = [token.i for token in doc if token.text == "CLIP"]
    text = laid_out(doc, [group(*(doc[i : i + 1] for i in places))], tokenizer)
    assert len(text.firsts) == most


def test_a_character_of_several_pieces_is_covered_by_them_all(tokenizer: Tokenizer) -> None:
    doc = doc_of("", "한 韓")
    (place,) = (token.i for token in doc if token.text == "한")
    text = laid_out(doc, [group(doc[place : place + 1])], tokenizer)
    assert (text.firsts[0], text.lasts[0]) == (2, 4)  # right after the two marks around the empty title
    assert covered(doc, text, tokenizer) == [(0, "한")]


@given(_TEXTS, _TEXTS)
def test_the_pieces_of_an_occurrence_cover_exactly_its_characters_or_it_is_left_out(
    tokenizer: Tokenizer, title: str, abstract: str
) -> None:
    doc = doc_of(title, abstract)
    groups = every_stretch(doc)
    text = laid_out(doc, groups, tokenizer)
    for number, characters in covered(doc, text, tokenizer):
        assert characters == groups[number].spans[0].text
    assert len(text.ids) == len(text.shapes) <= LONGEST
    assert len(text.groups) == len(text.surface) == len(set(text.owners.tolist()))
    assert (np.diff(text.owners) >= 0).all()
    assert ((text.shapes >= 0) & (text.shapes <= OTHER)).all()


@given(st.lists(st.sampled_from(["Graph", "nets", "GAN", "ImageNet", "on", "2021", "3D"]), min_size=1))
def test_in_a_plain_text_no_occurrence_is_left_out(tokenizer: Tokenizer, words: list[str]) -> None:
    doc = doc_of("A Title", " ".join(words))
    groups = every_stretch(doc)
    assert laid_out(doc, groups, tokenizer).groups.tolist() == list(range(len(groups)))


def test_each_piece_has_the_case_of_its_word_and_a_mark_has_none(tokenizer: Tokenizer) -> None:
    doc = doc_of("Graphfoo", "")
    text = laid_out(doc, [group(doc[0:1])], tokenizer)
    inside = range(text.firsts[0], text.lasts[0] + 1)
    assert len(inside) > 1
    assert {int(text.shapes[i]) for i in inside} == {CAPITALISED}
    assert {int(text.shapes[i]) for i in range(len(text.ids)) if i not in inside} == {OTHER}


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_every_word_has_a_shape(word: str) -> None:
    assert 0 <= shape(word) <= OTHER


def test_what_is_known_of_a_group_is_handed_on_in_a_fixed_order(tokenizer: Tokenizer) -> None:
    doc = doc_of("", "CLIP wins")
    names = data("encoder")["surface"]
    values = {names[0]: 0.5, names[-1]: 2.0, "never asked for": 7.0}
    (row,) = encoded(doc, [group(doc[1:2])], [values], tokenizer).surface
    assert row.tolist() == [0.5, *[0.0] * (len(names) - 2), 2.0]
