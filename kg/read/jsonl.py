"""JSON Lines (https://jsonlines.org), one object a paper; JSON arrays and indented objects too.

Keys: ``title`` (required), ``authors``, ``abstract``, ``year``, ``venue``, ``id``, ``doi``, ``url``,
``identifiers`` (further ids, a list of texts); others are passed over. Authors are a list of names, a list of
objects with ``name`` or ``given`` and ``family``, or one text with names parted by ``;`` or `` and ``. An object's
``orcid``, else its ``id``, says who the person is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.read.drafts import Draft
from kg.read.json_values import begins_as_json, values
from kg.read.source import Source
from kg.records import Notice

NAME = "JSON Lines"
EXTENSIONS: tuple[str, ...] = (".jsonl", ".ndjson")

_NAMES = re.compile(r";| and ")


def sniff(head: str) -> bool:
    """Whether the text begins with an object, or an array of objects.

    Example:
        >>> sniff('{"title": "A"}'), sniff("[Back](README.md)")
        (True, False)
    """
    return begins_as_json(head)


def read(source: Source) -> Iterator[Draft | Notice]:
    """The records of a file; a line that is no object with a title is rejected, the rest is read.

    Example:
        >>> next(iter(read(Source("a.jsonl", "", '{"title": "A", "authors": "Ada Lovelace; Bo Li"}')))).authors
        ('Ada Lovelace', 'Bo Li')
    """
    for line, value in values(source):
        if isinstance(value, Notice):
            yield value
        elif isinstance(value, dict):
            yield from _draft(source, line, value)
        else:
            yield source.rejected(line, "not a JSON object")


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
    identifiers, known = _texts(value.get("identifiers"))
    if not known:
        yield source.warning(line, "identifiers are no list of texts; dropped")
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
        identifiers=identifiers,
    )


def _texts(value: Any) -> tuple[tuple[str, ...], bool]:
    """A list of texts, and whether it is one or missing."""
    if value is None:
        return (), True
    whole = isinstance(value, list) and all(isinstance(text, str) for text in value)
    return (tuple(value), True) if whole else ((), False)


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
