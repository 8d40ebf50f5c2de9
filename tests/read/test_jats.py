from __future__ import annotations

from pathlib import Path

import pytest

from kg.read.cleaning import clean
from kg.read.drafts import Draft
from kg.read.jats import read, sniff
from kg.read.source import Source, open_source
from kg.records import Notice

DATA = Path(__file__).parent / "data" / "jats.nxml"


def drafts(text: str) -> list[Draft]:
    return [draft for draft in read(Source("a.xml", "", text)) if isinstance(draft, Draft)]


def sample() -> list[Draft | Notice]:
    return list(read(open_source(DATA, "jats.nxml")))


def front(inner: str) -> Draft:
    (draft,) = drafts(f"<article><front><article-meta>{inner}</article-meta></front></article>")
    return draft


def first() -> Draft:
    draft = sample()[0]
    assert isinstance(draft, Draft)
    return draft


def test_an_article_is_read_with_all_its_fields() -> None:
    draft = first()
    assert (draft.line, draft.year, draft.venue) == (4, "2021", "Journal of Learning Representations")
    assert (draft.doi, draft.key) == ("10.1000/JLR.2021.40", "pmid-90000005")
    assert draft.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC9000005"
    assert draft.identifiers == ("https://pubmed.ncbi.nlm.nih.gov/90000005", draft.url)


def test_formulas_footnotes_and_subtitles_of_a_title_read_as_printed() -> None:
    paper, _ = clean(first(), "jats.nxml")
    assert paper is not None
    assert paper.title == "Towards Nonlinear Disentanglement in Natural Data with ℓ_1 Coding: A Study"


def test_authors_come_in_order_and_editors_and_members_of_groups_do_not() -> None:
    assert first().authors == (
        "David A. Klindt",
        "Yang Liu",
        "Wieland Brendel",
        "Sparse Coding Group",
        "Juan de la Cruz Jr.",
    )
    assert first().author_ids == ("https://orcid.org/0000-0002-1825-0097", "", "", "", "")


def test_the_abstract_is_the_one_in_words_with_its_headings() -> None:
    paper, _ = clean(first(), "jats.nxml")
    assert paper is not None
    assert paper.abstract == (
        "Aim: Learning factors from 10⁶ frames, x < y.\n\nResult: Sparse coding works:\n\nalways;"
    )


def test_reviews_and_replies_within_an_article_are_no_papers_and_corrections_are_told() -> None:
    found = sample()
    assert [record.title for record in found if isinstance(record, Draft)][1:] == ["An Editorial"]
    assert [(n.location.line, n.reason) for n in found if isinstance(n, Notice)] == [
        (37, "1 record of a kind that is no paper (correction) passed over")
    ]


def test_an_old_journal_title_loses_its_year_and_gives_it() -> None:
    draft = sample()[1]
    assert isinstance(draft, Draft)
    assert (draft.venue, draft.year, draft.identifiers) == (
        "J. Old",
        "1998",
        ("https://arxiv.org/abs/2101.00001",),
    )


def test_a_name_in_chinese_characters_stands_as_it_is_printed() -> None:
    draft = front(
        "<contrib-group><contrib contrib-type='author'><name name-style='eastern'><surname>刘</surname>"
        "<given-names>洋</given-names></name></contrib></contrib-group>"
    )
    assert draft.authors == ("刘洋",)


def test_the_formula_of_two_alternatives_is_read_once() -> None:
    draft = front(
        "<title-group><article-title>On <inline-formula><alternatives><tex-math>$k$</tex-math>"
        "<mml:math><mml:mi>k</mml:mi></mml:math></alternatives></inline-formula>-means</article-title></title-group>"
    )
    paper, _ = clean(draft, "a.xml")
    assert paper is not None and paper.title == "On k-means"


@pytest.mark.parametrize("prefix", ["", "jats:"])
def test_a_wrapper_and_a_prefix_make_no_difference(prefix: str) -> None:
    text = (
        f"<OAI-PMH><record><metadata><{prefix}article><{prefix}front><{prefix}article-meta><{prefix}title-group>"
        f"<{prefix}article-title>T</{prefix}article-title></{prefix}title-group></{prefix}article-meta>"
        f"</{prefix}front></{prefix}article></metadata></record></OAI-PMH>"
    )
    assert sniff(text) and [draft.title for draft in drafts(text)] == ["T"]
