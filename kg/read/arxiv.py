r"""The metadata of arXiv as it is given away whole: one object a line, LaTeX in the names.

https://www.kaggle.com/datasets/Cornell-University/arxiv; of the fields,
https://info.arxiv.org/help/prep.html. An abstract's lines are broken as they were typed; an indented line begins a
paragraph. The year is that of the first version unless the journal reference tells where and when it appeared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate
from typing import Any

from kg.read.drafts import Draft
from kg.read.json_values import Paths, begins_as_json, records, texts
from kg.read.latex import decoded
from kg.read.registries import known
from kg.read.source import Source
from kg.records import Notice

NAME = "arXiv metadata"
EXTENSIONS: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

_FIELDS: Paths = {
    "id": ("id",),
    "title": ("title",),
    "abstract": ("abstract",),
    "doi": ("doi",),
    "reference": ("journal-ref",),
    "authors": ("authors",),
    "comments": ("comments",),
    "updated": ("update_date",),
}
_VENUE = "arXiv"  # of what has no journal reference, or none whose name is sure

_KEYS = re.compile(r'"(authors_parsed|submitter|journal-ref|report-no|update_date)"\s*:')
_KEYS_NEEDED = 2
_PARAGRAPH = re.compile(r"\n[ \t]+(?=\S)|\n\s*\n")
_NAME = r"(?:In:?\s+)?(?P<name>[^\W\d_][^\d()]*?)[\s,:;]*"
_LAST_YEAR = r"\(?(?P<year>(?:19|20)[0-9]{2})\)?\.?"
# The name, the volume (no ordinal, which would be of a conference's name) and what follows, the year.
_REFERENCE = re.compile(
    rf"{_NAME}(?:\b(?:vol|volume|no|issue)\b[\s.]*)?(?:[0-9]+(?!st|nd|rd|th|[0-9])(?:.*[^\d])?)?(?<!\d){_LAST_YEAR}"
)
_REFERENCE_LENGTH = 200
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|it) (?:has been|is|was) withdrawn\b", re.IGNORECASE
)
_GROUPED = re.compile(r"\([^()]*\)")
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def sniff(head: str) -> bool:
    """Whether keys that arXiv alone has stand in an object.

    Example:
        >>> sniff('{"id": "0704.0001", "submitter": "P. Nadolsky", "journal-ref": null}'), sniff('{"title": "A"}')
        (True, False)
    """
    return begins_as_json(head) and len(set(_KEYS.findall(head))) >= _KEYS_NEEDED


def read(source: Source) -> Iterator[Draft | Notice]:
    r"""The papers of a dump; withdrawn ones are read and told.

    Example:
        >>> text = '{"id": "0704.0001", "title": "T", "authors_parsed": [["Bal\\\\\'azs", "C.", ""]], "doi": null}'
        >>> draft = next(iter(read(Source("a.json", "", text))))
        >>> draft.authors, draft.key, draft.identifiers
        (('C. Balázs',), 'arXiv:0704.0001', ('https://arxiv.org/abs/0704.0001',))
    """
    for record in records(source):
        if isinstance(record, Notice):
            yield record
        else:
            yield from _draft(source, *record)


def _draft(source: Source, line: int, record: dict[str, Any]) -> Iterator[Draft | Notice]:
    fields, faults = texts(record, _FIELDS)
    parsed = _parsed(record.get("authors_parsed"))
    if parsed is None and record.get("authors_parsed") is not None:
        faults.append("authors_parsed is not a list of names; the list as printed is taken")
    place = known(f"arXiv:{fields.get('id', '')}")
    if place is None:
        faults.append("id is not one of arXiv; no address is made of it")
    if any(_WITHDRAWN.search(fields.get(name, "")) for name in ("comments", "abstract")):
        faults.append("withdrawn from arXiv")
    venue, year = journal(fields.get("reference", ""))
    yield from (source.warning(line, fault) for fault in faults)
    yield Draft(
        line=line,
        title=fields.get("title", ""),
        authors=_listed(fields.get("authors", "")) if parsed is None else parsed,
        abstract=_unwrapped(fields.get("abstract", "")),
        year=year or _first_year(record.get("versions")) or fields.get("updated", "")[:4],
        venue=venue or _VENUE,
        url=place.form if place else None,
        doi=fields.get("doi", "").split(" ")[0],
        key=f"arXiv:{fields['id']}" if "id" in fields else None,
        identifiers=(place.form,) if place else (),
    )


def journal(reference: str) -> tuple[str | None, str | None]:
    """Name and year of a journal reference; nothing where the name is not surely told from the rest.

    Example:
        >>> journal("Phys.Rev.D76:013009,2007"), journal("ICLR 2021"), journal("J. Chem. Phys. 127, 1 (2007)")
        (('Phys.Rev.D', '2007'), ('ICLR', '2021'), ('J. Chem. Phys.', '2007'))
        >>> journal("Proceedings of the 36th Conference on Learning, 2019")
        (None, None)
    """
    text = " ".join(decoded(reference).split())
    found = _REFERENCE.fullmatch(text) if len(text) <= _REFERENCE_LENGTH else None
    return (found["name"], found["year"]) if found else (None, None)


def _parsed(given: Any) -> tuple[str, ...] | None:
    """Names given as family, given, suffix and affiliations."""
    if not isinstance(given, list) or not given:
        return None
    names = [_name(parts) for parts in given]
    return None if None in names else tuple(name for name in names if name is not None)


def _name(parts: Any) -> str | None:
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts[:3]):
        return None
    family, given, suffix = [*parts[:3], "", "", ""][:3]
    return decoded(" ".join(part for part in (given, family, suffix) if part))


def _listed(authors: str) -> tuple[str, ...]:
    """Names as they were typed, affiliations in parentheses gone."""
    plain = _GROUPED.sub(" ", _GROUPED.sub(" ", " ".join(authors.split())))
    names = (decoded(name.strip()) for name in _BETWEEN_NAMES.split(plain))
    return tuple(name for name in names if name)


def _unwrapped(abstract: str) -> str:
    """An abstract with the line breaks of its paragraphs alone."""
    return "\n\n".join(" ".join(part.split()) for part in _PARAGRAPH.split(abstract.strip()) if part.strip())


def _first_year(versions: Any) -> int | None:
    """The year of the first version, from a date of RFC 2822 such as ``Mon, 2 Apr 2007 19:18:42 GMT``."""
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, dict) else None
    date = parsedate(created) if isinstance(created, str) else None
    return date[0] if date else None
