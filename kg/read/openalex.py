"""Works of OpenAlex: responses of its API, lines of its snapshot, or works one a line.

https://developers.openalex.org/api-reference/works: the fields. Names are taken as they stand on the paper unless
they are turned round there; an abstract comes as the places of its words and is set together again. A work's
locations tell its ids elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.read.drafts import Draft, split_year
from kg.read.json_values import Paths, at, begins_as_json, records, texts
from kg.read.kinds import no_paper, warnings
from kg.read.limits import limits
from kg.read.registries import known
from kg.read.source import Source
from kg.records import Notice

NAME = "OpenAlex"
EXTENSIONS: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

_FIELDS: Paths = {
    "id": ("id", "ids.openalex"),
    "title": ("title", "display_name"),
    "year": ("publication_year",),
    "venue": (
        "primary_location.source.display_name",
        "primary_location.raw_source_name",
        "host_venue.display_name",
    ),
    "url": ("primary_location.landing_page_url", "host_venue.url"),
    "doi": ("doi", "ids.doi"),
    "pmid": ("ids.pmid",),
    "pmcid": ("ids.pmcid",),
    "mag": ("ids.mag",),
    "type": ("type",),
}
_AUTHOR: Paths = {
    "printed": ("raw_author_name",),
    "name": ("author.display_name",),
    "id": ("author.orcid", "raw_orcid", "author.id"),
}
_ADDRESSES: Mapping[str, str] = {
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}",
    "mag": "mag:{}",
}
_FLAGS = ("paratext", "retracted")  # as is_paratext
_LISTS = frozenset({"results"})
_WORK = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W[0-9]+)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+$")
_ID = re.compile(r'"id"\s*:\s*"https?://openalex\.org/W[0-9]+"')
_KEYS = re.compile(
    r'"(?:authorships|abstract_inverted_index|primary_location|publication_year|display_name|host_venue)"\s*:'
)


def sniff(head: str) -> bool:
    """Whether the text holds the id of a work and one of the keys of works.

    Example:
        >>> sniff('{"id": "https://openalex.org/W1", "authorships": []}'), sniff('{"title": "A", "authors": []}')
        (True, False)
    """
    return begins_as_json(head) and _ID.search(head) is not None and _KEYS.search(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The works of a file; what is no paper is told and left out, what is retracted is told and read.

    Example:
        >>> text = '{"id": "https://openalex.org/W7", "title": "T", "abstract_inverted_index": {"a": [0, 2], "b": [1]}}'
        >>> draft = next(iter(read(Source("a.json", "", text))))
        >>> draft.key, draft.abstract, draft.identifiers
        ('W7', 'a b a', ('https://openalex.org/W7',))
    """
    for record in records(source, _LISTS):
        if isinstance(record, Notice):
            yield record
        else:
            yield from _work(source, *record)


def _work(source: Source, line: int, record: dict[str, Any]) -> Iterator[Draft | Notice]:
    fields, faults = texts(record, _FIELDS)
    work = _WORK.fullmatch(fields.get("id", ""))
    if "id" in fields and work is None:
        yield source.rejected(line, f"not a work: {ascii(fields['id'])[:80]}")
        return
    flags = [flag for flag in _FLAGS if record.get(f"is_{flag}") is True]
    kind = no_paper(NAME, [*flags, fields.get("type", "")])
    if kind is not None:
        yield source.rejected(line, f"no paper but of type {ascii(kind)[:80]}; left out")
        return
    yield from warnings(source, line, NAME, flags)
    authors, author_ids = _authors(record, faults)
    abstract = _abstract(record.get("abstract_inverted_index"), faults)
    venue, year = split_year(fields.get("venue", ""))
    yield from (source.warning(line, fault) for fault in faults)
    yield Draft(
        line=line,
        title=fields.get("title", ""),
        authors=authors,
        abstract=abstract,
        year=fields.get("year", year),
        venue=venue or None,
        url=fields.get("url"),
        doi=fields.get("doi"),
        key=work[1] if work else None,
        author_ids=author_ids,
        identifiers=_identifiers(record, fields, work[1] if work else None),
    )


def _authors(record: dict[str, Any], faults: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    authorships = record.get("authorships")
    if not isinstance(authorships, list):
        if authorships is not None:
            faults.append("authorships is not a list; dropped")
        return (), ()
    if record.get("is_authors_truncated") is True:
        faults.append("the list of authors is cut short by the API; fetch the work alone")
    read = [texts(authorship, _AUTHOR) for authorship in authorships]
    for _, told in read:
        faults += told
    names = tuple(_name(fields) for fields, _ in read)
    return names, tuple(fields.get("id", "") for fields, _ in read)


def _name(author: dict[str, str]) -> str:
    """The name on the paper; where it is turned round (``Family, Given``), as OpenAlex displays it."""
    printed = author.get("printed", "")
    return printed if printed and "," not in printed else author.get("name", printed)


def _abstract(index: Any, faults: list[str]) -> str:
    """The text whose words have these places; see ``abstract_inverted_index`` in the documentation."""
    if index is None:
        return ""
    try:
        words = [(int(place), word) for word, places in index.items() for place in places]
    except (AttributeError, TypeError, ValueError, OverflowError):
        faults.append("abstract_inverted_index does not give places of words; dropped")
        return ""
    # A long word at many places would be a text far longer than its index.
    if sum(len(word) + 1 for _, word in words) > limits().abstract_characters:
        faults.append(f"abstract of more than {limits().abstract_characters:,} characters; dropped")
        return ""
    return " ".join(word for _, word in sorted(words, key=lambda found: found[0]))


def _identifiers(record: dict[str, Any], fields: dict[str, str], work: str | None) -> tuple[str, ...]:
    """The work's addresses here and elsewhere, each once."""
    found = [f"https://openalex.org/{work.upper()}"] if work else []
    for name, template in _ADDRESSES.items():
        number = _NUMBER.search(fields.get(name, ""))
        found += [template.format(number[0])] if number else []
    locations = record.get("locations")
    places = [at(place, "landing_page_url") for place in locations] if isinstance(locations, list) else []
    elsewhere = (known(place) for place in (fields.get("url"), *places) if isinstance(place, str))
    return tuple(dict.fromkeys([*found, *(place.form for place in elsewhere if place)]))
