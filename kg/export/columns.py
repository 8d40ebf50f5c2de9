"""Typed columns of CSV files for Neo4j, and their cells.

Header format and types: https://neo4j.com/docs/operations-manual/current/import/full-import/. Quoting is that
of RFC 4180, https://www.rfc-editor.org/rfc/rfc4180; a cell without a value is empty and unquoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.export.source import Object
from kg.namespaces import ONTOLOGY, STANDARD

_XSD = STANDARD["xsd"]
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}\Z")  # within 64 bits
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?\Z")
_UNHOLDABLE = re.compile("[\x00\x1f]")  # the end of a string, and the array delimiter


class ColumnType(StrEnum):
    """The types of values that Neo4j's importer is told of."""

    LONG = "long"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    STRING = "string"


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column hold.

    Attributes:
        type: of each value.
        several: whether a cell is an array.
    """

    type: ColumnType
    several: bool

    def header(self, name: str) -> str:
        """The column's head.

        Example:
            >>> Column(ColumnType.LONG, several=False).header("paperCount")
            'paperCount:long'
        """
        return f"{name}:{self.type}" + ("[]" if self.several else "")

    def joined(self, other: Column | None) -> Column:
        """The column that holds the cells of both."""
        if other is None:
            return self
        kind = self.type if self.type is other.type else ColumnType.STRING
        return Column(kind, self.several or other.several)


def column_of(values: list[Object]) -> Column:
    """The narrowest column that holds the values of one node."""
    kinds = {_type(value) for value in values}
    return Column(kinds.pop() if len(kinds) == 1 else ColumnType.STRING, len(values) > 1)


def cell(values: list[Object], column: Column, delimiter: str) -> str:
    """The values of one node as a cell.

    Example:
        >>> text = Column(ColumnType.STRING, several=False)
        >>> print(cell([ox.Literal('a "b" c')], text, ";"))
        "a ""b"" c"
    """
    if not values:
        return ""
    texts = [_text(value, column.type) for value in values]
    if column.type is ColumnType.STRING or column.several:
        return quoted(delimiter.join(texts))
    return texts[0]


def quoted(text: str) -> str:
    """Text as a quoted cell."""
    return '"' + text.replace('"', '""') + '"'


def row(cells: Iterable[str]) -> str:
    """Cells as a line."""
    return ",".join(cells) + "\n"


def _type(value: Object) -> ColumnType:
    if not isinstance(value, ox.Literal):
        return ColumnType.STRING
    kind = value.datatype.value.removeprefix(_XSD)
    if kind in ("integer", "gYear") and _WHOLE.match(value.value):
        return ColumnType.LONG
    if kind in ("decimal", "double", "float") and _NUMBER.match(value.value):
        return ColumnType.DOUBLE
    if kind == "boolean" and value.value in ("true", "false"):
        return ColumnType.BOOLEAN
    return ColumnType.STRING


def _text(value: Object, kind: ColumnType) -> str:
    if isinstance(value, ox.NamedNode):
        return value.value.removeprefix(ONTOLOGY)  # a role or predicate by its name, a page by its address
    return str(int(value.value)) if kind is ColumnType.LONG else _UNHOLDABLE.sub("\ufffd", value.value)
