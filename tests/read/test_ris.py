from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import ris

from .bibliographies import draft, drafts, others, papers, seed, text_of, told
from .independent import reads_as_printed


def reference(*lines: str, type: str = "JOUR") -> str:
    return "\n".join([f"TY  - {type}", "TI  - A Title", *lines, "ER  - ", ""])


def test_a_zotero_export_says_what_the_list_says() -> None:
    performers, clue = papers(ris, "zotero.ris")
    for paper in (performers, clue):
        printed = seed(paper.title)
        assert paper.authors == printed.authors
        assert reads_as_printed(paper.abstract, printed.abstract)
        assert (paper.year, paper.url) == (2021, printed.url)
    assert performers.venue == "International Conference on Learning Representations"
    assert performers.id == "choromanski-rethinking-2021"
    assert "https://arxiv.org/abs/2009.14794" in performers.identifiers
    assert (clue.venue, clue.doi) == ("ICLR", "10.5555/clue.2021")


def test_a_publishers_export_has_a_preamble_and_folds_lines() -> None:
    paper, cut = papers(ris, "publisher.ris")
    printed = seed("Neural Synthesis of Binaural Speech From Mono Audio")
    assert (paper.title, paper.authors) == (printed.title, printed.authors)
    assert paper.abstract.split() == printed.abstract.split()
    assert (paper.venue, paper.year, paper.doi) == ("Journal of Samples", 2021, "10.5555/binaural.2021")
    assert paper.url == "https://www.example.org/a;b?c=1"
    assert paper.identifiers == (printed.url,)
    assert cut.authors == ("Xiaoxia Wu",)


def test_what_is_left_out_or_cut_short_is_told_with_its_line() -> None:
    assert told(ris, text_of("publisher.ris")) == [
        "40 rejected: no paper: a reference of type MUSIC",
        "45 warning: no ER at the end of the reference; it may be cut short",
        "45 warning: the list of authors ends in 'et al.': it is not complete",
    ]


@pytest.mark.parametrize(
    ("inverted", "printed"),
    [
        ("van der Maaten, Laurens", "Laurens van der Maaten"),
        ("De la Torre, Fernando", "Fernando De la Torre"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("Vaswani,A.", "A. Vaswani"),
        ("World Health Organization,", "World Health Organization"),
        ("Barnes and Noble, Inc.", "Barnes and Noble, Inc."),
        ("Ada Lovelace", "Ada Lovelace"),
    ],
)
def test_names_come_in_the_order_of_print(inverted: str, printed: str) -> None:
    assert draft(ris, reference(f"AU  - {inverted}")).authors == (printed,)


def test_several_names_on_one_line_are_parted_at_semicolons() -> None:
    assert draft(ris, reference("A1  - Lovelace, Ada; Li, Bo")).authors == ("Ada Lovelace", "Bo Li")


@pytest.mark.parametrize(
    ("lines", "doi"),
    [
        (["DO  - 10.5555/a"], "10.5555/a"),
        (["M3  - doi:10.5555/a"], "10.5555/a"),
        (["M3  - Article", "N1  - doi: 10.5555/a"], "10.5555/a"),
        (["UR  - https://doi.org/10.5555/a"], "10.5555/a"),
        (["N1  - We thank 10.5555/a"], None),
    ],
)
def test_a_doi_is_found_where_exports_put_it(lines: list[str], doi: str | None) -> None:
    assert draft(ris, reference(*lines)).doi == doi


def test_a_date_with_a_year_counts_before_one_without() -> None:
    assert draft(ris, reference("PY  - in press", "DA  - 2021/05/03")).year == "2021/05/03"


def test_a_local_file_is_no_address() -> None:
    assert (
        draft(ris, reference("UR  - file:///home/ada/a.pdf", "UR  - https://a.org/b")).url
        == "https://a.org/b"
    )


def test_paragraphs_of_an_abstract_and_dashes_in_it_are_kept() -> None:
    text = reference("AB  - One.", "", "AI - the second - goes on", "N2  - other")
    assert draft(ris, text).abstract == "One.\n\nAI - the second - goes on"


def test_a_book_has_its_title_under_bt() -> None:
    found = draft(ris, "TY  - BOOK\nBT  - Deep Learning\nER  - ")
    assert (found.title, found.venue) == ("Deep Learning", None)


def test_tags_with_one_space_are_read_where_the_reference_begins_so() -> None:
    assert draft(ris, "TY - JOUR\nTI - A Title\nAU - Li, Bo\nER -").authors == ("Bo Li",)


def test_a_reference_without_its_end_does_not_swallow_the_next() -> None:
    found = drafts(ris, "TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - ")
    assert [(each.line, each.title) for each in found] == [(1, "A"), (3, "B")]


def test_a_tag_outside_of_references_is_told_once() -> None:
    assert told(ris, reference() + "TI  - B\nAU  - Li, Bo\n" + reference()) == [
        "4 rejected: a tag outside of references; the lines up to the next TY are left out"
    ]


@pytest.mark.parametrize("name", others("zotero.ris", "publisher.ris"))
def test_other_formats_are_not_taken_for_it(name: str) -> None:
    assert not ris.sniff(text_of(name))


def test_half_a_million_lines_of_one_field_take_a_moment() -> None:
    start = time.process_time()
    assert len(drafts(ris, "TY  - JOUR\nAB  - a\n" + "x\n" * 500_000)) == 1
    assert time.process_time() - start < 10


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["TY  - ", "TY - ", "ER  - ", "AU  - ", "BT  - ", "\n", "\x1f", ";", ",", "a"])
        | st.text()
    )
)
def test_any_text_is_read_to_its_end(pieces: list[str]) -> None:
    text = "TY  - JOUR\n" + "".join(pieces)
    for record in drafts(ris, text):
        assert 1 <= record.line <= text.count("\n") + text.count("\r") + 1
    told(ris, text)
