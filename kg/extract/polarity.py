"""Which side a comparison favours, by the words between its two methods."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.words import data
from kg.records import Polarity

_TURNED = {
    Polarity.OUTPERFORMS: Polarity.OUTPERFORMED,
    Polarity.OUTPERFORMED: Polarity.OUTPERFORMS,
    Polarity.NEUTRAL: Polarity.NEUTRAL,
}


def polarity(between: str) -> Polarity:
    """How a sentence judges what stands before these words against what stands after them.

    A negated judgement is none: who "does not outperform" may still be as good.

    Args:
        between: the words between the two, lower case.

    Example:
        >>> [str(polarity(w)) for w in ("outperforms", "is outperformed by", "does not outperform", "and")]
        ['outperforms', 'outperformed', 'neutral', 'neutral']
    """
    for verdict, pattern in _verdicts():
        if found := list(pattern.finditer(between)):
            nearest = found[-1]  # to what it is a judgement on
            return Polarity.NEUTRAL if _negation().search(between[: nearest.start()]) else verdict
    return Polarity.NEUTRAL


def turned(verdict: Polarity) -> Polarity:
    """The same judgement, told of the other side."""
    return _TURNED[verdict]


@cache
def _verdicts() -> tuple[tuple[Polarity, re.Pattern[str]], ...]:
    """Patterns with their verdicts; the passive voice first, for it contains the active one's verb."""
    patterns = data("relations")["polarity"]
    order = (Polarity.OUTPERFORMED, Polarity.OUTPERFORMS)
    return tuple((verdict, re.compile(patterns[verdict])) for verdict in order)


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(data("relations")["polarity"]["negation"])
