from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.read import read_sources

from .conftest import ReadText, reasons


def test_every_key_is_read(read_text: ReadText) -> None:
    line = {
        "id": "acl-1952-earlymt-1-1",
        "title": "Translation",
        "authors": ["Warren Weaver"],
        "year": "1952",
        "venue": "Conference on Mechanical Translation",
        "abstract": "One.\n\nTwo.",
        "url": "https://aclanthology.org/1952.earlymt-1.1",
        "pages": [1, 2],
    }
    paper = read_text(json.dumps(line), "a.jsonl").papers[0]
    assert (paper.id, paper.title, paper.authors) == (
        "acl-1952-earlymt-1-1",
        "Translation",
        ("Warren Weaver",),
    )
    assert (paper.year, paper.venue, paper.abstract) == (
        1952,
        "Conference on Mechanical Translation",
        "One.\n\nTwo.",
    )
    assert paper.url == "https://aclanthology.org/1952.earlymt-1.1"


@pytest.mark.parametrize(
    "authors",
    [
        ["Ada Lovelace", "Bo Li"],
        [{"name": "Ada Lovelace"}, {"given": "Bo", "family": "Li"}],
        "Ada Lovelace; Bo Li",
        "Ada Lovelace and Bo Li",
    ],
)
def test_authors_in_every_shape(read_text: ReadText, authors: object) -> None:
    reading = read_text(json.dumps({"title": "T", "authors": authors}), "a.jsonl")
    assert reading.papers[0].authors == ("Ada Lovelace", "Bo Li")
    assert not reading.notices


def test_a_broken_line_is_rejected_and_the_rest_read(read_text: ReadText) -> None:
    lines = [
        '{"title": "A", "authors": ["X"]}',
        '{"title": "B',
        "",
        "[1]",
        "3",
        '{"title": "C", "authors": ["X"]}',
    ]
    reading = read_text("\n".join(lines), "a.jsonl")
    assert [paper.title for paper in sorted(reading.papers, key=lambda p: p.title)] == ["A", "C"]
    told = reasons(reading)
    assert told[0].startswith("2 rejected: not valid JSON")
    assert told[1:] == ["4 rejected: not a JSON object", "5 rejected: not a JSON object"]


def test_a_separator_inside_a_text_does_not_split_a_line(read_text: ReadText) -> None:
    line = '{"title": "A\u2028B\u0085C", "authors": ["X"], "abstract": "a\u2028b\u000bc"}'
    reading = read_text(f"{line}\n{line.replace('A', 'Z')}", "a.jsonl")
    assert {paper.title for paper in reading.papers} == {"A B C", "Z B C"}


def test_what_only_lenient_readers_take_is_taken(read_text: ReadText) -> None:
    reading = read_text('{"title": "A\\ud800", "authors": ["X"], "score": NaN}', "a.jsonl")
    assert reading.papers[0].title == "A"
    assert reasons(reading) == ["1 warning: title: 1 character removed that XML cannot hold (U+D800)"]


def test_values_of_the_wrong_type_are_told(read_text: ReadText) -> None:
    line = {"title": "A", "authors": [1, "X"], "year": True, "venue": ["v"]}
    reading = read_text(json.dumps(line), "a.jsonl")
    assert reading.papers[0].authors == ("X",)
    assert len(reading.notices) == 3


def test_numbers_serve_as_year_and_id(read_text: ReadText) -> None:
    paper = read_text('{"title": "A", "year": 2021.0, "id": 17, "authors": ["X"]}', "a.jsonl").papers[0]
    assert (paper.year, paper.id) == (2021, "17")


def test_an_array_over_many_lines_is_read_with_line_numbers(read_text: ReadText) -> None:
    papers = [{"title": "A", "authors": ["X"]}, {"title": "B", "authors": ["Y"]}]
    reading = read_text(json.dumps(papers, indent=2), "a.json")
    assert sorted((paper.title, paper.location.line) for paper in reading.papers) == [("A", 2), ("B", 8)]


def test_deep_nesting_is_rejected(read_text: ReadText) -> None:
    reading = read_text('{"title": ' + "[" * 200_000 + '\n{"title": "B", "authors": ["X"]}', "a.jsonl")
    assert [paper.title for paper in reading.papers] == ["B"]


def test_three_thousand_authors_are_fine(read_text: ReadText) -> None:
    names = [f"Author {number}" for number in range(3000)]
    assert (
        list(read_text(json.dumps({"title": "LHC", "authors": names}), "a.jsonl").papers[0].authors) == names
    )


def test_the_anthology_is_read(shared: Path) -> None:
    reading = read_sources([shared / "authors" / "acl-papers.jsonl.gz"])
    assert len(reading.papers) > 73_000
    assert len(reading.notices) < 200


def test_an_authors_orcid_is_kept_as_its_address_and_else_the_sources_own_id(read_text: ReadText) -> None:
    people = [
        {"name": "Yang Liu", "orcid": "0000-0002-3087-242x", "id": "A1"},
        {"name": "", "id": "A0"},
        {"name": "Fei Liu", "id": "~Fei_Liu1"},
        "Ada Lovelace",
        {"name": "Bo Li", "id": "two words"},
    ]
    paper = read_text(json.dumps({"title": "T", "authors": people}), "a.jsonl").papers[0]
    assert paper.authors == ("Yang Liu", "Fei Liu", "Ada Lovelace", "Bo Li")
    assert paper.author_ids == ("https://orcid.org/0000-0002-3087-242X", "~Fei_Liu1", "", "")
