from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kg.graph.distinguishing import Subjects, distinguishing, log_odds, methods, topics
from kg.graph.limits import limits
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
    return [key.removeprefix("topic/") for key in distinguishing(papers, subjects, limits().topics)]


def test_what_all_papers_share_sets_none_apart() -> None:
    about = {f"p{n}": [VISION, RL if n < 3 else "parsing"] for n in range(9)}
    assert _chosen(["p0", "p1", "p2"], topics(_knowledge(about))) == [RL]


def test_a_topic_needs_two_papers_where_there_are_three() -> None:
    about = {"p0": [RL, "robotics"], "p1": [RL], "p2": [RL], "p3": [VISION], "p4": [VISION]}
    subjects = topics(_knowledge(about))
    assert _chosen(["p0", "p1", "p2"], subjects) == [RL]
    assert set(_chosen(["p0", "p1"], subjects)) == {RL, "robotics"}


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
    assert set(_chosen(["p0", "p1"], subjects)) == {RL, OFFLINE}


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


def test_a_concept_as_frequent_here_as_elsewhere_scores_about_nothing() -> None:
    assert log_odds(10, 100, 20, 200, 0.5) == pytest.approx(0, abs=0.01)


def test_one_of_one_paper_says_less_than_five_of_five() -> None:
    assert log_odds(1, 1, 1, 200, 0.5) < log_odds(5, 5, 5, 200, 0.5)
