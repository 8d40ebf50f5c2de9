"""The constants of the page, from ``page.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Fields:
    """Which topics become fields, and their colours."""

    at_most: int
    minimum_share: float
    minimum_lift: float
    broadest_share: float
    light: tuple[str, ...]
    dark: tuple[str, ...]
    rest_light: str
    rest_dark: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the page shows."""

    groups: int
    people: int
    people_of_a_group: int
    teams: int
    bridges: int
    papers_with_abstracts: int
    list_length: int
    search_results: int


@dataclass(frozen=True, slots=True)
class Dots:
    """Sizes of people and of the discs around groups, in pixels at the opening zoom."""

    smallest: float
    growth: float
    largest: float
    gap: float
    spacing: float
    disc_margin: float


@dataclass(frozen=True, slots=True)
class Letters:
    """Widths of letters in em, by class."""

    narrow: str
    narrow_width: float
    wide: str
    wide_width: float
    capital_width: float
    other_width: float
    east_asian_width: float


@dataclass(frozen=True, slots=True)
class Labels:
    """Sizes of labels in pixels on the screen, at every zoom."""

    group_size: float
    group_line: float
    group_width: float
    group_lines: int
    name_size: float
    name_line: float
    gap: float
    leaders: tuple[int, ...]
    letters: Letters


@dataclass(frozen=True, slots=True)
class Packing:
    """How groups are laid side by side."""

    viewport: tuple[float, float]
    cell: float
    gap: float
    middle: float
    same_field: float
    shared_authors: float
    shrink: float
    crowded: float
    links: int
    smallest_zoom: float


@dataclass(frozen=True, slots=True)
class Names:
    """Words of the page that are not in its template."""

    title: str
    rest: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``page.toml``."""

    fields: Fields
    limits: Limits
    dots: Dots
    labels: Labels
    packing: Packing
    names: Names


@cache
def settings() -> Settings:
    """The settings that kg ships.

    Example:
        >>> settings().fields.at_most
        8
    """
    told = tomllib.loads(files(__package__).joinpath("page.toml").read_text(encoding="utf-8"))
    labels = _frozen(told["labels"])
    return Settings(
        fields=Fields(**_frozen(told["fields"])),
        limits=Limits(**told["limits"]),
        dots=Dots(**told["dots"]),
        labels=Labels(**{**labels, "letters": Letters(**labels["letters"])}),
        packing=Packing(**_frozen(told["packing"])),
        names=Names(**told["names"]),
    )


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
