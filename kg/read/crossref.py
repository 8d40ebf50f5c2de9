"""Crossref's JSON: responses of ``/works``, single works, and works one a line or in ``items`` of the public files.

Format: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md and https://api.crossref.org/swagger-ui;
public files: https://www.crossref.org/learning/public-data-file/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from kg.read.citeproc import first_text, people, year
from kg.read.drafts import Draft, split_year
from kg.read.json_values import as_text, at, begins_as_json, records
from kg.read.kinds import no_paper, warnings
from kg.read.source import Source
from kg.records import Notice

NAME = "Crossref"
EXTENSIONS: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

# Where each field stands in a work, the surest first; keys within keys parted by dots.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "original-title", "short-title"),
    "subtitle": ("subtitle",),
    "authors": ("author",),
    "abstract": ("abstract",),
    "year": ("issued", "published", "published-print", "published-online", "posted"),
    "venue": ("container-title", "event.name", "short-container-title", "group-title"),
    "url": ("URL", "resource.primary.URL"),
    "doi": ("DOI",),
}
UPDATES = ("update-to", "updated-by")  # what a notice is of, and which notices there are of a work

_WRAPPER = "message"
_LISTS = ("items",)
_RESPONSE = re.compile(r'"message-type"\s*:\s*"work(?:-list)?"')
_DOI = re.compile(r'"DOI"\s*:\s*"')
_TITLES = re.compile(r'"title"\s*:\s*\[')
_HEADING = re.compile(r"\s*<(jats:)?title>\s*(?:abstract|summary)\s*[:.]?\s*</(jats:)?title>", re.IGNORECASE)
_OWN = re.compile(
    r'"(?:references?-count|is-referenced-by-count|content-domain|indexed|deposited|member)"\s*:'
)


def sniff(head: str) -> bool:
    """Whether the text is a response about works, or works, whose titles are lists.

    Example:
        >>> sniff('{"status":"ok","message-type":"work-list","message":{'), sniff('{"DOI": "10.1/2", "title": "A"}')
        (True, False)
    """
    if not begins_as_json(head):
        return False
    if _RESPONSE.search(head):
        return True
    return all(pattern.search(head) for pattern in (_DOI, _TITLES, _OWN))


def read(source: Source) -> Iterator[Draft | Notice]:
    """The works of a file; journals, issues and notices about other works are told and left out.

    Example:
        >>> text = '{"DOI": "10.1/2", "title": ["A Title"], "author": [{"given": "Ada", "family": "Lovelace"}]}'
        >>> next(iter(read(Source("a.json", "", text)))).authors
        ('Ada Lovelace',)
    """
    for record in records(source, _LISTS, _WRAPPER):
        if isinstance(record, Notice):
            yield record
        else:
            yield from _draft(source, *record)


def _draft(source: Source, line: int, work: dict[str, Any]) -> Iterator[Draft | Notice]:
    kinds = list(_kinds(work))
    if kind := no_paper(NAME, kinds):
        yield source.rejected(line, f"no paper: {kind}")
        return
    yield from warnings(source, line, NAME, kinds)
    names, orcids, whole = people(work.get("author"))
    if not whole:
        yield source.warning(line, "authors that are neither names nor objects with a name; dropped")
    venue, year_of_venue = split_year(unescape(_first(work, "venue") or _repository(work)))
    yield Draft(
        line=line,
        title=_title(work),
        authors=tuple(map(unescape, names)),
        abstract=_without_heading(_first(work, "abstract")),
        year=_year(work) or year_of_venue,
        venue=venue or None,
        url=_first(work, "url") or None,
        doi=as_text(work.get("DOI")),
        author_ids=orcids,
    )


def _kinds(work: dict[str, Any]) -> Iterator[str]:
    """The type of a work, and what it updates or is updated by, as ``update-to retraction``."""
    yield from filter(None, [as_text(work.get("type"))])
    for key in UPDATES:
        updates = work.get(key)
        for update in updates if isinstance(updates, list) else ():
            yield f"{key} {as_text(at(update, 'type')) or 'unknown'}"


def _first(work: dict[str, Any], field: str) -> str:
    return next(filter(None, (first_text(at(work, path)) for path in FIELDS[field])), "")


def _title(work: dict[str, Any]) -> str:
    """The title with its subtitle, unless it has that already."""
    title, subtitle = _first(work, "title").strip(), _first(work, "subtitle").strip()
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", "–", "—")) else f"{title}: {subtitle}"


def _without_heading(abstract: str) -> str:
    """An abstract in JATS without the title that only says that it is one."""
    heading = _HEADING.match(abstract)
    return abstract[heading.end() :] if heading else abstract


def _year(work: dict[str, Any]) -> str | int | None:
    dates = (year(at(work, path)) for path in FIELDS["year"])
    return next((date for date in dates if date), None)


def _repository(work: dict[str, Any]) -> str:
    """Where a preprint was posted: Crossref has that as its institution."""
    if work.get("type") != "posted-content":
        return ""
    found = work.get("institution")
    institutions = found if isinstance(found, list) else [found]
    return first_text([at(institution, "name") for institution in institutions])
