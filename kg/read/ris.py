"""RIS, as Zotero, EndNote, Scopus, IEEE Xplore and publishers export it; tags parsed by rispy.

    TY  - CONF
    TI  - Rethinking Attention with Performers
    AU  - Choromanski, Krzysztof Marcin
    ER  -

Specification: https://refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html; tags as exports use them:
https://en.wikipedia.org/wiki/RIS_(file_format). Records are told apart, and long fields put on one line, before
rispy sees them, since it neither counts lines nor tells a record that lacks its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rispy.parser import RisParser  # type: ignore[import-untyped]

from kg.read.author_names import split_names
from kg.read.drafts import Draft, split_year
from kg.read.inverted_names import printed
from kg.read.kinds import no_paper
from kg.read.named_identifiers import addresses
from kg.read.source import Source
from kg.records import Notice

NAME = "RIS"
EXTENSIONS: tuple[str, ...] = (".ris",)

# Which tags hold each field, the surest first.
FIELDS: dict[str, tuple[str, ...]] = {
    "type": ("TY",),
    "title": ("TI", "T1", "CT"),
    "authors": ("AU", "A1"),
    "abstract": ("AB", "N2"),
    "year": ("PY", "Y1", "DA"),
    "venue": ("JF", "T2", "JO", "BT", "C3", "JA", "J2"),
    "url": ("UR", "LK", "L2"),
    "doi": ("DO", "DI"),
    "doi_elsewhere": ("M3", "L3", "N1", "UR"),
    "key": ("ID",),
    "identifiers": ("AN", "M1", "M3", "C1", "C2", "C7", "UR", "L1", "L2"),
}
_OWN_TITLE = frozenset({"BOOK", "UNPB", "UNPD", "EBOOK"})  # where BT is the title of the work itself

_SNIFF = re.compile(r"\s*(?:(?:[0-9]+\.?|<[0-9]+>|[A-Z][A-Za-z ]*:.*)\n\s*)*TY {1,2}- ?[A-Z]")
_START = re.compile(r"\s*TY(?:(  )- *(\S.*)?|( )- *([A-Z]+)\s*)")
_TAG = re.compile(r"\s*([A-Z][A-Z0-9])( {1,2})-(?: (.*)|\s*|(?=\S)(.*))")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_BREAK = "\x1f"  # stands for a line break within a field while rispy reads the lines
_BETWEEN_NAMES = re.compile(";")
_YEAR = re.compile(r"[0-9]{4}")
_TAGS = sorted({tag for tags in FIELDS.values() for tag in tags} | {"ER"})
_PARSER = RisParser(
    mapping={tag: tag for tag in _TAGS}, list_tags=_TAGS, delimiter_tags_mapping={}, skip_unknown_tags=True
)


@dataclass(slots=True)
class _Record:
    """The lines of a record, each field on one, from its TY on."""

    line: int
    spaces: str
    fields: list[list[str]] = field(default_factory=list)
    closed: bool = False


def sniff(head: str) -> bool:
    """Whether the text begins with a type of reference, a database's preamble aside.

    Example:
        >>> sniff("TY  - CONF\\nTI  - A Title\\nER  - "), sniff("Provider: ACM\\n\\nTY  - JOUR"), sniff("TY -")
        (True, True, False)
    """
    return _SNIFF.match(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The references of a file; one without its end is read, lines outside of references are told.

    Example:
        >>> text = "TY  - CONF\\nTI  - A Title\\nAU  - Lovelace, Ada\\nPY  - 2021/05/03\\nT2  - ICLR\\nER  - "
        >>> draft = next(iter(read(Source("a.ris", "", text))))
        >>> draft.title, draft.authors, draft.year, draft.venue
        ('A Title', ('Ada Lovelace',), '2021/05/03', 'ICLR')
    """
    for record in _records(source):
        if isinstance(record, Notice):
            yield record
            continue
        if not record.closed:
            yield source.warning(record.line, "no ER at the end of the reference; it may be cut short")
        yield from _draft(source, record)


def _records(source: Source) -> Iterator[_Record | Notice]:
    record: _Record | None = None
    told = False
    for number, line in source.lines():
        if start := _START.fullmatch(line):
            if record is not None:
                yield record
            type_ = (start[2] or start[4] or "").strip()
            record, told = _Record(number, start[1] or start[3], [["TY", type_]]), False
        elif record is not None:
            _add(record, line)
            if record.closed:
                yield record
                record = None
        elif _TAG.fullmatch(line) and not told:
            told = True
            yield source.rejected(
                number, "a tag outside of references; the lines up to the next TY are left out"
            )
    if record is not None:
        yield record


def _add(record: _Record, line: str) -> None:
    """A field's first line, or a further one of the field before; a blank one parts paragraphs."""
    found = _TAG.fullmatch(line)
    if found is None or found[2] != record.spaces:
        record.fields[-1].append(line.strip())
    elif found[1] == "ER":
        record.closed = True
    else:
        record.fields.append([found[1], (found[3] or found[4] or "").strip()])


def _parsed(record: _Record) -> dict[str, list[str]]:
    """The values of each tag, in order, as rispy reads them."""
    lines = [f"{tag}  - {_BREAK.join(values)}" for tag, *values in record.fields]
    (parsed,) = _PARSER.parse_lines(iter([*lines, "ER  - "]))
    return {tag: [value.replace(_BREAK, "\n").strip() for value in values] for tag, values in parsed.items()}


def _draft(source: Source, record: _Record) -> Iterator[Draft | Notice]:
    tags = _parsed(record)
    type_ = record.fields[0][1].upper()
    if no_paper(NAME, [type_]):
        yield source.rejected(record.line, f"no paper: a reference of type {type_}")
        return
    told = [split_names(value, (_BETWEEN_NAMES,)) for value in next(_filled(tags, "authors"), [])]
    if not all(part.complete for part in told):
        yield source.warning(record.line, "the list of authors ends in 'et al.': it is not complete")
    venue, year_of_venue = split_year(_first(tags, "venue"))
    title = _first(tags, "title")
    if not title and type_ in _OWN_TITLE:
        title, venue = next(iter(tags.get("BT", ())), ""), ""
    yield Draft(
        line=record.line,
        title=title,
        authors=tuple(printed(name) for part in told for name in part.names),
        abstract="\n".join(next(_filled(tags, "abstract"), [])),
        year=_year(tags) or year_of_venue,
        venue=venue or None,
        url=_url(tags),
        doi=_doi(tags),
        key=_first(tags, "key") or None,
        identifiers=_identifiers(tags),
    )


def _filled(tags: dict[str, list[str]], field_: str) -> Iterator[list[str]]:
    """What the tags of a field hold, tag by tag, empty ones aside."""
    for tag in FIELDS[field_]:
        values = [value for value in tags.get(tag, ()) if value]
        if values:
            yield values


def _first(tags: dict[str, list[str]], field_: str) -> str:
    return next((values[0] for values in _filled(tags, field_)), "")


def _year(tags: dict[str, list[str]]) -> str | None:
    """The first date with a year in it; else the first date, for what is told of it."""
    dates = [value for values in _filled(tags, "year") for value in values]
    return next(filter(_YEAR.search, dates), next(iter(dates), None))


def _url(tags: dict[str, list[str]]) -> str | None:
    """The first web address; some exports give a local file before it."""
    links = [value for values in _filled(tags, "url") for value in values]
    return next((link for link in links if link.lower().startswith(("http://", "https://"))), None)


def _doi(tags: dict[str, list[str]]) -> str | None:
    if given := _first(tags, "doi"):
        return given
    elsewhere = (value for values in _filled(tags, "doi_elsewhere") for value in values)
    return next((found[1] for value in elsewhere if (found := _DOI.fullmatch(value))), None)


def _identifiers(tags: dict[str, list[str]]) -> tuple[str, ...]:
    """The ids that registries gave the paper, wherever exports put them."""
    values = (value for tag in FIELDS["identifiers"] for value in tags.get(tag, ()))
    return addresses(values)
