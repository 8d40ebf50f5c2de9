"""Rows of delimited text (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), with line numbers, told where broken.

A quotation mark that is never closed takes all that follows it into one cell. Such a row is found by its length,
by the end of the text or by its number of cells, and reading goes on at its second line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.read.layouts import tables
from kg.read.limits import limits

# The parser's own limit is for the whole process and below what a list of references may hold.
csv.field_size_limit(max(csv.field_size_limit(), limits().line_bytes))


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: 1-based line of its first line.
        cells: its cells, without spaces around.
        fault: why it cannot be read, or an empty text.
    """

    line: int
    cells: tuple[str, ...]
    fault: str = ""


class _Feed:
    """The lines of a text, from a place that can be moved, for one row at a time."""

    def __init__(self, text: str, position: int, line: int) -> None:
        self.text, self.position, self.line = text, position, line
        self.limit, self.ended = 0, False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.position >= min(len(self.text), self.limit):
            self.ended = True
            raise StopIteration
        end = self.text.find("\n", self.position) + 1 or len(self.text)
        start, self.position = self.position, end
        self.line += 1
        return self.text[start:end]


def rows(
    text: str, delimiter: str, position: int = 0, line: int = 1, width: int = 0, quoted: bool = True
) -> Iterator[Row]:
    """The rows of a text that are not empty.

    Args:
        text: the text, lines ending in LF.
        delimiter: what parts cells.
        position: the offset to begin at.
        line: the number of the line there.
        width: how many cells a row should have; 0 where that is not known.
        quoted: whether quotation marks enclose cells.

    Example:
        >>> [(row.line, row.cells) for row in rows('a,"b\\nc"\\n\\nd,e', ",")]
        [(1, ('a', 'b\\nc')), (4, ('d', 'e'))]
        >>> [(row.line, row.cells, row.fault) for row in rows('a,"b\\nc,d\\n', ",", width=2)]
        [(1, ('a', '"b'), ''), (2, ('c', 'd'), '')]
    """
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    feed = _Feed(text, position, line)
    reader = csv.reader(feed, delimiter=delimiter, quoting=quoting, skipinitialspace=delimiter != "\t")
    again = tables().broken_records
    while feed.position < len(text):
        start, first = feed.position, feed.line
        feed.limit, feed.ended = start + tables().record_characters, False
        try:
            cells, fault = next(reader, []), ""
        except csv.Error as error:
            cells, fault = [], str(error)
        second = text.find("\n", start) + 1 or len(text)
        if feed.ended or fault or (width and feed.position > second and len(cells) != width):
            fault = fault or (
                "a quotation mark is not closed" if feed.ended else _miscounted(len(cells), width)
            )
            alone = [cell.strip() for cell in text[start:second].split(delimiter)]
            if again:
                feed.position, feed.line, again = second, first + 1, again - 1
            if len(alone) == width and feed.position == second:
                cells, fault = alone, ""
        elif width and len(cells) > width and not any(map(str.strip, cells[width:])):
            cells = cells[:width]
        elif width and len(cells) > width:
            fault = _miscounted(len(cells), width)
        if fault or any(map(str.strip, cells)):
            yield Row(first, tuple(cell.strip() for cell in cells), fault)


def _miscounted(count: int, width: int) -> str:
    return f"{count} cells where the header has {width}"
