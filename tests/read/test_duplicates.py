from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.duplicates import distinct
from kg.read.versions import Version, versions
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


ARXIV = "https://arxiv.org/abs/2010.14501"
PREPRINT = replace(
    PAPER, id="2010-14501", year=2020, venue="arXiv", abstract="Another text.", identifiers=(ARXIV,)
)


def elsewhere(**changes: object) -> Paper:
    """The paper as another source has it: no key in common but what ``changes`` give it."""
    bare = replace(PAPER, id="k", abstract="", location=ELSEWHERE)
    return replace(bare, **changes)  # type: ignore[arg-type]


def test_a_shared_id_is_one_paper_whatever_the_title() -> None:
    one, other = replace(PAPER, identifiers=(ARXIV,)), elsewhere(title="MONeT", identifiers=(ARXIV,))
    assert [paper.title for paper in distinct([one, other])[0]] == [PAPER.title]


def test_title_author_and_year_are_one_paper_however_names_are_printed() -> None:
    other = elsewhere(title="Memory optimization for deep networks.", authors=("P. Krahenbuhl",), year=2021)
    assert len(distinct([PAPER, other])[0]) == 1
    assert len(distinct([PAPER, replace(other, authors=("Ada Lovelace",))])[0]) == 2
    assert len(distinct([PAPER, replace(other, authors=())])[0]) == 2
    assert len(distinct([replace(PAPER, title="Preface"), replace(other, title="Preface")])[0]) == 2


def test_a_preprint_of_the_year_before_is_the_paper_and_leaves_venue_and_year_to_it() -> None:
    (paper,), notices = distinct([PAPER, replace(PREPRINT, location=ELSEWHERE)])
    assert (paper.id, paper.year, paper.venue, paper.identifiers) == (PAPER.id, 2021, "iclr", (ARXIV,))
    assert notices[0].reason == (
        'the same paper as a.md:1, where the year is 2021 (here 2020) and the venue is "iclr" (here "arXiv"); merged'
    )
    assert len(distinct([PAPER, replace(PREPRINT, year=2018)])[0]) == 2


def test_proceedings_of_two_years_are_two_papers() -> None:
    assert len(distinct([PAPER, elsewhere(year=2022, venue="ijcai")])[0]) == 2


def test_a_record_without_a_year_joins_the_one_paper_that_it_can_be() -> None:
    assert len(distinct([PAPER, elsewhere(year=None)])[0]) == 1
    assert len(distinct([PAPER, elsewhere(year=None), elsewhere(id="l", year=2015)])[0]) == 3


def test_two_ids_of_one_registry_are_two_papers() -> None:
    other = elsewhere(url="https://openreview.net/forum?id=other00000")
    assert len(distinct([replace(PAPER, url="https://openreview.net/forum?id=bnY0jm4l59"), other])[0]) == 2
    assert len(distinct([PAPER, other])[0]) == 1


def test_a_preprint_with_its_own_doi_is_kept_and_linked_to_what_it_became() -> None:
    published = replace(PAPER, id="10-1000-x", doi="10.1000/x", identifiers=(ARXIV,))
    preprint = replace(PREPRINT, doi="10.48550/arxiv.2010.14501", abstract=PAPER.abstract)
    for order in ([published, preprint], [preprint, published]):
        papers, merged = distinct(order)
        assert (len(papers), merged) == (2, [])
        linked, notices = versions(papers)
        assert linked == (Version("2010-14501", "10-1000-x"),)
        assert notices[0].reason == "a preprint of the paper 10-1000-x at a.md:1; both are kept"
    assert (
        versions([published, replace(preprint, year=2010, identifiers=(), doi="10.48550/arxiv.9")])[0] == ()
    )


def test_a_record_between_two_dois_joins_neither() -> None:
    one, two = replace(PAPER, id="x", doi="10.1/x"), replace(PAPER, id="y", doi="10.1/y", abstract="")
    papers, _ = distinct([one, two, elsewhere(authors=PAPER.authors[:1])])
    assert sorted(paper.doi or "" for paper in papers) == ["", "10.1/x", "10.1/y"]


def test_orcids_and_a_list_cut_short_are_filled_from_the_other_record() -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    short = replace(
        PAPER, doi="10.1/x", authors=("A. Shah",), author_ids=("https://orcid.org/0000-0001-5109-3700",)
    )
    whole = elsewhere(doi="10.1/x", author_ids=("", orcid))
    (paper,), _ = distinct([short, whole])
    assert paper.authors == PAPER.authors
    assert paper.author_ids == ("https://orcid.org/0000-0001-5109-3700", orcid)


records = st.builds(
    replace,
    st.just(PAPER),
    id=st.sampled_from(["a", "b"]),
    title=st.sampled_from([PAPER.title, PAPER.title.upper(), "A quite different title of a paper"]),
    authors=st.sampled_from([(), ("Ada Lovelace",), ("A. Lovelace", "Bo Li"), ("Bo Li",)]),
    abstract=st.sampled_from(["", "One.", "Two."]),
    year=st.sampled_from([None, 2019, 2020, 2021]),
    venue=st.sampled_from([None, "arXiv", "iclr"]),
    doi=st.sampled_from([None, None, "10.1/x", "10.1/y", "10.48550/arxiv.2010.14501"]),
    identifiers=st.sampled_from(
        [(), (ARXIV,), ("https://openalex.org/W1",), ("https://openalex.org/W1", ARXIV)]
    ),
    location=st.builds(Location, st.sampled_from(["a", "b"]), st.integers(1, 99)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(records, max_size=12), st.randoms())
def test_whatever_the_records_no_order_matters_and_no_doi_or_id_is_lost(
    papers: list[Paper], chance: random.Random
) -> None:
    found, notices = distinct(papers)
    linked, _ = versions(found)
    chance.shuffle(papers)
    again, others = distinct(papers)
    assert (found, set(notices), linked) == (again, set(others), versions(again)[0])
    assert sorted({p.doi for p in papers if p.doi}) == sorted(p.doi for p in found if p.doi)
    assert {i for p in papers for i in p.identifiers} == {i for p in found for i in p.identifiers}
    assert len({p.id for p in found}) == len(found)
    assert all(version.preprint != version.published for version in linked)


def test_thousands_of_records_of_one_title_take_no_quadratic_time() -> None:
    papers = [
        replace(
            PAPER, id=f"p{n}", abstract=f"{n}", doi=f"10.1/{n}" if n % 2 else None, location=Location("a", n)
        )
        for n in range(8_000)
    ]
    start = perf_counter()
    versions(distinct(papers)[0])
    assert perf_counter() - start < 8
