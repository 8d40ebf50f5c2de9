from __future__ import annotations

import random
from dataclasses import replace

from kg.read.duplicates import distinct
from kg.records import Location, Paper

PAPER = Paper(
    id="iclr-2021-0161",
    title="Memory Optimization for Deep Networks",
    authors=("Aashaka Shah", "Philipp Krähenbühl"),
    abstract="Deep learning is slowly, but steadily, hitting a memory bottleneck.",
    year=2021,
    venue="iclr",
    url=None,
    doi=None,
    location=Location("a.md", 1),
)
ELSEWHERE = Location("b.bib", 9)


def test_a_paper_that_stands_twice_is_merged_and_both_places_told() -> None:
    papers, notices = distinct([PAPER, replace(PAPER, id="shah-2021", location=ELSEWHERE)])
    assert papers == [PAPER]
    assert [str(notice.location) for notice in notices] == ["b.bib:9"]
    assert notices[0].reason == "the same paper as a.md:1; merged"


def test_the_fullest_record_stays_and_takes_what_it_lacks() -> None:
    bare = replace(PAPER, title=PAPER.title.upper(), abstract="", url="https://a.org", location=ELSEWHERE)
    papers, notices = distinct([bare, replace(PAPER, venue="ICLR", doi="10.1000/x")])
    assert papers == [replace(PAPER, venue="ICLR", doi="10.1000/x", url="https://a.org")]
    assert len(notices) == 1


def test_one_doi_is_one_paper_and_a_differing_title_is_told() -> None:
    one = replace(PAPER, doi="10.1000/x")
    papers, notices = distinct(
        [one, replace(one, id="preprint", title="Memory", abstract="", location=ELSEWHERE)]
    )
    assert papers == [one]
    assert 'where the title is "Memory Optimization for Deep Networks"; merged' in notices[0].reason


def test_different_papers_with_one_id_are_told_apart() -> None:
    other = replace(PAPER, title="Another", abstract="Of other things.", location=ELSEWHERE)
    third = replace(PAPER, title="Zebras", abstract="Of stripes.")
    for order in ([PAPER, other, third], [third, other, PAPER]):
        papers, notices = distinct(order)
        assert {paper.title: paper.id for paper in papers} == {
            "Another": "iclr-2021-0161",
            PAPER.title: "iclr-2021-0161-b",
            "Zebras": "iclr-2021-0161-c",
        }
        assert len(notices) == 2


def test_an_id_given_to_tell_papers_apart_is_taken_by_no_other() -> None:
    owner = replace(PAPER, id="iclr-2021-0161-b", title="Owner", abstract="Mine.")
    papers, _ = distinct([PAPER, replace(PAPER, title="Zebras", abstract="Stripes."), owner])
    assert {paper.id: paper.title for paper in papers} == {
        "iclr-2021-0161": PAPER.title,
        "iclr-2021-0161-b": "Owner",
        "iclr-2021-0161-c": "Zebras",
    }


def test_many_papers_with_one_id_all_stay() -> None:
    papers, _ = distinct([replace(PAPER, title=f"Title {n}", abstract=f"{n}") for n in range(80)])
    assert len({paper.id for paper in papers}) == 80


def test_editorials_of_two_years_are_two_papers() -> None:
    editorial = replace(PAPER, id="h-000000000000", title="Editorial", abstract="")
    papers, _ = distinct([editorial, replace(editorial, year=2022)])
    assert len(papers) == 2


def test_sameness_reaches_over_a_third_record() -> None:
    by_doi = replace(PAPER, id="x", title="Other Words", abstract="Other text.", doi="10.1000/x")
    joining = replace(PAPER, doi="10.1000/x", location=ELSEWHERE)
    assert len(distinct([PAPER, by_doi, joining])[0]) == 1
    assert len(distinct([PAPER, by_doi])[0]) == 2


def test_order_makes_no_difference() -> None:
    papers = [
        replace(
            PAPER,
            title=f"Title {n % 5}",
            abstract="x" * (n % 3),
            url=f"https://a.org/{n}",
            location=Location("a.md", n),
        )
        for n in range(30)
    ]
    expected = distinct(papers)
    for seed in range(5):
        random.Random(seed).shuffle(papers)
        found, notices = distinct(papers)
        assert found == expected[0]
        assert set(notices) == set(expected[1])
