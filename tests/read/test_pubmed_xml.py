from __future__ import annotations

from pathlib import Path

from kg.read.drafts import Draft
from kg.read.pubmed_xml import read
from kg.read.source import Source, open_source
from kg.records import Notice

DATA = Path(__file__).parent / "data" / "pubmed.xml"


def records() -> tuple[list[Draft], list[str]]:
    found = list(read(open_source(DATA, "pubmed.xml")))
    notices = [f"{n.location.line} {n.severity}: {n.reason}" for n in found if isinstance(n, Notice)]
    return [draft for draft in found if isinstance(draft, Draft)], notices


def article(inner: str) -> Draft:
    text = f"<PubmedArticle><MedlineCitation><PMID>7</PMID><Article>{inner}</Article></MedlineCitation></PubmedArticle>"
    return next(draft for draft in read(Source("a.xml", "", text)) if isinstance(draft, Draft))


def test_an_article_is_read_with_all_its_fields() -> None:
    draft = records()[0][0]
    assert draft.line == 4
    assert draft.title == "Deformable DETR: Deformable Transformers for End-to-End Object Detection"
    assert draft.authors == ("Xizhou Zhu", "Weijie Su Jr", "Detection Study Group")
    assert draft.author_ids == ("https://orcid.org/0000-0002-1825-0097", "", "")
    assert (draft.year, draft.venue) == ("2021", "International Conference on Learning Representations")
    assert (draft.doi, draft.key) == ("10.48550/arXiv.2010.04159", "pmid-90000001")
    assert draft.identifiers == ("https://pubmed.ncbi.nlm.nih.gov/90000001",)


def test_the_parts_of_an_abstract_begin_with_their_labels() -> None:
    background, _, rest = records()[0][0].abstract.partition("\n\n")
    assert background.startswith("BACKGROUND: DETR has") and background.endswith("; p < 0.05.")
    assert rest == "It trains in 10<sup>2</sup> fewer epochs."


def test_a_doi_of_a_cited_paper_is_not_the_papers_own() -> None:
    assert [draft.doi for draft in records()[0][1:]] == [None, None]


def test_a_translated_title_loses_its_brackets_and_a_span_of_years_stays() -> None:
    draft = records()[0][1]
    assert (draft.title, draft.year, draft.venue) == (
        "EigenGame: PCA as a Nash Equilibrium",
        "2020 Dec-2021 Jan",
        "Int J Games",
    )
    assert draft.authors == ("I Gemp",)


def test_a_title_that_is_not_available_is_the_vernacular_one() -> None:
    draft = article(
        "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Über Netze.</VernacularTitle>"
    )
    assert draft.title == "Über Netze"


def test_a_chapter_of_a_book_has_its_own_authors_and_not_the_editors() -> None:
    draft = records()[0][2]
    assert (draft.title, draft.venue, draft.authors) == (
        "Gradient Projection Memory for Continual Learning",
        "A Book of Networks",
        ("Gobinda Saha",),
    )


def test_what_is_no_paper_or_not_whole_is_told() -> None:
    assert sorted(records()[1]) == [
        "42 warning: PubMed's list of authors is not complete",
        "42 warning: retracted; read all the same",
        "55 rejected: 1 record of a kind that is no paper (published erratum) passed over",
        "74 warning: 2 citations that PubMed deleted; nothing is done about them",
    ]


def test_orcids_are_known_in_every_spelling() -> None:
    people = "".join(
        f"<Author><LastName>L</LastName><Identifier Source='ORCID'>{orcid}</Identifier></Author>"
        for orcid in (
            "0000-0002-1825-0097",
            "https://orcid.org/0000-0002-1825-0097/",
            "0000000218250097",
            "none",
        )
    )
    assert article(f"<ArticleTitle>T</ArticleTitle><AuthorList>{people}</AuthorList>").author_ids == (
        *["https://orcid.org/0000-0002-1825-0097"] * 3,
        "",
    )
