"""Cleaning: a draft becomes a paper, and everything that had to be left out is told.

Mark-up goes first (:mod:`kg.read.markup`), so that every offset counts in the text as it is kept. What XML 1.0
forbids (https://www.w3.org/TR/xml/#charsets) goes, since GraphML and RDF/XML could not hold it; an address must be
an IRI, since Turtle could not hold it.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.read.drafts import Draft
from kg.read.identifiers import identifier
from kg.read.limits import limits
from kg.read.markup import without_markup, without_rider
from kg.read.registries import known
from kg.records import Location, Notice, Paper, Severity

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_URL = re.compile(r"https?://[\w.~%:-]+(?:[/?#][^\s\"'<>]*)?", re.IGNORECASE)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_SHOWN = 60


def clean(draft: Draft, file: str) -> tuple[Paper | None, list[Notice]]:
    """The paper of a draft, or None where it is rejected, and what was wrong with it.

    Args:
        draft: a record as its format's reader found it.
        file: the path for locations.

    Example:
        >>> paper, notices = clean(Draft(line=3, title="A\\u2028 Title", authors=("Ada Lovelace", "")), "a.md")
        >>> paper.title, paper.authors, [notice.reason for notice in notices]
        ('A Title', ('Ada Lovelace',), ['1 empty author name dropped'])
    """
    location = Location(file, draft.line)
    reasons: list[str] = []
    title = without_rider(_one_line(without_markup(draft.title), "title", reasons))
    abstract = _legal(without_markup(draft.abstract), "abstract", reasons).strip()
    if fault := _fault(title, abstract):
        return None, [Notice(location, Severity.REJECTED, fault)]
    authors, author_ids = _authors(draft.authors, draft.author_ids, reasons)
    year = _year(draft.year, reasons)
    venue = _one_line(draft.venue or "", "venue", reasons) or None
    doi = _doi(draft.doi, reasons)
    paper = Paper(
        id=identifier(title, authors, year, venue, doi, draft.number, draft.key),
        title=title,
        authors=authors,
        abstract=abstract,
        year=year,
        venue=venue,
        url=_url(draft.url, reasons),
        doi=doi,
        location=location,
        author_ids=author_ids,
        identifiers=_identifiers(draft.identifiers, doi, reasons),
    )
    return paper, [Notice(location, Severity.WARNING, reason) for reason in reasons]


def _fault(title: str, abstract: str) -> str | None:
    """Why a record cannot be kept."""
    if not title:
        return "no title"
    if len(title) > limits().title_characters:
        return f"title of {len(title):,} characters, more than {limits().title_characters:,}"
    if len(abstract) > limits().abstract_characters:
        return f"abstract of {len(abstract):,} characters, more than {limits().abstract_characters:,}"
    return None


def _legal(text: str, field: str, reasons: list[str]) -> str:
    """The text without what XML forbids; form feeds and other separators among it become spaces."""
    found = _FORBIDDEN.findall(text)
    if not found:
        return text
    codes = ", ".join(f"U+{ord(character):04X}" for character in sorted(set(found))[:3])
    plural = "s" if len(found) > 1 else ""
    reasons.append(f"{field}: {len(found)} character{plural} removed that XML cannot hold ({codes})")
    return _FORBIDDEN.sub(lambda match: " " if match[0].isspace() else "", text)


def _one_line(text: str, field: str, reasons: list[str]) -> str:
    return " ".join(_legal(text, field, reasons).split())


def _authors(
    printed: tuple[str, ...], given: tuple[str, ...], reasons: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that can be kept, and what identifies these people; nothing where nobody is identified."""
    names = [_one_line(name, "author names", reasons) for name in printed]
    ids = [*given, *[""] * (len(names) - len(given))]
    pairs = [(n, i) for n, i in zip(names, ids, strict=False) if n and len(n) <= limits().name_characters]
    kept, known = tuple(name for name, _ in pairs), tuple(_identifier(i) for _, i in pairs)
    if empty := names.count(""):
        reasons.append(f"{empty} empty author name{'s' if empty > 1 else ''} dropped")
    if long := len(names) - len(kept) - empty:
        reasons.append(
            f"{long} author name{'s' if long > 1 else ''} longer than {limits().name_characters:,} characters dropped"
        )
    if not kept:
        reasons.append("no authors")
    return kept, known if any(known) else ()


def _identifier(text: str) -> str:
    """What identifies a person, an ORCID as its address; nothing where it is too long or has spaces within."""
    plain = _FORBIDDEN.sub("", text).strip()
    if len(plain) > limits().name_characters or len(plain.split()) != 1:
        return ""
    orcid = _ORCID.fullmatch(plain)
    return f"https://orcid.org/{orcid[1].upper()}" if orcid else plain


def _year(given: str | int | None, reasons: list[str]) -> int | None:
    if given is None or given == "":
        return None
    found = _YEAR.search(str(given)) if not isinstance(given, int) else None
    year = given if isinstance(given, int) else int(found[0]) if found else None
    if year is not None and limits().first_year <= year <= limits().last_year:
        return year
    reasons.append(
        f"year {_shown(given)} is not one between {limits().first_year} and {limits().last_year}; dropped"
    )
    return None


def _url(given: str | None, reasons: list[str]) -> str | None:
    if not given or not given.strip():
        return None
    url = given.strip()
    if _URL.fullmatch(url) and not _FORBIDDEN.search(url) and _is_iri(url):
        return url
    reasons.append(f"URL {_shown(given)} is not a valid http(s) address; dropped")
    return None


def _is_iri(url: str) -> bool:
    try:
        ox.NamedNode(url)
    except ValueError:
        return False
    return True


def _doi(given: str | None, reasons: list[str]) -> str | None:
    """A DOI, bare and in lower case: DOIs do not tell cases apart (DOI Handbook, 2.4)."""
    if not given or not given.strip():
        return None
    doi = _DOI_PREFIX.sub("", given.strip(), count=1).lower()
    if _DOI.fullmatch(doi) and not _FORBIDDEN.search(doi):
        return doi
    reasons.append(f"DOI {_shown(given)} is not of the form 10.NNNN/...; dropped")
    return None


def _identifiers(given: tuple[str, ...], doi: str | None, reasons: list[str]) -> tuple[str, ...]:
    """Each further id once in its one form, sorted; those of no known registry are told."""
    kept: set[str] = set()
    unknown: set[str] = set()
    for text in given:
        if found := known(text):
            kept.add(found.form)
        elif text.strip() and (doi is None or _DOI_PREFIX.sub("", text.strip(), count=1).lower() != doi):
            unknown.add(_shown(text))
    if unknown:
        several = "ids" if len(unknown) > 1 else "id"
        reasons.append(f"{several} {', '.join(sorted(unknown)[:3])} of no known registry; dropped")
    return tuple(sorted(kept))


def _shown(given: object) -> str:
    """Untrusted text for a message: quoted, escaped, short."""
    text = ascii(given) if not isinstance(given, int) or abs(given) < 10**18 else "of many digits"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
