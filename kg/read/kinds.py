"""Kinds of records: what sources say is no paper, or was retracted."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from kg.read.source import Source
from kg.records import Notice


def no_paper(format: str, kinds: Iterable[str]) -> str | None:
    """The first kind that is no paper, or None where the record should be read.

    Args:
        format: the table of ``kinds.toml``; a format without one has papers alone.
        kinds: as the source prints them.

    Example:
        >>> no_paper("Scopus", ["Erratum"]), no_paper("Scopus", ["Article"])
        ('Erratum', None)
    """
    return next((kind for kind in kinds if kind.strip().casefold() in _kinds(format)[0]), None)


def warnings(source: Source, line: int, format: str, kinds: Iterable[str]) -> Iterator[Notice]:
    """A warning where the source says that the paper was retracted."""
    if any(kind.strip().casefold() in _kinds(format)[1] for kind in kinds):
        yield source.warning(line, f"{format} says that this paper was retracted")


@cache
def _kinds(format: str) -> tuple[frozenset[str], frozenset[str]]:
    tables = tomllib.loads(files("kg.read").joinpath("kinds.toml").read_text(encoding="utf-8"))
    table = tables.get(format, {})
    none, retracted = ({word.casefold() for word in table.get(key, ())} for key in ("no_paper", "retracted"))
    return frozenset(none), frozenset(retracted)
