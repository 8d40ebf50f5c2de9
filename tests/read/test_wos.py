from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import wos
from kg.read.drafts import Draft
from kg.read.source import Source, source_of
from kg.records import Notice

DATA = Path(__file__).parent / "data"


def _read(text: str) -> tuple[list[Draft], list[str]]:
    found = list(wos.read(Source("savedrecs.txt", "", text)))
    drafts = [draft for draft in found if isinstance(draft, Draft)]
    told = [f"{n.location.line} {n.severity}: {n.reason}" for n in found if isinstance(n, Notice)]
    return drafts, told


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_exports_alone_are_taken_for_exports(path: Path) -> None:
    assert wos.sniff(source_of(path.read_bytes(), path.name).head) == (path.name == "web-of-science.txt")


def test_every_field_of_an_export_is_read() -> None:
    (paper, early), told = _read((DATA / "web-of-science.txt").read_text(encoding="utf-8"))
    assert (paper.line, paper.title) == (3, "Memory Optimization for Deep Networks")
    assert paper.authors == ("Aashaka Shah", "Philipp Krähenbühl", "ATLAS Collaboration")
    assert paper.author_ids == (
        "https://www.webofscience.com/wos/author/rid/AAC-1234-2020",
        "https://orcid.org/0000-0002-9846-4369",
    )
    assert paper.abstract.endswith("increased by 32x over the last five years, memory only grew by 2.5x.")
    assert (paper.year, paper.venue, paper.doi) == (
        "2021",
        "JOURNAL OF MACHINE LEARNING RESEARCH",
        "10.5555/3546258.3546260",
    )
    assert paper.key == "WOS:000612345600001"
    assert paper.identifiers == ("WOS:000612345600001", "https://pubmed.ncbi.nlm.nih.gov/33526905")
    assert (early.authors, early.year) == (("L van der Maaten",), "OCT 2020")
    assert told == [
        "3 warning: ids of authors that belong to none of those named: 1; dropped",
        "28 rejected: a record of kind 'Correction', no paper; left out",
        "37 warning: Web of Science says that this paper was retracted",
    ]


def test_records_without_an_end_are_read_and_told() -> None:
    drafts, told = _read("PT J\nTI A\nPT J\nTI B\nER\nPT J\nTI C\n")
    assert [draft.title for draft in drafts] == ["A", "B", "C"]
    assert told == [
        "1 warning: the record is not closed by ER; it may be cut short",
        "6 warning: the last record is not closed by ER; it may be cut short",
    ]


def test_text_outside_of_records_is_told_once() -> None:
    drafts, told = _read("Searched by hand\nand saved\nPT J\nTI A\nER\nEF\n")
    assert [draft.title for draft in drafts] == ["A"]
    assert told == ["1 rejected: text outside of a record; left out"]


def test_a_line_that_lost_its_indent_belongs_to_the_field_above() -> None:
    (paper,), _ = _read("PT J\nTI A\nAB One.\nTwo, without a tag.\n   Three.\nER\n")
    assert paper.abstract == "One. Two, without a tag. Three."


@pytest.mark.parametrize("tag", ["AF", "AU", "BF", "BA"])
def test_authors_are_found_whatever_the_tag(tag: str) -> None:
    assert _read(f"PT B\n{tag} Li, Bo\n   King, Martin Luther, Jr.\nTI A\nER\n")[0][0].authors == (
        "Bo Li",
        "Martin Luther King Jr.",
    )


def test_an_orcid_goes_to_nobody_where_two_might_be_meant() -> None:
    (paper,), told = _read("PT J\nAU Li, B\n   Li, B\nTI A\nOI Li, Bo/0000-0002-3087-242X\nER\n")
    assert paper.author_ids == ()
    assert told == ["1 warning: ids of authors that belong to none of those named: 1; dropped"]


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_gives_drafts_and_notices_alone(text: str) -> None:
    for whole in (text, f"PT J\nTI {text}\nAU {text}\nOI {text}\nER\n"):
        wos.sniff(whole)
        for found in wos.read(Source("a.txt", "", whole)):
            assert isinstance(found, Draft | Notice)


@pytest.mark.parametrize("line", ["PT J\n", "PT J\nTI A\n", "   x\n", "AU \n", "TI " + "a;" * 20 + "\n"])
def test_hostile_exports_are_read_to_their_end(line: str) -> None:
    _read("FN x\nVR 1.0\n" + line * 50_000)
