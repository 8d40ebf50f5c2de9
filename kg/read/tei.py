"""TEI as GROBID writes it from PDF files.

Elements: https://grobid.readthedocs.io/en/latest/TEI-encoding-of-results/ and
https://tei-c.org/release/doc/tei-p5-doc/en/html/HD.html. Read is the header; the text and its bibliography are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from kg.read.drafts import Draft, split_year
from kg.read.source import Source
from kg.read.xml_source import cuts, root_name
from kg.read.xml_text import arxiv, first, first_marked, orcid, paragraphs, person, plain, pubmed
from kg.records import Notice

NAME = "GROBID TEI"
EXTENSIONS: tuple[str, ...] = (".tei", ".xml")

_FILE = "fileDesc"
_WORK = f"{_FILE}/sourceDesc/biblStruct"
# What of a draft is taken from where: the first that is there.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        f"{_WORK}/analytic/title[@type='main']",
        f"{_FILE}/titleStmt/title[@type='main']",
        f"{_FILE}/titleStmt/title",
    ),
    "abstract": ("profileDesc/abstract",),
    "authors": (f"{_WORK}/analytic/author", f"{_WORK}/monogr/author"),
    "year": (
        f"{_WORK}/monogr/imprint/date[@type='published']/@when",
        f"{_FILE}/publicationStmt/date[@type='published']/@when",
        f"{_FILE}/publicationStmt/date/@when",
        f"{_WORK}/monogr/imprint/date",
        f"{_FILE}/publicationStmt/date",
    ),
    "venue": (
        f"{_WORK}/monogr/title[@level='j'][@type='main']",
        f"{_WORK}/monogr/title[@level='m'][@type='main']",
        f"{_WORK}/monogr/title",
        f"{_WORK}/monogr/meeting",
    ),
    "url": (f"{_WORK}/ptr/@target",),
    "doi": (f"{_WORK}/idno[@type='DOI']", f"{_WORK}/analytic/idno[@type='DOI']"),
    "arxiv": (f"{_WORK}/idno[@type='arXiv']", f"{_WORK}/analytic/idno[@type='arXiv']"),
    "pmid": (f"{_WORK}/idno[@type='PMID']",),
    "key": (f"{_WORK}/idno[@type='MD5']",),
}
_PARAGRAPHS = frozenset({"p", "s"})
_MADE = re.compile(r"""\sident\s*=\s*["']GROBID["']|<(?:[\w.-]+:)?biblStruct[\s>]""", re.IGNORECASE)
_ABSTRACT = re.compile(r"(?:abstract\s*[:.—–-]\s*)+", re.IGNORECASE)
_ROOTS = frozenset({"TEI", "teiCorpus"})


def sniff(head: str) -> bool:
    """Whether the text is a TEI document with the header that GROBID writes.

    Example:
        >>> sniff('<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><application ident="GROBID">')
        True
        >>> sniff("<TEI><teiHeader><fileDesc>")
        False
    """
    return root_name(head) in _ROOTS and _MADE.search(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The papers of a document, or of a corpus of documents.

    Example:
        >>> text = '''<TEI><teiHeader><fileDesc><titleStmt><title type="main">A Title</title></titleStmt><sourceDesc>
        ... <biblStruct><analytic><author><persName><forename type="first">Ada</forename><surname>Lovelace</surname>
        ... </persName></author></analytic></biblStruct></sourceDesc></fileDesc></teiHeader></TEI>'''
        >>> draft = next(iter(read(Source("a.tei.xml", "", text))))
        >>> draft.title, draft.authors
        ('A Title', ('Ada Lovelace',))
    """
    line, corpus = 0, False
    for cut in cuts(source, ("teiHeader",), ("TEI", "teiCorpus")):
        if isinstance(cut, Notice):
            yield cut
        elif not cut.whole:
            line, corpus = cut.line, cut.name == "teiCorpus"
        elif corpus:
            corpus = False  # the corpus has a header of its own, before its documents
        elif cut.element.find(_WORK) is None:
            yield source.rejected(line or cut.line, "no <biblStruct> in the header; not written by GROBID")
        else:
            yield _draft(line or cut.line, cut.element)


def _draft(line: int, header: Element) -> Draft:
    authors = _authors(header)
    venue, year_of_venue = split_year(first(header, _FIELDS["venue"]))
    addresses = (arxiv(first(header, _FIELDS["arxiv"])), pubmed(first(header, _FIELDS["pmid"])))
    return Draft(
        line=line,
        title=first_marked(header, _FIELDS["title"]),
        authors=tuple(_name(author) for author in authors),
        abstract=_abstract(header),
        year=first(header, _FIELDS["year"]) or year_of_venue,
        venue=venue or None,
        url=first(header, _FIELDS["url"]) or next((address for address in addresses if address), None),
        doi=first(header, _FIELDS["doi"]) or None,
        key=first(header, _FIELDS["key"]) or None,
        author_ids=tuple(orcid(plain(author.find("idno[@type='ORCID']"))) for author in authors),
        identifiers=tuple(address for address in addresses if address),
    )


def _authors(header: Element) -> list[Element]:
    """The authors; an element with an affiliation alone is one whose name GROBID has not found."""
    for path in _FIELDS["authors"]:
        if found := list(header.iterfind(path)):
            return found
    return []


def _name(author: Element) -> str:
    name = author.find("persName")
    if name is None:
        return first(author, ("name", "orgName"))
    given = " ".join(text for part in name.iterfind("forename") if (text := plain(part)))
    family = " ".join(text for part in name if part.tag in {"nameLink", "surname"} and (text := plain(part)))
    return person(given, family, first(name, ("genName",)))


def _abstract(header: Element) -> str:
    """The abstract, without the word that GROBID at times leaves before it."""
    found = next(header.iterfind(_FIELDS["abstract"][0]), None)
    text = "" if found is None else paragraphs(found, _PARAGRAPHS, "head")
    label = _ABSTRACT.match(text)
    return text[label.end() :] if label else text
