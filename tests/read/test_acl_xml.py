from __future__ import annotations

from pathlib import Path

import pytest

from kg.read.acl_xml import read
from kg.read.cleaning import clean
from kg.read.drafts import Draft
from kg.read.source import Source, open_source
from kg.records import Notice

DATA = Path(__file__).parent / "data" / "acl.xml"


def sample() -> tuple[list[Draft], list[str]]:
    found = list(read(open_source(DATA, "acl.xml")))
    notices = [f"{n.location.line} {n.severity}: {n.reason}" for n in found if isinstance(n, Notice)]
    return [record for record in found if isinstance(record, Draft)], notices


def test_a_paper_is_read_with_what_its_volume_tells() -> None:
    draft = sample()[0][0]
    assert (draft.line, draft.year) == (17, "2021")
    assert draft.venue == "Proceedings of the Ninth Conference on Learning Representations"
    assert draft.url == "https://aclanthology.org/2021.iclr-long.1"
    assert (draft.doi, draft.key, draft.identifiers) == (
        "10.1000/2021.iclr-long.1",
        "2021.iclr-long.1",
        (draft.url,),
    )


def test_names_have_neither_affiliations_nor_other_spellings() -> None:
    draft = sample()[0][0]
    assert draft.authors == ("Biao Zhang", "Ankur Bapna", "Rico Sennrich", "Firat")
    assert draft.author_ids == (
        "https://orcid.org/0000-0002-1825-0097",
        "https://aclanthology.org/people/ankur-bapna",
        "",
        "",
    )


def test_mark_up_of_titles_and_abstracts_reads_as_printed() -> None:
    paper, told = clean(sample()[0][0], "acl.xml")
    assert paper is not None and not told
    assert paper.title == "Share or Not? Learning to Schedule Language-Specific Capacity with ℓ1"
    assert (
        "language-specific (LS) parameters has shown promise in multilingual translation & more;"
        in paper.abstract
    )


def test_the_journal_and_the_papers_own_year_come_first_and_each_volume_has_its_own() -> None:
    draft = sample()[0][2]
    assert (draft.venue, draft.year, draft.key) == ("Journal of Representations", "2021", "2021.iclr-2.1")


def test_front_and_back_matter_is_passed_over_and_a_retracted_paper_read() -> None:
    drafts, notices = sample()
    assert [draft.title for draft in drafts][1] == "MONGOOSE"
    assert notices == [
        "29 warning: retracted; read all the same",
        "13 rejected: 1 record of a kind that is no paper (frontmatter) passed over",
        "35 rejected: 1 record of a kind that is no paper (backmatter) passed over",
    ]


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "number"),
    [
        ("P19", "1", "1", "P19-1001"),
        ("W18", "3", "5", "W18-0305"),
        ("D19", "50", "1", "D19-5001"),
        ("D19", "1", "1", "D19-1001"),
        ("C69", "1", "1", "C69-0101"),
        ("2020.acl", "main", "1", "2020.acl-main.1"),
        ("2020.acl", "", "", None),
        ("", "", "", None),
    ],
)
def test_ids_are_made_as_the_anthology_makes_them(
    collection: str, volume: str, paper: str, number: str | None
) -> None:
    text = f'<collection id="{collection}"><volume id="{volume}"><paper id="{paper}"><title>T</title></paper></volume></collection>'
    (draft,) = read(Source("a.xml", "", text))
    assert isinstance(draft, Draft) and draft.key == number
