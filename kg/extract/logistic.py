"""Logistic regression over named features; the weights lie in data files and are fitted elsewhere."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Features = dict[str, float]


@cache
def model(name: str) -> Mapping[str, Any]:
    """A fitted model by the name of its file in ``data/``."""
    text = files("kg.extract").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def probability(weights: Mapping[str, float], values: Features) -> float:
    """The logistic function of the weighted sum of features, 0 to 1; unknown features weigh nothing.

    Example:
        >>> probability({"bias": -1.0, "title": 1.0}, {"bias": 1.0, "title": 1.0, "count": 2.0})
        0.5
    """
    logit = math.fsum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
