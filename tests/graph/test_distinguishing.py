from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kg.graph.distinguishing import Subjects, class_tf_idf, distinguishing, methods, topics
from kg.graph.naming import naming_settings
from kg.records import Assertion, Concept, Kind, Knowledge, Role
from tests.graph.samples import known, paper

RL = "reinforcement-learning"
OFFLINE = "offline-reinforcement-learning"
VISION = "computer-vision"


def _knowledge(about: Mapping[str, Sequence[str]], broader: Mapping[str, str] | None = None) -> Knowledge:
    """Papers and their topics."""
    parents = broader or {}
    names = sorted({name for found in about.values() for name in found} | set(parents.values()))
    return replace(
        known([paper(identifier, "A") for identifier in about]),
        concepts=tuple(
            Concept(n, Kind.TOPIC, n, broader=(parents[n],) if n in parents else (), curated=True)
            for n in names
        ),
        assertions=tuple(
            Assertion(identifier, f"topic/{name}", Role.HAS_TOPIC, 0.9)
            for identifier, found in about.items()
            for name in found
        ),
    )


def _chosen(papers: Sequence[str], subjects: Subjects) -> list[str]:
    found = distinguishing(papers, subjects, 10.0, naming_settings())
    return [key.removeprefix("topic/") for key in found]


def test_what_all_papers_share_sets_none_apart() -> None:
    about = {f"p{n}": [VISION, RL if n < 3 else "parsing"] for n in range(9)}
    assert _chosen(["p0", "p1", "p2"], topics(_knowledge(about))) == [RL]


def test_a_topic_of_a_single_paper_does_not_name_several() -> None:
    about = {"p0": [RL, "robotics"], "p1": [RL], "p2": [RL], "p3": [VISION], "p4": [VISION]}
    subjects = topics(_knowledge(about))
    assert _chosen(["p0", "p1", "p2"], subjects) == [RL]
    assert _chosen(["p0", "p1"], subjects) == [RL]
    assert set(_chosen(["p0"], subjects)) == {RL, "robotics"}


def test_papers_that_share_nothing_have_nothing_that_sets_them_apart() -> None:
    about = {"p0": [RL], "p1": ["robotics"], "p2": [VISION], "p3": [VISION]}
    assert _chosen(["p0", "p1"], topics(_knowledge(about))) == []


def test_a_topic_of_few_among_many_papers_does_not_name_them() -> None:
    few, many = replace(naming_settings(), needed_share=0.5), replace(naming_settings(), needed_share=0.1)
    about = {f"p{n}": [RL, "robotics"] if n < 2 else [RL] for n in range(8)} | {"q": [VISION], "r": [VISION]}
    subjects, papers = topics(_knowledge(about)), [f"p{n}" for n in range(8)]
    assert distinguishing(papers, subjects, 10.0, few) == (f"topic/{RL}",)
    assert set(distinguishing(papers, subjects, 10.0, many)) == {f"topic/{RL}", "topic/robotics"}


def test_what_a_large_share_of_all_papers_has_sets_nobody_apart() -> None:
    about = {f"p{n}": [VISION] if n < 4 else ["parsing"] for n in range(9)}
    narrow = replace(naming_settings(), broad_papers=3)
    assert distinguishing(["p0", "p1"], topics(_knowledge(about)), 10.0, narrow) == ()
    assert _chosen(["p0", "p1"], topics(_knowledge(about))) == [VISION], "four papers are not many"


def test_a_narrower_topic_takes_the_place_of_a_broader_one() -> None:
    about = {"p0": [OFFLINE, RL], "p1": [OFFLINE], "p2": [RL], "p3": [VISION], "p4": [VISION], "p5": [VISION]}
    subjects = topics(_knowledge(about, {OFFLINE: RL}))
    assert _chosen(["p0", "p1", "p2"], subjects) == [OFFLINE]


def test_papers_on_different_narrower_topics_share_the_broader_one() -> None:
    about = {"p0": [OFFLINE], "p1": ["exploration"], "p2": ["planning"], "p3": [VISION], "p4": [VISION]}
    parents = dict.fromkeys((OFFLINE, "exploration", "planning"), RL)
    assert _chosen(["p0", "p1", "p2"], topics(_knowledge(about, parents))) == [RL]


def test_a_name_that_one_paper_alone_uses_comes_after_known_ones() -> None:
    knowledge = _knowledge({"p0": [RL, "hiding-game"], "p1": [VISION], "p2": [RL], "p3": [VISION]})
    concepts = tuple(replace(c, curated=c.id != "hiding-game") for c in knowledge.concepts)
    assert _chosen(["p0"], topics(replace(knowledge, concepts=concepts))) == [RL, "hiding-game"]


def test_all_papers_together_are_named_by_their_commonest_topics() -> None:
    about = {"p0": [RL], "p1": [RL], "p2": [RL, VISION], "p3": [VISION], "p4": ["parsing"]}
    assert _chosen(list(about), topics(_knowledge(about))) == [RL, VISION]


def test_a_vocabulary_that_runs_in_circles_does_no_harm() -> None:
    about = {"p0": [RL], "p1": [OFFLINE], "p2": [VISION]}
    subjects = topics(_knowledge(about, {OFFLINE: RL, RL: OFFLINE}))
    assert _chosen(["p0", "p1"], subjects) == [OFFLINE]


def test_a_broader_concept_that_is_not_known_is_passed_over() -> None:
    knowledge = _knowledge({"p0": [RL], "p1": [VISION]})
    concepts = tuple(replace(concept, broader=("missing",)) for concept in knowledge.concepts)
    assert _chosen(["p0"], topics(replace(knowledge, concepts=concepts))) == [RL]


@pytest.mark.parametrize(
    ("role", "counts"),
    [(Role.INTRODUCES, True), (Role.USES, True), (Role.STUDIES, True), (Role.COMPARES_WITH, False)],
)
def test_a_method_only_compared_with_does_not_describe_a_paper(role: Role, counts: bool) -> None:
    knowledge = replace(
        known([paper("p0", "A")]),
        concepts=(Concept("adam", Kind.METHOD, "Adam"),),
        assertions=(Assertion("p0", "method/adam", role, 0.9),),
    )
    assert ("p0" in methods(knowledge).by_paper) is counts


def test_no_topic_stands_beside_a_broader_one() -> None:
    about = {"p0": [OFFLINE], "p1": [OFFLINE], "p2": [RL], "p3": [RL], "p4": [RL], "p5": [VISION]}
    subjects = topics(_knowledge(about, {OFFLINE: RL}))
    assert len(_chosen(["p0", "p1", "p2", "p3", "p4"], subjects)) == 1


def test_a_concept_no_more_frequent_here_than_elsewhere_is_left_out() -> None:
    about = {f"p{n}": [RL] if n % 2 else [VISION] for n in range(8)}
    assert _chosen(["p0", "p1", "p2", "p3"], topics(_knowledge(about))) == []


def test_of_two_concepts_as_frequent_here_the_rarer_elsewhere_says_more() -> None:
    assert class_tf_idf(5, 5, 20.0) > class_tf_idf(5, 50, 20.0) > class_tf_idf(4, 50, 20.0) > 0
