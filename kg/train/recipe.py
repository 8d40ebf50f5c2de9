"""The recipe of ``recipe.toml``: every number of training that is a choice, not the network's architecture."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def recipe(part: str) -> Any:
    """One part of the recipe.

    Args:
        part: the name of a table of ``recipe.toml``, or of a list of tables.

    Raises:
        KeyError: where there is no such part.

    Example:
        >>> recipe("calibration")["folds"] > 1
        True
    """
    return tomllib.loads(files("kg.train").joinpath("recipe.toml").read_text(encoding="utf-8"))[part]
