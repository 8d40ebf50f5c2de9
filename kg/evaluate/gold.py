"""Annotated abstracts: what a careful reader says that each paper speaks of.

One JSON object a line::

    {"id": "iclr-2021-0036", "title": "...", "abstract": "...",
     "concepts": [{"type": "method", "label": "Deformable DETR", "surfaces": ["Deformable DETR"],
                   "aliases": [], "role": "introduces", "salient": true}],
     "relations": [["usedFor", "Deformable DETR", "object detection"]]}

``aliases`` and ``relations`` may be missing, and so may ``role`` (none) and ``salient`` (true). Where texts may not
be passed on, ``title`` and ``abstract`` are missing too, and are taken from the papers that are given beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.evaluate.lines import Record, read_records
from kg.evaluate.names import normal_names
from kg.evaluate.roles import GoldRole
from kg.read.cleaning import clean
from kg.read.drafts import Draft
from kg.read.source import ReadError
from kg.records import Kind, Paper, Predicate


@dataclass(frozen=True, slots=True)
class GoldConcept:
    """A concept that the annotator found in one paper.

    Attributes:
        kind: its kind.
        label: its canonical name.
        surfaces: every string by which the text denotes it.
        aliases: other names of it, not in the text.
        role: what the paper does with it; None for topics and metrics.
        salient: whether the paper should be indexed under it; the rest is neither asked for nor wrong.
    """

    kind: Kind
    label: str
    surfaces: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    role: GoldRole | None = None
    salient: bool = True

    @property
    def names(self) -> frozenset[str]:
        """All its names in their normal form."""
        return normal_names((self.label, *self.surfaces, *self.aliases))


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation that the paper states between two concepts, each with all its names in their normal form."""

    predicate: Predicate
    subject: frozenset[str]
    object: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """One annotated paper.

    Attributes:
        paper: its text, as extraction reads it.
        concepts: what it speaks of, in the annotator's order.
        relations: what it says of them, in the annotator's order.
    """

    paper: Paper
    concepts: tuple[GoldConcept, ...]
    relations: tuple[GoldRelation, ...] = ()


def read_gold(path: Path, texts: Iterable[Paper] = ()) -> tuple[GoldPaper, ...]:
    """The annotated papers of a JSON Lines file, in its order.

    Args:
        path: plain or gzip.
        texts: papers that lines without a text speak of, by their id.

    Raises:
        ReadError: where the file cannot be read or holds no paper, and at the first line that is not of the
            form above; the message names file and line.
    """
    papers: dict[str, GoldPaper] = {}
    lines: dict[str, int] = {}
    known = {paper.id: paper for paper in texts}
    for record in read_records(path):
        found = _annotated(record, _paper(record, known))
        if found.paper.id in papers:
            raise record.fault(f"the id of line {lines[found.paper.id]} again")
        lines[found.paper.id] = record.location.line
        papers[found.paper.id] = found
    if not papers:
        raise ReadError(f"{path}: no annotated paper; give JSON Lines, one object a paper")
    return tuple(papers.values())


def _paper(record: Record, known: Mapping[str, Paper]) -> Paper:
    identifier = record.text("id")
    if not record.values.keys() & {"title", "abstract"}:
        if identifier not in known:
            raise record.fault(
                'neither "title" nor "abstract", and no paper of this id among the texts given'
            )
        return known[identifier]
    draft = Draft(
        line=record.location.line,
        title=record.text("title"),
        abstract=record.text("abstract"),
        key=identifier,
    )
    paper, notices = clean(draft, record.location.file)
    if paper is None:
        raise record.fault(notices[0].reason)
    return replace(paper, id=identifier)


def _annotated(record: Record, paper: Paper) -> GoldPaper:
    concepts = tuple(map(_concept, record.records("concepts")))
    relations = tuple(_relation(record, concepts, *triple) for triple in record.triples("relations"))
    return GoldPaper(paper, concepts, relations)


def _concept(record: Record) -> GoldConcept:
    return GoldConcept(
        kind=record.kind(),
        label=record.text("label"),
        surfaces=record.texts("surfaces"),
        aliases=record.texts("aliases", required=False),
        role=record.choice("role", GoldRole),
        salient=record.flag("salient", default=True),
    )


def _relation(
    record: Record, concepts: tuple[GoldConcept, ...], predicate: str, subject: str, object_: str
) -> GoldRelation:
    if predicate not in list(Predicate):
        raise record.fault(f"a relation {ascii(predicate)[:40]}; use one of {', '.join(Predicate)}")
    return GoldRelation(
        Predicate(predicate), _names(record, concepts, subject), _names(record, concepts, object_)
    )


def _names(record: Record, concepts: tuple[GoldConcept, ...], label: str) -> frozenset[str]:
    """All names of the concept that a relation refers to by its label."""
    meant = [concept.names for concept in concepts if concept.label == label]
    if not meant:
        raise record.fault(f"a relation of {ascii(label)[:60]}, which is the label of no concept here")
    return frozenset().union(*meant)
