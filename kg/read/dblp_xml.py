"""DBLP's XML: the dump or a part of it, single records, people's pages, and answers of the search for publications.

Elements: https://dblp.org/faq/16154937 and https://dblp.org/xml/dblp.dtd; the search: https://dblp.org/faq/13501473.
The number that DBLP adds to a name that several people bear ("Yang Liu 0003") stays in it: :mod:`kg.resolve.names`
tells people apart by it. Full stops that DBLP sets behind titles go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from kg.read.drafts import Draft
from kg.read.source import Source
from kg.read.xml_source import Cut, Passed, cuts, kinds_of_no_paper, root_name
from kg.read.xml_text import arxiv, first, first_marked, orcid, plain, without_full_stop
from kg.records import Notice

NAME = "DBLP XML"
EXTENSIONS: tuple[str, ...] = (".xml",)

_PUBLICATIONS = ("article", "book", "incollection", "inproceedings", "mastersthesis", "phdthesis")
_RECORDS = (*_PUBLICATIONS, "data", "person", "proceedings", "www", "info")
# What of a draft is taken from where: the first that is there. An <info> is what the search answers with.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "authors": ("author", "authors/author"),
    "year": ("year",),
    "venue": ("journal", "booktitle", "school", "venue"),
    "addresses": ("ee",),
    "doi": ("doi",),
    "type": ("type",),
    "key": ("key",),
}
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\..+)", re.IGNORECASE)
_OPENREVIEW = re.compile(r"https?://openreview\.net/forum\?id=[\w-]+")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_RECORD = re.compile(
    r"""<(?:article|inproceedings|incollection|book)\s[^<>]*key=["'](?:conf|journals|books|series)/"""
)
_ROOTS = frozenset({"dblp", "dblpperson", "dblpersons"})
_TYPES = {
    "editorship": "proceedings",
    "data and artifacts": "data",
}  # the search's names of these kinds


def sniff(head: str) -> bool:
    """Whether the text is a part of DBLP.

    Example:
        >>> sniff('<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp>')
        True
        >>> sniff("<article><front>")
        False
    """
    root = root_name(head)
    if root == "result":
        return "<hits" in head and "dblp" in head
    return root in _ROOTS or (root in _PUBLICATIONS and _RECORD.search(head) is not None)


def read(source: Source) -> Iterator[Draft | Notice]:
    """The publications of a file; people, volumes of proceedings and data sets are passed over.

    Example:
        >>> text = '''<dblp><article key="journals/corr/abs-2010-04159"><author>Yang Liu 0003</author>
        ... <title>On M&uuml;nster.</title><year>2020</year><journal>CoRR</journal></article></dblp>'''
        >>> draft = next(iter(read(Source("dblp.xml", "", text))))
        >>> draft.title, draft.authors, draft.venue
        ('On Münster', ('Yang Liu 0003',), 'CoRR')
    """
    passed = Passed()
    for cut in cuts(source, _RECORDS):
        if isinstance(cut, Notice):
            yield cut
        elif (kind := _kind(cut)) in kinds_of_no_paper("dblp"):
            passed.add(kind, cut.line)
        else:
            yield from _draft(source, cut)
    yield from passed.notices(source)


def _kind(cut: Cut) -> str:
    """The kind of a record: its element, or what the search says of it."""
    told = first(cut.element, _FIELDS["type"]).lower() if cut.name == "info" else ""
    return _TYPES.get(told, cut.name)


def _draft(source: Source, cut: Cut) -> Iterator[Draft | Notice]:
    record = cut.element
    key = (record.get("key") or first(record, _FIELDS["key"])).strip()
    address = f"https://dblp.org/rec/{key}" if key else ""
    if record.get("publtype") == "withdrawn":
        yield source.warning(cut.line, "withdrawn; read all the same")
    links = [plain(found) for path in _FIELDS["addresses"] for found in record.iterfind(path)]
    links = [link for link in links if _WEB.match(link)]
    authors = [author for path in _FIELDS["authors"] for author in record.iterfind(path)]
    doi = first(record, _FIELDS["doi"]) or next(
        (found[1] for link in links if (found := _DOI.fullmatch(link))), ""
    )
    yield Draft(
        line=cut.line,
        title=without_full_stop(first_marked(record, _FIELDS["title"])),
        authors=tuple(plain(author) for author in authors),
        year=first(record, _FIELDS["year"]) or None,
        venue=first(record, _FIELDS["venue"]) or None,
        url=next(iter(links), address) or None,
        doi=doi or None,
        key=key or None,
        author_ids=tuple(_person(author) for author in authors),
        identifiers=tuple(dict.fromkeys(found for found in (address, *map(_identifier, links)) if found)),
    )


def _identifier(link: str) -> str:
    """The address of a paper at arXiv or OpenReview."""
    found = _OPENREVIEW.match(link)
    return found[0] if found else arxiv(link)


def _person(author: Element) -> str:
    """The ORCID that DBLP knows, else the address of the person's page."""
    pid = (author.get("pid") or "").strip()
    return orcid(author.get("orcid") or "") or (f"https://dblp.org/pid/{pid}" if pid else "")
