from __future__ import annotations

from dataclasses import replace
from math import log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.recommendation import Evidence, conflicts, expertise, reviewers
from kg.graph.recommendation.settings import settings as shipped
from tests.graph.recommending_samples import corpus, growing, shuffled, written

PAPERS = (
    written("p1", "ada bo", "topic/vision method/attention", year=2021),
    written("p2", "bo cy", "topic/vision", year=2021),
    written("p3", "dan", "topic/speech", year=2021),
    written("p4", "eve", "topic/vision method/attention", year=2018),
)
KNOWN = expertise(corpus(*PAPERS))
TEXT = {"topic/vision": 1.0}


def _ranked(**options: object) -> list[str]:
    return [reviewer.person for reviewer in reviewers(KNOWN, TEXT, **options)]  # type: ignore[arg-type]


def test_the_score_is_what_a_hand_computes() -> None:
    vision, attention = log(4 / 3), log(4 / 2)
    both = vision / sqrt(vision**2 + attention**2)  # the cosine with a paper on both
    old = both * 0.5 ** (3 / shipped().reviewers.half_life)
    found = {reviewer.person: reviewer.score for reviewer in reviewers(KNOWN, TEXT)}
    expected = {"bo": 1.0, "cy": 1.0, "ada": both, "eve": old}
    assert found == pytest.approx(expected, abs=1e-5)


def test_the_most_expert_come_first_and_strangers_to_the_topic_not_at_all() -> None:
    assert _ranked() == ["bo", "cy", "ada", "eve"]


def test_a_reviewer_comes_with_the_papers_and_concepts_that_show_it() -> None:
    bo = reviewers(KNOWN, TEXT)[0]
    assert bo.concepts == ("topic/vision",)
    assert bo.papers[0] == Evidence("p2", 1.0, ("topic/vision",))
    assert [evidence.paper for evidence in bo.papers] == ["p2", "p1"]


def test_authors_and_their_co_authors_are_left_out() -> None:
    assert _ranked(authors=["ada"]) == ["cy", "eve"]
    assert conflicts(KNOWN, ["ada"]) == {"ada", "bo"}


def test_only_recent_co_authors_are_left_out_where_that_is_wanted() -> None:
    known = expertise(corpus(*PAPERS, written("p5", "ada fay", "topic/vision", year=2015)))
    assert conflicts(known, ["ada"], 3) == {"ada", "bo"}
    assert conflicts(known, ["ada"]) == {"ada", "bo", "fay"}
    assert conflicts(known, ["ada"], 0) == {"ada", "bo"}  # of the last edition


def test_authors_whom_nobody_knows_have_no_conflicts() -> None:
    assert conflicts(KNOWN, ["nobody"]) == frozenset()


def test_a_text_on_something_unknown_has_no_reviewers() -> None:
    assert reviewers(KNOWN, {"topic/unheard-of": 1.0}) == ()
    assert reviewers(KNOWN, {}) == ()


def test_more_papers_on_the_same_tell_more() -> None:
    more = expertise(corpus(*PAPERS, written("p6", "ada", "topic/vision method/attention")))
    found = {r.person: r.score for r in reviewers(more, {"method/attention": 1.0})}
    assert found["ada"] > found["bo"]


def test_someone_on_a_narrower_topic_can_review_the_broader() -> None:
    knowledge = corpus(written("p1", "ada", "topic/segmentation"), *PAPERS[1:])
    narrow = tuple(
        replace(c, broader=("vision",)) if c.key == "topic/segmentation" else c for c in knowledge.concepts
    )
    found = reviewers(expertise(replace(knowledge, concepts=narrow)), TEXT)
    assert {r.person: r.concepts for r in found}["ada"] == ("topic/vision",)


def test_concepts_that_are_broader_than_each_other_end() -> None:
    knowledge = corpus(*PAPERS)
    circle = {"topic/vision": ("speech",), "topic/speech": ("vision",)}
    concepts = tuple(replace(c, broader=circle.get(c.key, ())) for c in knowledge.concepts)
    assert expertise(replace(knowledge, concepts=concepts)).broader["topic/vision"] == {"topic/speech"}


@settings(max_examples=10)
@given(seed=st.integers(0, 1000))
def test_reviewers_do_not_depend_on_the_order_of_records(seed: int) -> None:
    knowledge, text = growing(), {"topic/t3": 1.0, "method/m1": 0.5}
    ordered = reviewers(expertise(knowledge), text, ["p3-4"])
    assert reviewers(expertise(shuffled(knowledge, seed)), dict(reversed(text.items())), ["p3-4"]) == ordered
