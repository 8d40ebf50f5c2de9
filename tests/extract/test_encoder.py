from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.concepts import described
from kg.extract.encoder import Encoder, shipped_encoder
from kg.extract.judges import Said
from kg.records import Paper

from .conftest import doc_of


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The encoder that comes with kg."""
    return shipped_encoder()


def said(encoder: Encoder, doc: Doc) -> Said:
    """What the encoder says of all groups of a text."""
    return encoder.read(doc, *described(doc))


def is_told(found: Said) -> bool:
    """Whether all that is said are probabilities, of one distribution a row."""
    tables = (found.outcomes, found.roles)
    return all(
        len(table) == len(found.groups)
        and ((table >= 0) & (table <= 1)).all()
        and np.allclose(table.sum(axis=1), 1, atol=1e-4)
        for table in tables
    )


def test_what_is_said_is_a_distribution_for_each_group(
    encoder: Encoder, small_finders: Language, papers: Sequence[Paper]
) -> None:
    doc = doc_of(small_finders, papers[36].title, papers[36].abstract)
    found = said(encoder, doc)
    assert is_told(found)
    assert found.outcomes.shape[1] == 5
    assert found.roles.shape[1] == 4
    assert len(set(found.groups.tolist())) == len(found.groups) > 10


def test_a_text_is_read_the_same_alone_and_among_others(
    encoder: Encoder, small_finders: Language, papers: Sequence[Paper]
) -> None:
    docs = [doc_of(small_finders, source.title, source.abstract) for source in papers[:6]]
    alone = [said(encoder, doc) for doc in docs]
    order = list(range(len(docs)))
    random.Random(7).shuffle(order)
    for number in order:
        again = said(encoder, docs[number])
        assert (again.outcomes == alone[number].outcomes).all(), papers[number].id
        assert (again.roles == alone[number].roles).all(), papers[number].id


def test_another_encoder_of_the_same_files_says_the_same(
    encoder: Encoder, small_finders: Language, papers: Sequence[Paper]
) -> None:
    doc = doc_of(small_finders, papers[0].title, papers[0].abstract)
    another = shipped_encoder.__wrapped__()
    assert another is not encoder
    assert (said(another, doc).outcomes == said(encoder, doc).outcomes).all()


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("GraphFoo: a network for graphs", ""),
        ("", "We train GraphFoo on graphs."),
        ("🙂", "𝔾𝔸ℕ of 数据, 한국어 and İstanbul"),
    ],
)
def test_a_title_or_an_abstract_alone_is_read(
    encoder: Encoder, small_finders: Language, title: str, abstract: str
) -> None:
    found = said(encoder, doc_of(small_finders, title, abstract))
    assert len(found.groups)
    assert is_told(found)


@pytest.mark.parametrize(("title", "abstract"), [("", ""), ("?", ""), ("", "..."), ("It is", "so.")])
def test_of_a_text_without_candidates_nothing_is_said(
    encoder: Encoder, small_finders: Language, title: str, abstract: str
) -> None:
    found = said(encoder, doc_of(small_finders, title, abstract))
    assert found.groups.shape == (0,)
    assert (found.outcomes.shape, found.roles.shape) == ((0, 5), (0, 4))


def test_of_a_long_text_the_beginning_is_read(encoder: Encoder, small_finders: Language) -> None:
    opening = "We train GraphFoo on reinforcement learning. "
    middle = " ".join(f"Zebra{i} and then" for i in range(1700))  # 5,100 words
    doc = doc_of(small_finders, "A Title", f"{opening}{middle} GraphBar")
    groups, values = described(doc)
    found = encoder.read(doc, groups, values)
    names = {groups[number].name for number in found.groups}
    assert is_told(found)
    assert {"graphfoo", "reinforcement learning"} <= names
    assert "graphbar" in {group.name for group in groups} - names
