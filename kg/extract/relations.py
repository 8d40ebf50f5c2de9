"""Relations between concepts: what the whole paper tells of two of them, and the sentence that tells it best.

For every pair of concepts whose kinds fit a predicate, a logistic regression over the features of
:mod:`kg.extract.relation_features` says how likely the paper states that relation. The weights lie in
``data/relations.json`` and are fitted by :mod:`kg.train.relations` on annotated abstracts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from kg.extract.concepts import CONCEPTS
from kg.extract.layout import Entity, Layout, Place, layout
from kg.extract.logistic import model
from kg.extract.polarity import polarity, turned
from kg.extract.relation_features import (
    ENDS,
    closest,
    evidence,
    object_features,
    pair_features,
    subject_features,
)
from kg.extract.words import data
from kg.records import Kind, Polarity, Predicate, Role

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that a paper states between two of its concepts.

    Attributes:
        subject: a span of the one concept; in ``sentence`` where that names it.
        predicate: the relation.
        object: a span of the other concept, in ``sentence``.
        polarity: which side the sentence favours; neutral unless it compares.
        confidence: how sure the reading is, 0 to 1.
        sentence: the sentence that tells the relation. It may speak of the subject as "we" or "our method".
    """

    subject: Span
    predicate: Predicate
    object: Span
    polarity: Polarity
    confidence: float
    sentence: Span


@dataclass(frozen=True, slots=True)
class _Model:
    """How likely a predicate holds: weights, the least probability that counts, and what both ends must be."""

    predicate: Predicate
    weights: Weights
    threshold: float


def relations(doc: Doc) -> Iterator[Relation]:
    """The relations of a Doc whose concepts are found, each pair and predicate at most once.

    A relation's confidence is its probability times the confidences of both concepts, which on annotations is
    how often it is right. It is told where its probability reaches the predicate's threshold and its
    confidence the floor of all.
    """
    spans = _surest(doc.spans.get(CONCEPTS, ()))
    if len(spans) < 2:
        return
    page = layout(doc, spans)
    for subject, target, likely in likelihoods(page):
        for predicate, probability in likely.items():
            confidence = probability * subject.confidence * target.confidence
            if probability >= _models()[predicate].threshold and confidence >= _floor():
                yield _relation(page, subject, target, predicate, confidence)


def _surest(spans: Iterable[Span]) -> list[Span]:
    """The spans of the concepts that may have relations, in the order of the text; so many, however many there are."""
    sure = [span for span in spans if span._.kg_confidence >= _floor()]
    names = {(-span._.kg_confidence, span.label_, span._.kg_name) for span in sure}
    kept = {name[1:] for name in sorted(names)[: data("relations")["limits"]["concepts"]]}
    return [span for span in sure if (span.label_, span._.kg_name) in kept]


def likelihoods(page: Layout) -> Iterator[tuple[Entity, Entity, dict[Predicate, float]]]:
    """How likely each predicate holds between each pair of concepts whose kinds fit it."""
    floor, ends = _floor(), _Ends(page)
    for subject in page.entities:
        for target in page.entities:
            fitting = _fitting().get((subject.kind, target.kind))
            if fitting is None or subject is target or subject.confidence * target.confidence < floor:
                continue
            pair = pair_features(page, subject, target)
            yield (
                subject,
                target,
                {
                    m.predicate: _logistic(ends.logit(m, subject, target) + _sum(m.weights, pair))
                    for m in fitting
                },
            )


class _Ends:
    """The weighed features of the ends of a paper's pairs, each summed up once."""

    def __init__(self, page: Layout) -> None:
        self._page = page
        self._subjects: dict[Entity, list[str]] = {}
        self._objects: dict[tuple[Entity, Role], list[str]] = {}
        self._sums: dict[tuple[Predicate, Entity, Role | None], float] = {}

    def logit(self, fitted: _Model, subject: Entity, target: Entity) -> float:
        return self._subject(fitted, subject) + self._object(fitted, target, subject.role)

    def _subject(self, fitted: _Model, subject: Entity) -> float:
        key = (fitted.predicate, subject, None)
        if key not in self._sums:
            if subject not in self._subjects:
                self._subjects[subject] = subject_features(self._page, subject)
            self._sums[key] = _sum(fitted.weights, self._subjects[subject])
        return self._sums[key]

    def _object(self, fitted: _Model, target: Entity, role: Role) -> float:
        key = (fitted.predicate, target, role)
        if key not in self._sums:
            if (target, role) not in self._objects:
                self._objects[target, role] = object_features(self._page, target, role)
            self._sums[key] = _sum(fitted.weights, self._objects[target, role])
        return self._sums[key]


def _sum(weights: Weights, names: Iterable[str]) -> float:
    """The weights of features; exact, so that the order of a set does not matter."""
    return math.fsum([weights[name] for name in names if name in weights])


def _logistic(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


def _floor() -> float:
    return float(model("relations")["floor"])


@cache
def _models() -> dict[Predicate, _Model]:
    fitted = model("relations")
    return {p: _Model(p, fitted["weights"][p], fitted["thresholds"][p]) for p in ENDS}


@cache
def _fitting() -> dict[tuple[Kind, Kind], list[_Model]]:
    by_kinds: dict[tuple[Kind, Kind], list[_Model]] = defaultdict(list)
    for predicate, kinds in ENDS.items():
        by_kinds[kinds].append(_models()[predicate])
    return dict(by_kinds)


def _relation(
    page: Layout, subject: Entity, target: Entity, predicate: Predicate, confidence: float
) -> Relation:
    weights = _models()[predicate].weights
    told = evidence(page, subject, target)
    best = max(told, key=lambda number: (_sum(weights, set(told[number])), -number))
    if best in subject.sentences:
        first, second = closest(subject, target, best)
    else:
        first, second = subject.places[0], next(p for p in target.places if p.sentence == best)
    return Relation(
        subject=first.span,
        predicate=predicate,
        object=second.span,
        polarity=_polarity(page, first, second) if predicate == Predicate.COMPARED_WITH else Polarity.NEUTRAL,
        confidence=confidence,
        sentence=page.sentences[best],
    )


def _polarity(page: Layout, subject: Place, target: Place) -> Polarity:
    """Which side the object's sentence favours; a subject that it does not name is what it speaks of."""
    if subject.sentence != target.sentence:
        start = page.sentences[target.sentence].start
        return polarity(" ".join(page.words[start : target.start]))
    if subject.start < target.start:
        return polarity(" ".join(page.words[subject.end : target.start]))
    return turned(polarity(" ".join(page.words[target.end : subject.start])))
