from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.read import read_sources

from .conftest import ReadText, reasons
from .independent import printed_papers, reads_as_printed

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
ZOTERO = Path(__file__).parent / "data" / "zotero.bib"


def entry(key: str = "shah_memory_2021", **fields: str) -> str:
    given = {"title": "Memory Optimization", "author": "Shah, Aashaka", "year": "2021", **fields}
    return (
        f"@inproceedings{{{key},\n"
        + "".join(f"\t{name} = {{{value}}},\n" for name, value in given.items())
        + "}\n"
    )


def test_a_zotero_export_says_what_the_list_says() -> None:
    printed = {paper.title: paper for paper in printed_papers(SEEDS.read_text(encoding="utf-8")).values()}
    reading = read_sources([ZOTERO])
    assert len(reading.papers) == 10
    for paper in reading.papers:
        expected = printed[paper.title]
        assert paper.authors == expected.authors
        assert reads_as_printed(paper.abstract, expected.abstract)
        assert (paper.venue, paper.year, paper.url) == ("ICLR", 2021, expected.url)
    assert not reading.notices


def test_an_entry_knows_its_line_and_takes_its_id_from_its_key() -> None:
    lines = ZOTERO.read_text(encoding="utf-8").split("\n")
    for paper in read_sources([ZOTERO]).papers:
        key = re.fullmatch(r"@inproceedings\{(.*),", lines[paper.location.line - 1])
        assert key
        assert paper.id == key[1].replace("_", "-")


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        (r"Kr{\"a}henb{\"u}hl, Philipp", ["Philipp Krähenbühl"]),
        (r"Kr\"ahenb\"uhl, Philipp and {\L}ukasz Kaiser", ["Philipp Krähenbühl", "Łukasz Kaiser"]),
        (
            "van Steenkiste, Sjoerd and dos Santos, C{\\'i}cero Nogueira",
            ["Sjoerd van Steenkiste", "Cícero Nogueira dos Santos"],
        ),
        ("{Barnes and Noble, Inc.} and Ada Lovelace", ["Barnes and Noble, Inc.", "Ada Lovelace"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("Ada\n    Lovelace\n and\n Bo Li", ["Ada Lovelace", "Bo Li"]),
        ("O'Donoghue, Brendan", ["Brendan O'Donoghue"]),
        ("王, 伟", ["伟 王"]),
    ],
)
def test_names_come_in_the_order_of_print(read_text: ReadText, author: str, printed: list[str]) -> None:
    assert list(read_text(entry(author=author), "a.bib").papers[0].authors) == printed


def test_others_is_no_author(read_text: ReadText) -> None:
    reading = read_text(entry(author="Shah, Aashaka and others"), "a.bib")
    assert reading.papers[0].authors == ("Aashaka Shah",)
    assert any("not complete" in reason for reason in reasons(reading))


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{{BERT}} at 50\% of {the} Cost", "BERT at 50% of the Cost"),
        (r"50% less", "50% less"),
        (r"{\textless}b{\textgreater} \& C\#", "<b> & C#"),
        (r"Rates of $O(1/\sqrt{n})$ for {$k$-means}", "Rates of O(1/√(n)) for k-means"),
        ("``Why''~--- and how", "“Why” — and how"),
        ("A Title\n   over Two Lines", "A Title over Two Lines"),
        (r"Unclosed \textbf", "Unclosed"),
    ],
)
def test_latex_becomes_text(read_text: ReadText, latex: str, text: str) -> None:
    assert read_text(entry(title=latex), "a.bib").papers[0].title == text


def test_venue_year_doi_and_address(read_text: ReadText) -> None:
    text = '@string{jmlr = "J. Mach. Learn. Res."}\n' + entry(
        year="", date="2020-05-03", doi="https://doi.org/10.1000/ABC", url=r"https://a.org/b\_c"
    ).replace("}\n}", "},\n journal = jmlr\n}")
    paper = read_text(text.replace("},\n}", "},\n journal = jmlr\n}"), "a.bib").papers[0]
    assert (paper.venue, paper.year, paper.doi) == ("J. Mach. Learn. Res.", 2020, "10.1000/abc")
    assert (paper.url, paper.id) == ("https://a.org/b_c", "10-1000-abc")


def test_a_broken_entry_is_rejected_and_the_rest_read(read_text: ReadText) -> None:
    broken = "@article{broken, title = {never {closed, author = {A}}\n\n"
    reading = read_text(entry("first") + broken + entry("last", title="Another"), "a.bib")
    assert [paper.id for paper in reading.papers] == ["first", "last"]
    assert len(reasons(reading)) == 1
    assert reasons(reading)[0].startswith("6 rejected: entry not closed or broken")


def test_a_key_used_twice_keeps_both_papers(read_text: ReadText) -> None:
    reading = read_text(entry("k") + entry("k", title="Another"), "a.bib")
    assert [paper.id for paper in reading.papers] == ["k", "k-b"]
    assert any("the key 'k' stands more than once" in reason for reason in reasons(reading))


def test_a_field_given_twice_counts_once(read_text: ReadText) -> None:
    reading = read_text("@article{k, title={First}, title={Second}, author={Ada Lovelace}}", "a.bib")
    assert [paper.title for paper in reading.papers] == ["First"]
    assert any("stand twice" in reason for reason in reasons(reading))


def test_an_entry_without_title_is_rejected(read_text: ReadText) -> None:
    assert reasons(read_text("@misc{k, author={Ada Lovelace}}", "a.bib")) == ["1 rejected: no title"]


def test_comments_are_no_papers(read_text: ReadText) -> None:
    text = "% Encoding: UTF-8\n@comment{jabref-meta: databaseType:bibtex;}\n" + entry()
    assert len(read_text(text, "a.bib").papers) == 1


def test_nothing_is_logged_to_the_terminal(read_text: ReadText, capfd: pytest.CaptureFixture[str]) -> None:
    read_text(entry() + "@article{broken, title = {never {closed\n" + entry("k", title=r"\frac{ $x"), "a.bib")
    assert capfd.readouterr() == ("", "")
