"""The ACL Anthology's XML, one collection a file.

Elements: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc and
https://acl-anthology.readthedocs.io/latest/. What stands once for a volume (its title, its year) counts for its papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from kg.read.drafts import Draft, split_year
from kg.read.source import Source
from kg.read.xml_source import Cut, Passed, cuts, kinds_of_no_paper, root_name
from kg.read.xml_text import first, first_marked, orcid, person, plain
from kg.records import Notice

NAME = "ACL Anthology XML"
EXTENSIONS: tuple[str, ...] = (".xml",)

# What of a draft is taken from where: the first that is there.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "authors": ("author",),
    "abstract": ("abstract",),
    "year": ("year",),
    "venue": ("journal-title", "booktitle"),
    "url": ("url",),
    "doi": ("doi",),
    "key": ("bibkey",),
}
_OF_VOLUME = ("year", "venue")  # those that the volume's <meta> tells for its papers
_SITE = "https://aclanthology.org/"
_ID = re.compile(r"[A-Z][0-9]{2}-[0-9]{4,5}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+", re.IGNORECASE)
_OLD = re.compile(r"[A-Z][0-9]{2}")
_COLLECTION = re.compile(r"<collection\s[^<>]*id\s*=")
_EMPTY = etree.Element("meta")


def sniff(head: str) -> bool:
    """Whether the text is a collection of the Anthology.

    Example:
        >>> sniff('<?xml version="1.0"?><collection id="2020.acl"><volume id="main">'), sniff("<collection><item>")
        (True, False)
    """
    return root_name(head) == "collection" and _COLLECTION.search(head) is not None and "<volume" in head


def read(source: Source) -> Iterator[Draft | Notice]:
    """The papers of a collection; the front and back matter of its volumes is passed over.

    Example:
        >>> text = '''<collection id="P19"><volume id="1"><meta><booktitle>ACL</booktitle><year>2019</year></meta>
        ... <paper id="1"><title><fixed-case>BERT</fixed-case> Again</title>
        ... <author><first>Ada</first><last>Lovelace</last></author></paper></volume></collection>'''
        >>> draft = next(iter(read(Source("P19.xml", "", text))))
        >>> draft.title, draft.authors, draft.venue, draft.year, draft.url
        ('BERT Again', ('Ada Lovelace',), 'ACL', '2019', 'https://aclanthology.org/P19-1001')
    """
    passed = Passed()
    collection, volume, meta = "", "", _EMPTY
    for cut in cuts(source, ("meta", "frontmatter", "paper"), ("collection", "volume")):
        if isinstance(cut, Notice):
            yield cut
        elif cut.name == "collection":
            collection, volume, meta = (cut.element.get("id") or ""), "", _EMPTY
        elif cut.name == "volume":
            volume, meta = (cut.element.get("id") or ""), _EMPTY
        elif cut.name == "meta":
            meta = cut.element
        elif (kind := (cut.element.get("type") or cut.name).lower()) in kinds_of_no_paper("acl"):
            passed.add(kind, cut.line)
        else:
            yield from _draft(source, cut, collection, volume, meta)
    yield from passed.notices(source)


def _draft(source: Source, cut: Cut, collection: str, volume: str, meta: Element) -> Iterator[Draft | Notice]:
    paper = cut.element
    for state in ("retracted", "removed"):
        if paper.find(state) is not None:
            yield source.warning(cut.line, f"{state}; read all the same")
    told = {name: first(paper, _FIELDS[name]) or first(meta, _FIELDS[name]) for name in _OF_VOLUME}
    venue, year_of_venue = split_year(told["venue"])
    number = _number(first(paper, _FIELDS["url"]), collection, volume, paper.get("id") or "")
    link = first(paper, _FIELDS["url"])
    authors = list(paper.iterfind(_FIELDS["authors"][0]))
    yield Draft(
        line=cut.line,
        title=first_marked(paper, _FIELDS["title"]),
        authors=tuple(_name(author) for author in authors),
        abstract=first_marked(paper, _FIELDS["abstract"]),
        year=told["year"] or year_of_venue,
        venue=venue or None,
        url=f"{_SITE}{number}" if number else link or None,
        doi=first(paper, _FIELDS["doi"]) or None,
        key=number or first(paper, _FIELDS["key"]) or None,
        author_ids=tuple(_person(author) for author in authors),
        identifiers=(f"{_SITE}{number}",) if number else (),
    )


def _number(link: str, collection: str, volume: str, paper: str) -> str:
    """A paper's id in the Anthology (https://aclanthology.org/info/ids/).

    Example:
        >>> _number("", "P19", "1", "17"), _number("", "W18", "32", "5"), _number("", "2020.acl", "main", "1")
        ('P19-1017', 'W18-3205', '2020.acl-main.1')
    """
    name = link.removeprefix(_SITE).strip("/").removesuffix(".pdf")
    if _ID.fullmatch(name):
        return name
    if not _OLD.fullmatch(collection):
        made = f"{collection}-{volume}.{paper}"
    elif _has_long_volumes(collection, volume):
        made = f"{collection}-{volume.zfill(2)}{paper.zfill(2)}"
    else:
        made = f"{collection}-{volume}{paper.zfill(3)}"
    return made if _ID.fullmatch(made) else ""


def _has_long_volumes(collection: str, volume: str) -> bool:
    """Whether two digits of an old id are the volume's, as for workshops; else one is."""
    return (
        collection[0] == "W"
        or collection == "C69"
        or (collection == "D19" and volume.isdecimal() and int(volume[:9]) >= 5)
    )


def _name(author: Element) -> str:
    return person(first(author, ("first",)), first(author, ("last",))) or (
        "" if len(author) else plain(author)
    )


def _person(author: Element) -> str:
    """The ORCID, else the address of the page of a person whom the editors told apart from others."""
    known, named = orcid(author.get("orcid") or ""), (author.get("id") or "").strip()
    return known or (f"{_SITE}people/{named}" if named else "")
