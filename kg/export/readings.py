"""Mentions and claims as what they say: the triple that each supports.

A mention of a paper supports the edge of its role from the paper to the concept; a claim supports the edge
between its two concepts (``ontology/kg.ttl``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kg.export.source import Properties, Source
from kg.namespaces import ONTOLOGY

MENTION, CLAIM = ONTOLOGY + "mention", ONTOLOGY + "claim"
SUBJECT, PREDICATE, OBJECT = ONTOLOGY + "subject", ONTOLOGY + "predicate", ONTOLOGY + "object"
ROLE, CONCEPT = ONTOLOGY + "role", ONTOLOGY + "concept"
CONFIDENCE = ONTOLOGY + "confidence"


@dataclass(frozen=True, slots=True, order=True)
class Proposition:
    """A triple between IRIs that a reading supports, whether the graph asserts it or not."""

    subject: str
    predicate: str
    object: str


def claimed(source: Source, claim: str) -> Proposition | None:
    """What a claim says; None where it is no claim or not whole."""
    return _proposition(
        source.linked(claim, SUBJECT), source.linked(claim, PREDICATE), source.linked(claim, OBJECT)
    )


def mentioned(source: Source, mention: str) -> Proposition | None:
    """What a mention supports; None where it is no mention of a paper or not whole."""
    papers = source.subjects_of(MENTION, mention)
    return _proposition(
        papers[0] if papers else None, source.linked(mention, ROLE), source.linked(mention, CONCEPT)
    )


def support(source: Source, subject: str, about: Properties) -> dict[Proposition, list[str]]:
    """The mentions and claims that support each edge out of a paper or concept.

    Args:
        source: the graph.
        subject: the paper or concept.
        about: what the graph says of it.

    Returns:
        The IRIs of readings by what they support, sorted.
    """
    found: dict[Proposition, list[str]] = defaultdict(list)
    for mention in about.get(MENTION, []):
        said = _proposition(
            subject, source.linked(mention.value, ROLE), source.linked(mention.value, CONCEPT)
        )
        if said is not None and isinstance(mention, ox.NamedNode):
            found[said].append(mention.value)
    for claim in source.subjects_of(SUBJECT, subject):
        said = claimed(source, claim)
        if said is not None:
            found[said].append(claim)
    return {said: sorted(readings) for said, readings in found.items()}


def _proposition(subject: str | None, predicate: str | None, value: str | None) -> Proposition | None:
    if subject is None or predicate is None or value is None:
        return None
    return Proposition(subject, predicate, value)
