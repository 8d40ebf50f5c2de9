from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from spacy.language import Language

from kg.extract import concepts
from kg.extract.concepts import groups, weighed
from kg.extract.confidence import floor
from kg.extract.logistic import Features
from kg.records import Kind, Paper


def grouped(nlp: Language, text: str) -> dict[str, tuple[str, set[str]]]:
    """The concept and the places' words of each group, by its name."""
    return {group.name: (group.concept, {s.text for s in group.spans}) for group in groups(nlp(text))}


def chosen(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    """The chosen spans with their kind and concept."""
    doc = nlp(text)
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans["kg_concepts"]]


def test_spellings_of_one_name_are_one_group(small_nlp: Language) -> None:
    found = grouped(
        small_nlp, "Graph Neural Networks learn. A graph-neural network and graph neural network."
    )
    assert found["graph neural network"][0] == "method/graph-neural-network"
    assert {"Graph Neural Networks", "graph neural network"} <= found["graph neural network"][1]


def test_an_acronym_belongs_to_the_expansion_that_the_paper_gives(small_nlp: Language) -> None:
    found = grouped(small_nlp, "A graph neural network (GNN) learns. GNNs win.")
    assert found["graph neural network"] == (
        "method/graph-neural-network",
        {"graph neural network", "GNN", "GNNs"},
    )


def test_a_paper_may_define_a_known_acronym_anew(small_nlp: Language) -> None:
    text = "We use contextual learning of image patches (CLIP). CLIP works."
    assert {concept for concept, _ in grouped(small_nlp, text).values()} == {""}
    assert grouped(small_nlp, "We use CLIP. CLIP works.")["clip"] == ("method/clip", {"CLIP"})


def test_a_known_name_is_chosen_with_its_kind_and_concept_however_unsure(
    small_nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concepts, "confidence", lambda _: 0.01)
    assert chosen(small_nlp, "We test CLIP, GrandFoo and accuracy on GLUE.") == [
        ("CLIP", "method", "method/clip"),
        ("accuracy", "metric", "metric/accuracy"),
        ("GLUE", "dataset", "dataset/glue"),
    ]


def test_a_name_outside_the_vocabulary_counts_from_the_floor_on(
    small_nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concepts, "confidence", lambda _: floor())
    assert chosen(small_nlp, "We test GrandFoo.") == [("GrandFoo", "method", "")]


def test_the_surer_reading_takes_the_place(small_nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The purple neural network dances. A purple neural network sings."

    def shorter_is_surer(values: Features) -> float:
        return 0.9 if "words=2,True" in values else 0.5

    monkeypatch.setattr(concepts, "confidence", shorter_is_surer)
    assert [c for _, _, c in chosen(small_nlp, text)] == ["method/neural-network"] * 2
    monkeypatch.setattr(concepts, "confidence", lambda values: 0.9 if "words=3,False" in values else 0.5)
    assert [words for words, _, _ in chosen(small_nlp, text)] == ["purple neural network"] * 2


def test_chosen_spans_carry_name_role_and_confidence(small_nlp: Language) -> None:
    doc = small_nlp("A graph neural network (GNN) learns. We train GNNs.")
    for span in doc.spans["kg_concepts"]:
        assert span._.kg_name == "graph neural network"
        assert span._.kg_role is not None
        assert 0 <= span._.kg_confidence <= 1


def test_chosen_spans_of_the_seeds_never_overlap(papers: Sequence[Paper], nlp: Language) -> None:
    for source in papers[:60]:
        doc = nlp(f"{source.title}\n\n{source.abstract}")
        spans = list(doc.spans["kg_concepts"])
        for before, after in itertools.pairwise(spans):
            assert before.end <= after.start, (source.id, before, after)


def test_a_group_of_the_seeds_has_the_kind_of_its_concept(papers: Sequence[Paper], nlp: Language) -> None:
    for source in papers[:20]:
        for reading in weighed(nlp(source.abstract)):
            group = reading.group
            if group.concept:
                assert group.kind is Kind(group.concept.split("/")[0]), group
