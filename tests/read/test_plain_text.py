from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import plain_text
from kg.read.drafts import Draft

from . import bibliographies
from .bibliographies import others, papers, seed, text_of

SAMPLES = ("paper.txt", "labelled.txt")
ABSTRACT = (
    "We introduce Performers, which estimate full attention with provable accuracy and linear cost. " * 4
)


def drafts(text: str, name: str = "a.txt") -> list[Draft]:
    return bibliographies.drafts(plain_text, text, name)


def draft(text: str) -> Draft:
    return bibliographies.draft(plain_text, text, "a.txt")


def told(text: str) -> list[str]:
    return bibliographies.told(plain_text, text, "a.txt")


def test_a_paper_as_pdftotext_gives_it() -> None:
    (paper,) = papers(plain_text, "paper.txt")
    printed = seed("Neural Synthesis of Binaural Speech From Mono Audio")
    assert (paper.title, paper.authors) == (printed.title, printed.authors)
    assert paper.abstract.split() == printed.abstract.split()


def test_labels_say_what_a_line_is() -> None:
    (paper,) = papers(plain_text, "labelled.txt")
    printed = seed("When Do Curricula Work?")
    assert (paper.title, paper.authors, paper.abstract) == (printed.title, printed.authors, printed.abstract)
    assert (paper.venue, paper.year, paper.url) == ("ICLR", 2021, printed.url)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ada Lovelace, Bo Li and Cy Young", ("Ada Lovelace", "Bo Li", "Cy Young")),
        ("Ada Lovelace1*, Bo Li2,† & Cy Young1,2", ("Ada Lovelace", "Bo Li", "Cy Young")),
        ("Lovelace, Ada; van der Maaten, Laurens", ("Ada Lovelace", "Laurens van der Maaten")),
        ("by J.-H. Kim", ("J.-H. Kim",)),
        ("Ada Lovelace et al.", ("Ada Lovelace",)),
        ("A Large-Scale Study", ()),
        ("University of Oxford", ()),
        ("We show that this is so.", ()),
    ],
)
def test_a_line_of_names_below_the_title_is_the_authors(line: str, authors: tuple[str, ...]) -> None:
    assert draft(f"Rethinking Attention\n{line}\n\n{ABSTRACT}").authors == authors


def test_without_authors_nothing_of_the_abstract_is_lost() -> None:
    assert draft(f"Rethinking Attention\n{ABSTRACT}\n\nSecond.").abstract == f"{ABSTRACT.strip()}\n\nSecond."


def test_a_title_over_lines_ends_at_an_empty_one() -> None:
    assert draft(f"Rethinking\nAttention\n\n{ABSTRACT}").title == "Rethinking Attention"


def test_of_a_whole_paper_the_abstract_alone_is_read() -> None:
    text = f"Rethinking Attention\n\nAda Lovelace\n\nAbstract. \n{ABSTRACT}\n\nI. INTRODUCTION\n\nMuch is written."
    assert draft(text).abstract == ABSTRACT.strip()


def test_a_text_too_long_for_an_abstract_is_told() -> None:
    (notice,) = told("Rethinking Attention\n\n" + ABSTRACT * 50)
    assert "whole paper" in notice


@pytest.mark.parametrize(
    "text",
    [
        "buy milk",
        "",
        ABSTRACT,
        "# Rethinking\n\n" + ABSTRACT,
        "\n".join(["a,b,c", *["1,2,3"] * 50]),
        "\n".join(["2021-05-03 12:00:01 INFO start"] * 50),
        "def f(x):\n" + "    return x[0] + {1: 2}[x] * (3 - x) ** 2\n" * 30,
    ],
)
def test_notes_tables_code_and_markdown_are_no_papers(text: str) -> None:
    assert drafts(text) == []


@pytest.mark.parametrize(
    "name", ["README.txt", "folder/license.txt", "REQUIREMENTS.TXT.gz", "notes.md", "data.csv"]
)
def test_files_that_accompany_papers_or_have_other_names_are_none(name: str) -> None:
    assert drafts(f"Rethinking Attention\n\n{ABSTRACT}", name) == []


@pytest.mark.parametrize("name", others(*SAMPLES))
def test_other_formats_are_not_taken_for_it(name: str) -> None:
    assert not plain_text.sniff(text_of(name))


HOSTILE: dict[str, Callable[[], str]] = {
    "empty lines": lambda: "Title\n" + "\n" * 1_000_000 + ABSTRACT,
    "short lines": lambda: "Title\n" + "Ada Lovelace,\n" * 100_000,
    "labels": lambda: "Title\n" + "Year: 2021\n" * 100_000,
    "spaces": lambda: "Title\n" + ABSTRACT + " " * 1_000_000 + "x",
    "commas": lambda: "Title\n" + ABSTRACT + ", and" * 200_000,
    "marks": lambda: "Title\n" + "*1," * 600 + "\n" + ABSTRACT,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_a_moment(name: str) -> None:
    start = time.process_time()
    drafts(HOSTILE[name]())
    assert time.process_time() - start < 10


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["\n", "Abstract", ":", "Authors:", "Ada Lovelace", ",", "by ", "1 ", "IV. "])
        | st.text()
    )
)
def test_any_text_is_read_to_its_end(pieces: list[str]) -> None:
    text = "Title\n" + "".join(pieces)
    assert len(drafts(f"{text}\n{ABSTRACT}")) <= 1
    told(text)
