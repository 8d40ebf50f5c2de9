"""Layouts: what the columns of an exported table hold, from ``delimited.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of one kind of table hold; ``delimited.toml`` says more of each attribute.

    Attributes:
        name: whose export it is.
        needs: names of columns, as :func:`column` makes them, that all have to be there.
        columns: for each field the names of the columns that may hold it.
        separators: what parts authors.
        loose: whether authors may be parted by commas and "and" too.
        initials_last: whether names may be printed as ``Family G.``.
        id_in_name: what follows a name that identifies the person, or None.
        id_address: the web address of a person, from an id.
        tags: whether the columns are the field tags of Web of Science.
    """

    name: str
    needs: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    separators: tuple[re.Pattern[str], ...] = ()
    loose: bool = False
    initials_last: bool = False
    id_in_name: re.Pattern[str] | None = None
    id_address: str = "{}"
    tags: bool = False

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a table with these columns has this layout."""
        return self.needs.issubset(header) and not set(self.columns["title"]).isdisjoint(header)

    def known(self, header: Sequence[str]) -> int:
        """For how many fields a column is there."""
        return len(self.needs) + sum(not set(names).isdisjoint(header) for names in self.columns.values())


@dataclass(frozen=True, slots=True)
class Tables:
    """All layouts and what else is known of such files; ``delimited.toml`` says more."""

    layouts: tuple[Layout, ...]
    absent: frozenset[str]
    delimiters: tuple[str, ...]
    above_header: tuple[re.Pattern[str], ...]
    lines_above_header: int
    header_cell_characters: int
    record_characters: int
    broken_records: int


def column(name: str) -> str:
    """The name of a column, in one case and without signs.

    Example:
        >>> column("Author(s) ID"), column(" author_id "), column("authorships.author.orcid")
        ('author s id', 'author id', 'authorships author orcid')
    """
    return " ".join(_LETTERS.findall(name.casefold()))


def layout_of(header: Sequence[str]) -> Layout | None:
    """The first layout that a table with these columns has, or None where there is no title.

    Example:
        >>> layout_of(["Authors", "Title", "Year", "Source title", "EID"]).name, layout_of(["Name", "Age"])
        ('Scopus', None)
    """
    names = [column(name) for name in header]
    return next((layout for layout in tables().layouts if layout.fits(names)), None)


@cache
def tables() -> Tables:
    """The shipped layouts.

    Example:
        >>> tables().layouts[-1].name
        'table'
    """
    loaded = tomllib.loads(files("kg.read").joinpath("delimited.toml").read_text(encoding="utf-8"))
    loaded["layouts"] = tuple(_layout(table) for table in loaded["layouts"])
    loaded["absent"] = frozenset(loaded["absent"])
    loaded["delimiters"] = tuple(loaded["delimiters"])
    loaded["above_header"] = tuple(re.compile(pattern) for pattern in loaded["above_header"])
    return Tables(**loaded)


def _layout(table: dict[str, Any]) -> Layout:
    columns = {field: tuple(column(name) for name in names) for field, names in table.pop("columns").items()}
    pattern = table.pop("id_in_name", None)
    return Layout(
        name=table.pop("name"),
        needs=frozenset(column(name) for name in table.pop("needs")),
        columns=columns,
        separators=tuple(re.compile(separator) for separator in table.pop("separators", ())),
        id_in_name=re.compile(pattern) if pattern else None,
        **table,
    )
