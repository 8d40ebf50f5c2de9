"""How sure a reading is: a probability that means what it says.

What the judges say of a group is weighed with what stands beside it (:mod:`kg.extract.evidence`) by logistic
regressions, fitted on annotated abstracts that the judges were not trained on: so the shares of right readings
are learnt where they will be met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from kg.extract.evidence import Evidence
from kg.extract.logistic import model

_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Scale:
    """What makes an extractor's word a probability, and where lines are drawn.

    Attributes:
        confidence: the weight of each column of the evidence that a group is a concept of its paper.
        introduction: of the evidence that the paper introduces it.
        threshold: the confidence from which a reading is asserted.
        introduced: the probability from which a paper is said to introduce a concept.
        roles: by the name of a rarer role the probability from which it is said, where another would be safer.
    """

    confidence: Mapping[str, float]
    introduction: Mapping[str, float]
    threshold: float
    introduced: float
    roles: Mapping[str, float] = field(default_factory=dict)


def weighed(weights: Mapping[str, float], evidence: Evidence) -> _Array:
    """The probability, 0 to 1 and to three digits, that each row of the evidence speaks for.

    Args:
        weights: by column; columns without one weigh nothing.
        evidence: the columns.

    Example:
        >>> weighed({"bias": 0.0, "sure": 1.0}, {"bias": np.ones(2), "sure": np.array([0.0, 2.0])}).tolist()
        [0.5, 0.881]
    """
    logits = np.asarray(sum(weights.get(name, 0.0) * column for name, column in evidence.items()), float)
    probabilities: _Array = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return probabilities.round(3)


@cache
def scale(extractor: str) -> Scale:
    """The scale of an extractor, as shipped."""
    return Scale(**model("confidence")[extractor])


def default_threshold(extractor: str = "accurate") -> float:
    """The confidence from which a reading is asserted: the best F1 on held-out training annotations."""
    return scale(extractor).threshold


def floor() -> float:
    """The confidence below which a name outside the vocabulary is not even a mention."""
    return float(model("confidence")["floor"])
