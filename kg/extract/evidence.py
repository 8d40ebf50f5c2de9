"""What is weighed once every group of a text has been judged: a group beside its rivals for the same words.

A name inside a longer one that is surely meant is none of its own, and of many likely names in one text fewer
are right than of few. Judges see one group at a time; these columns are what they cannot see. Weighing judges'
words by a model of its own is stacking (Wolpert, Stacked generalization, Neural Networks 1992).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kg.extract.classifier import OUTCOMES
from kg.extract.text import Group
from kg.records import Kind

_Array = np.ndarray[Any, np.dtype[Any]]

Evidence = Mapping[str, _Array]
"""By the name of each column its values, one a group."""

_LEAST = 1e-5  # nobody is surer than this


def log_odds(probabilities: _Array) -> _Array:
    """The logit, kept finite."""
    clipped = np.clip(probabilities, _LEAST, 1.0 - _LEAST)
    return np.asarray(np.log(clipped / (1.0 - clipped)))


def kinds_of(groups: Sequence[Group], outcomes: _Array) -> _Array:
    """The number of the outcome that each group is taken for.

    A concept of the vocabulary has the kind that it has there; any other the likeliest.
    """
    likeliest = 1 + outcomes[:, 1:].argmax(axis=1)
    known = np.array([OUTCOMES.index(group.kind) if group.concept else 0 for group in groups], int)
    return np.where(known > 0, known, likeliest)


def evidence(groups: Sequence[Group], outcomes: _Array) -> Evidence:
    """What tells how sure each group is.

    Args:
        groups: of one text.
        outcomes: the probability of each outcome, one row a group.
    """
    known = np.array([bool(group.concept) for group in groups], bool)
    some = 1.0 - outcomes[:, 0]
    kind = outcomes[np.arange(len(groups)), kinds_of(groups, outcomes)]
    sure = np.where(known, some, kind)
    longer, shorter = _rivals(groups, sure)
    return {
        "bias": np.ones(len(groups)),
        "sure": log_odds(sure),
        "known": known.astype(float),
        "known and sure": known * log_odds(some),
        "longer rival": longer,
        "shorter rival": shorter,
        "longer is surer": (longer > sure).astype(float),
        "shorter is surer": (shorter > sure).astype(float),
        "likely names": np.full(len(groups), np.log1p(sure.sum())),
    }


def _rivals(groups: Sequence[Group], sure: _Array) -> tuple[_Array, _Array]:
    """How sure the surest longer name is at the least contested place, and the surest shorter one at any."""
    size = max((span.end for group in groups for span in group.spans), default=0)
    over: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for group, value in zip(groups, sure.tolist(), strict=True):
        for span in group.spans:
            for token in range(span.start, span.end):
                over[token].append((span.end - span.start, value))
    longer, shorter = np.zeros(len(groups)), np.zeros(len(groups))
    for number, group in enumerate(groups):
        places = [_around(over[span.start : span.end], span.end - span.start) for span in group.spans]
        longer[number] = min(value for value, _ in places)
        shorter[number] = max(value for _, value in places)
    return longer, shorter


def _around(tokens: Sequence[Sequence[tuple[int, float]]], length: int) -> tuple[float, float]:
    """The surest name over these tokens that is longer than they are, and the surest that is shorter."""
    longer = shorter = 0.0
    for names in tokens:
        for size, value in names:
            if size > length:
                longer = max(longer, value)
            elif size < length:
                shorter = max(shorter, value)
    return longer, shorter


def introduction_evidence(kinds: _Array, confidences: _Array, roles: _Array) -> Evidence:
    """What tells whether a paper introduces a method or a data set; zero for topics and metrics.

    Args:
        kinds: the number of each group's outcome.
        confidences: how sure each group is, 0 to 1.
        roles: the probability of each role, one row a group, that of introducing first.
    """
    can = np.isin(kinds, [OUTCOMES.index(Kind.METHOD), OUTCOMES.index(Kind.DATASET)])
    both = can * confidences * roles[:, 0]
    first = both.max(initial=0.0)
    others = np.where(both == first, np.sort(both)[-2] if len(both) > 1 else 0.0, first)
    return {
        "bias": can.astype(float),
        "role": can * log_odds(roles[:, 0]),
        "sure": can * log_odds(confidences),
        "first": can * (both == first),
        "rival": can * log_odds(others),
    }
