"""Last words tell a kind where enough annotated labels agree."""

from __future__ import annotations

import tomllib

from kg.evaluate.gold import GoldPaper
from kg.records import Kind
from kg.train.heads import heads, heads_file
from kg.train.recipe import recipe

from .samples import GOLD, asked, paper

LABELS, SHARE = recipe("heads")["labels"], recipe("heads")["share"]


def labelled(kind: str, *labels: str) -> GoldPaper:
    return GoldPaper(paper("p", "A Title", ""), tuple(asked(kind, label) for label in labels))


def numbered(kind: str, head: str, count: int) -> GoldPaper:
    return labelled(kind, *(f"{letter}-type {head}" for letter in "abcdefghij"[:count]))


def test_labels_that_agree_tell_a_kind() -> None:
    assert heads([numbered("method", "networks", LABELS)]) == {"network": Kind.METHOD}


def test_too_few_labels_tell_nothing() -> None:
    assert heads([numbered("method", "network", LABELS - 1)]) == {}


def test_a_label_of_many_papers_counts_once() -> None:
    assert heads([labelled("method", "neural network")] * 5) == {}


def test_a_label_of_one_word_has_no_head() -> None:
    assert heads([labelled("method", "network", "Networks", "NETWORK", "net-works")]) == {}


def test_labels_that_disagree_tell_nothing() -> None:
    assert SHARE * 6 > 3, "the recipe lets half of the labels decide"
    assert heads([numbered("method", "search", 3), numbered("topic", "search", 3)]) == {}


def test_a_few_of_another_kind_do_no_harm() -> None:
    told = heads([numbered("method", "network", 9), labelled("topic", "social network")])
    assert told == {"network": Kind.METHOD}


def test_heads_stand_in_the_order_of_the_words() -> None:
    papers = [numbered("topic", "recognition", 3), numbered("method", "network", 3), *GOLD]
    assert list(heads(papers)) == ["network", "recognition"] == list(heads(papers[::-1]))


def test_the_file_reads_back_whatever_the_word() -> None:
    told = {'"quoted\\"': Kind.TOPIC, "naïve": Kind.METHOD, "c++": Kind.METRIC}
    assert tomllib.loads(heads_file(told)) == {head: str(kind) for head, kind in told.items()}
