"""A paper's title and abstract with the places in them that name a concept, as the graph tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.query.store import Value, ask
from kg.records import Field, Kind, Role

_ANY_ROLE = "|".join(f"kg:{role}" for role in Role)
_TEXTS = """
SELECT ?it (STR(?t) AS ?title) (STR(?a) AS ?abstract)
WHERE { ?it a kg:Paper ; dcterms:title ?t . OPTIONAL { ?it dcterms:abstract ?a } }
ORDER BY ?title ?abstract LIMIT 1"""
_MARKS = f"""
SELECT ?it ?field ?start ?end (STR(?label) AS ?concept) (LCASE(STRAFTER(STR(?class), '#')) AS ?kind)
  (STRAFTER(STR(?property), '#') AS ?role) ?confidence ?asserted
WHERE {{
  ?it kg:mention ?m .
  ?m kg:field ?field ; kg:start ?start ; kg:end ?end ; kg:concept ?c ; kg:role ?property ;
    kg:confidence ?confidence .
  ?c a ?class ; skos:prefLabel ?label .
  BIND(EXISTS {{ ?it {_ANY_ROLE} ?c }} AS ?asserted)
}}
ORDER BY ?field ?start DESC(?end) DESC(?confidence) ?concept ?kind"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that names a concept.

    Attributes:
        start: code points of the text before the stretch.
        end: code points of the text before its end.
        concept: the concept's name.
        kind: the concept's kind.
        role: what the paper does with the concept, as far as this place tells.
        confidence: how sure the reading is, 0 to 1.
        asserted: whether the paper as a whole has an edge to the concept; where it has none, no reading of
            it was sure enough.
    """

    start: int
    end: int
    concept: str
    kind: Kind
    role: Role
    confidence: float
    asserted: bool

    @property
    def introduced(self) -> bool:
        """Whether the place says that the paper introduces the concept."""
        return self.role is Role.INTRODUCES


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and its marks, which lie inside it, in their order, and do not overlap."""

    text: str
    marks: tuple[Mark, ...] = ()

    def pieces(self) -> Iterator[tuple[str, Mark | None]]:
        """The text cut at its marks; joined, the pieces are the text.

        Example:
            >>> adam = Mark(0, 4, "Adam", Kind.METHOD, Role.USES, 0.9, asserted=True)
            >>> [(piece, mark is adam) for piece, mark in MarkedText("Adam wins.", (adam,)).pieces()]
            [('Adam', True), (' wins.', False)]
        """
        done = 0
        for mark in self.marks:
            if mark.start > done:
                yield self.text[done : mark.start], None
            yield self.text[mark.start : mark.end], mark
            done = mark.end
        if done < len(self.text):
            yield self.text[done:], None


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """A paper's title and abstract with their marks.

    Attributes:
        iri: the paper's IRI.
        title: its title.
        abstract: its abstract; empty where the graph has none.
    """

    iri: str
    title: MarkedText
    abstract: MarkedText

    def as_dict(self) -> dict[str, Any]:
        """The abstract and all mentions as JSON has them; offsets count code points of their field."""
        mentions = [
            {
                "field": str(field),
                "start": mark.start,
                "end": mark.end,
                "exact": part.text[mark.start : mark.end],
                "concept": mark.concept,
                "kind": str(mark.kind),
                "role": str(mark.role),
                "confidence": mark.confidence,
                "asserted": mark.asserted,
            }
            for field, part in ((Field.TITLE, self.title), (Field.ABSTRACT, self.abstract))
            for mark in part.marks
        ]
        return {"abstract": self.abstract.text, "mentions": mentions}


def marked_paper(store: ox.Store, iri: str) -> MarkedPaper:
    """The text of a paper with its mentions.

    Args:
        store: the graph.
        iri: the paper's IRI.

    Raises:
        KeyError: where the graph has no paper with this IRI.
    """
    bound: dict[str, ox.NamedNode] = {"it": ox.NamedNode(iri)}
    texts = ask(store, _TEXTS, bound).rows
    if not texts:
        raise KeyError(iri)
    rows = ask(store, _MARKS, bound).rows

    def marked(field: Field) -> MarkedText:
        text = str(texts[0][field] or "")
        found = (_mark(row) for row in rows if row["field"] == field)
        return MarkedText(text, tuple(_apart((mark for mark in found if mark), len(text))))

    return MarkedPaper(iri, marked(Field.TITLE), marked(Field.ABSTRACT))


def _mark(row: dict[str, Value]) -> Mark | None:
    """The mark that a row tells of, or None where a graph not of our making tells of none."""
    start, end, confidence = row["start"], row["end"], row["confidence"]
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(confidence, int | float)):
        return None
    if row["kind"] not in set(Kind) or row["role"] not in set(Role):
        return None
    kind, role = Kind(str(row["kind"])), Role(str(row["role"]))
    return Mark(start, end, str(row["concept"]), kind, role, float(confidence), bool(row["asserted"]))


def _apart(marks: Iterable[Mark], length: int) -> Iterator[Mark]:
    """The marks inside a text of this length; of those that overlap the first, and the longest of these."""
    done = 0
    for mark in marks:
        if done <= mark.start < mark.end <= length:
            yield mark
            done = mark.end
