from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.acronyms import definitions
from kg.records import Paper

from .conftest import blank

ACRONYMS = blank("kg_sentences", "kg_acronyms")


def defined(text: str) -> list[tuple[str, str]]:
    """Short and long forms that a text defines."""
    return [(short.text, long.text) for short, long in definitions(ACRONYMS(text))]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("In recent years, reinforcement learning (RL) has been applied.", "RL", "reinforcement learning"),
        ("We use graph neural networks (GNNs) here.", "GNNs", "graph neural networks"),
        ("We use long short-term memory (LSTM).", "LSTM", "long short-term memory"),
        ("The Fréchet Inception Distance (FID) falls.", "FID", "Fréchet Inception Distance"),
        ("Gains in out-of-distribution (OOD) detection.", "OOD", "out-of-distribution"),
        ("A Variational AutoEncoder (VAE) is trained.", "VAE", "Variational AutoEncoder"),
        ("We use stochastic gradient descent (SGD, for short).", "SGD", "stochastic gradient descent"),
        ("GNN (graph neural network) layers are stacked.", "GNN", "graph neural network"),
    ],
)
def test_a_bracket_after_an_expansion_or_before_it_defines_an_acronym(
    text: str, short: str, long: str
) -> None:
    assert defined(text) == [(short, long)]


def test_ssl_never_stands_for_supervised_learning() -> None:
    assert defined("Models of supervised learning (SSL) need labels.") == []
    assert defined("Models of self-supervised learning (SSL) need none.") == [
        ("SSL", "self-supervised learning")
    ]
    assert defined("Models of semi-supervised learning (SSL) need few.") == [
        ("SSL", "semi-supervised learning")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We use variants (VAE) of it.",  # no letter but the first starts a word
        "We use deep networks (GNN) here.",
        "It works (SOTA).",
        "(GNN) graph neural networks",
        "reinforcement learning () and (",
        "It holds in reinforcement learning (see RL).",
        "reinforcement learning. (RL) is popular.",
    ],
)
def test_letters_that_start_no_words_define_nothing(text: str) -> None:
    assert defined(text) == []


def test_the_expansion_after_a_stop_word_is_preferred() -> None:
    assert defined("We train by sub-s4 learning (SL).") == [("SL", "sub-s4 learning")]  # not "s4 learning"
    assert defined("Gains of sparse self-supervised learning (SSL).") == [("SSL", "self-supervised learning")]


def test_the_expansion_that_skips_fewest_words_comes_first() -> None:
    text = "We train the generative sparse graph generation network (GGN)."
    assert defined(text) == [("GGN", "graph generation network")]


def test_an_expansion_stays_in_its_sentence() -> None:
    assert defined("We study graphs. Neural Networks (GNN) help.") == []


def test_short_and_long_forms_stand_in_parallel_span_groups() -> None:
    doc = ACRONYMS("We join reinforcement learning (RL) and graph neural networks (GNN).")
    assert [span.text for span in doc.spans["kg_short_forms"]] == ["RL", "GNN"]
    assert [span.text for span in doc.spans["kg_long_forms"]] == [
        "reinforcement learning",
        "graph neural networks",
    ]


def test_every_acronym_of_the_seeds_begins_as_its_expansion_does(papers: Sequence[Paper]) -> None:
    pairs = [pair for paper in papers for pair in defined(paper.abstract)]
    assert len(pairs) > 100
    for short, long in pairs:
        assert short[0].lower() == long[0].lower(), (short, long)
        assert sum(c.isupper() for c in short) >= 2 or any(c.isdigit() for c in short), short


@given(st.lists(st.sampled_from(["b1", "b", "the", "-", "(", ")", "BB", "BBBC", "graph", ",", ".", "\n\n"])))
def test_no_text_makes_it_raise(words: list[str]) -> None:
    doc = ACRONYMS(" ".join(words))
    assert len(doc.spans["kg_short_forms"]) == len(doc.spans["kg_long_forms"])


def test_words_that_all_begin_alike_end_without_trying_every_alignment() -> None:
    assert defined("b " + "b1 " * 40 + "(BBBBBBBBBBC)") == []
