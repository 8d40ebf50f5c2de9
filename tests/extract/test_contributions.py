from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract.candidates import candidates
from kg.records import Paper

from .conftest import blank, proposed

CONTRIBUTIONS = blank("kg_sentences", "kg_acronyms", "kg_contributions")


def titled(title: str, abstract: str = "") -> list[tuple[str, str, str]]:
    """The announced names of a title and its abstract."""
    doc = CONTRIBUTIONS.make_doc(f"{title}\n\n{abstract}")
    doc._.kg_title_end = len(title)
    return proposed(CONTRIBUTIONS(doc))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Deformable DETR: Deformable Transformers for End-to-End Object Detection", "Deformable DETR"),
        ("Co-Mixup: Saliency Guided Joint Mixup with Supermodular Diversity", "Co-Mixup"),
        ("MultiModalQA: complex question answering over text, tables and images", "MultiModalQA"),
    ],
)
def test_a_name_before_the_colon_of_a_title_is_announced(title: str, name: str) -> None:
    assert titled(title) == [(name, "method", "titled")]


@pytest.mark.parametrize(
    "title",
    [
        "What Matters for On-Policy Deep Actor-Critic Methods? A Large-Scale Study",
        "Deep symbolic regression: Recovering mathematical expressions from data",  # a theme, no name
        "Learning: a survey",
        "On the Theory of Things: GraphFoo",
        ": nothing before it",
        ":",
    ],
)
def test_a_title_that_begins_with_a_theme_announces_nothing(title: str) -> None:
    assert titled(title) == []


def test_a_name_announced_in_the_title_is_found_in_the_abstract_too() -> None:
    found = titled("BigFoo: Learning on Graphs", "We train BigFoo. Then bigfoo and BigFoos differ.")
    assert found == [("BigFoo", "method", "titled")] * 2


@pytest.mark.parametrize("verb", ["propose", "introduce", "present", "develop"])
def test_what_we_propose_is_announced(verb: str) -> None:
    doc = CONTRIBUTIONS(f"In this paper, we {verb} a novel symbolic tree search for planning.")
    assert proposed(doc) == [("symbolic tree search", "method", "proposed")]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("This paper presents the BigZoo dataset.", "BigZoo", "dataset"),
        ("We release ZooBench, a suite of tasks.", "ZooBench", "method"),
        ("We introduce the fair division problem.", "fair division", "topic"),
    ],
)
def test_the_head_of_an_announced_phrase_tells_its_kind(text: str, name: str, kind: str) -> None:
    assert proposed(CONTRIBUTIONS(text))[0] == (name, kind, "proposed")


@pytest.mark.parametrize("cue", ["called", "termed", "dubbed", "named"])
@pytest.mark.parametrize("written", ["GraphFoo", "``GraphFoo''", "“GraphFoo”"])
def test_what_is_called_a_name_is_announced(cue: str, written: str) -> None:
    doc = CONTRIBUTIONS(f"We study a framework, {cue} {written}, on graphs.")
    assert ("GraphFoo", "method", "named") in proposed(doc)


def test_the_word_before_called_tells_the_kind() -> None:
    assert proposed(CONTRIBUTIONS("There is a dataset called ZooSet now.")) == [
        ("ZooSet", "dataset", "named")
    ]


def test_a_name_with_a_novel_apposition_is_announced() -> None:
    assert proposed(CONTRIBUTIONS("FooNet, a novel network, is fast.")) == [("FooNet", "method", "apposed")]
    assert proposed(CONTRIBUTIONS("FooNet, a known network, is fast.")) == []


def test_an_announced_acronym_takes_its_expansion_along() -> None:
    doc = CONTRIBUTIONS("We present Purple Zebra Dance (PZD), which learns. PZD works.")
    assert [text for text, _, _ in proposed(doc)] == ["Purple Zebra Dance", "PZD", "PZD"]


@pytest.mark.parametrize(
    "text",
    [
        "We propose a novel method.",
        "We propose an analysis of symbolic trees.",
        "We prove symbolic tree search.",
        "Others propose symbolic tree search.",
        "They called it off.",
        "We propose",
        "It is called",
    ],
)
def test_generic_words_analyses_and_other_peoples_work_are_not_announced(text: str) -> None:
    assert proposed(CONTRIBUTIONS(text)) == []


@pytest.mark.parametrize(
    ("identifier", "name"),
    [("iclr-2021-0036", "Deformable DETR"), ("iclr-2021-0181", "MultiModalQA")],
)
def test_seed_papers_announce_their_names(by_id: dict[str, Paper], identifier: str, name: str) -> None:
    source = by_id[identifier]
    assert name in {text for text, _, _ in titled(source.title, source.abstract)}


def test_no_announced_name_of_the_seeds_crosses_a_sentence(papers: Sequence[Paper]) -> None:
    for source in papers:
        for span in candidates(CONTRIBUTIONS(source.abstract)):
            assert span.end <= span.sent.end, (source.id, span.text)
