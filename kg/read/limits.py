"""The limits of ``limits.toml``, typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Limits:
    """What a source may hold; ``limits.toml`` says what each limit is for."""

    file_bytes: int
    gzip_ratio: int
    gzip_free_bytes: int
    archive_members: int
    archive_directory_bytes: int
    archive_bytes: int
    line_bytes: int
    head_characters: int
    json_passes: int
    control_share: float
    title_characters: int
    name_characters: int
    abstract_characters: int
    first_year: int
    last_year: int
    everyday_extensions: list[str]


@cache
def limits() -> Limits:
    """The limits that reading keeps to.

    Example:
        >>> limits().line_bytes
        10000000
    """
    return Limits(**tomllib.loads(files("kg.read").joinpath("limits.toml").read_text(encoding="utf-8")))
