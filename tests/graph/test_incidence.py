from __future__ import annotations

from dataclasses import replace

import pytest

from kg.build import Build
from kg.graph.example import few_papers
from kg.graph.incidence import incidence
from kg.records import Assertion, Kind, Role
from tests.graph.mapping_samples import topics_of


def test_a_concept_in_two_roles_counts_once_a_paper() -> None:
    knowledge = few_papers()
    again = Assertion("p1", "method/adam", Role.COMPARES_WITH, 0.6)
    found = incidence(replace(knowledge, assertions=(*knowledge.assertions, again)), [Kind.METHOD])
    assert found.matrix.max() == 1


def test_only_the_roles_asked_for_make_a_paper_be_about_a_concept() -> None:
    knowledge = few_papers()
    baseline = Assertion("p3", "method/adam", Role.COMPARES_WITH, 0.6)
    knowledge = replace(knowledge, assertions=(*knowledge.assertions, baseline))
    counts = [
        dict(zip([c.id for c in found.concepts], found.occurrences.tolist(), strict=True))["adam"]
        for found in (incidence(knowledge, [Kind.METHOD]), incidence(knowledge, [Kind.METHOD], [Role.USES]))
    ]
    assert counts == [3, 2]


def test_what_is_said_of_unknown_papers_and_concepts_is_left_out() -> None:
    knowledge = few_papers()
    strange = (
        Assertion("nowhere", "topic/parsing", Role.HAS_TOPIC, 0.9),
        Assertion("p1", "topic/x", Role.HAS_TOPIC, 0.9),
    )
    found = incidence(replace(knowledge, assertions=strange), [Kind.TOPIC])
    assert (found.concepts, found.matrix.shape) == ((), (4, 0))


def test_papers_on_nothing_keep_their_row() -> None:
    assert incidence(topics_of("a", "", "b"), [Kind.TOPIC]).matrix.toarray().tolist() == [
        [1, 0],
        [0, 0],
        [0, 1],
    ]


@pytest.mark.parametrize(("minimum", "kept"), [(1, ["a", "b", "c"]), (2, ["a", "b"]), (3, ["a"]), (4, [])])
def test_rare_concepts_can_be_left_out(minimum: int, kept: list[str]) -> None:
    found = incidence(topics_of("a b c", "a b", "a"), [Kind.TOPIC]).frequent(minimum)
    assert [concept.id for concept in found.concepts] == kept


def test_the_seeds_have_each_concept_in_as_many_papers_as_assert_it(seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    found = incidence(knowledge, [Kind.TOPIC, Kind.METHOD])
    papers = {
        c.key: {a.paper for a in knowledge.assertions if a.concept == c.key} for c in found.concepts[:50]
    }
    counts = dict(zip([c.key for c in found.concepts], found.occurrences.tolist(), strict=True))
    assert {key: counts[key] for key in papers} == {key: len(ids) for key, ids in papers.items()}
