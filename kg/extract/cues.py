"""Cues: words before a mention that tell what a paper does with a method or data set."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span

from kg.extract.words import data
from kg.records import Role


def cue_of(span: Span) -> Role | None:
    """The role that the words before one occurrence tell, if any; the first in ``data/cues.toml`` wins."""
    text = _before(span)
    return next((role for role, cue in _cues().items() if cue.search(text)), None)


def _before(span: Span) -> str:
    """The words before a span in its sentence, as far back as a cue may stand."""
    start = max(span.sent.start, span.start - data("cues")["reach"])
    return str(span.doc[start : span.start].text.lower()) + " "


@cache
def _cues() -> dict[Role, re.Pattern[str]]:
    return {Role(role): re.compile(pattern) for role, pattern in data("cues")["cues"].items()}
