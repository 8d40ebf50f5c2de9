"""The lists of mark-up, from ``markup.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def markup() -> dict[str, Any]:
    """The shipped lists.

    Example:
        >>> markup()["words"]["ie"]
        'i.e.'
    """
    return tomllib.loads(files("kg.read").joinpath("markup.toml").read_text(encoding="utf-8"))
