"""Notes of OpenReview: responses of both versions of its API, arrays of notes, or one a line.

https://docs.openreview.net/reference/api-v1/entities/note: content is plain (``content.title``);
https://docs.openreview.net/reference/api-v2/entities/note: it is wrapped (``content.title.value``). A submission is
the note that its forum is named after; reviews and comments are told and left out. What was withdrawn, rejected or
is under review is read without a venue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from kg.read.drafts import Draft
from kg.read.json_values import Paths, at, begins_as_json, records, texts
from kg.read.registries import known
from kg.read.source import Source
from kg.records import Notice

NAME = "OpenReview"
EXTENSIONS: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

_FIELDS: Paths = {  # after the wrapping is taken off
    "id": ("id",),
    "forum": ("forum",),
    "invitation": ("invitation",),
    "title": ("content.title",),
    "abstract": ("content.abstract",),
    "venue": ("content.venue",),
    "venueid": ("content.venueid",),
    "doi": ("content.doi",),
    "html": ("content.html", "content.ee"),
    "bibtex": ("content._bibtex",),
}
_DATES = ("pdate", "odate", "cdate", "tcdate")  # milliseconds since 1970
_NAMES: Paths = {"name": ("fullname", "name"), "id": ("username", "id")}
_LISTS = frozenset({"notes"})
_ADDRESS = "https://openreview.net/forum?id={}"
_PROFILE = "https://openreview.net/profile?id={}"
_OPEN = frozenset({"Submission", "Submitted"})
_ANONYMOUS = "anonymous"

_CONTENT = re.compile(r'"content"\s*:\s*\{')
_KEYS = re.compile(r'"(?:invitations?|forum|signatures|replyto|venueid)"\s*:')
_KEYS_NEEDED = 2
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.[0-9]{4,9}/\S+", re.IGNORECASE)
_PERSON = re.compile(r"https?://(?:www\.)?(?:orcid\.org/|dblp\.org/pid/|openreview\.net/profile\?id=~)\S+")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CONFERENCE = re.compile(r"([^/.]+)\.[a-z.]+/[0-9]{4}/Conference")  # a venue's id
_BIBTEX_YEAR = re.compile(r"\byear\s*=\s*[{\"]?\s*([0-9]{4})")


@dataclass(frozen=True, slots=True)
class _Words:
    unpublished: Mapping[str, str]
    submitted: tuple[str, ...]
    accepted: tuple[str, ...]
    presentations: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a submission stands: the venue where it was published, or what became of it."""

    venue: str | None
    state: str | None
    year: str | None


def sniff(head: str) -> bool:
    """Whether notes with content stand in the text.

    Example:
        >>> sniff('{"notes": [{"id": "a", "forum": "a", "invitations": [], "content": {}}]}'), sniff('{"title": "A"}')
        (True, False)
    """
    enough = len(set(_KEYS.findall(head))) >= _KEYS_NEEDED
    return begins_as_json(head) and enough and _CONTENT.search(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The submissions of a file.

    Example:
        >>> text = '{"id": "rC8sJ4i6kaH", "content": {"title": {"value": "T"}, "venue": {"value": "ICLR 2021 Poster"}}}'
        >>> draft = next(iter(read(Source("a.json", "", text))))
        >>> draft.venue, draft.year, draft.url
        ('ICLR', '2021', 'https://openreview.net/forum?id=rC8sJ4i6kaH')
    """
    for record in records(source, _LISTS):
        if isinstance(record, Notice):
            yield record
        else:
            yield from _note(source, *record)


def _note(source: Source, line: int, record: dict[str, Any]) -> Iterator[Draft | Notice]:
    content = record.get("content")
    if not isinstance(content, dict):
        yield source.rejected(line, "not a note with content")
        return
    content = {key: _unwrapped(value) for key, value in content.items()}
    fields, faults = texts({**record, "content": content}, _FIELDS)
    fields.setdefault("invitation", _first(record.get("invitations")))
    if record.get("replyto") or ("id" in fields and fields.get("forum", fields["id"]) != fields["id"]):
        yield source.rejected(line, f"a reply, no paper ({ascii(fields['invitation'])[:80]}); left out")
        return
    if record.get("ddate"):
        yield source.rejected(line, "deleted from OpenReview; left out")
        return
    place = _place(fields, content)
    if place.state is not None:
        faults.append(f"{place.state} submission; read without a venue")
    elif place.venue is None:
        faults.append("no venue; the note does not tell whether it was accepted")
    authors, author_ids = _authors(content, faults)
    yield from (source.warning(line, fault) for fault in faults)
    page = _ADDRESS.format(fields["id"]) if "id" in fields else None
    html = fields.get("html", "")
    elsewhere = known(html)
    yield Draft(
        line=line,
        title=fields.get("title", ""),
        authors=authors,
        abstract=fields.get("abstract", ""),
        year=place.year or _year(fields, record),
        venue=place.venue,
        url=page,
        doi=fields.get("doi") or (html if _DOI.fullmatch(html) else None),
        key=fields.get("id"),
        author_ids=author_ids,
        identifiers=tuple(place for place in (page, elsewhere and elsewhere.form) if place),
    )


def _unwrapped(value: Any) -> Any:
    """A field's value in either version of the API."""
    return value["value"] if isinstance(value, dict) and "value" in value else value


def _first(given: Any) -> str:
    return next((one for one in given if isinstance(one, str)), "") if isinstance(given, list) else ""


def _place(fields: dict[str, str], content: dict[str, Any]) -> _Place:
    venue, group = fields.get("venue", ""), fields.get("venueid", "")
    found = _YEAR.search(venue) or _YEAR.search(group)
    state = _state(venue, group, fields["invitation"], content)
    conference = _CONFERENCE.fullmatch(group)
    name = _name(venue) or (conference[1] if conference else "")
    return _Place(name or None if state is None else None, state, found[0] if found else None)


def _state(venue: str, group: str, invitation: str, content: dict[str, Any]) -> str | None:
    """What became of a submission that was not published, as its venue tells it; None where it was, or is not told."""
    states = _words().unpublished
    said = states.get(group.rstrip("/").rpartition("/")[2])
    if said is None and not group:
        ends = (invitation.rpartition("/")[2], "_".join(venue.split()[-2:]), "_".join(venue.split()[-3:]))
        # An invitation to submit is met by what is accepted later, too.
        said = next((states[end] for end in ends if end in states and end not in _OPEN), None)
    if said is None and content.get("withdrawal") == "Confirmed":
        said = "withdrawn"
    if said is None and venue.lower().startswith(_words().submitted):
        said = "not accepted"
    return said


def _name(venue: str) -> str:
    """A venue's name without the year and how the paper was presented.

    Example:
        >>> _name("ICLR 2023 notable top 25%"), _name("NeurIPS 2023 Datasets and Benchmarks Poster")
        ('ICLR', 'NeurIPS Datasets and Benchmarks')
        >>> _name("Accepted by TMLR"), _name("CoRR 2020")
        ('TMLR', 'CoRR')
    """
    name = " ".join(venue.split())
    for opening in _words().accepted:
        if name.lower().startswith(opening):
            name = name[len(opening) :]
    words = [word for word in name.split() if not _YEAR.fullmatch(word.strip(",()"))]
    while len(words) > 1 and words[-1].lower() in _words().presentations:
        words.pop()
    return " ".join(words).rstrip(",")


def _year(fields: dict[str, str], record: dict[str, Any]) -> str | None:
    """The year of the citation, of the venue that invited, or of the first date."""
    cited = _BIBTEX_YEAR.search(fields.get("bibtex", ""))
    invited = _YEAR.search(fields["invitation"])
    if cited or invited:
        return cited[1] if cited else invited[0] if invited else None
    dates = (at(record, key) for key in _DATES)
    return next((year for date in dates if (year := _year_of(date))), None)


def _year_of(milliseconds: Any) -> str | None:
    """The year (UTC) of a date in milliseconds since 1970."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    try:
        return str((datetime(1970, 1, 1) + timedelta(milliseconds=milliseconds)).year)
    except (OverflowError, ValueError):
        return None


def _authors(content: dict[str, Any], faults: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given, ids = content.get("authors"), content.get("authorids")
    if not isinstance(given, list):
        if given:
            faults.append("content.authors is not a list; dropped")
        return (), ()
    people = [texts({"name": one} if isinstance(one, str) else one, _NAMES)[0] for one in given]
    if [person.get("name", "").strip().lower() for person in people] == [_ANONYMOUS]:
        faults.append("the authors are anonymous")
        return (), ()
    if isinstance(ids, list) and ids:
        if len(ids) == len(people):
            people = [{"id": str(known), **person} for person, known in zip(people, ids, strict=True)]
        else:
            faults.append(f"{len(ids)} authorids for {len(people)} authors; dropped")
    return tuple(p.get("name", "") for p in people), tuple(_person(p.get("id", "")) for p in people)


def _person(given: str) -> str:
    """The address of who the person is; an e-mail address or a search for a name identifies nobody."""
    return _PROFILE.format(given) if given.startswith("~") else given if _PERSON.fullmatch(given) else ""


@cache
def _words() -> _Words:
    table = tomllib.loads(files("kg.read").joinpath("openreview.toml").read_text(encoding="utf-8"))
    venue = table["venue"]
    return _Words(
        unpublished=table["unpublished"],
        submitted=tuple(venue["submitted"]),
        accepted=tuple(venue["accepted"]),
        presentations=frozenset(venue["presentations"]),
    )
