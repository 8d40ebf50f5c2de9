"""What a paper does with a method or a data set: introduces, uses, compares with or studies it.

A multinomial logistic regression over the features of a group, in ``data/roles.json``, fitted by ``kg train``
on annotated abstracts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from kg.extract.classifier import OUTCOMES, softmax
from kg.extract.cues import cue_of
from kg.extract.logistic import Features, model
from kg.extract.text import Group
from kg.extract.words import data
from kg.records import Kind, Role

ROLES = (Role.INTRODUCES, Role.USES, Role.COMPARES_WITH, Role.STUDIES)
"""The roles of methods and data sets, in the order of every table of probabilities."""

WITH_ROLE = (Kind.METHOD, Kind.DATASET)
"""The kinds of concepts that a paper may do several things with."""

_FIXED = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METRIC: Role.EVALUATES_WITH}
_WITH_ROLE = [OUTCOMES.index(kind) for kind in WITH_ROLE]
_OF_THE_NAME = ("name=", "concept=", "first=", "head=", "heads=", "inner=")

_Array = np.ndarray[Any, np.dtype[Any]]


def role_of(kind: Kind, likely: _Array, introduced: bool) -> Role:
    """The role of a concept in its paper.

    A topic is a topic and a metric measures. A method or data set that is not introduced has the likeliest
    other role.

    Args:
        kind: the concept's kind.
        likely: the probability of each of :data:`ROLES`.
        introduced: whether the paper is said to introduce it, were it a method or a data set.
    """
    if kind in _FIXED:
        return _FIXED[kind]
    if introduced:
        return Role.INTRODUCES
    return ROLES[1 + int(likely[1:].argmax())]


Weights = Mapping[str, _Array]
"""For each feature its weight for each of :data:`ROLES`."""


def likely_roles(
    groups: Sequence[Group], described: Sequence[Features], outcomes: _Array, weights: Weights | None = None
) -> _Array:
    """The probability of each of :data:`ROLES`, one row a group.

    Every role is as likely as any other for a group that is hardly a method or a data set.

    Args:
        groups: of one text.
        described: the features of each.
        outcomes: the probability of each outcome.
        weights: those that come with kg where none are given.
    """
    known = shipped_roles() if weights is None else weights
    logits = np.zeros((len(groups), len(ROLES)))
    asked = outcomes[:, _WITH_ROLE].sum(axis=1) >= data("roles")["asked_from"]
    for number in np.flatnonzero(asked).tolist():
        features = role_features(groups[number], described[number])
        told = [value * known[name] for name, value in features.items() if name in known]
        logits[number] = sum(told, logits[number])
    return softmax(logits)


def fitted_roles(weights: Mapping[str, Sequence[float]]) -> Weights:
    """Weights as they are fitted, ready for use."""
    return {name: np.array(row) for name, row in weights.items()}


@cache
def shipped_roles() -> Weights:
    """The weights that come with kg."""
    return fitted_roles(model("roles")["weights"])


def role_features(group: Group, values: Features) -> Features:
    """The features that tell a role: how and where a name stands, not which name it is, and the cues before it.

    Args:
        group: the candidates.
        values: their features.
    """
    found = {name: value for name, value in values.items() if not name.startswith(_OF_THE_NAME)}
    cues = {cue_of(span) for span in group.spans} - {None}
    return found | {f"cue {cue}": 1.0 for cue in sorted(map(str, cues))}
