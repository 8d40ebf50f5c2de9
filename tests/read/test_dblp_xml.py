from __future__ import annotations

from pathlib import Path

import pytest

from kg.read.cleaning import clean
from kg.read.dblp_xml import read, sniff
from kg.read.drafts import Draft
from kg.read.source import Source, open_source
from kg.records import Notice
from kg.resolve.names import parse_name

DATA = Path(__file__).parent / "data"


def drafts(name: str = "dblp.xml") -> list[Draft]:
    return [record for record in read(open_source(DATA / name, name)) if isinstance(record, Draft)]


def notices(name: str = "dblp.xml") -> list[str]:
    found = [record for record in read(open_source(DATA / name, name)) if isinstance(record, Notice)]
    return [f"{notice.location.line} {notice.severity}: {notice.reason}" for notice in found]


def test_a_paper_is_read_with_all_its_fields() -> None:
    draft = drafts()[0]
    assert (draft.line, draft.year, draft.venue) == (4, "2021", "ICLR")
    assert (draft.doi, draft.key) == ("10.1000/ICLR.2021.36", "conf/iclr/ZhuSLLWD21")
    assert draft.url == "https://openreview.net/forum?id=gZ9hCDWe6ke"
    assert draft.identifiers == ("https://dblp.org/rec/conf/iclr/ZhuSLLWD21", draft.url)


def test_people_are_known_by_orcid_else_by_page_else_by_the_number_in_the_name() -> None:
    draft = drafts()[0]
    assert draft.authors == ("Xizhou Zhu", "Weijie Su", "Yang Liu 0003", "Raphaël Marinier")
    assert draft.author_ids == (
        "https://orcid.org/0000-0002-1825-0097",
        "https://dblp.org/pid/65/9094",
        "",
        "",
    )
    assert parse_name(draft.authors[2]).number == "0003"


def test_titles_lose_the_full_stop_that_is_not_theirs() -> None:
    papers = [clean(draft, "dblp.xml")[0] for draft in drafts()]
    assert [paper.title for paper in papers if paper] == [
        "Deformable DETR: Deformable Transformers for O(N²) Object Detection",
        "EigenGame: PCA as a Nash Equilibrium?",
        "Über Netze",
    ]


def test_a_preprint_has_its_arxiv_address_and_a_thesis_its_school() -> None:
    _, preprint, thesis = drafts()
    assert "https://arxiv.org/abs/2010.00554" in preprint.identifiers and preprint.venue == "CoRR"
    assert thesis.venue == "Universität Münster"


def test_what_is_no_paper_is_told_once_a_kind() -> None:
    assert notices() == [
        "16 warning: withdrawn; read all the same",
        "21 rejected: 1 record of a kind that is no paper (proceedings) passed over",
        "22 rejected: 2 records of a kind that is no paper (www) passed over",
    ]


def test_answers_of_the_search_are_read() -> None:
    (draft,) = drafts("dblp_search.xml")
    assert (draft.title, draft.authors) == (
        "EigenGame: PCA as a Nash Equilibrium",
        ("Ian Gemp", "Claire Vernade"),
    )
    assert draft.author_ids[1] == "https://dblp.org/pid/26/11111-1"
    assert notices("dblp_search.xml") == [
        "11 rejected: 1 record of a kind that is no paper (proceedings) passed over"
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<dblpperson name="Ada Lovelace" pid="1/1"><r><article key="journals/x/L21"><title>T</title></article></r></dblpperson>',
        '<article key="journals/x/L21" mdate="2021-01-01"><title>T</title></article>',
    ],
)
def test_a_persons_page_and_a_single_record_are_read(text: str) -> None:
    assert sniff(text)
    assert [record.title for record in read(Source("a.xml", "", text)) if isinstance(record, Draft)] == ["T"]
