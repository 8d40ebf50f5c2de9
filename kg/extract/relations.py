"""Relations between concepts, read from the sentence that states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from kg.extract.concepts import CONCEPTS
from kg.extract.words import data
from kg.records import Kind, Polarity, Predicate, Role


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that one sentence states between two of its concept spans."""

    subject: Span
    predicate: Predicate
    object: Span
    polarity: Polarity
    confidence: float


@dataclass(frozen=True, slots=True)
class _Rule:
    """Between a subject of one kind and an object of another stand words that a pattern knows."""

    predicate: Predicate
    subject: Kind
    object: Kind
    subject_role: Role | None
    between: re.Pattern[str]
    polarity: Polarity
    confidence: float


def relations(doc: Doc) -> Iterator[Relation]:
    """The relations of a Doc whose concepts are found, sentence by sentence, each pair once.

    The rules, tried in the order of ``data/relations.toml``, look at the words between two concepts of
    one sentence: "DETR *for* object detection", "X *outperforms* Y", "X *on* ImageNet".
    """
    spans = list(doc.spans.get(CONCEPTS, ()))
    for sentence in doc.sents:
        inside = [span for span in spans if sentence.start <= span.start < sentence.end]
        for first in inside:
            for second in inside:
                if first.start < second.start and first._.kg_name != second._.kg_name:
                    found = _relation(doc, first, second)
                    if found:
                        yield found


def _relation(doc: Doc, first: Span, second: Span) -> Relation | None:
    if second.start - first.end > data("relations")["reach"]:
        return None
    between = " " + doc[first.end : second.start].text.lower() + " "
    for rule in _rules():
        if (first.label_, second.label_) != (rule.subject, rule.object):
            continue
        if rule.subject_role is not None and first._.kg_role != rule.subject_role:
            continue
        if rule.between.search(between):
            sure = rule.confidence * min(first._.kg_confidence, second._.kg_confidence)
            return Relation(first, rule.predicate, second, rule.polarity, sure)
    return None


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            predicate=Predicate(rule["predicate"]),
            subject=Kind(rule["subject"]),
            object=Kind(rule["object"]),
            subject_role=Role(rule["role"]) if "role" in rule else None,
            between=re.compile(rule["between"]),
            polarity=Polarity(rule.get("polarity", Polarity.NEUTRAL)),
            confidence=rule["confidence"],
        )
        for rule in data("relations")["rules"]
    )
