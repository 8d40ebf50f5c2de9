"""JATS, the XML of journals: PubMed Central, publishers, OAI-PMH; also its forerunner, the NLM's journal DTD.

Elements: https://jats.nlm.nih.gov/archiving/tag-library/1.3/. Read is the front matter of each article; reviews,
replies and translations within one (``sub-article``, ``response``) are parts of it and no papers of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from kg.read.drafts import Draft, split_year
from kg.read.source import Source
from kg.read.xml_source import Passed, cuts, kinds_of_no_paper, root_name
from kg.read.xml_text import arxiv, first, first_marked, marked, orcid, paragraphs, person, plain, pubmed
from kg.records import Notice

NAME = "JATS XML"
EXTENSIONS: tuple[str, ...] = (".nxml", ".jats", ".xml")

_META = "article-meta"
# What of a draft is taken from where: the first that is there.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": (f"{_META}/title-group/article-title",),
    "subtitle": (f"{_META}/title-group/subtitle",),
    "abstract": (f"{_META}/abstract",),
    "authors": (f"{_META}/contrib-group",),
    "year": (
        f"{_META}/pub-date[@pub-type='ppub']/year",
        f"{_META}/pub-date[@pub-type='collection']/year",
        f"{_META}/pub-date[@date-type='collection']/year",
        f"{_META}/pub-date[@date-type='pub']/year",
        f"{_META}/pub-date[@pub-type='epub']/year",
        f"{_META}/pub-date/year",
        f"{_META}/pub-date/string-date",
    ),
    "venue": (
        "journal-meta/journal-title-group/journal-title",
        "journal-meta/journal-title",
        "journal-meta/journal-title-group/abbrev-journal-title",
        "journal-meta/abbrev-journal-title",
        f"{_META}/conference/conf-name",
        "journal-meta/journal-id",
    ),
    "url": (f"{_META}/self-uri/@href",),
    "doi": (f"{_META}/article-id[@pub-id-type='doi']",),
    "pmid": (f"{_META}/article-id[@pub-id-type='pmid']",),
    "pmc": (
        f"{_META}/article-id[@pub-id-type='pmcid']",
        f"{_META}/article-id[@pub-id-type='pmc']",
    ),
    "arxiv": (f"{_META}/article-id[@pub-id-type='arxiv']",),
    "key": (f"{_META}/article-id[@pub-id-type='publisher-id']",),
}
_ROLES = frozenset(
    {"", "author", "collab", "corresp", "first-author"}
)  # what a contrib-type says of an author
_ABSTRACTS = frozenset(
    {"", "normal", "section", "structured", "abstract", "long"}
)  # what an abstract-type says of one
_PARAGRAPHS = frozenset({"p"})
_META_TAG = re.compile(r"<(?:[\w.-]+:)?(?:article-meta|journal-meta|front)[\s>]")
_ARTICLE_TAG = re.compile(r"<(?:[\w.-]+:)?article[\s>]")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_WITHIN = ("sub-article", "response")


def sniff(head: str) -> bool:
    """Whether the text is XML with the front matter of an article, in whatever wrapper it was delivered.

    Example:
        >>> sniff('<article article-type="research-article"><front><article-meta>'), sniff("<dblp><article>")
        (True, False)
    """
    return bool(root_name(head) and _ARTICLE_TAG.search(head) and _META_TAG.search(head))


def read(source: Source) -> Iterator[Draft | Notice]:
    """The articles of a file; corrections, retractions and the like are passed over.

    Example:
        >>> text = '''<article><front><article-meta><title-group><article-title>A Title</article-title></title-group>
        ... <contrib-group><contrib contrib-type="author"><name><surname>Lovelace</surname><given-names>Ada
        ... </given-names></name></contrib></contrib-group></article-meta></front></article>'''
        >>> draft = next(iter(read(Source("a.xml", "", text))))
        >>> draft.title, draft.authors
        ('A Title', ('Ada Lovelace',))
    """
    passed = Passed()
    kind, line, within = "", 0, False
    for cut in cuts(source, ("front",), ("article", *_WITHIN)):
        if isinstance(cut, Notice):
            yield cut
        elif not cut.whole:
            within = cut.name in _WITHIN
            kind, line = (
                (kind, line) if within else ((cut.element.get("article-type") or "").lower(), cut.line)
            )
        elif not within:
            if kind in kinds_of_no_paper("jats"):
                passed.add(kind, cut.line)
            else:
                yield from _draft(line or cut.line, cut.element)
    yield from passed.notices(source)


def _draft(line: int, front: Element) -> Iterator[Draft | Notice]:
    authors = _authors(front)
    venue, year_of_venue = split_year(first(front, _FIELDS["venue"]))
    pmid, pmc = first(front, _FIELDS["pmid"]), first(front, _FIELDS["pmc"]).upper().removeprefix("PMC")
    central = f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{pmc}" if pmc.isdecimal() else ""
    own = first(front, _FIELDS["url"])
    addresses = (pubmed(pmid), central, arxiv(first(front, _FIELDS["arxiv"])))
    yield Draft(
        line=line,
        title=_title(front),
        authors=tuple(name for name, _ in authors),
        abstract=_abstract(front),
        year=first(front, _FIELDS["year"]) or year_of_venue,
        venue=venue or None,
        url=own if _WEB.match(own) else central or pubmed(pmid) or None,
        doi=first(front, _FIELDS["doi"]) or None,
        key=f"pmid-{pmid}" if pubmed(pmid) else first(front, _FIELDS["key"]) or None,
        author_ids=tuple(known for _, known in authors),
        identifiers=tuple(address for address in addresses if address),
    )


def _title(front: Element) -> str:
    title, subtitle = (first_marked(front, _FIELDS[name]) for name in ("title", "subtitle"))
    return f"{title.rstrip(':')}: {subtitle}" if title and subtitle else title


def _abstract(front: Element) -> str:
    """The first abstract that is one: not a graphical one, a teaser or a list of highlights."""
    for path in _FIELDS["abstract"]:
        for abstract in front.iterfind(path):
            kind = (abstract.get("abstract-type") or "").lower()
            if kind in _ABSTRACTS and (text := paragraphs(abstract, _PARAGRAPHS, "title")):
                return text
    return ""


def _authors(front: Element) -> list[tuple[str, str]]:
    """The names of the authors and what identifies them."""
    groups = [group for path in _FIELDS["authors"] for group in front.iterfind(path)]
    people = [(group, one) for group in groups for one in group.iterfind("contrib")]
    return [(_name(one), _orcid(one)) for group, one in people if _role(group, one) in _ROLES]


def _role(group: Element, contributor: Element) -> str:
    """What a person did; where it is not said of the person, what is said of the group."""
    role = (contributor.get("contrib-type") or "").lower()
    if role:
        return role
    return (group.get("content-type") or "").lower().removesuffix("s")


def _name(contributor: Element) -> str:
    names = [*contributor.iterfind("name"), *contributor.iterfind("name-alternatives/name")]
    # Of several spellings the western one: it is what other sources print.
    names.sort(key=lambda name: name.get("name-style") == "eastern")
    for name in names:
        parts = (first(name, (part,)) for part in ("given-names", "surname", "suffix"))
        if printed := person(*parts):
            return printed
    if written := first(contributor, ("string-name", "name-alternatives/string-name")):
        return written
    collab = contributor.find(".//collab")
    if collab is None:
        return ""
    return _own_text(collab)


def _own_text(collab: Element) -> str:
    """The name of a group without the names of its members, which may stand within."""
    inner = [collab.text or ""]
    for child in collab:
        if child.tag not in {"contrib-group", "address", "aff", "xref", "fn"}:
            inner.append(marked(child))
        inner.append(child.tail or "")
    return " ".join(" ".join(inner).split())


def _orcid(contributor: Element) -> str:
    ids = [*contributor.iterfind("contrib-id[@contrib-id-type='orcid']"), *contributor.iterfind("uri")]
    addresses = (plain(found) for found in ids if found.tag == "contrib-id" or "orcid" in plain(found))
    return next((known for known in map(orcid, addresses) if known), "")
