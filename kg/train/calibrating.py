"""From judgements of abstracts that the judges never saw: what their word is worth, and where to draw lines.

The thresholds are those with the best F1 of asserted concepts, and of introductions among those that are right
often enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import scipy.optimize

from kg.evaluate.matching import introductions, match, role_score, scores
from kg.evaluate.predictions import Prediction
from kg.evaluate.roles import annotated
from kg.extract.concepts import readings
from kg.extract.confidence import Scale, weighed
from kg.extract.evidence import Evidence, evidence, introduction_evidence, kinds_of
from kg.extract.roles import ROLES
from kg.records import Role
from kg.train.examples import UNKNOWN, Example, predictions
from kg.train.recipe import recipe

_Array = np.ndarray[Any, np.dtype[Any]]

Judged = Sequence[tuple[Example, _Array, _Array]]
"""Examples, each with the probabilities of outcomes and roles that judges gave who never saw it."""

_RARER = (Role.COMPARES_WITH, Role.STUDIES)  # said only where they are right often enough; else it is use
_DIGITS = 4  # of what goes into files
_LEAST_DEVIATION = 1e-9  # a column that varies less is constant but for rounding


def calibrate(judged: Judged) -> Scale:
    """Weights and thresholds for what judges say.

    Args:
        judged: enough examples that readings are right and wrong, introduced and not.

    Returns:
        The threshold with the best typed F1, the higher of equals; that of introductions likewise among those
        that reach the recipe's precision, 1 where none does.
    """
    scale = Scale(_confidence_weights(judged), {}, threshold=0.0, introduced=1.0)
    scale = replace(scale, introduction=_introduction_weights(judged, scale))
    said = predicted(judged, scale)
    scale = replace(scale, threshold=max(_thresholds(), key=lambda step: (f1_from(said, step), step)))
    scale = replace(scale, introduced=_introduced(judged, scale))
    return replace(scale, roles={str(role): _said_from(role, judged, scale) for role in _RARER})


def _thresholds() -> list[float]:
    """The thresholds that are tried, ascending."""
    tried = recipe("calibration")["thresholds"]
    return [hundredths / 100 for hundredths in range(tried["first"], tried["last"] + 1, tried["step"])]


def _confidence_weights(judged: Judged) -> dict[str, float]:
    """How evidence speaks for a group being a concept of its paper, with the kind that it is taken for.

    What a paper mentions in passing is neither right nor wrong, and left out.
    """
    seen, right = [], []
    for example, outcomes, _ in judged:
        told = example.outcomes != UNKNOWN
        seen.append({name: column[told] for name, column in evidence(example.groups, outcomes).items()})
        right.append((example.outcomes == kinds_of(example.groups, outcomes))[told])
    return _logistic(seen, np.concatenate(right))


def _introduction_weights(judged: Judged, scale: Scale) -> dict[str, float]:
    """How evidence speaks for a paper introducing a method or data set that it may be about."""
    seen, right = [], []
    for example, outcomes, roles in judged:
        kinds = kinds_of(example.groups, outcomes)
        sure = weighed(scale.confidence, evidence(example.groups, outcomes))
        columns = introduction_evidence(kinds, sure, roles)
        asked = (columns["bias"] > 0) & (sure >= recipe("calibration")["floor"])
        seen.append({name: column[asked] for name, column in columns.items()})
        right.append((example.roles == ROLES.index(Role.INTRODUCES))[asked])
    return _logistic(seen, np.concatenate(right))


def _logistic(seen: Sequence[Evidence], right: _Array) -> dict[str, float]:
    """The weights that make what happened likeliest, by logistic regression with a slight quadratic penalty."""
    names = list(seen[0])
    matrix = np.stack([np.concatenate([columns[name] for columns in seen]) for name in names], axis=1)
    deviation = matrix.std(axis=0)
    unit = np.where(deviation > _LEAST_DEVIATION, deviation, 1.0)
    scaled = matrix / unit
    target, penalty = right.astype(float), recipe("calibration")["penalty"]

    def loss(weights: _Array) -> tuple[float, _Array]:
        z = scaled @ weights
        value = np.sum(np.logaddexp(0, z) - target * z) + 0.5 * penalty * weights @ weights
        return float(value), scaled.T @ (1 / (1 + np.exp(-z)) - target) + penalty * weights

    best = scipy.optimize.minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    fitted = best / unit
    return {name: round(float(weight), _DIGITS) for name, weight in zip(names, fitted, strict=True)}


def predicted(judged: Judged, scale: Scale) -> list[tuple[Example, list[Prediction]]]:
    """What is read of each paper, the surest first, asserted or not.

    Args:
        judged: examples and what judges say of them.
        scale: of their word.
    """
    return [
        (example, predictions(readings(example.groups, outcomes, roles, scale)))
        for example, outcomes, roles in judged
    ]


def surer(said: Sequence[Prediction], threshold: float) -> list[Prediction]:
    """The predictions from a confidence on, 0 to 1."""
    return [prediction for prediction in said if (prediction.confidence or 0.0) >= threshold]


def f1_from(said: Sequence[tuple[Example, Sequence[Prediction]]], threshold: float) -> float:
    """Typed F1, 0 to 1, of what is asserted from a threshold on.

    Args:
        said: examples and what is read of each.
        threshold: the least confidence, 0 to 1.
    """
    return scores(match(example.gold, surer(found, threshold)) for example, found in said)[-1].f1


def _introduced(judged: Judged, scale: Scale) -> float:
    """The probability of the role from which introductions have the best F1 while right often enough."""
    best = (0.0, 1.0)
    for step in _thresholds():
        said = predicted(judged, replace(scale, introduced=step))
        told = introductions((example.gold, surer(found, scale.threshold)) for example, found in said)
        if told.precision >= recipe("calibration")["precision"]:
            best = max(best, (told.f1, step))
    return best[1]


def _said_from(role: Role, judged: Judged, scale: Scale) -> float:
    """The least probability of a rarer role from which it is right often enough, 1 where it never is."""
    for step in _thresholds():
        said = predicted(
            judged, replace(scale, roles={str(other): 1.0 for other in _RARER} | {str(role): step})
        )
        matchings = [match(example.gold, surer(found, scale.threshold)) for example, found in said]
        told = [
            (gold, count) for gold, was, count in role_score(matchings).confusion if was is annotated(role)
        ]
        right = sum(count for gold, count in told if gold is annotated(role))
        if right and right >= recipe("calibration")["role_precision"] * sum(count for _, count in told):
            return step
    return 1.0
