"""How sure a reading is: logistic regression over the features of a group.

The weights lie in ``data/confidence.json`` and are fitted by ``benchmarks/fit_extraction.py`` on annotated
abstracts: a group is right where a careful librarian indexes the paper under that concept with that kind.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kg.extract.features import Features


@cache
def _model() -> Mapping[str, Any]:
    text = files("kg.extract").joinpath("data", "confidence.json").read_text(encoding="utf-8")
    model: dict[str, Any] = json.loads(text)
    return model


def default_threshold() -> float:
    """The confidence from which a reading is asserted: the best F1 on the training annotations."""
    return float(_model()["threshold"])


def floor() -> float:
    """The confidence below which a name outside the vocabulary is not even a mention."""
    return float(_model()["floor"])


def confidence(values: Features) -> float:
    """The probability, 0 to 1, that a group with these features is a concept of its paper.

    Example:
        >>> 0.0 < confidence({"bias": 1.0}) < 0.5
        True
    """
    weights: Mapping[str, float] = _model()["weights"]
    logit = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
