"""Web of Science plain text: two-letter tags, as exported for other reference software (``.txt``, ``.ciw``).

    FN Clarivate Analytics Web of Science
    VR 1.0
    PT J
    AF Shah, Aashaka
       Krähenbühl, Philipp
    TI Memory Optimization for Deep Networks
    ER

    EF

The tags are those of https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.read.author_names import attributed, given_first
from kg.read.drafts import Draft, split_year
from kg.read.kinds import no_paper, warnings
from kg.read.source import Source
from kg.records import Notice

NAME = "Web of Science"
EXTENSIONS: tuple[str, ...] = (".ciw", ".isi")

# What each tag holds. Of several tags the first that is there counts, but all groups of authors are taken.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI",),
    "people": (
        "AF",
        "AU",
        "BF",
        "BA",
    ),  # full names before abbreviated ones, authors before those of the book
    "groups": ("CA", "GP"),
    "abstract": ("AB",),
    "year": ("PY", "EA"),  # a paper in early access has no year of publication yet
    "venue": ("SO", "CT"),
    "doi": ("DI",),
    "key": ("UT",),
    "pubmed": ("PM",),
    "orcids": ("OI",),
    "researchers": ("RI",),
    "kinds": ("DT",),
}
LISTS = frozenset({"AF", "AU", "BF", "BA", "CA", "GP"})  # one name a line
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/{}"
_RESEARCHER = "https://www.webofscience.com/wos/author/rid/{}"

_SNIFF = re.compile(r"\s*(?:FN [^\n]*\nVR [0-9]|PT [A-Z]\n(?:AU|AF|CA|BA|GP|TI) )")
_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)", re.DOTALL)
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]")
_RESEARCHER_ID = re.compile(r"[A-Z]{1,3}-[0-9]{4}-[0-9]{4}")
_ACCESSION = re.compile(r"WOS:[A-Z0-9]{15}")
_NUMBER = re.compile(r"[0-9]{1,9}")


def sniff(head: str) -> bool:
    """Whether the text begins as an export does, or with a record of one.

    Example:
        >>> sniff("FN Clarivate Analytics Web of Science\\nVR 1.0\\nPT J\\n"), sniff("TY  - JOUR\\n")
        (True, False)
    """
    return _SNIFF.match(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The records of an export; those without an end and lines outside of any are told.

    Example:
        >>> text = "PT J\\nAF Li, Bo\\n   Krähenbühl, Philipp\\nTI Memory\\n   Optimization\\nPY 2021\\nER\\n"
        >>> draft = next(iter(read(Source("savedrecs.txt", "", text))))
        >>> draft.title, draft.authors, draft.year
        ('Memory Optimization', ('Bo Li', 'Philipp Krähenbühl'), '2021')
    """
    for line, fields, fault in _records(source):
        if fields:
            yield from record(source, line, fields)
        if fault:
            yield source.warning(line, fault) if fields else source.rejected(line, fault)


def _records(source: Source) -> Iterator[tuple[int, dict[str, list[str]], str]]:
    """Line, lines by tag, and what is wrong with each record; without fields the line is outside of any."""
    fields: dict[str, list[str]] = {}
    start = outside = 0
    values: list[str] | None = None
    for number, line in source.lines():
        if not line.strip():
            continue
        found = _TAG.match(line)
        if found is None:
            if values is not None:
                values.append(line.strip())
            elif not outside:
                outside = number
                yield number, {}, "text outside of a record; left out"
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag in ("FN", "VR", "EF", "ER", "PT") and fields:
            yield start, fields, "" if tag == "ER" else "the record is not closed by ER; it may be cut short"
            fields = {}
        values = None
        if tag not in ("FN", "VR", "EF", "ER"):
            start = start if fields else number
            outside = 0
            values = fields.setdefault(tag, [])
            values.append(value)
    if fields:
        yield start, fields, "the last record is not closed by ER; it may be cut short"


def record(source: Source, line: int, fields: Mapping[str, Sequence[str]]) -> Iterator[Draft | Notice]:
    """The paper of one record.

    Args:
        source: the file, for notices.
        line: the record's first line.
        fields: the lines of each tag; one item a name for tags of :data:`LISTS`.

    Example:
        >>> fields = {"TI": ["On", "BERT"], "AU": ["Li, B"], "OI": ["Li, Bo/0000-0002-3087-242X"]}
        >>> draft = next(iter(record(Source("a", "", ""), 1, fields)))
        >>> draft.title, draft.author_ids
        ('On BERT', ('https://orcid.org/0000-0002-3087-242X',))
    """
    text = {name: _text(fields, name) for name in FIELDS}
    kinds = text["kinds"].split("; ")
    if kind := no_paper(NAME, kinds):
        yield source.rejected(line, f"a record of kind {ascii(kind)[:80]}, no paper; left out")
        return
    yield from warnings(source, line, NAME, kinds)
    people = _names(fields, next((tag for tag in FIELDS["people"] if _names(fields, (tag,))), ""))
    told, unread = author_ids(text["orcids"], text["researchers"])
    ids, left = attributed(people, told)
    if left or unread:
        yield source.warning(
            line, f"ids of authors that belong to none of those named: {left + unread}; dropped"
        )
    groups = _names(fields, FIELDS["groups"])
    venue, year = split_year(text["venue"])
    identifiers = [text["key"]] if _ACCESSION.fullmatch(text["key"]) else []
    identifiers += [_PUBMED.format(text["pubmed"])] if _NUMBER.fullmatch(text["pubmed"]) else []
    yield Draft(
        line=line,
        title=text["title"],
        authors=(*(given_first(name) for name in people), *groups),
        abstract=text["abstract"],
        year=text["year"] or year,
        venue=venue or None,
        doi=text["doi"] or None,
        key=text["key"] or None,
        author_ids=ids if any(ids) else (),
        identifiers=tuple(identifiers),
    )


def author_ids(orcids: str, researchers: str) -> tuple[list[tuple[str, str]], int]:
    """The people whom two fields identify as ``Family, Given/id; ...``, ORCIDs first, and how many are unreadable.

    Example:
        >>> author_ids("Li, Bo/0000-0002-3087-242X", "Li Bo")
        ([('Li, Bo', 'https://orcid.org/0000-0002-3087-242X')], 1)
    """
    told: list[tuple[str, str]] = []
    unread = 0
    for text, pattern, address in (
        (orcids, _ORCID, "https://orcid.org/{}"),
        (researchers, _RESEARCHER_ID, _RESEARCHER),
    ):
        for entry in filter(str.strip, text.split(";")):
            name, _, found = entry.strip().rpartition("/")
            if name and pattern.fullmatch(found.strip()):
                told.append((name.strip(), address.format(found.strip())))
            else:
                unread += 1
    return told, unread


def _text(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """The text of the first tag that is there, its lines joined."""
    found = (" ".join(filter(None, fields.get(tag, ()))).strip() for tag in FIELDS[name])
    return next(filter(None, found), "")


def _names(fields: Mapping[str, Sequence[str]], tags: Sequence[str] | str) -> list[str]:
    tags = (tags,) if isinstance(tags, str) else tags
    return [
        name
        for tag in tags
        for name in fields.get(tag, ())
        if name.strip() and name.strip().casefold() != "[anonymous]"
    ]
