"""JSON Lines (https://jsonlines.org), one object a paper; JSON arrays and indented objects too.

Keys: ``title`` (required), ``authors``, ``abstract``, ``year``, ``venue``, ``id``, ``doi``, ``url``; others are
passed over. Authors are a list of names, a list of objects with ``name`` or ``given`` and ``family``, or one text
with names parted by ``;`` or `` and ``. An object's ``orcid``, else its ``id``, says who the person is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from kg.read.drafts import Draft
from kg.read.source import Source
from kg.records import Notice

NAME = "JSON Lines"
EXTENSIONS: tuple[str, ...] = (".jsonl", ".ndjson")

_SNIFF = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*\{\s*[\"}])")
_INDENTED = re.compile(r"\s*(?:\[|\{[ \t]*\n)")
_BETWEEN = re.compile(r"[\s,]*")
_NAMES = re.compile(r";| and ")
_LENIENT = json.JSONDecoder(strict=False)


def sniff(head: str) -> bool:
    """Whether the text begins with an object, or an array of objects.

    Example:
        >>> sniff('{"title": "A"}'), sniff("[Back](README.md)")
        (True, False)
    """
    return _SNIFF.match(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The records of a file; a line that is no object with a title is rejected, the rest is read.

    Example:
        >>> next(iter(read(Source("a.jsonl", "", '{"title": "A", "authors": "Ada Lovelace; Bo Li"}')))).authors
        ('Ada Lovelace', 'Bo Li')
    """
    values = _indented(source) if _INDENTED.match(source.text) else _by_line(source)
    for line, value in values:
        if isinstance(value, Notice):
            yield value
        elif isinstance(value, dict):
            yield from _draft(source, line, value)
        else:
            yield source.rejected(line, "not a JSON object")


def _by_line(source: Source) -> Iterator[tuple[int, Any]]:
    for number, line in source.lines():
        if not line or line.isspace():
            continue
        try:
            yield number, orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield number, _leniently(source, number, line, str(error))


def _leniently(source: Source, number: int, line: str, reason: str) -> Any:
    """What the standard library makes of it: it takes NaN, lone surrogates and raw control characters."""
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return source.rejected(number, f"not valid JSON ({reason})")


def _indented(source: Source) -> Iterator[tuple[int, Any]]:
    """The elements of an array, or objects one after the other, over any number of lines."""
    text = source.text
    position = text.index("[") + 1 if text.lstrip().startswith("[") else 0
    line, counted = 1, 0
    while True:
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]  # it matches anywhere
        line += text.count("\n", counted, position)
        counted = position
        if position == len(text) or text[position] == "]":
            return
        try:
            value, position = _LENIENT.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            yield line, source.rejected(line, f"not valid JSON from here on ({reason})")
            return
        yield line, value


def _draft(source: Source, line: int, value: dict[str, Any]) -> Iterator[Draft | Notice]:
    year = value.get("year")
    if isinstance(year, float) and year.is_integer():
        year = int(year)
    if isinstance(year, bool) or not isinstance(year, int | str | None):
        year = None
        yield source.warning(line, "year is neither a number nor text; dropped")
    texts: dict[str, str] = {}
    for key in ("title", "abstract", "venue", "id", "doi", "url"):
        found = value.get(key)
        if key == "id" and isinstance(found, int):
            found = str(found)
        if isinstance(found, str):
            texts[key] = found
        elif found is not None:
            yield source.warning(line, f"{key} is not text; dropped")
    authors, author_ids, whole = _authors(value.get("authors"))
    if not whole:
        yield source.warning(line, "authors that are neither names nor objects with a name; dropped")
    yield Draft(
        line=line,
        title=texts.get("title", ""),
        authors=authors,
        abstract=texts.get("abstract", ""),
        year=year,
        venue=texts.get("venue"),
        url=texts.get("url"),
        doi=texts.get("doi"),
        key=texts.get("id"),
        author_ids=author_ids,
    )


def _authors(value: Any) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The names, what identifies each, and whether every one could be read."""
    if value is None:
        return (), (), True
    if isinstance(value, str):
        names = _NAMES.split(" ".join(value.split()))
        return tuple(name.strip() for name in names) if value.strip() else (), (), True
    if not isinstance(value, list):
        return (), (), False
    read = [(_name(author), _identifier(author)) for author in value]
    known = [(name, identifier) for name, identifier in read if name is not None]
    return tuple(name for name, _ in known), tuple(i for _, i in known), len(known) == len(read)


def _identifier(author: Any) -> str:
    """Who the source says the person is; empty where it does not."""
    found = (author.get(key) for key in ("orcid", "id")) if isinstance(author, dict) else ()
    return next((text for text in found if isinstance(text, str)), "")


def _name(author: Any) -> str | None:
    if isinstance(author, str):
        return author
    if not isinstance(author, dict):
        return None
    if isinstance(author.get("name"), str):
        return str(author["name"])
    parts = [author[key] for key in ("given", "family") if isinstance(author.get(key), str)]
    return " ".join(parts) if parts else None
