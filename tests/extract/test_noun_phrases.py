from __future__ import annotations

import itertools

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.noun_phrases import is_specific, run_from, runs, trim

NLP = spacy.blank("en")


def trimmed(text: str) -> str | None:
    """What is left of a phrase."""
    phrase = trim(NLP(text)[:])
    return phrase.text if phrase else None


def test_stop_words_and_punctuation_part_runs_and_hyphens_join_them() -> None:
    text = "We propose a simple algorithm in which an agent relabels goal-reaching trajectories, end-to-end."
    assert [run.text for run in runs(NLP(text)[:])] == [
        "simple algorithm",
        "agent relabels goal-reaching trajectories",
        "end-to-end",
    ]


def test_numbers_and_formulas_are_in_no_run() -> None:
    assert [run.text for run in runs(NLP("We train over 250 agents with $x$ and \\alpha decay.")[:])] == [
        "agents",
        "decay",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use HAA 500 here.", ["HAA 500"]),  # a number after a name is part of it
        ("We use agents 500 times.", ["agents", "times"]),
        ("An 8-bit network for 3-SAT.", ["8-bit network", "3-SAT"]),
        ("Adam's optimizer", ["Adam's optimizer"]),
        ("Adam's $f$ term", ["Adam", "term"]),
        ("“GraphFoo”, ‘BigFoo’ or ``SmallFoo''", ["GraphFoo", "BigFoo", "SmallFoo"]),
        ("SE(3)-equivariant nets", ["SE(3)-equivariant nets"]),
        ("subspace splitting(SS) helped", ["subspace", "helped"]),  # a bracket that the tokenizer broke
        ("GNN)s CIFAR-{10", []),
        ("end - to", ["end"]),
        ("train/test split", ["train/test split"]),
        ("🙂GraphFoo🙂", ["GraphFoo"]),
        ("", []),
    ],
)
def test_what_belongs_to_a_run(text: str, found: list[str]) -> None:
    assert [run.text for run in runs(NLP(text)[:])] == found


@pytest.mark.parametrize("text", ["https://github.com/foo/bar-baz", "www.foo.org", "foo.bar@baz.com"])
def test_addresses_are_in_no_run(text: str) -> None:
    assert [run.text for run in runs(NLP(f"See {text} for GraphFoo.")[:])] == ["See", "GraphFoo"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("novel deep symbolic regression framework", "deep symbolic regression"),
        ("state-of-the-art graph neural networks", "graph neural networks"),
        ("GraphFoo algorithm", "GraphFoo"),
        ("memory model", "memory model"),  # a single plain word says too little
        ("simple method", None),
        ("novel", None),
    ],
)
def test_trimming_takes_praise_from_the_left_and_generic_heads_from_the_right(
    text: str, left: str | None
) -> None:
    assert trimmed(text) == left


def test_generic_words_are_not_specific_alone() -> None:
    assert not is_specific(NLP("novel learning method")[:])
    assert is_specific(NLP("novel symbolic method")[:])


def test_a_run_begins_where_it_is_asked_to() -> None:
    doc = NLP("We propose deep symbolic regression for expressions.")
    run = run_from(doc, 2, len(doc))
    assert run is not None
    assert run.text == "deep symbolic regression"
    assert run_from(doc, 0, len(doc)) is None


@given(st.text())
def test_runs_neither_overlap_nor_leave_the_text(text: str) -> None:
    doc = NLP(text)
    found = list(runs(doc[:]))
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    for run in found:
        phrase = trim(run)
        if phrase is not None:
            assert run.start <= phrase.start < phrase.end <= run.end
