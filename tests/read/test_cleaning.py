from __future__ import annotations

import pytest

from kg.read.cleaning import clean
from kg.read.drafts import Draft
from kg.records import Paper, Severity


def cleaned(**fields: object) -> tuple[Paper, list[str]]:
    given = {"line": 1, "title": "A Title", "authors": ("Ada Lovelace",), **fields}
    paper, notices = clean(Draft(**given), "list.md")  # type: ignore[arg-type]
    assert paper is not None
    assert all(notice.severity is Severity.WARNING for notice in notices)
    return paper, [notice.reason for notice in notices]


def rejected(**fields: object) -> str:
    paper, notices = clean(Draft(**{"line": 1, "title": "A Title", **fields}), "list.md")  # type: ignore[arg-type]
    assert paper is None
    assert [notice.severity for notice in notices] == [Severity.REJECTED]
    return notices[0].reason


def test_characters_that_xml_cannot_hold_are_removed_and_told() -> None:
    paper, told = cleaned(
        title="A\x00 Ti\x08tle", abstract="one\x02\n\ntwo\ttabbed", authors=("Ada\ud800 Love\x7flace",)
    )
    assert (paper.title, paper.abstract, paper.authors) == (
        "A Title",
        "one\n\ntwo\ttabbed",
        ("Ada Love\x7flace",),
    )
    assert told == [
        "title: 2 characters removed that XML cannot hold (U+0000, U+0008)",
        "abstract: 1 character removed that XML cannot hold (U+0002)",
        "author names: 1 character removed that XML cannot hold (U+D800)",
    ]


def test_titles_and_names_stand_on_one_line() -> None:
    paper, told = cleaned(title=" A\u2028 Wise \n Perspective\x0cHere", authors=("Ada\n  Lovelace",))
    assert (paper.title, paper.authors) == ("A Wise Perspective Here", ("Ada Lovelace",))
    assert len(told) == 1


@pytest.mark.parametrize(
    ("given", "year"), [(2021, 2021), ("2021", 2021), ("2021-05-03", 2021), ("May 1999", 1999)]
)
def test_years_are_read(given: str | int, year: int) -> None:
    paper, told = cleaned(year=given)
    assert paper.year == year
    assert not told


@pytest.mark.parametrize(
    "given", [999, 2101, "0021", "in press", "20211", -1, pytest.param(10**5000, id="huge"), "२०२१"]
)
def test_other_years_are_dropped_and_told(given: str | int) -> None:
    paper, told = cleaned(year=given)
    assert paper.year is None
    assert len(told) == 1
    assert told[0].endswith("is not one between 1000 and 2100; dropped")


@pytest.mark.parametrize(
    "url",
    [
        "https://openreview.net/forum?id=nIAxjsniDzg",
        "http://a.org",
        "https://münchen.de/ü#x",
        "https://a.org:80/%20?q=1&r",
    ],
)
def test_addresses_stay_as_they_are(url: str) -> None:
    assert cleaned(url=url)[0].url == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://a.org/x",
        "openreview.net/forum",
        "https://a.org/a b",
        'https://a.org/"onclick=alert(1)',
        "https://a.org/'x",
        "https://a.org/<script>",
        "https://a.org/%zz",
        "https://[bad",
        "https://",
        "https://a.org/\x00",
        "https://user@evil.org/",
        "https://a.org/x\ny",
    ],
)
def test_what_is_no_plain_web_address_is_dropped_and_told(url: str) -> None:
    paper, told = cleaned(url=url)
    assert paper.url is None
    assert len(told) == 1
    assert told[0].endswith("is not a valid http(s) address; dropped")
    assert told[0].isprintable()


@pytest.mark.parametrize(
    "given",
    ["10.1000/XYZ", "https://doi.org/10.1000/xyz", "doi:10.1000/xyz", "http://dx.doi.org/10.1000/xyz"],
)
def test_a_doi_is_bare_and_in_lower_case(given: str) -> None:
    assert cleaned(doi=given)[0].doi == "10.1000/xyz"


def test_what_is_no_doi_is_dropped_and_told() -> None:
    paper, told = cleaned(doi="arXiv:2010.01234")
    assert paper.doi is None
    assert told == ["DOI 'arXiv:2010.01234' is not of the form 10.NNNN/...; dropped"]


def test_empty_names_are_dropped_and_told() -> None:
    paper, told = cleaned(authors=("Ada Lovelace", " ", "Bo Li", ""))
    assert paper.authors == ("Ada Lovelace", "Bo Li")
    assert told == ["2 empty author names dropped"]


def test_an_absurdly_long_name_is_dropped_and_told() -> None:
    assert cleaned(authors=("A" * 1001, "Bo Li"))[1] == ["1 author name longer than 1,000 characters dropped"]


def test_records_beyond_the_limits_are_rejected() -> None:
    assert rejected(title="x" * 5001) == "title of 5,001 characters, more than 5,000"
    assert rejected(abstract="x" * 1_000_001) == "abstract of 1,000,001 characters, more than 1,000,000"
    assert rejected(title=" \u2028 \x00") == "no title"


def test_mark_up_is_gone_before_anything_counts_characters() -> None:
    paper, told = cleaned(
        title="$k$-Means in <i>Linear</i> Time (Student Abstract)",
        abstract=r"R\'enyi bounds in $\ell_2$ &amp; more.",
    )
    assert (paper.title, paper.abstract) == ("k-Means in Linear Time", "Rényi bounds in ℓ2 & more.")
    assert not told


def test_what_is_no_mark_up_stays_as_printed() -> None:
    abstract = (
        "Trans-\nformer and tempo- ral models -- for $5 million, up to 5~10% of {1, 2} where x < y > z."
    )
    assert cleaned(abstract=abstract)[0].abstract == abstract


def test_a_control_character_named_by_number_is_none() -> None:
    paper, told = cleaned(title="A&#8; Title")
    assert paper.title == "A Title"
    assert not told


def test_further_ids_come_into_one_form_sorted_and_unknown_ones_are_told() -> None:
    paper, told = cleaned(
        doi="10.1000/x",
        identifiers=(
            "https://pubmed.ncbi.nlm.nih.gov/33526905/",
            "http://arxiv.org/pdf/2010.04159v4",
            "https://arxiv.org/abs/2010.04159",
            "https://doi.org/10.1000/X",
            "https://evil.example/<script>",
            "",
        ),
    )
    assert paper.identifiers == (
        "https://arxiv.org/abs/2010.04159",
        "https://pubmed.ncbi.nlm.nih.gov/33526905",
    )
    assert told == ["id 'https://evil.example/<script>' of no known registry; dropped"]
