"""CSL-JSON, as Zotero, Mendeley and the content negotiation of DOIs give it.

Schema: https://resource.citationstyles.org/schema/latest/input/json/csl-data.json; content negotiation:
https://citation.doi.org/docs.html. A ``note`` may hold fields as ``PMID: 33526905``, one a line
(https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from kg.read import crossref
from kg.read.citeproc import first_text, people, year
from kg.read.drafts import Draft, split_year
from kg.read.json_values import as_text, at, begins_as_json, records
from kg.read.kinds import no_paper
from kg.read.named_identifiers import addresses
from kg.read.source import Source
from kg.records import Notice

NAME = "CSL-JSON"
EXTENSIONS: tuple[str, ...] = (".json", ".csl", ".csljson", ".jsonl")

# Where each field stands in an item, the surest first.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "authors": ("author",),
    "abstract": ("abstract",),
    "year": ("issued", "published", "event-date", "submitted"),
    "venue": ("container-title", "event-title", "event", "container-title-short"),
    "url": ("URL",),
    "doi": ("DOI",),
    "key": ("citation-key", "citation-label", "id"),
}
# What further ids stand in, and how a registry would print each.
IDENTIFIERS: dict[str, str] = {
    "PMID": "pmid:{}",
    "PMCID": "pmcid:{}",
    "arxiv": "arxiv:{}",
    "number": "{}",
    "archive_location": "{}",
}

_LISTS = ("items", "references")
_TYPE = re.compile(r'"type"\s*:\s*"')
_OWN_TYPE = re.compile(
    r'"type"\s*:\s*"(?:paper-conference|(?:article|entry|post|review)-[a-z]+|legal_case|motion_picture|musical_score'
    r'|personal_communication)"'
)
_OWN_KEY = re.compile(
    r'"issued"\s*:\s*\{\s*"(?:date-parts|raw|literal|edtf|season)"|"author"\s*:\s*\[\s*\{[^{}]*"(?:family|literal)"\s*:'
)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)


def sniff(head: str) -> bool:
    """Whether the text has the types, names or dates of CSL and is not Crossref's own JSON.

    Example:
        >>> sniff('[{"id": "a", "type": "paper-conference", "title": "A Title"}]'), sniff('[{"title": "A", "year": 1}]')
        (True, False)
    """
    if not begins_as_json(head) or crossref.sniff(head):
        return False
    own_key = _TYPE.search(head) and _OWN_KEY.search(head)
    return bool(_OWN_TYPE.search(head) or own_key)


def read(source: Source) -> Iterator[Draft | Notice]:
    """The items of a file; maps, films and the like are told and left out.

    Example:
        >>> text = '[{"type": "paper-conference", "title": "A", "issued": {"date-parts": [[2021]]}}]'
        >>> next(iter(read(Source("a.json", "", text)))).year
        2021
    """
    for record in records(source, _LISTS):
        if isinstance(record, Notice):
            yield record
        else:
            yield from _draft(source, *record)


def _draft(source: Source, line: int, item: dict[str, Any]) -> Iterator[Draft | Notice]:
    if kind := no_paper(NAME, filter(None, [as_text(item.get("type"))])):
        yield source.rejected(line, f"no paper: {kind}")
        return
    names, orcids, whole = people(item.get("author"))
    if not whole:
        yield source.warning(line, "authors that are neither names nor objects with a name; dropped")
    dates = (year(item.get(key)) for key in FIELDS["year"])
    venue, year_of_venue = split_year(unescape(_first(item, "venue")))
    key = next(filter(None, (as_text(item.get(key)) for key in FIELDS["key"])), "")
    yield Draft(
        line=line,
        title=_first(item, "title"),
        authors=names,
        abstract=_first(item, "abstract"),
        year=next((date for date in dates if date), year_of_venue),
        venue=venue or None,
        url=_first(item, "url") or None,
        doi=_first(item, "doi") or _doi([key, *_note(item)]),
        # Zotero's ids are addresses that end in its key.
        key=key.rstrip("/").rpartition("/")[2] or None,
        author_ids=orcids,
        identifiers=_identifiers(item),
    )


def _first(item: dict[str, Any], field: str) -> str:
    return next(filter(None, (first_text(item.get(key)) for key in FIELDS[field])), "")


def _note(item: dict[str, Any]) -> list[str]:
    """The lines of a note."""
    return [line.strip() for line in (as_text(item.get("note")) or "").split("\n")]


def _doi(texts: list[str]) -> str | None:
    return next((found[1] for text in texts if (found := _DOI.fullmatch(text))), None)


def _identifiers(item: dict[str, Any]) -> tuple[str, ...]:
    """The ids that registries gave the paper, each in its one form."""
    values = ((form, as_text(at(item, key))) for key, form in IDENTIFIERS.items())
    # What is printed with its prefix (PMC7654321, arXiv:2009.14794) is not prefixed again.
    texts = [text for form, value in values if value for text in (value.strip(), form.format(value.strip()))]
    return addresses([*texts, *_note(item)])
