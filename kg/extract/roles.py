"""What a paper does with a method or a data set, as the words around a mention tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from spacy.tokens import Doc, Span

from kg.extract.candidates import CONTRIBUTION, in_title
from kg.extract.words import data
from kg.records import Kind, Role

_FIXED = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METRIC: Role.EVALUATES_WITH}


def role_of(kind: Kind, occurrences: Sequence[Span], sources: Iterable[str]) -> Role:
    """The role of a concept over all its occurrences in one paper.

    A topic is a topic and a metric measures. A method or data set is introduced where an announcement names
    it; else the cues before it vote, the first role in the order of ``data/roles.toml`` winning a tie.

    Args:
        kind: the concept's kind.
        occurrences: its spans, in one Doc.
        sources: what proposed it (see :mod:`kg.extract.candidates`).
    """
    if kind in _FIXED:
        return _FIXED[kind]
    if CONTRIBUTION in set(sources):
        return Role.INTRODUCES
    votes = {role: sum(bool(cue.search(before(span))) for span in occurrences) for role, cue in _cues().items()}
    best = max(votes.values(), default=0)
    if best:
        return next(role for role, count in votes.items() if count == best)
    if kind is Kind.METHOD and any(in_title(span) for span in occurrences):
        return Role.STUDIES
    return Role.USES


def cue_of(span: Span) -> Role | None:
    """The role that the words before one occurrence tell, if any."""
    text = before(span)
    return next((role for role, cue in _cues().items() if cue.search(text)), None)


def before(span: Span) -> str:
    """The words before a span in its sentence, as far back as a cue may stand."""
    doc: Doc = span.doc
    start = max(span.sent.start, span.start - data("roles")["reach"])
    return str(doc[start : span.start].text.lower()) + " "


@cache
def _cues() -> dict[Role, re.Pattern[str]]:
    return {Role(role): re.compile(pattern) for role, pattern in data("roles")["cues"].items()}
