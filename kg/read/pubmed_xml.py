"""PubMed XML, as PubMed, E-utilities and the yearly baseline give it.

Elements: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html and
https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/. Articles and book chapters are read; a title that was translated
stands in brackets there, which go, as does the full stop that PubMed sets behind every title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from kg.read.drafts import Draft
from kg.read.source import Source
from kg.read.xml_source import Cut, Passed, cuts, kinds_of_no_paper, root_name
from kg.read.xml_text import first, first_marked, marked, orcid, person, plain, pubmed, without_full_stop
from kg.records import Notice

NAME = "PubMed XML"
EXTENSIONS: tuple[str, ...] = (".xml",)

_ARTICLE = "MedlineCitation/Article"
_ISSUE = f"{_ARTICLE}/Journal/JournalIssue/PubDate"
_BOOK = "BookDocument"
# What of a draft is taken from where: the first that is there, of an article and of a book.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": (f"{_ARTICLE}/ArticleTitle", f"{_BOOK}/ArticleTitle", f"{_BOOK}/Book/BookTitle"),
    "vernacular": (f"{_ARTICLE}/VernacularTitle", f"{_BOOK}/VernacularTitle"),
    "abstract": (f"{_ARTICLE}/Abstract/AbstractText", f"{_BOOK}/Abstract/AbstractText"),
    "authors": (f"{_ARTICLE}/AuthorList", f"{_BOOK}/AuthorList", f"{_BOOK}/Book/AuthorList"),
    "year": (
        f"{_ISSUE}/Year",
        f"{_ISSUE}/MedlineDate",
        f"{_ARTICLE}/ArticleDate/Year",
        f"{_BOOK}/Book/PubDate/Year",
        f"{_BOOK}/ContributionDate/Year",
    ),
    "venue": (
        f"{_ARTICLE}/Journal/Title",
        f"{_ARTICLE}/Journal/ISOAbbreviation",
        "MedlineCitation/MedlineJournalInfo/MedlineTA",
        f"{_BOOK}/Book/BookTitle",
    ),
    "doi": (
        "PubmedData/ArticleIdList/ArticleId[@IdType='doi']",
        f"{_ARTICLE}/ELocationID[@EIdType='doi'][@ValidYN='Y']",
        f"{_BOOK}/ArticleIdList/ArticleId[@IdType='doi']",
        f"{_BOOK}/ELocationID[@EIdType='doi']",
    ),
    "pmid": ("MedlineCitation/PMID", f"{_BOOK}/PMID"),
}
_KINDS = (f"{_ARTICLE}/PublicationTypeList/PublicationType", f"{_BOOK}/PublicationType")
_UNTITLED = re.compile(r"\[?not available\]?\.?", re.IGNORECASE)
_TRANSLATED = re.compile(r"\[(.*)\]\.?", re.DOTALL)
_ROOT = frozenset({"PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle"})
_DELETED = "DeleteCitation"


def sniff(head: str) -> bool:
    """Whether the text is a set of PubMed's articles, or one.

    Example:
        >>> sniff("<?xml version='1.0' ?><PubmedArticleSet>"), sniff("<article>")
        (True, False)
    """
    return root_name(head) in _ROOT


def read(source: Source) -> Iterator[Draft | Notice]:
    """The articles and books of a file; errata and notices of retraction are passed over.

    Example:
        >>> text = '''<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>[A Title].</ArticleTitle>
        ... <AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada</ForeName></Author></AuthorList>
        ... </Article></MedlineCitation></PubmedArticle>'''
        >>> draft = next(iter(read(Source("a.xml", "", text))))
        >>> draft.title, draft.authors, draft.identifiers
        ('A Title', ('Ada Lovelace',), ('https://pubmed.ncbi.nlm.nih.gov/1',))
    """
    passed = Passed()
    for cut in cuts(source, ("PubmedArticle", "PubmedBookArticle", _DELETED)):
        if isinstance(cut, Notice):
            yield cut
        elif cut.name == _DELETED:
            number = len(cut.element.findall("PMID"))
            yield source.warning(
                cut.line, f"{number:,} citations that PubMed deleted; nothing is done about them"
            )
        else:
            yield from _draft(source, cut, passed)
    yield from passed.notices(source)


def _draft(source: Source, cut: Cut, passed: Passed) -> Iterator[Draft | Notice]:
    record = cut.element
    kinds = [plain(kind).lower() for path in _KINDS for kind in record.iterfind(path)]
    if no_paper := next((kind for kind in kinds if kind in kinds_of_no_paper("pubmed")), None):
        passed.add(no_paper, cut.line)
        return
    if "retracted publication" in kinds:
        yield source.warning(cut.line, "retracted; read all the same")
    pmid = first(record, _FIELDS["pmid"])
    authors = [author for author in _authors(record) if author.get("ValidYN") != "N"]
    if any(listed.get("CompleteYN") == "N" for listed in _lists(record)):
        yield source.warning(cut.line, "PubMed's list of authors is not complete")
    address = pubmed(pmid)
    yield Draft(
        line=cut.line,
        title=_title(record),
        authors=tuple(_name(author) for author in authors),
        abstract=_abstract(record),
        year=first(record, _FIELDS["year"]) or None,
        venue=first(record, _FIELDS["venue"]) or None,
        url=address or None,
        doi=first(record, _FIELDS["doi"]) or None,
        key=f"pmid-{pmid}" if pmid else None,
        author_ids=tuple(orcid(plain(author.find("Identifier[@Source='ORCID']"))) for author in authors),
        identifiers=(address,) if address else (),
    )


def _title(record: Element) -> str:
    title = first_marked(record, _FIELDS["title"])
    if not title or _UNTITLED.fullmatch(title):
        title = first_marked(record, _FIELDS["vernacular"])
    translated = _TRANSLATED.fullmatch(title)
    return without_full_stop(translated[1] if translated else title)


def _abstract(record: Element) -> str:
    """The parts of an abstract, each begun by its label as PubMed shows it."""
    parts = []
    for path in _FIELDS["abstract"]:
        for part in record.iterfind(path):
            label = " ".join((part.get("Label") or "").split())
            text = marked(part)
            parts += [f"{label}: {text}" if label and label.upper() != "UNLABELLED" else text] if text else []
    return "\n\n".join(parts)


def _lists(record: Element) -> list[Element]:
    """The lists of authors: those of a chapter, else those of its book; lists of editors are none."""
    for path in _FIELDS["authors"]:
        found = [listed for listed in record.iterfind(path) if listed.get("Type") != "editors"]
        if found:
            return found
    return []


def _authors(record: Element) -> list[Element]:
    return [author for listed in _lists(record) for author in listed.iterfind("Author")]


def _name(author: Element) -> str:
    given = first(author, ("ForeName", "FirstName", "Initials"))
    name = person(given, first(author, ("LastName",)), first(author, ("Suffix",)))
    return name or first(author, ("CollectiveName",))
