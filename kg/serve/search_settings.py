"""What search may look at and give back, from ``search.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.namespaces import expanded


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The settings of search.

    Attributes:
        shown: IRIs of the properties that give the label of a thing.
        other: IRIs of the properties that give its further names.
        kinds: the kinds of things by the first part of their path: what one is called, and what several are.
        near: the least length of a word and how many of its letters may differ, the longest first.
        share: of the words of a search that a name must have, where there are three or more.
        characters: the longest text to search for.
        words: how many words of it count.
        enough: hits below which words with typing errors are looked for as well.
        suggestions: hits that the box shows.
        page: hits a page.
        per_kind: hits of each kind on the page of all kinds.
        most: hits that one request may ask for.
        last: the last hit that paging may reach.
    """

    shown: tuple[str, ...]
    other: tuple[str, ...]
    kinds: Mapping[str, tuple[str, str]]
    near: tuple[tuple[int, int], ...]
    share: float
    characters: int
    words: int
    enough: int
    suggestions: int
    page: int
    per_kind: int
    most: int
    last: int


@cache
def search_settings() -> SearchSettings:
    """The settings of search.

    Example:
        >>> search_settings().kinds["dataset"]
        ('data set', 'data sets')
    """
    table = tomllib.loads(files("kg.serve").joinpath("search.toml").read_text(encoding="utf-8"))
    return SearchSettings(
        shown=tuple(map(expanded, table["labels"]["shown"])),
        other=tuple(map(expanded, table["labels"]["other"])),
        kinds={kind: (one, several) for kind, (one, several) in table["kinds"].items()},
        near=tuple(sorted(((int(length), most) for length, most in table["near"].items()), reverse=True)),
        share=table["partly"]["share"],
        **table["limits"],
    )
