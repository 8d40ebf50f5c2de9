"""The term table: what is counted, which terms stand in it, and that nothing but the texts decides."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from kg.extract.pipeline import read_doc
from kg.read.source import ReadError
from kg.train import terms
from kg.train.terms import Counts, count, term_table

from .samples import GOLD, paper

TINY = (
    paper(
        "a",
        "Deep symbolic regression: Recovering mathematical expressions from data",
        "Despite recent advances, deep learning approaches to symbolic regression are underexplored.",
    ),
    paper(
        "b",
        "A Title",
        "This is the problem of symbolic regression.",
    ),
    paper(
        "c",
        "A Title",
        "Specifically, we use a recurrent neural network to emit a distribution over expressions.",
    ),
)
LEAST, WIDTH = 2, 3
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of the terms of two papers, in three dimensions."""
    monkeypatch.setattr(terms, "data", lambda name: {"least_papers": LEAST, "dimensions": WIDTH})


@pytest.fixture(scope="module")
def counted(nlp: Language) -> Counts:
    counts = Counts()
    for text in TINY:
        count(nlp(read_doc(text, nlp)), counts)
    return counts


@pytest.mark.parametrize(
    ("term", "papers", "titles", "alone"),
    [
        ("symbolic regression", 2, 1, 2),
        ("mathematical expression", 1, 1, 0),
        ("expression", 2, 1, 1),
        ("recurrent neural network", 1, 0, 1),
        ("neural network", 1, 0, 0),
        ("graph", 0, 0, 0),
    ],
)
def test_papers_titles_and_standing_alone_are_counted(
    counted: Counts, term: str, papers: int, titles: int, alone: int
) -> None:
    assert (counted.papers[term], counted.titles[term], counted.alone[term]) == (papers, titles, alone)


def test_the_words_beside_a_phrase_are_its_contexts(counted: Counts) -> None:
    beside = {context: n for (term, context), n in counted.contexts.items() if term == "symbolic regression"}
    assert beside == {"<deep": 1, ">:": 1, "<to": 1, ">are": 1, "<of": 1, ">.": 1}


@pytest.mark.usefixtures("few")
def test_a_term_stands_in_as_many_papers_as_asked_for(nlp: Language) -> None:
    counts = Counts()
    papers = [gold.paper for gold in GOLD]
    for text in papers:
        count(nlp(read_doc(text, nlp)), counts)
    table = term_table(papers, nlp)
    assert table["term"].to_pylist() == sorted(term for term, n in counts.papers.items() if n >= LEAST)
    assert table["papers"].to_pylist() == [counts.papers[term] for term in table["term"].to_pylist()]


@pytest.mark.usefixtures("few")
def test_vectors_have_the_length_that_extraction_counts_on(nlp: Language) -> None:
    for vector in _rows(term_table([gold.paper for gold in GOLD], nlp)):
        length = sum(int.from_bytes(vector[i : i + 1], signed=True) ** 2 for i in range(WIDTH)) ** 0.5
        assert length == pytest.approx(127, abs=2)


@pytest.mark.usefixtures("few")
def test_the_order_of_the_papers_tells_nothing(nlp: Language) -> None:
    papers = [gold.paper for gold in GOLD]
    table, other = term_table(papers, nlp), term_table(papers[::-1], nlp)
    assert table.equals(other)


def test_too_few_papers_are_refused_in_words(nlp: Language) -> None:
    with pytest.raises(ReadError, match="give more papers"):
        term_table(TINY, nlp)


@pytest.mark.usefixtures("few")
def test_vectors_are_the_same_under_another_hash_seed() -> None:
    """Here and in another process, from counts alone."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    script = "from tests.train.test_terms import bytes_of_vectors; print(bytes_of_vectors().hex())"
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert bytes_of_vectors().hex() == told.stdout.strip()


def bytes_of_vectors() -> bytes:
    """The vectors of twelve terms, their contexts counted in the order of a set, which hashes decide."""
    names = [f"term {letter}" for letter in "abcdefghijkl"]
    pairs = {
        (name, f"<{word}")
        for i, name in enumerate(names)
        for word in ("we", "the", "a", "of", "deep")[: i % 5 + 1]
    }
    contexts = {pair: 1 + len(pair[1]) % 3 for pair in pairs}
    return terms._quantised(terms._vectors(names, contexts, WIDTH)).tobytes()


def _rows(table: Any) -> list[bytes]:
    return [bytes(vector) for vector in table["vector"].to_pylist()]
