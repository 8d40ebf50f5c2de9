from __future__ import annotations

from kg.read import openreview

from .json_samples import lines, papers, sample, told


def _note(**content: object) -> dict[str, object]:
    return {"id": "abcdefg", "forum": "abcdefg", "content": {"title": "T", "authors": ["Bo Li"], **content}}


def test_notes_of_the_first_api_are_read() -> None:
    paper = papers(openreview, sample("openreview_v1.json"))[0]
    assert paper.title == "Theoretical Analysis of Self-Training with Deep Networks on Unlabeled Data"
    assert paper.authors == ("Colin Wei", "Kendrick Shen", "Yining Chen", "Tengyu Ma")
    assert (paper.id, paper.year, paper.venue) == ("rc8sj4i6kah", 2021, "ICLR")
    assert paper.url == "https://openreview.net/forum?id=rC8sJ4i6kaH"
    assert paper.identifiers == ("https://openreview.net/forum?id=rC8sJ4i6kaH",)


def test_a_mail_address_or_a_search_identifies_nobody() -> None:
    assert papers(openreview, sample("openreview_v1.json"))[0].author_ids == (
        "https://openreview.net/profile?id=~Colin_Wei1",
        "",
        "",
        "https://dblp.org/pid/54/9061",
    )


def test_reviews_withdrawals_and_missing_venues_are_told() -> None:
    assert told(openreview, sample("openreview_v1.json")) == [
        "53 warning: withdrawn submission; read without a venue",
        "53 warning: the authors are anonymous",
        "53 warning: no authors",
        "97 rejected: a reply, no paper ('ICLR.cc/2021/Conference/Paper1/-/Official_Review'); left out",
        "111 warning: no venue; the note does not tell whether it was accepted",
    ]


def test_a_submission_without_venue_has_the_year_of_its_invitation() -> None:
    paper = papers(openreview, sample("openreview_v1.json"))[2]
    assert (paper.venue, paper.year) == (None, 2021)


def test_notes_of_the_second_api_are_read() -> None:
    found = papers(openreview, sample("openreview_v2.jsonl"))
    assert [(paper.venue, paper.year) for paper in found] == [
        ("ICLR", 2024),
        (None, 2024),
        (None, 2024),
        ("TMLR", 2024),
    ]
    assert found[0].authors == ("Marcin Andrychowicz", "Anton Raichuk")
    assert told(openreview, sample("openreview_v2.jsonl")) == [
        "2 warning: desk-rejected submission; read without a venue",
        "3 warning: rejected submission; read without a venue",
    ]


def test_authors_may_be_objects_and_the_paper_on_arxiv() -> None:
    paper = papers(openreview, sample("openreview_v2.jsonl"))[3]
    assert paper.authors == ("Atsushi Nitanda", "Taiji Suzuki")
    assert paper.author_ids[0] == "https://openreview.net/profile?id=~Atsushi_Nitanda1"
    assert "https://arxiv.org/abs/2006.12297" in paper.identifiers


def test_ids_that_are_not_one_for_each_author_are_dropped() -> None:
    source = lines(_note(authorids=["~A1", "~B1"], venue="TMLR"))
    assert told(openreview, source) == ["1 warning: 2 authorids for 1 authors; dropped"]
    assert papers(openreview, source)[0].author_ids == ()


def test_a_withdrawal_is_seen_however_it_is_told() -> None:
    ways = [
        _note(venue="ICLR 2024 Conference Withdrawn Submission"),
        _note(venueid="ICLR.cc/2024/Conference/Withdrawn_Submission"),
        _note(venue="ICLR 2020 Poster", withdrawal="Confirmed"),
        {**_note(), "invitation": "ICLR.cc/2021/Conference/-/Withdrawn_Submission"},
    ]
    for note in ways:
        assert told(openreview, lines(note)) == ["1 warning: withdrawn submission; read without a venue"]
        assert papers(openreview, lines(note))[0].venue is None


def test_a_deleted_note_is_left_out() -> None:
    assert told(openreview, lines({**_note(), "ddate": 1697213000000})) == [
        "1 rejected: deleted from OpenReview; left out"
    ]


def test_a_date_gives_the_year_where_nothing_else_does() -> None:
    assert papers(openreview, lines({**_note(venue="TMLR"), "cdate": 1697213000000}))[0].year == 2023
    assert papers(openreview, lines({**_note(venue="TMLR"), "cdate": 10**30}))[0].year is None


def test_a_record_of_dblp_has_its_doi_from_its_link() -> None:
    note = _note(venue="CoRR 2020", html="https://doi.org/10.1000/XYZ")
    paper = papers(openreview, lines(note))[0]
    assert (paper.doi, paper.venue, paper.year) == ("10.1000/xyz", "CoRR", 2020)


def test_the_id_of_a_conference_serves_where_its_name_is_missing() -> None:
    paper = papers(openreview, lines(_note(venueid="ICLR.cc/2021/Conference")))[0]
    assert (paper.venue, paper.year) == ("ICLR", 2021)
