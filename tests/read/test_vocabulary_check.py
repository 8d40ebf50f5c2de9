from __future__ import annotations

import random

import pytest

from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.read.vocabulary_check import Fault, Problem, Rules, comparable, problems, shipped_rules
from kg.records import Concept, Kind

RULES = Rules(
    homonyms={"DP"},
    fields={Kind.TOPIC: {"computer-vision"}},
    plain_words={"flow", "the"},
)


def concept(key: str, *names: str, broader: tuple[str, ...] = (), guard: tuple[str, ...] = ()) -> Concept:
    """A curated concept; its id is its name where none is given."""
    kind, identifier = key.split("/")
    label, *others = names or (identifier,)
    return Concept(identifier, Kind(kind), label, tuple(others), broader, True, guard)


def told(*concepts: Concept) -> list[str]:
    return [str(problem) for problem in problems(concepts, RULES)]


@pytest.mark.parametrize("name", ["graph network", "Graph Network", "graph-network", "graph networks"])
def test_two_concepts_of_a_kind_with_one_name_in_any_case_hyphens_or_number_are_duplicates(name: str) -> None:
    assert told(concept("method/a", "graph network"), concept("method/b", "another name", name)) == [
        "duplicate: graph network (method/a, method/b)"
    ]


def test_a_concept_may_have_several_spellings_of_one_name() -> None:
    assert told(concept("method/a", "graph network", "Graph Network", "graph-networks")) == []


def test_names_of_one_word_with_a_capital_differ_by_case() -> None:
    assert told(concept("dataset/cola", "CoLA"), concept("dataset/other", "COLA")) == []
    assert told(concept("dataset/cola", "CoLA"), concept("dataset/other", "CoLA")) == [
        "duplicate: CoLA (dataset/cola, dataset/other)"
    ]


def test_a_name_of_two_kinds_is_told() -> None:
    assert told(concept("method/adaptation", "domain shift"), concept("metric/shift", "Domain Shift")) == [
        "two kinds: domain shift (method/adaptation, metric/shift)"
    ]


def test_a_declared_homonym_may_be_shared() -> None:
    assert (
        told(
            concept("method/dynamic-programming", "dynamic programming", "DP"),
            concept("method/dirichlet-process", "Dirichlet process", "DP"),
            concept("metric/demographic-parity", "demographic parity", "DP"),
        )
        == []
    )


def test_a_cycle_is_told_once_with_its_way_round() -> None:
    assert told(
        concept("method/a", broader=("b",)),
        concept("method/b", broader=("c",)),
        concept("method/c", broader=("a", "root")),
        concept("method/root"),
        concept("method/below", broader=("a",)),
    ) == ["cycle: a (method/a, method/b, method/c)"]
    assert told(concept("method/a", broader=("a",))) == ["cycle: a (method/a)"]


def test_two_ways_up_to_one_concept_are_no_cycle() -> None:
    assert (
        told(
            concept("method/low", broader=("left", "right")),
            concept("method/left", broader=("top",)),
            concept("method/right", broader=("top",)),
            concept("method/top"),
        )
        == []
    )


def test_a_topic_with_nothing_broader_that_is_no_field_is_an_orphan() -> None:
    assert told(
        concept("topic/computer-vision"),
        concept("topic/segmentation", broader=("computer-vision",)),
        concept("topic/stray", "stray topic"),
    ) == ["orphan: stray topic (topic/stray)"]


def test_a_broader_concept_that_does_not_exist_is_none() -> None:
    assert told(concept("topic/stray", "stray topic", broader=("nowhere",))) == [
        "orphan: stray topic (topic/stray)"
    ]


def test_a_kind_without_declared_fields_may_have_any_roots() -> None:
    assert told(concept("dataset/imagenet", "ImageNet")) == []


def test_a_plain_word_in_lower_case_needs_a_guard() -> None:
    assert told(concept("method/flow", "flow")) == ["plain word: flow (method/flow)"]
    assert told(concept("method/flow", "normalizing flow", "flows")) == ["plain word: flows (method/flow)"]
    assert told(concept("method/flow", "flow", guard=("likelihood",))) == []
    assert told(concept("dataset/flow", "FLOW")) == []
    assert told(concept("method/flow", "normalizing flow")) == []


def test_one_concept_may_have_several_faults() -> None:
    assert [p.fault for p in problems([concept("topic/flow", "flow")], RULES)] == [
        Fault.ORPHAN,
        Fault.PLAIN_WORD,
    ]


def test_the_order_of_the_concepts_changes_nothing() -> None:
    concepts = [
        concept("method/a", "one", broader=("b",)),
        concept("method/b", "one", broader=("a",)),
        concept("topic/c", "one"),
        concept("topic/d", "flow"),
    ]
    shuffled = random.Random(1).sample(concepts, len(concepts))
    assert problems(shuffled, RULES) == problems(concepts, RULES)


def test_a_long_chain_is_walked_without_recursion() -> None:
    chain = [concept(f"method/n{i}", broader=(f"n{i + 1}",)) for i in range(1500)]
    assert told(*chain) == []


def test_names_of_odd_characters_are_compared_as_text() -> None:
    assert comparable("-") == comparable(" ") == ""
    assert told(concept("method/a", "$\\alpha$-GAN"), concept("method/b", "[x]*")) == []


def test_the_shipped_rules_hold_stop_words_and_the_acronyms_of_several_senses() -> None:
    rules = shipped_rules()
    assert {"the", "election", "flow"} <= set(rules.plain_words)
    assert {"CL", "DP", "SAM", "CP", "MAE"} <= set(rules.homonyms)
    assert "computer-vision" in rules.fields[Kind.TOPIC]


@pytest.fixture(scope="module")
def shipped() -> list[Problem]:
    return problems(read_vocabulary((shipped_vocabulary(),)).concepts)


@pytest.mark.parametrize("fault", list(Fault))
def test_the_shipped_vocabulary_is_without_fault(shipped: list[Problem], fault: Fault) -> None:
    assert [str(problem) for problem in shipped if problem.fault is fault] == []
