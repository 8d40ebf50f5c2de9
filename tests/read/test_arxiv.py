from __future__ import annotations

import time

import pytest

from kg.read import arxiv

from .json_samples import lines, papers, sample, told


def test_a_dump_is_read() -> None:
    paper = papers(arxiv, sample("arxiv.jsonl"))[0]
    assert paper.title == "Theoretical Analysis of Self-Training with Deep Networks on Unlabeled Data"
    assert paper.authors == ("Colin Wei", "Kendrick Shen", "Yining Chen", "Tengyu Ma")
    assert (paper.id, paper.year, paper.venue) == ("arxiv-2010-03622", 2020, "arXiv")
    assert paper.url == "https://arxiv.org/abs/2010.03622"
    assert paper.identifiers == ("https://arxiv.org/abs/2010.03622",)


def test_names_are_printed_without_latex_suffixes_last_and_affiliations_left_out() -> None:
    paper = papers(arxiv, sample("arxiv.jsonl"))[1]
    assert paper.authors == (
        "Marcin Andrychowicz",
        "Raphaël Marinier",
        "Léonard Hussenot",
        "Martin Luther King Jr.",
        "The CMS Collaboration",
    )


def test_a_journal_reference_tells_venue_and_year() -> None:
    paper = papers(arxiv, sample("arxiv.jsonl"))[1]
    assert (paper.venue, paper.year, paper.doi) == ("Phys.Rev.D", 2007, "10.1103/physrevd.76.013009")


def test_names_as_typed_serve_where_they_were_not_parsed() -> None:
    paper = papers(arxiv, sample("arxiv.jsonl"))[2]
    assert paper.authors == ("Brenden K. Petersen", "Mikel Landajuela", "T. Nathan Mundhenk")


def test_what_was_withdrawn_is_told() -> None:
    assert told(arxiv, sample("arxiv.jsonl")) == ["3 warning: withdrawn from arXiv"]


def test_the_lines_of_an_abstract_are_joined_but_not_its_paragraphs() -> None:
    record = {"id": "0704.0001", "title": "T", "abstract": "  One\ntwo.\n  Three\nfour.\n"}
    assert papers(arxiv, lines(record))[0].abstract == "One two.\n\nThree four."


@pytest.mark.parametrize(
    ("reference", "venue", "year"),
    [
        ("Phys. Rev. D 76, 013009 (2007)", "Phys. Rev. D", "2007"),
        (
            "Advances in Neural Information Processing Systems 33 (2020)",
            "Advances in Neural Information Processing Systems",
            "2020",
        ),
        ("JMLR, vol. 21, no. 3, 2020", "JMLR", "2020"),
        ("Nature, 2015", "Nature", "2015"),
        ("In ICML 2019", "ICML", "2019"),
        ("Proceedings of the 36th International Conference on Machine Learning, PMLR 97, 2019", None, None),
        ("2019 IEEE Conference on Robotics", None, None),
        ("Phys.Rev.Lett.", None, None),
        ("", None, None),
    ],
)
def test_journal_references(reference: str, venue: str | None, year: str | None) -> None:
    assert arxiv.journal(reference) == (venue, year)


@pytest.mark.parametrize(
    "text", ["a," * 500, "a" + " 1" * 99, "a" + "," * 150 + "x", "a 19" * 45, "In " * 60]
)
def test_hostile_references_take_no_time(text: str) -> None:
    start = time.process_time()
    arxiv.journal(text)
    assert time.process_time() - start < 0.5


def test_an_id_of_another_kind_is_told() -> None:
    assert told(arxiv, lines({"id": "x", "title": "T", "authors": "Bo Li"})) == [
        "1 warning: id is not one of arXiv; no address is made of it"
    ]
