"""What ``void.ttl`` says beyond what is counted, from ``void.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``void.toml`` says; see there.

    Attributes:
        description: of what the data set holds.
        language: the IRI of the language of its texts.
        license: the IRI of the licence of its statements.
        rights: what the licence does not cover.
        link_predicates: IRIs of the properties that lead to other data sets.
        most_linksets: told at most.
        files: a title's media type or format, and description, by file name.
    """

    description: str
    language: str
    license: str
    rights: str
    link_predicates: tuple[str, ...]
    most_linksets: int
    files: Mapping[str, Mapping[str, str]]


@cache
def settings() -> Settings:
    """The settings that kg ships."""
    told = tomllib.loads(files("kg.write").joinpath("void.toml").read_text(encoding="utf-8"))
    return Settings(**{**told, "link_predicates": tuple(told["link_predicates"])})
