"""What kg says that each paper speaks of, to be held against annotations.

It comes from an extraction, from the graph of a build, or from a JSON Lines file::

    {"id": "iclr-2021-0036", "concepts": [{"type": "method", "label": "DETR", "surfaces": ["DETR"],
     "role": "compares", "confidence": 0.9}], "relations": [["comparedWith", "Deformable DETR", "DETR"]]}
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluate.gold import GoldPaper
from kg.evaluate.lines import Record, read_records
from kg.evaluate.names import normal_names
from kg.evaluate.roles import GoldRole, annotated
from kg.extract.pipeline import Extraction
from kg.read.identifiers import normalised
from kg.read.vocabulary import Vocabulary
from kg.records import Kind, Mention, Paper, Predicate, Role


@dataclass(frozen=True, slots=True)
class Prediction:
    """A concept that a paper is said to speak of.

    Attributes:
        kind: its kind.
        label: its name.
        surfaces: the words of the paper by which it is named, each once.
        role: what the paper is said to do with it; None for topics and metrics.
        confidence: how sure that is, 0 to 1; None where the source does not tell.
        asserted: whether it is sure enough to be said of the paper, rather than a mention alone.
    """

    kind: Kind
    label: str
    surfaces: tuple[str, ...]
    role: GoldRole | None = None
    confidence: float | None = None
    asserted: bool = True

    @property
    def names(self) -> frozenset[str]:
        """All its names in their normal form."""
        return normal_names((self.label, *self.surfaces))


@dataclass(frozen=True, slots=True)
class PredictedRelation:
    """A relation that a paper is said to state, with every name of either end.

    Attributes:
        predicate: the relation.
        subject: names of the concept that it is about, the label first.
        object: names of the other concept, the label first.
        confidence: how sure that is, 0 to 1; None where the source does not tell.
    """

    predicate: Predicate
    subject: tuple[str, ...]
    object: tuple[str, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PaperPredictions:
    """All that one paper is said to speak of.

    Attributes:
        id: the paper's id.
        title: its title; empty where the source does not tell.
        concepts: the surest first, or in the order of the file.
        relations: those that are sure enough to be edges, the surest first, or in the order of the file.
    """

    id: str
    title: str
    concepts: tuple[Prediction, ...]
    relations: tuple[PredictedRelation, ...] = ()

    @property
    def asserted(self) -> tuple[Prediction, ...]:
        """The concepts that are said of the paper; what the figures are about."""
        return tuple(concept for concept in self.concepts if concept.asserted)


def aligned(
    gold: Sequence[GoldPaper], predictions: Iterable[PaperPredictions]
) -> tuple[PaperPredictions | None, ...]:
    """The predictions for each annotated paper, None where there are none.

    Papers are the same that have the same id, or else the same title but for case and punctuation.
    """
    by_id: dict[str, PaperPredictions] = {}
    by_title: dict[str, PaperPredictions] = {}
    for paper in sorted(predictions, key=lambda paper: paper.id):
        by_id.setdefault(paper.id, paper)
        if paper.title:
            by_title.setdefault(normalised(paper.title), paper)
    return tuple(
        by_id.get(annotation.paper.id) or by_title.get(normalised(annotation.paper.title))
        for annotation in gold
    )


def of_extractions(
    pairs: Iterable[tuple[Paper, Extraction]], minimum_confidence: float, vocabulary: Vocabulary
) -> Iterator[PaperPredictions]:
    """What was read from papers, one concept for each vocabulary concept or name of a kind.

    Args:
        pairs: from :func:`kg.extract.pipeline.extract`.
        minimum_confidence: from which a concept or relation is said of the paper.
        vocabulary: gives the concepts in it their labels.
    """
    labels = {concept.key: concept.pref_label for concept in vocabulary.concepts}
    for paper, extraction in pairs:
        yield _of_extraction(paper, extraction, minimum_confidence, labels)


def _of_extraction(
    paper: Paper, extraction: Extraction, minimum: float, labels: Mapping[str, str]
) -> PaperPredictions:
    groups: dict[tuple[Kind, str], list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        groups[mention.kind, mention.concept or mention.name].append(mention)
    concepts = {key: _of_mentions(mentions, minimum, labels) for key, mentions in groups.items()}
    handles = {f"{m.kind}/{m.name}": concepts[key] for key, group in groups.items() for m in group}
    relations = (
        _relation(claim.predicate, handles[claim.subject], handles[claim.object], claim.confidence)
        for claim in extraction.claims
        if claim.confidence >= minimum and handles[claim.subject] is not handles[claim.object]
    )
    return PaperPredictions(paper.id, paper.title, surest_first(concepts.values()), _distinct(relations))


def _of_mentions(mentions: Sequence[Mention], minimum: float, labels: Mapping[str, str]) -> Prediction:
    """The concept that these mentions name; an introduction outranks other roles, as in the graph."""
    printed = Counter(" ".join(mention.exact.split()) for mention in mentions)
    best = max(mentions, key=lambda m: (m.role is Role.INTRODUCES, m.confidence, m.role))
    most_printed = min(printed, key=lambda name: (-printed[name], -len(name), name))
    return Prediction(
        kind=best.kind,
        label=labels.get(best.concept, most_printed),
        surfaces=tuple(printed),
        role=annotated(best.role),
        confidence=best.confidence,
        asserted=best.confidence >= minimum,
    )


def surest_first(concepts: Iterable[Prediction]) -> tuple[Prediction, ...]:
    """Predictions by falling confidence, then by kind and name."""
    return tuple(sorted(concepts, key=lambda c: (-(c.confidence or 0.0), c.kind, c.label, c.surfaces)))


def _relation(
    predicate: Predicate, subject: Prediction, object_: Prediction, confidence: float | None
) -> PredictedRelation:
    return PredictedRelation(
        predicate, (subject.label, *subject.surfaces), (object_.label, *object_.surfaces), confidence
    )


def _distinct(relations: Iterable[PredictedRelation]) -> tuple[PredictedRelation, ...]:
    """Each relation once, as its surest sentence states it; the surest first."""
    ordered = sorted(relations, key=lambda r: (-(r.confidence or 0.0), r.predicate, r.subject, r.object))
    first: dict[tuple[Predicate, tuple[str, ...], tuple[str, ...]], PredictedRelation] = {}
    for relation in ordered:
        first.setdefault((relation.predicate, relation.subject, relation.object), relation)
    return tuple(first.values())


def of_file(path: Path) -> Iterator[PaperPredictions]:
    """Predictions of a JSON Lines file in the form above; title, role, confidence and relations may be missing.

    Args:
        path: plain or gzip.

    Raises:
        ReadError: where it cannot be read, and at the first line that is not of that form.
    """
    known: set[str] = set()
    for record in read_records(path):
        found = _of_record(record)
        if found.id in known:
            raise record.fault("the id of an earlier line again")
        known.add(found.id)
        yield found


def _of_record(record: Record) -> PaperPredictions:
    concepts = tuple(map(_concept, record.records("concepts")))
    relations = (_told(record, concepts, *triple) for triple in record.triples("relations"))
    return PaperPredictions(record.text("id"), record.text("title", ""), concepts, tuple(relations))


def _concept(record: Record) -> Prediction:
    return Prediction(
        kind=record.kind(),
        label=record.text("label"),
        surfaces=record.texts("surfaces"),
        role=record.choice("role", GoldRole),
        confidence=record.share("confidence"),
    )


def _told(
    record: Record, concepts: Sequence[Prediction], predicate: str, subject: str, object_: str
) -> PredictedRelation:
    """A relation whose ends go by the labels of concepts of the same line, or by names of their own."""
    if predicate not in list(Predicate):
        raise record.fault(f"a relation {ascii(predicate)[:40]}; use one of {', '.join(Predicate)}")
    names = {c.label: (c.label, *c.surfaces) for c in reversed(concepts)}
    return PredictedRelation(
        Predicate(predicate), names.get(subject, (subject,)), names.get(object_, (object_,))
    )


def as_record(paper: PaperPredictions) -> dict[str, Any]:
    """What is said of a paper in the form of the file above, as plain types.

    Example:
        >>> as_record(PaperPredictions("p", "", (Prediction(Kind.TOPIC, "vision", ("vision",)),)))["concepts"]
        [{'type': 'topic', 'label': 'vision', 'surfaces': ['vision'], 'role': None, 'confidence': None}]
    """
    concepts = [
        {
            "type": str(concept.kind),
            "label": concept.label,
            "surfaces": list(concept.surfaces),
            "role": None if concept.role is None else str(concept.role),
            "confidence": concept.confidence,
        }
        for concept in paper.asserted
    ]
    relations = [[str(r.predicate), r.subject[0], r.object[0]] for r in paper.relations]
    return {"id": paper.id, "title": paper.title, "concepts": concepts, "relations": relations}
