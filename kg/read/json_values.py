"""JSON (RFC 8259, https://www.rfc-editor.org/rfc/rfc8259) as sources hold it, with line numbers.

Objects one a line (https://jsonlines.org), arrays, objects one after the other over any number of lines, and the
responses of services, whose records stand in a list under a known key. What each format has in its objects is told
as tables of paths: ``author.display_name`` is ``value["author"]["display_name"]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import orjson

from kg.read.limits import limits
from kg.read.source import Source
from kg.records import Notice

Paths = Mapping[str, tuple[str, ...]]

_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*\{\s*[\"}])")
_INDENTED = re.compile(r"\s*(?:\[|\{[ \t]*\n)")
_BETWEEN = re.compile(r"[\s,]*")
_OPEN_END = "the list of records is not closed; it may be cut short"
_LENIENT = json.JSONDecoder(strict=False)


def begins_as_json(head: str) -> bool:
    """Whether a text begins with an object, or an array of objects.

    Example:
        >>> begins_as_json('{"title": "A"}'), begins_as_json("[Back](README.md)")
        (True, False)
    """
    return _START.match(head) is not None


def values(source: Source) -> Iterator[tuple[int, Any]]:
    """Every value with its line; a notice in the place of one that cannot be parsed.

    An array's elements are values of their own; what is over many lines ends at the first that is broken.
    """
    return _elements(source) if _INDENTED.match(source.text) else _by_line(source)


def records(
    source: Source, lists: Collection[str] = (), wrapper: str = ""
) -> Iterator[tuple[int, dict[str, Any]] | Notice]:
    """Every object with its line, whatever holds them; a broken one is told and the next is read.

    Args:
        source: the text.
        lists: the keys under which a service's response holds its records.
        wrapper: the key under which it holds a single record, or the object with such a list.

    Example:
        >>> text = '{\\n"meta": {"count": 2},\\n"results": [\\n{"id": 1},\\n{"id": 2}]}'
        >>> list(records(Source("a.json", "", text), {"results"}))
        [(4, {'id': 1}), (5, {'id': 2})]
    """
    indented = _INDENTED.match(source.text) is not None
    found = _Scan(source, lists, wrapper).values() if indented else _listed(_by_line(source), lists, wrapper)
    for line, value in found:
        if isinstance(value, Notice):
            yield value
        elif isinstance(value, dict):
            yield line, value
        else:
            yield source.rejected(line, "not a JSON object")


def at(value: Any, path: str) -> Any:
    """What stands at a path of keys parted by dots, or None.

    Example:
        >>> at({"author": {"name": "Ada Lovelace"}}, "author.name")
        'Ada Lovelace'
    """
    for key in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def as_text(value: Any) -> str | None:
    """A text or a number as text, None where it is neither.

    Example:
        >>> as_text(2021.0), as_text(True), as_text(["a"])
        ('2021', None, None)
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)


def texts(value: Any, table: Paths) -> tuple[dict[str, str], list[str]]:
    """The fields of a record by a table of where each stands, the first path that has text; and what is wrong.

    Example:
        >>> texts({"year": 2021, "title": "", "name": "T", "doi": []}, {"t": ("title", "name"), "d": ("doi",)})
        ({'t': 'T'}, ['doi is neither text nor a number; dropped'])
    """
    found: dict[str, str] = {}
    faults: list[str] = []
    for field, paths in table.items():
        for path in paths:
            given = at(value, path)
            text = as_text(given)
            if text is not None and text.strip():
                found[field] = text
                break
            if text is None and given is not None:
                faults.append(f"{path} is neither text nor a number; dropped")
    return found, faults


def _by_line(source: Source) -> Iterator[tuple[int, Any]]:
    for number, line in source.lines():
        if not line or line.isspace():
            continue
        try:
            yield number, orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield number, _leniently(source, number, line, str(error))


def _listed(
    values: Iterator[tuple[int, Any]], lists: Collection[str], wrapper: str
) -> Iterator[tuple[int, Any]]:
    """The values, in the place of a response those in its list."""
    for line, given in values:
        wrapped = given.get(wrapper) if isinstance(given, dict) else None
        value = wrapped if isinstance(wrapped, dict) else given
        held = [value[key] for key in value if key in lists] if isinstance(value, dict) else []
        inner = next((one for one in held if isinstance(one, list)), None)
        yield from ((line, value),) if inner is None else ((line, one) for one in inner)


def _leniently(source: Source, number: int, line: str, reason: str) -> Any:
    """What the standard library makes of it: it takes NaN, lone surrogates and raw control characters."""
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return source.rejected(number, f"not valid JSON ({reason})")


def _elements(source: Source) -> Iterator[tuple[int, Any]]:
    """The elements of an array, or objects one after the other, over any number of lines."""
    reader = _Reader(source.text)
    if reader.sign() == "[":
        reader.position += 1
    while (sign := reader.sign()) and sign != "]":
        line = reader.line()
        try:
            value = reader.value()
        except (ValueError, RecursionError) as error:
            yield line, source.rejected(line, f"not valid JSON from here on ({_reason(error)})")
            return
        yield line, value


def _reason(error: Exception) -> str:
    return str(getattr(error, "msg", "nested too deeply"))


class _Reader:
    """A position in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self._line, self._counted = 1, 0

    def sign(self) -> str:
        """The next character that is neither space nor comma; empty at the end."""
        self.position = _BETWEEN.match(self.text, self.position).end()  # type: ignore[union-attr]  # always matches
        return self.text[self.position : self.position + 1]

    def line(self) -> int:
        """The 1-based line of the position."""
        self._line += self.text.count("\n", self._counted, self.position)
        self._counted = self.position
        return self._line

    def value(self) -> Any:
        """The value that begins here; the position goes behind it.

        Raises:
            ValueError: where it is broken.
            RecursionError: where it is nested too deeply.
        """
        value, self.position = _LENIENT.raw_decode(self.text, self.position)
        return value

    def key(self) -> str:
        """The key that begins here; the position goes behind its colon.

        Raises:
            ValueError: where there is none.
        """
        key = self.value()
        if not isinstance(key, str):
            raise json.JSONDecodeError("Expecting a key in double quotes", self.text, self.position)
        self.require(":")
        return key

    def require(self, sign: str) -> None:
        """Go past a character that must stand here."""
        if self.sign() != sign:
            raise json.JSONDecodeError(f"Expecting {sign!r}", self.text, self.position)
        self.position += 1


class _Scan:
    """The values of a text over many lines, each list's elements one by one, so that no whole response is held."""

    def __init__(self, source: Source, lists: Collection[str], wrapper: str = "") -> None:
        self._source = source
        self._lists = lists
        self._wrapper = wrapper
        self._reader = _Reader(source.text)
        # Characters that broken records may cost; to tell where each breaks, the parser counts lines from the start.
        self._budget = limits().json_passes * len(source.text)
        self._lost = False

    def values(self) -> Iterator[tuple[int, Any]]:
        reader = self._reader
        while sign := reader.sign():
            if sign in "[]":
                reader.position += 1
                continue
            start, line = reader.position, reader.line()
            try:
                if sign == "{":
                    yield from self._object(line)
                else:
                    yield line, reader.value()
            except (ValueError, RecursionError) as error:
                yield line, self._failure(start, line, error)

    def _object(self, line: int, wrapped: bool = False) -> Iterator[tuple[int, Any]]:
        """An object, or the elements of the list within it."""
        reader, members, is_response = self._reader, dict[str, Any](), False
        reader.require("{")
        while (sign := reader.sign()) != "}":
            if not sign and is_response:
                if not self._lost:
                    yield line, self._source.warning(line, _OPEN_END)
                self._lost = True
                return
            key = reader.key()
            if key in self._lists and reader.sign() == "[":
                is_response = True
                reader.require("[")
                yield from self._list()
            elif key == self._wrapper and reader.sign() == "{" and not wrapped:
                is_response = True
                yield from self._object(reader.line(), wrapped=True)
            else:
                reader.sign()
                members[key] = reader.value()
        reader.require("}")
        if not is_response:
            yield line, members

    def _list(self) -> Iterator[tuple[int, Any]]:
        reader = self._reader
        while (sign := reader.sign()) and sign != "]":
            start, line = reader.position, reader.line()
            try:
                value = reader.value()
            except (ValueError, RecursionError) as error:
                value = self._failure(start, line, error)
            yield line, value
        reader.position += len(sign)

    def _failure(self, start: int, line: int, error: Exception) -> Notice:
        """The notice of a broken value; the position goes to the next line that begins as its first does."""
        text, reader = self._source.text, self._reader
        margin = text[text.rfind("\n", 0, start) + 1 : start]
        self._budget -= getattr(error, "pos", len(text))
        can_resume = self._budget >= 0 and not margin.strip()
        again = text.find(f"\n{margin}{{", max(start, reader.position)) if can_resume else -1
        self._lost = again < 0
        reader.position = len(text) if self._lost else again
        extent = " from here on" if self._lost else ""
        return self._source.rejected(line, f"not valid JSON{extent} ({_reason(error)})")
