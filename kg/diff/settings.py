"""What a difference is told by: limits, words and groups of properties, from ``diff.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kg.namespaces import ONTOLOGY, expanded


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is sorted at once and how much is shown.

    Attributes:
        lines_in_memory: statements that are sorted at once.
        examples: examples of a cause on a terminal.
        examples_of_predicate: the same of one property.
        predicates: properties of a cause that are counted on a terminal.
        page_rows: rows of a cause on the page.
        text: characters of a value that are shown.
    """

    lines_in_memory: int
    examples: int
    examples_of_predicate: int
    predicates: int
    page_rows: int
    text: int


@dataclass(frozen=True, slots=True)
class Part:
    """A class whose instances are told as one statement about something else.

    Attributes:
        predicate: the IRI of the property that the statement stands under.
        about: the IRI of the property that leads to what it is about; empty where its IRI tells the paper.
        key: the IRIs of the properties by which one is told from another.
        words: how its key is put in words, with the local names of the properties in braces.
    """

    predicate: str
    about: str
    key: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``diff.toml``, prefixed names as IRIs.

    Attributes:
        limits: how much is sorted and shown.
        names: the properties that name a thing, the best first.
        groups: groups of properties by their name in the file.
        first: properties in the order in which their examples are shown.
        kinds: classes in the order in which examples of one property are shown.
        labels: properties in English.
        parts: by the IRI of the class.
    """

    limits: Limits
    names: tuple[str, ...]
    groups: Mapping[str, frozenset[str]]
    first: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: Mapping[str, str]
    parts: Mapping[str, Part]


@cache
def settings() -> Settings:
    """The shipped settings."""
    table = tomllib.loads(files("kg.diff").joinpath("diff.toml").read_text(encoding="utf-8"))
    groups = dict(table["properties"])
    first, kinds = groups.pop("first"), groups.pop("kinds")
    return Settings(
        limits=Limits(**table["limits"]),
        names=tuple(map(expanded, table["names"]["order"])),
        groups=MappingProxyType({name: frozenset(map(expanded, group)) for name, group in groups.items()}),
        first=tuple(map(expanded, first)),
        kinds=tuple(map(expanded, kinds)),
        labels=MappingProxyType({expanded(name): label for name, label in table["labels"].items()}),
        parts=MappingProxyType({ONTOLOGY + name: _part(part) for name, part in table["part"].items()}),
    )


def _part(table: Mapping[str, Any]) -> Part:
    about = table["about"]
    return Part(
        predicate=expanded(table["property"]),
        about=expanded(about) if ":" in about else "",
        key=frozenset(map(expanded, table["key"])),
        words=table["words"],
    )
