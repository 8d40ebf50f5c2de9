"""Logistic regression over named features; the weights lie in data files and are fitted elsewhere."""

from __future__ import annotations

import json
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
