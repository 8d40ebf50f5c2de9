"""Markdown lists of papers, one numbered heading a paper.

    ## [36] Title

    **Authors**: *First Author, Second Author*

    **Conference**: *iclr 2021*

    **URL**: [https://...](https://...)

    **Abstract**:

    One or more paragraphs.

    ----

Text outside the records is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.read.drafts import Draft, split_year
from kg.read.source import Source
from kg.records import Notice

NAME = "Markdown"
EXTENSIONS: tuple[str, ...] = (".md", ".markdown", ".txt")

_FIELDS = r"\*\*(Authors|Conference|URL|Abstract)\*\*:"
# A heading without a number counts where a field follows, lest its record be taken for the end of an abstract.
_HEADING = re.compile(
    rf"^## (?:\[([0-9]{{1,12}})\][ \t]*(.*)|(?!\[[0-9]{{1,12}}\])(.*)(?=\n\s*{_FIELDS}))$", re.MULTILINE
)
_END = re.compile(r"^-{4,}[ \t]*$", re.MULTILINE)
_FIELD = re.compile(rf"^{_FIELDS}(.*)", re.MULTILINE)
_SNIFF = re.compile(rf"^(?:## \[[0-9]+\]|{_FIELDS})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    number: str | None
    title: str
    fields: dict[str, str]
    closed: bool


def sniff(head: str) -> bool:
    """Whether a numbered heading or a field label of such a list stands in the text.

    Example:
        >>> sniff("# Papers\\n\\n## [0] What Matters"), sniff("# kg\\n\\n## Install")
        (True, False)
    """
    return _SNIFF.search(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The records of a list; fields that are missing, numbers used twice and an open end are told.

    Example:
        >>> text = "## [7] A Title\\n\\n**Authors**: *Ada Lovelace, Bo Li*\\n\\n**Conference**: *iclr 2021*\\n"
        >>> draft = next(iter(read(Source("list.md", "", text))))
        >>> draft.number, draft.title, draft.authors, draft.venue, draft.year
        ('7', 'A Title', ('Ada Lovelace', 'Bo Li'), 'iclr', '2021')
    """
    records = list(_records(source.text))
    numbers = Counter(record.number for record in records if record.number is not None)
    for record in records:
        yield _draft(record)
        for reason in _faults(record, numbers):
            yield source.warning(record.line, reason)
    if records and not records[-1].closed:
        yield source.warning(records[-1].line, "the last record is not closed by ----; it may be cut short")


def _records(text: str) -> Iterator[_Record]:
    headings = list(_HEADING.finditer(text))
    ends = [*(heading.start() for heading in headings), len(text)][1:]
    line, counted = 1, 0
    for heading, limit in zip(headings, ends, strict=True):
        line += text.count("\n", counted, heading.start())
        counted = heading.start()
        closing = _END.search(text, heading.end(), limit)
        number = (heading[1].lstrip("0") or "0") if heading[1] else None
        body = text[heading.end() : closing.start() if closing else limit]
        yield _Record(line, number, heading[2] or heading[3] or "", _fields(body), closing is not None)


def _fields(body: str) -> dict[str, str]:
    """The fields by label; the abstract takes all that follows it, the others the rest of their line."""
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(body):
        if found[1] == "Abstract":
            fields["Abstract"] = body[found.start(2) :].strip()
            break
        fields.setdefault(found[1], found[2].strip())
    return fields


def _draft(record: _Record) -> Draft:
    venue, year = split_year(_plain(record.fields.get("Conference", "")))
    authors = _plain(record.fields.get("Authors", ""))
    return Draft(
        line=record.line,
        title=record.title,
        authors=tuple(name.strip() for name in authors.split(",")) if authors else (),
        abstract=record.fields.get("Abstract", ""),
        year=year,
        venue=venue or None,
        url=_target(record.fields.get("URL", "")) or None,
        number=record.number,
    )


def _faults(record: _Record, numbers: Counter[str]) -> Iterator[str]:
    for label in ("Conference", "URL", "Abstract"):
        if not _plain(record.fields.get(label, "")):
            yield f"no **{label}**"
    if record.number is None:
        yield "heading without a [number]; the id is made from title and first author"
    elif numbers[record.number] > 1:
        yield f"the number [{record.number}] stands more than once in this file"


def _plain(marked: str) -> str:
    """A field's text without the asterisks around it."""
    if len(marked) > 1 and marked.startswith("*") and marked.endswith("*"):
        return marked[1:-1].strip()
    return marked.strip()


def _target(link: str) -> str:
    """The address of ``[text](address)``, or of one that stands alone."""
    _, opening, address = link.partition("](")
    if opening and link.startswith("[") and link.endswith(")"):
        return address[:-1].strip()
    return link.strip("<>")
