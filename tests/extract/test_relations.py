from __future__ import annotations

import re

import pytest
from spacy.tokens import Doc

from kg.extract.logistic import model
from kg.extract.polarity import polarity, turned
from kg.extract.relation_features import ENDS
from kg.extract.relations import Relation, relations
from kg.extract.words import data
from kg.records import Kind, Polarity, Predicate, Role

from .conftest import blank

SENTENCES = blank("kg_sentences")
_MARK = re.compile(r"\[([^]|]+)\|(\w+)\|?(\w*)\]")
_FIXED = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METRIC: Role.EVALUATES_WITH}

DEFORMABLE_DETR = (
    "[Deformable DETR|method|introduces]: [Deformable Transformers|method|introduces] for End-to-End "
    "[Object Detection|topic]",
    "[DETR|method|comparesWith] has been recently proposed to eliminate the need for many hand-designed "
    "components in [object detection|topic] while demonstrating good performance. To mitigate these issues, we "
    "proposed [Deformable DETR|method|introduces], whose [attention modules|method] only attend to a small set "
    "of key sampling points around a reference. [Deformable DETR|method|introduces] can achieve better "
    "performance than [DETR|method|comparesWith] (especially on small objects) with 10x less training epochs. "
    "Extensive experiments on the [COCO|dataset] benchmark demonstrate the effectiveness of our approach.",
)


def marked(text: str, title: str = "", confidence: float = 1.0) -> Doc:
    """The Doc of a text in which concepts are marked: ``[Adam|method|introduces]``, the role being optional."""
    whole = f"{title}\n\n{text}" if title else text
    doc = SENTENCES(_MARK.sub(r"\1", whole))
    doc._.kg_title_end = len(_MARK.sub(r"\1", title))
    spans, shift = [], 0
    for mark in _MARK.finditer(whole):
        start = mark.start() - shift
        span = doc.char_span(start, start + len(mark[1]), label=mark[2])
        assert span is not None, mark
        role = _FIXED.get(Kind(mark[2])) or Role(mark[3] or "uses")
        span._.kg_name, span._.kg_role, span._.kg_confidence = mark[1].lower(), role, confidence
        spans.append(span)
        shift += len(mark[0]) - len(mark[1])
    doc.spans["kg_concepts"] = spans
    return doc


def told(text: str, title: str = "") -> set[tuple[str, str, str]]:
    """What a marked text states."""
    return {
        (r.subject._.kg_name, str(r.predicate), r.object._.kg_name) for r in relations(marked(text, title))
    }


def only(text: str, predicate: Predicate, title: str = "") -> Relation:
    """The one relation of a predicate that a marked text states."""
    found = [r for r in relations(marked(text, title)) if r.predicate == predicate]
    assert len(found) == 1, f"{len(found)} relations {predicate} in: {text}"
    return found[0]


def test_deformable_detr_is_read_whole() -> None:
    title, abstract = DEFORMABLE_DETR
    assert told(abstract, title) >= {
        ("deformable detr", "usedFor", "object detection"),
        ("deformable detr", "comparedWith", "detr"),
        ("deformable detr", "evaluatedOn", "coco"),
    }


def test_a_relation_over_two_sentences_is_read_from_the_one_that_names_the_object() -> None:
    title, abstract = DEFORMABLE_DETR
    (relation,) = (
        r
        for r in relations(marked(abstract, title))
        if (r.predicate, r.subject._.kg_name) == (Predicate.EVALUATED_ON, "deformable detr")
    )
    assert relation.sentence.text.startswith("Extensive experiments on the COCO benchmark")
    assert relation.object.sent.start == relation.sentence.start
    assert relation.subject.text == "Deformable DETR"


def test_a_relation_is_read_from_a_sentence_that_names_both_where_there_is_one() -> None:
    title, abstract = DEFORMABLE_DETR
    relation = only(abstract, Predicate.COMPARED_WITH, title)
    assert relation.sentence.text.startswith("Deformable DETR can achieve better performance than DETR")
    assert relation.subject.sent.start == relation.object.sent.start == relation.sentence.start
    assert relation.polarity == Polarity.OUTPERFORMS


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("We evaluate [BigFoo|method|introduces] on [GLUE|dataset].", Predicate.EVALUATED_ON),
        (
            "We present [BigFoo|method|introduces]. Experiments on [GLUE|dataset] show that it works.",
            Predicate.EVALUATED_ON,
        ),
        ("We present [BigFoo|method|introduces], based on [Bar|method|uses].", Predicate.BASED_ON),
        ("We propose [BigFoo|method|introduces] for [parsing|topic].", Predicate.USED_FOR),
        (
            "[BigFoo|method|introduces] outperforms [Bar|method|comparesWith] by far.",
            Predicate.COMPARED_WITH,
        ),
    ],
)
def test_a_paper_relates_what_it_introduces_to_what_it_names(text: str, predicate: Predicate) -> None:
    assert [str(r.predicate) for r in relations(marked(text))] == [predicate]


def test_the_title_relates_a_method_to_its_task() -> None:
    relation = only("Nothing.", Predicate.USED_FOR, "[BigFoo|method|introduces] for [Object Detection|topic]")
    assert relation.sentence.text.strip() == "BigFoo for Object Detection"


@pytest.mark.parametrize("text", [
    "[Adam|method|uses] and [Lion|method|uses] are old.",
    "[Adam|method|introduces] outperforms [adam|method|introduces].",  # one name
    "[Adam|method].",
    "[parsing|topic] and [tagging|topic] are hard.",
    "[GLUE|dataset] and [parsing|topic].",
    "Nothing.",
    "",
])  # fmt: skip
def test_nothing_is_told_where_nothing_is_stated(text: str) -> None:
    assert told(text) == set()


def test_the_subject_is_what_a_paper_introduces_not_what_it_builds_on() -> None:
    text = "We present [BigFoo|method|introduces], an extension of [Bar|method|uses]."
    assert told(text) == {("bigfoo", "basedOn", "bar")}


def test_the_role_of_either_end_counts() -> None:
    text = "We present [BigFoo|method|{}] with [Bar|method|{}]."
    likeliest = {
        roles: max((r.confidence for r in relations(marked(text.format(*roles)))), default=0.0)
        for roles in (("introduces", "uses"), ("uses", "uses"), ("introduces", "comparesWith"))
    }
    assert likeliest["introduces", "uses"] > likeliest["uses", "uses"]
    assert likeliest["introduces", "uses"] > likeliest["introduces", "comparesWith"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("outperforms", Polarity.OUTPERFORMS),
        ("consistently surpasses the strong", Polarity.OUTPERFORMS),
        ("is better than", Polarity.OUTPERFORMS),
        ("achieves higher accuracy than", Polarity.OUTPERFORMS),
        ("improves over", Polarity.OUTPERFORMS),
        ("not only outperforms", Polarity.OUTPERFORMS),
        ("is outperformed by", Polarity.OUTPERFORMED),
        ("was surpassed by", Polarity.OUTPERFORMED),
        ("is worse than", Polarity.OUTPERFORMED),
        ("is inferior to", Polarity.OUTPERFORMED),
        ("compared with", Polarity.NEUTRAL),
        ("is comparable to", Polarity.NEUTRAL),
        ("does not outperform", Polarity.NEUTRAL),
        ("does n't always outperform", Polarity.NEUTRAL),
        ("fails to outperform", Polarity.NEUTRAL),
        ("is not outperformed by", Polarity.NEUTRAL),
        ("is no better than", Polarity.NEUTRAL),
    ],
)
def test_a_comparison_tells_which_side_it_favours(words: str, verdict: Polarity) -> None:
    assert polarity(f" {words} ") == verdict


def test_a_judgement_turns_with_the_side_it_is_told_of() -> None:
    assert turned(Polarity.OUTPERFORMS) == Polarity.OUTPERFORMED
    assert turned(turned(Polarity.OUTPERFORMS)) == Polarity.OUTPERFORMS
    assert turned(Polarity.NEUTRAL) == Polarity.NEUTRAL


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("[New|method|introduces] outperforms [Old|method|comparesWith].", Polarity.OUTPERFORMS),
        ("[Old|method|comparesWith] is outperformed by [New|method|introduces].", Polarity.OUTPERFORMS),
        ("[Old|method|comparesWith] outperforms [New|method|introduces].", Polarity.OUTPERFORMED),
        ("[New|method|introduces] does not outperform [Old|method|comparesWith].", Polarity.NEUTRAL),
        ("We propose [New|method|introduces]. Our method outperforms [Old|method|comparesWith].", Polarity.OUTPERFORMS),
        ("[New|method|introduces] is compared with [Old|method|comparesWith].", Polarity.NEUTRAL),
    ],
)  # fmt: skip
def test_polarity_is_that_of_the_subject_wherever_it_stands(text: str, verdict: Polarity) -> None:
    assert only(text, Predicate.COMPARED_WITH).polarity == verdict


def test_only_comparisons_favour_a_side() -> None:
    title, abstract = DEFORMABLE_DETR
    favoured = {r.predicate for r in relations(marked(abstract, title)) if r.polarity != Polarity.NEUTRAL}
    assert favoured == {Predicate.COMPARED_WITH}


def test_a_relation_is_never_surer_than_its_ends() -> None:
    text = "We evaluate [BigFoo|method|introduces] on [GLUE|dataset]."
    (sure,), (unsure,) = (list(relations(marked(text, confidence=c))) for c in (1.0, 0.6))
    assert unsure.confidence == pytest.approx(0.36 * sure.confidence)
    assert 0 < sure.confidence < 1


def test_concepts_that_hardly_are_any_have_no_relations() -> None:
    assert not list(relations(marked("[Foo|method|introduces] for [parsing|topic].", confidence=0.1)))


def test_every_relation_ties_kinds_that_fit_its_predicate_once() -> None:
    title, abstract = DEFORMABLE_DETR
    found = list(relations(marked(abstract, title)))
    for relation in found:
        assert (Kind(relation.subject.label_), Kind(relation.object.label_)) == ENDS[relation.predicate]
    assert len(told(abstract, title)) == len(found)


def test_a_list_of_hundreds_of_names_stays_bounded() -> None:
    doc = marked("We test " + " and ".join(f"[Foo{i}|method]" for i in range(400)) + ".")
    most = data("relations")["limits"]["concepts"]
    assert len({r.subject.text for r in relations(doc)}) <= most


def test_a_doc_without_concepts_has_no_relations() -> None:
    assert list(relations(SENTENCES("We test Adam."))) == []


def test_the_model_has_weights_and_a_threshold_for_every_predicate() -> None:
    fitted = model("relations")
    assert set(fitted["weights"]) == set(fitted["thresholds"]) == {str(p) for p in ENDS}
    weights = [w for table in fitted["weights"].values() for w in table.values()]
    assert all(abs(w) >= 0.005 and round(w, 3) == w for w in weights)
