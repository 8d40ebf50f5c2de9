from __future__ import annotations

from collections import Counter

from kg.build import Build
from kg.graph.trends import Trend, trends
from kg.records import Kind
from tests.graph.mapping_samples import about, topics_of
from tests.graph.samples import paper

PAPERS = about(
    {
        paper("p1", year=2019, venue="ICLR"): "a",
        paper("p2", year=2021, venue="iclr"): "a b",
        paper("p3", year=2021, venue="iclr"): "",
        paper("p4", year=2021, venue="acl"): "b",
        paper("p5", year=None, venue="acl"): "a",
        paper("p6", year=2021, venue=None): "a",
    }
)


def _trend(name: str) -> Trend:
    return {trend.label: trend for trend in trends(PAPERS, [Kind.TOPIC])}[name]


def test_a_year_counts_papers_on_nothing_in_its_total() -> None:
    assert [(c.year, c.papers, c.total) for c in _trend("a").by_year] == [(2019, 1, 1), (2021, 2, 4)]
    assert [c.share for c in _trend("a").by_year] == [1.0, 0.5]


def test_a_year_without_a_concept_counts_nought() -> None:
    assert [(c.year, c.papers, c.total) for c in _trend("b").by_year] == [(2019, 0, 1), (2021, 2, 4)]


def test_spellings_of_a_venue_are_one_venue() -> None:
    found = [(c.id, c.label, c.papers, c.total) for c in _trend("a").by_venue]
    assert found == [("acl", "acl", 1, 2), ("iclr", "ICLR", 2, 3)]


def test_an_edition_is_a_venue_of_one_year() -> None:
    found = [(c.id, c.label, c.papers, c.total) for c in _trend("b").by_edition]
    assert found == [
        ("acl-2021", "acl 2021", 1, 1), ("iclr-2019", "ICLR 2019", 0, 1), ("iclr-2021", "ICLR 2021", 1, 2),
    ]  # fmt: skip


def test_papers_without_year_or_venue_count_in_all() -> None:
    assert _trend("a").papers == 4


def test_the_concept_of_most_papers_comes_first() -> None:
    assert [trend.label for trend in trends(PAPERS, [Kind.TOPIC])] == ["a", "b"]
    assert [trend.label for trend in trends(PAPERS, [Kind.TOPIC], minimum_papers=3)] == ["a"]


def test_the_seeds_are_all_of_one_edition(seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    pairs = {(a.concept, a.paper) for a in knowledge.assertions if a.concept.startswith("topic/")}
    counts = Counter(concept for concept, _ in pairs)
    found = trends(knowledge, [Kind.TOPIC])
    assert {t.concept: t.by_edition[0].papers for t in found} == counts
    assert {(c.id, c.total) for t in found for c in t.by_edition} == {("iclr-2021", 200)}


def test_no_papers_have_no_trends() -> None:
    assert trends(topics_of(), [Kind.TOPIC]) == ()
