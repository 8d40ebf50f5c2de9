from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import medline
from kg.read.drafts import Draft
from kg.read.source import Source, source_of
from kg.records import Notice

DATA = Path(__file__).parent / "data"


def _read(text: str) -> tuple[list[Draft], list[str]]:
    found = list(medline.read(Source("a.nbib", "", text)))
    drafts = [draft for draft in found if isinstance(draft, Draft)]
    told = [f"{n.location.line} {n.severity}: {n.reason}" for n in found if isinstance(n, Notice)]
    return drafts, told


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_medline_alone_is_taken_for_medline(path: Path) -> None:
    assert medline.sniff(source_of(path.read_bytes(), path.name).head) == (path.name == "pubmed.nbib")


def test_every_field_is_read() -> None:
    (paper, translated), told = _read((DATA / "pubmed.nbib").read_text(encoding="utf-8"))
    assert paper.line == 2
    assert paper.title.endswith("a study of GPUs and their total available memory")
    assert paper.authors == ("Aashaka Shah", "ATLAS Collaboration", "Philipp Krähenbühl Jr")
    assert paper.author_ids == (
        "https://orcid.org/0000-0002-1825-0097",
        "",
        "https://orcid.org/0000-0002-9846-4369",
    )
    assert paper.abstract.startswith("BACKGROUND: Deep learning is slowly, but steadily")
    assert (paper.year, paper.venue, paper.doi) == ("2021", "Nature", "10.1038/s41586-021-00001-1")
    assert (paper.key, paper.identifiers) == (
        "pmid-33526905",
        ("https://pubmed.ncbi.nlm.nih.gov/33526905",),
    )
    assert (translated.title, translated.authors) == (
        "Theoretical analysis of self-training",
        ("C Wei", "AB De Grassi"),
    )
    assert told == [
        "2 warning: MEDLINE says that this paper was retracted",
        "49 rejected: a record of kind 'Published Erratum', no paper; left out",
    ]


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("A study.", "A study"),
        ("Is it a study?", "Is it a study?"),
        ("And so on...", "And so on..."),
        ("[A study.]", "A study"),
        ("[A study].", "A study"),
        ("[18F]FDG and [11C]choline.", "[18F]FDG and [11C]choline"),
        ("[Not Available].", "Une étude"),
    ],
)
def test_what_nlm_adds_to_a_title_is_taken_off(printed: str, title: str) -> None:
    assert _read(f"PMID- 1\nTI  - {printed}\nTT  - Une étude.\n")[0][0].title == title


def test_records_are_told_apart_with_or_without_a_number_and_blank_lines() -> None:
    texts = ("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n", "PMC - PMC1\nPMID- 1\nTI  - A\n\nPMC - PMC2\nPMID- 2\nTI  - B\n",
             "TI  - A\nAU  - Li B\n\nTI  - B\n")  # fmt: skip
    for text in texts:
        assert [draft.title for draft in _read(text)[0]] == ["A", "B"], text


def test_a_blank_line_within_an_abstract_does_not_end_a_record() -> None:
    (paper,), told = _read("PMID- 1\nTI  - A\nAB  - One.\n\n      Two.\nFAU - Li, Bo\nAU  - Li B\n")
    assert (paper.abstract, paper.authors, told) == ("One. Two.", ("Bo Li",), [])


def test_text_before_the_first_record_is_told_once() -> None:
    drafts, told = _read("Results of a search\nof PubMed\n\nPMID- 1\nTI  - A\n")
    assert [draft.title for draft in drafts] == ["A"]
    assert told == ["1 rejected: text outside of a record; left out"]


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_gives_drafts_and_notices_alone(text: str) -> None:
    for whole in (text, f"PMID- 1\nTI  - {text}\nFAU - {text}\nAUID- {text}\nAID - {text}\n"):
        medline.sniff(whole)
        for found in medline.read(Source("a.nbib", "", whole)):
            assert isinstance(found, Draft | Notice)


@pytest.mark.parametrize(
    "line", ["PMID- 1\n", "FAU - Li, Bo\nAUID- ORCID:" + " " * 50 + "\n", "      x\n", "AID - x [doi\n"]
)
def test_hostile_files_are_read_to_their_end(line: str) -> None:
    _read("PMID- 1\n" + line * 50_000)
    _read("PMID- 1\nTI  - A\n" + line.strip() * 100_000)
    medline.sniff(line * 5_000)
