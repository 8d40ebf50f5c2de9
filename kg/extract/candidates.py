"""Candidate concepts on a Doc: spans that some component takes for the name of a concept.

Each is a plain spaCy span in ``doc.spans["kg_candidates"]``: ``label_`` is the kind, ``kb_id_`` the key of
the concept in the vocabulary or empty, ``id_`` the source that proposed it. Candidates may overlap.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

from kg.records import Kind

CANDIDATES = "kg_candidates"

VOCABULARY = "vocabulary"
PHRASE = "phrase"
TITLED = "titled"
PROPOSED = "proposed"
NAMED = "named"
APPOSED = "apposed"
ANNOUNCEMENTS = (TITLED, NAMED, APPOSED, PROPOSED)

if not Doc.has_extension("kg_title_end"):
    Doc.set_extension("kg_title_end", default=0)


def candidate(doc: Doc, start: int, end: int, kind: Kind, source: str, concept: str = "") -> Span:
    """A candidate over the tokens ``start`` to ``end`` (exclusive)."""
    return Span(doc, start, end, label=str(kind), kb_id=concept, span_id=source)


def add(doc: Doc, spans: Iterable[Span]) -> None:
    """Put candidates beside those of earlier components."""
    doc.spans[CANDIDATES] = [*doc.spans.get(CANDIDATES, ()), *spans]


def candidates(doc: Doc) -> tuple[Span, ...]:
    """All candidates, by place; equal places in an order that depends on what they are alone."""
    return tuple(sorted(doc.spans.get(CANDIDATES, ()), key=_by_place))


def _by_place(span: Span) -> tuple[int, int, int, int, int]:
    return span.start, span.end, span.label, span.kb_id, span.id


def in_title(span: Span) -> bool:
    """Whether a span stands in the title; a Doc whose ``kg_title_end`` is not set has none."""
    return bool(span.start_char < span.doc._.kg_title_end)
