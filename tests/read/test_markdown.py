from __future__ import annotations

from pathlib import Path

import pytest

from kg.read import read_sources
from kg.records import Severity

from .conftest import ReadText, reasons, record
from .independent import printed_papers, reads_as_printed

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"


def test_every_seed_paper_is_read_as_printed() -> None:
    printed = printed_papers(SEEDS.read_text(encoding="utf-8"))
    reading = read_sources([SEEDS])
    assert len(printed) == 200
    assert [paper.id for paper in reading.papers] == sorted(printed)
    for paper in reading.papers:
        expected = printed[paper.id]
        assert (paper.title, paper.authors, paper.venue, paper.year, paper.url) == (
            expected.title,
            expected.authors,
            expected.venue,
            expected.year,
            expected.url,
        ), paper.id
        assert reads_as_printed(paper.abstract, expected.abstract), paper.id
    assert not reading.notices


def test_the_seed_papers_name_892_people() -> None:
    assert len({name for paper in read_sources([SEEDS]).papers for name in paper.authors}) == 892


def test_a_paper_knows_its_line() -> None:
    lines = SEEDS.read_text(encoding="utf-8").split("\n")
    for paper in read_sources([SEEDS]).papers:
        assert lines[paper.location.line - 1].endswith(f"] {paper.title}")


def test_every_paper_of_the_further_corpora_comes_through(shared: Path) -> None:
    files = sorted((shared / "corpora").glob("*/*.md"))
    headings = sum(file.read_text(encoding="utf-8").count("\n\n**Authors**: *") for file in files)
    reading = read_sources([shared / "corpora"])
    assert len(reading.papers) == headings >= 10_634
    assert not [notice for notice in reading.notices if notice.severity is Severity.REJECTED]
    without_authors = [paper for paper in reading.papers if not paper.authors]
    assert len(without_authors) == 1


def test_the_further_corpora_are_read_as_printed(shared: Path) -> None:
    for file in sorted((shared / "corpora").glob("*/*01.md")):
        printed = printed_papers(file.read_text(encoding="utf-8"))
        papers = {paper.id: paper for paper in read_sources([file]).papers}
        assert papers.keys() == printed.keys()
        for identifier, expected in printed.items():
            if "\x02" not in expected.abstract:
                assert reads_as_printed(papers[identifier].abstract, expected.abstract), identifier
            assert papers[identifier].authors == expected.authors
            title = " ".join(expected.title.split()).removesuffix(" (Student Abstract)")
            title = title.removesuffix(" (Extended Abstract)")
            assert reads_as_printed(papers[identifier].title, title), identifier


def test_paragraphs_and_line_breaks_of_an_abstract_stay(read_text: ReadText) -> None:
    abstract = (
        "First paragraph,\non two lines.\n\n  Second, with **URL**: in it,\n\n## and a sharp sign.\u2028End"
    )
    assert read_text(record(abstract=abstract)).papers[0].abstract == abstract


def test_text_outside_the_records_is_passed_over(read_text: ReadText) -> None:
    text = (
        "# ICLR 2021\n\n[Go to the next page](list2.md)\n\n" + record() + "[Go to the catalog](README.md)\n"
    )
    reading = read_text(text)
    assert [paper.location.line for paper in reading.papers] == [5]
    assert not reading.notices


@pytest.mark.parametrize("label", ["Conference", "URL", "Abstract"])
def test_a_missing_field_is_told_and_the_paper_kept(read_text: ReadText, label: str) -> None:
    reading = read_text(record().replace(f"**{label}**:", f"{label}:"))
    assert len(reading.papers) == 1
    assert f"1 warning: no **{label}**" in reasons(reading)


def test_a_paper_without_authors_is_kept(read_text: ReadText) -> None:
    reading = read_text(record(authors=""))
    assert reading.papers[0].authors == ()
    assert reasons(reading) == ["1 warning: no authors"]


def test_a_paper_without_title_is_rejected(read_text: ReadText) -> None:
    reading = read_text(record(title=" ") + record(1))
    assert [paper.id for paper in reading.papers] == ["iclr-2021-0001"]
    assert reasons(reading) == ["1 rejected: no title"]


def test_a_record_cut_short_is_read_and_told(read_text: ReadText) -> None:
    reading = read_text(record().replace("----", ""))
    assert reading.papers[0].abstract.endswith("bottleneck.")
    assert reasons(reading) == ["1 warning: the last record is not closed by ----; it may be cut short"]


def test_a_record_ends_at_the_next_heading(read_text: ReadText) -> None:
    reading = read_text(record(1).replace("----", "") + record(2, title="Another"))
    assert [paper.abstract[-11:] for paper in reading.papers] == ["bottleneck.", "bottleneck."]


def test_a_heading_without_number_does_not_vanish_in_the_abstract_before_it(read_text: ReadText) -> None:
    reading = read_text(record(1).replace("----", "") + record(2, title="Another").replace("[2] ", ""))
    assert sorted(paper.title for paper in reading.papers) == [
        "Another",
        "Memory Optimization for Deep Networks",
    ]
    assert any("without a [number]" in reason for reason in reasons(reading))


def test_a_number_used_for_two_papers_keeps_both(read_text: ReadText) -> None:
    reading = read_text(record(7) + record(7, title="Another Paper", abstract="Of other things."))
    assert [paper.id for paper in reading.papers] == ["iclr-2021-0007", "iclr-2021-0007-b"]
    assert sum("[7] stands more than once" in reason for reason in reasons(reading)) == 2


def test_a_conference_without_year_gives_no_numbered_id(read_text: ReadText) -> None:
    paper = read_text(record(conference="iclr")).papers[0]
    assert (paper.venue, paper.year) == ("iclr", None)
    assert paper.id.startswith("h-")
