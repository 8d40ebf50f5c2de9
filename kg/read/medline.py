"""MEDLINE text, as PubMed saves it ("PubMed" and "Send to: Citation manager", ``.nbib``).

    PMID- 33526905
    TI  - Memory optimization for deep networks.
    FAU - Shah, Aashaka
    AU  - Shah A
    AUID- ORCID: 0000-0002-1825-0097

The tags are those of https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.read.author_names import given_first, initials_first
from kg.read.drafts import Draft, split_year
from kg.read.kinds import no_paper, warnings
from kg.read.source import Source
from kg.records import Notice

NAME = "MEDLINE"
EXTENSIONS: tuple[str, ...] = (".nbib", ".medline")

# What each tag holds; of several the first that is there counts.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI", "TT", "BTI"),  # a translated title, the original one, that of a whole book
    "abstract": ("AB", "OAB"),
    "year": ("DP", "DEP"),
    "venue": ("JT", "TA", "BTI", "CTI"),
    "key": ("PMID",),
}
# Tags about people. Those of each group stand together in the record: FAU, AU, AUID, AD.
_FULL, _SHORT, _GROUP, _ID = "FAU", "AU", "CN", "AUID"
_OTHERS = frozenset({"FIR", "IR", "FED", "ED", "FPS", "PS"})  # investigators, editors, people written about
_DOIS = ("LID", "AID")  # "10.1000/xyz [doi]"
_KINDS = "PT"
_ONCE = frozenset(
    {"PMID", "PMC", "OWN", "STAT", "TI"}
)  # stand once in a record, some of them at its beginning
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/{}"

_SNIFF = re.compile(
    r"\s*(?:PMID- *[0-9]|(?:PMC|OWN|STAT) {0,1}- [^\n]*\n(?:[A-Z]{2,4} {0,2}- [^\n]*\n){0,8}PMID- )"
)
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)", re.DOTALL)
_ORCID = re.compile(
    r"ORCID: *(?:https?://orcid\.org/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])/?"
)
_DOI = "[doi]"
_TRANSLATED = re.compile(r"\[(.*)\]", re.DOTALL)
_NO_TITLE = frozenset({"not available", "in process citation", "title not available"})


@dataclass(slots=True)
class _Record:
    """The fields of one record, in the order of the file."""

    line: int
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)

    def add(self, tag: str, value: str) -> None:
        self.fields.append((tag, [value.strip()]))
        self.tags.add(tag)


def sniff(head: str) -> bool:
    """Whether the text begins with a record.

    Example:
        >>> sniff("\\nPMID- 33526905\\nOWN - NLM\\n"), sniff("TY  - JOUR\\nPMID- no\\n")
        (True, False)
    """
    return _SNIFF.match(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The records of a file.

    Example:
        >>> text = "PMID- 33526905\\nTI  - Memory\\n      optimization.\\nFAU - Shah, Aashaka\\nAU  - Shah A\\n"
        >>> draft = next(iter(read(Source("a.nbib", "", text))))
        >>> draft.title, draft.authors, draft.identifiers
        ('Memory optimization', ('Aashaka Shah',), ('https://pubmed.ncbi.nlm.nih.gov/33526905',))
    """
    for found in _records(source):
        if isinstance(found, Notice):
            yield found
        else:
            yield from _draft(source, found)


def _records(source: Source) -> Iterator[_Record | Notice]:
    current: _Record | None = None
    blank = outside = False
    for number, line in source.lines():
        if not line.strip():
            blank = True
            continue
        found = _TAG.match(line)
        if found:
            tag = found[1]
            if current and tag in current.tags and (tag == "PMID" or (blank and tag in _ONCE)):
                yield current
                current = None
            current = current or _Record(number)
            current.add(tag, found[2] or "")
            outside = False
        elif current:
            current.fields[-1][1].append(line.strip())
        elif not outside:
            outside = True
            yield source.rejected(number, "text outside of a record; left out")
        blank = False
    if current:
        yield current


def _draft(source: Source, record: _Record) -> Iterator[Draft | Notice]:
    values: dict[str, list[str]] = {}
    for tag, lines in record.fields:
        values.setdefault(tag, []).append(" ".join(filter(None, lines)))
    text = {name: _first(values, tags) for name, tags in FIELDS.items()}
    kinds = values.get(_KINDS, [])
    if kind := no_paper(NAME, kinds):
        yield source.rejected(record.line, f"a record of kind {ascii(kind)[:80]}, no paper; left out")
        return
    yield from warnings(source, record.line, NAME, kinds)
    names, ids = _authors(record)
    number = text["key"] if text["key"].isascii() and text["key"].isdigit() else ""
    venue, year = split_year(text["venue"])
    yield Draft(
        line=record.line,
        title=_title(values),
        authors=names,
        abstract=text["abstract"],
        year=text["year"][:4] or year,
        venue=venue or None,
        url=f"{_PUBMED.format(number)}/" if number else None,
        doi=_doi(values),
        key=f"pmid-{number}" if number else text["key"] or None,
        author_ids=ids if any(ids) else (),
        identifiers=(_PUBMED.format(number),) if number else (),
    )


def _first(values: Mapping[str, list[str]], tags: tuple[str, ...]) -> str:
    return next((value for tag in tags for value in values.get(tag, ()) if value), "")


def _doi(values: Mapping[str, list[str]]) -> str | None:
    ids = (value for tag in _DOIS for value in values.get(tag, ()))
    return next((value[: -len(_DOI)].strip() for value in ids if value.lower().endswith(_DOI)), None)


def _title(values: Mapping[str, list[str]]) -> str:
    """The title without what NLM adds: a full stop at its end, brackets around one that was translated."""
    for tag in FIELDS["title"]:
        title = _first(values, (tag,))
        if title.endswith(".") and not title.endswith(".."):
            title = title[:-1].rstrip()
        translated = _TRANSLATED.fullmatch(title)
        title = translated[1].strip() if translated and "[" not in translated[1] else title
        if title.endswith(".") and translated and not title.endswith(".."):
            title = title[:-1]
        if title and title.casefold() not in _NO_TITLE:
            return title
    return ""


def _authors(record: _Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The authors and groups in their order, and the ORCID of each or an empty text."""
    names: list[str] = []
    ids: list[str] = []
    last = ""
    for tag, lines in record.fields:
        value = " ".join(filter(None, lines))
        if tag in (_FULL, _GROUP) or (tag == _SHORT and last != _FULL):
            names.append(
                value if tag == _GROUP else given_first(value) if tag == _FULL else initials_first(value)
            )
            ids.append("")
        elif tag == _ID and names and last not in _OTHERS:
            found = _ORCID.fullmatch(value)
            ids[-1] = ids[-1] or (f"https://orcid.org/{'-'.join(found.groups())}" if found else "")
        if tag in (_FULL, _SHORT, _GROUP) or tag in _OTHERS:
            last = tag
    return tuple(names), tuple(ids)
