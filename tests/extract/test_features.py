from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.language import Language

from kg.extract.concepts import weighed
from kg.records import Paper

from .conftest import blank

PARTS = ("kg_sentences", "kg_acronyms", "kg_contributions", "kg_phrases")


def described(title: str, abstract: str) -> dict[str, dict[str, float]]:
    """The features of each group of a text by its name."""
    nlp = blank(*PARTS)
    doc = nlp.make_doc(f"{title}\n\n{abstract}")
    doc._.kg_title_end = len(title)
    for part in PARTS:
        doc = nlp.get_pipe(part)(doc)
    return {reading.group.name: reading.features for reading in weighed(doc)}


def test_a_name_in_title_and_abstract_is_told_from_one_in_the_abstract_alone() -> None:
    found = described("BigFoo: a network", "We use BigFoo and SmallBar in our work.")
    assert found["bigfoo"]["title"] == found["bigfoo"]["title and abstract"] == 1.0
    assert found["smallbar"]["title"] == found["smallbar"]["title and abstract"] == 0.0


def test_places_are_counted_once_each() -> None:
    found = described("A title", "BigFoo learns. BigFoo wins. BigFoo ends.")
    assert found["bigfoo"]["count"] == math.log(3)
    assert found["bigfoo"]["sentences"] == math.log(3)


def test_a_name_that_is_but_an_example_is_told() -> None:
    found = described("A title", "Networks such as BigFoo learn. SmallBar wins.")
    assert found["bigfoo"]["example"] == 1.0
    assert "example" not in found["smallbar"]


def test_the_sentences_where_the_authors_speak_are_told() -> None:
    found = described("A title", "We train BigFoo. They train SmallBar.")
    assert found["bigfoo"]["we"] == 1.0
    assert "we" not in found["smallbar"]


def test_every_feature_of_the_seeds_is_a_finite_number(papers: Sequence[Paper], nlp: Language) -> None:
    for source in papers[:20]:
        for reading in weighed(nlp(f"{source.title}\n\n{source.abstract}")):
            assert all(math.isfinite(value) for value in reading.features.values()), source.id
            assert reading.group.spans, source.id
