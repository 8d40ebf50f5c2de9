"""Limits and words of the pages, from ``pages.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``pages.toml`` says.

    Attributes:
        limits: how much a page shows, by name.
        description: how much a description in RDF holds.
        words: tables of words by name; :meth:`word` reads them.
        scales: tables of words by the bound from which each is true, the highest bound first.
    """

    limits: Mapping[str, int]
    near_score: float
    description: Mapping[str, int]
    words: Mapping[str, Mapping[str, str]]
    scales: Mapping[str, tuple[tuple[float, str], ...]]

    def word(self, table: str, name: str) -> str:
        """The word for a name, or the name itself where the table has none.

        Example:
            >>> SETTINGS.word("kinds", "Dataset"), SETTINGS.word("kinds", "Other")
            ('Data set', 'Other')
        """
        return self.words[table].get(name, name)

    def told(self, scale: str, number: float) -> str:
        """A number between 0 and 1 in words.

        Example:
            >>> SETTINGS.told("stability", 0.8)
            'very stable'
        """
        return next((words for bound, words in self.scales[scale] if number >= bound), "")


def _read() -> Settings:
    table: dict[str, Any] = tomllib.loads(files("kg.serve.pages").joinpath("pages.toml").read_text("utf-8"))
    limits = table.pop("limits")
    near_score = limits.pop("near_score")
    description = table.pop("description")
    scales = {
        name: tuple(sorted(((float(bound), words) for bound, words in table.pop(name).items()), reverse=True))
        for name in ("confidence", "stability")
    }
    return Settings(limits, near_score, description, table, scales)


SETTINGS = _read()
