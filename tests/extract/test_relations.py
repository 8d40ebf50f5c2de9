from __future__ import annotations

import re

import pytest
from spacy.tokens import Doc, Span

from kg.extract.relations import Relation, relations
from kg.records import Kind, Polarity, Predicate, Role

from .conftest import blank

SENTENCES = blank("kg_sentences")
_MARK = re.compile(r"\[([^]|]+)\|(\w+)\|?(\w*)\]")


def marked(text: str) -> Doc:
    """The Doc of a text in which concepts are marked: ``[Adam|method|introduces]``, the role being optional."""
    doc = SENTENCES(_MARK.sub(r"\1", text))
    spans, shift = [], 0
    for mark in _MARK.finditer(text):
        start = mark.start() - shift
        span = doc.char_span(start, start + len(mark[1]), label=mark[2])
        assert span is not None, mark
        span._.kg_name, span._.kg_role, span._.kg_confidence = mark[1].lower(), Role(mark[3] or "uses"), 0.5
        spans.append(span)
        shift += len(mark[0]) - len(mark[1])
    doc.spans["kg_concepts"] = spans
    return doc


def told(text: str) -> list[tuple[str, Predicate, str, Polarity]]:
    """What a marked text states."""
    return [(r.subject.text, r.predicate, r.object.text, r.polarity) for r in relations(marked(text))]


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("outperforms", Polarity.OUTPERFORMS),
        ("consistently surpasses the strong", Polarity.OUTPERFORMS),
        ("is better than", Polarity.OUTPERFORMS),
        ("improves over", Polarity.OUTPERFORMS),
        ("is outperformed by", Polarity.OUTPERFORMED),
        ("was surpassed by", Polarity.OUTPERFORMED),
        ("is worse than", Polarity.OUTPERFORMED),
        ("is inferior to", Polarity.OUTPERFORMED),
        ("compared with", Polarity.NEUTRAL),
        ("versus", Polarity.NEUTRAL),
        ("is comparable to", Polarity.NEUTRAL),
    ],
)
def test_a_comparison_tells_which_side_it_favours(words: str, polarity: Polarity) -> None:
    assert told(f"Here [Adam|method] {words} [Lion|method] again.") == [
        ("Adam", Predicate.COMPARED_WITH, "Lion", polarity)
    ]


def test_deformable_detr_achieves_more_than_detr() -> None:
    text = (
        "[Deformable DETR|method|introduces] can achieve better performance than [DETR|method] (especially on "
        "small objects) with 10x less training epochs. Extensive experiments on the [COCO|dataset] benchmark "
        "demonstrate the effectiveness of our approach."
    )
    assert told(text) == [("Deformable DETR", Predicate.COMPARED_WITH, "DETR", Polarity.NEUTRAL)]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("We test [Adam|method] on [GLUE|dataset].", Predicate.EVALUATED_ON),
        ("We present [BigFoo|method|introduces], based on [Adam|method].", Predicate.BASED_ON),
        ("We use [DETR|method] for [object detection|topic].", Predicate.USED_FOR),
        ("[BigFoo|method|introduces] solves hard cases of [parsing|topic].", Predicate.USED_FOR),
    ],
)
def test_the_words_between_two_concepts_tell_their_relation(text: str, predicate: Predicate) -> None:
    assert [found for _, found, _, _ in told(text)] == [predicate]


@pytest.mark.parametrize(
    "text",
    [
        "We use [Adam|method] and [Lion|method] alike.",
        "[Adam|method] is old. It outperforms [Lion|method].",  # two sentences
        "[Adam|method] outperforms [adam|method].",  # one name
        "[parsing|topic] for [Adam|method].",  # the wrong way round
        "[Adam|method], based on [Lion|method].",  # only what is introduced is based on something
        "[Adam|method] outperforms.",
        "Nothing.",
    ],
)
def test_nothing_is_told_where_nothing_is_stated(text: str) -> None:
    assert told(text) == []


def test_a_relation_is_never_surer_than_its_ends() -> None:
    (relation,) = relations(marked("[Adam|method] outperforms [Lion|method]."))
    assert isinstance(relation, Relation)
    assert 0 < relation.confidence < 0.5
    assert isinstance(relation.subject, Span) and relation.subject.label_ == Kind.METHOD


def test_a_list_of_hundreds_of_names_states_nothing() -> None:
    doc = marked("We test " + " and ".join(f"[Foo{i}|method]" for i in range(400)) + ".")
    assert list(relations(doc)) == []
