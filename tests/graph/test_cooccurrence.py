from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given

from kg.build import Build
from kg.graph.cooccurrence import association_strength, cooccurrence, cooccurrence_matrices
from kg.records import Kind, Knowledge
from tests.graph.mapping_samples import about, knowledges, topics_of
from tests.graph.samples import paper

EVERY = [Kind.TOPIC, Kind.METHOD]
FIVE = topics_of("a b", "a b", "a c", "b c", "a b c")


def _edges(graph: nx.Graph, attribute: str) -> dict[str, float]:
    return {
        f"{one.split('/')[1]}-{other.split('/')[1]}": number
        for one, other, number in graph.edges(data=attribute)
    }


def test_edges_count_the_papers_about_both() -> None:
    graph = cooccurrence(FIVE, [Kind.TOPIC], minimum_papers=1)
    assert _edges(graph, "paper_count") == {"a-b": 3, "a-c": 2, "b-c": 2}


def test_association_strength_is_2m_c_over_k_k() -> None:
    # k is 5, 5 and 4, so that 2m is 14.
    graph = cooccurrence(FIVE, [Kind.TOPIC], minimum_papers=1)
    expected = {"a-b": 14 * 3 / (5 * 5), "a-c": 14 * 2 / (5 * 4), "b-c": 14 * 2 / (5 * 4)}
    assert _edges(graph, "weight") == pytest.approx(expected)


def test_the_total_link_strength_is_the_sum_of_a_nodes_co_occurrences() -> None:
    graph = cooccurrence(FIVE, [Kind.TOPIC], minimum_papers=1)
    assert dict(graph.nodes(data="total_link_strength")) == {"topic/a": 5, "topic/b": 5, "topic/c": 4}


def test_links_to_concepts_that_are_too_rare_do_not_count() -> None:
    graph = cooccurrence(FIVE, [Kind.TOPIC], minimum_papers=4)
    assert dict(graph.nodes(data="total_link_strength")) == {"topic/a": 3, "topic/b": 3}
    assert _edges(graph, "weight") == {"a-b": 2.0}


def test_five_papers_are_needed_where_nothing_is_said() -> None:
    assert sorted(cooccurrence(topics_of(*["a"] * 5, *["b"] * 4), [Kind.TOPIC])) == ["topic/a"]


def test_years_are_of_the_papers_that_have_one() -> None:
    papers = {
        paper("p1", year=2018): "a",
        paper("p2", year=2021): "a b",
        paper("p3", year=None): "a c",
    }
    graph = cooccurrence(about(papers), [Kind.TOPIC], minimum_papers=1)
    years = {
        node: [data.get(name) for name in ("first_year", "last_year", "mean_year")]
        for node, data in graph.nodes(data=True)
    }
    assert years == {
        "topic/a": [2018, 2021, 2019.5],
        "topic/b": [2021, 2021, 2021.0],
        "topic/c": [None, None, None],
    }


def test_several_kinds_make_one_network() -> None:
    graph = cooccurrence(topics_of("a X", "a X"), EVERY, minimum_papers=1)
    assert list(graph.edges) == [("method/x", "topic/a")]
    assert dict(graph.nodes(data="kind")) == {"method/x": "method", "topic/a": "topic"}


def test_concepts_never_together_are_not_linked() -> None:
    assert not cooccurrence(topics_of("a", "b"), [Kind.TOPIC], minimum_papers=1).edges


@given(knowledge=knowledges())
def test_co_occurrences_are_those_that_networkx_projects(knowledge: Knowledge) -> None:
    bipartite = nx.Graph((assertion.paper, assertion.concept) for assertion in knowledge.assertions)
    bipartite.add_node("a paper on nothing")  # networkx wants both sides
    concepts = {assertion.concept for assertion in knowledge.assertions}
    projection = nx.bipartite.weighted_projected_graph(bipartite, concepts)
    ours = cooccurrence(knowledge, EVERY, minimum_papers=1)
    found = {frozenset(pair): ours.edges[pair]["paper_count"] for pair in ours.edges}
    assert found == {frozenset(pair): projection.edges[pair]["weight"] for pair in projection.edges}


@given(knowledge=knowledges())
def test_association_strength_is_seen_over_expected_for_every_pair(knowledge: Knowledge) -> None:
    network = cooccurrence_matrices(knowledge, EVERY, minimum_papers=1)
    counts, strengths = network.counts.toarray(), association_strength(network.counts).toarray()
    links = counts.sum(axis=1)
    for one, other in combinations(range(len(counts)), 2):
        expected = links[one] * links[other] / links.sum() if counts[one, other] else 1.0
        assert strengths[one, other] == pytest.approx(counts[one, other] / expected)


def test_the_seeds_link_concepts_by_papers_about_both(seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    graph = cooccurrence(knowledge, EVERY)
    papers = {
        node: {a.paper for a in knowledge.assertions if a.concept == node}
        for node in graph
        if graph.degree(node)
    }
    wrong = {
        (one, other): count
        for one, other, count in graph.edges(data="paper_count")
        if count != len(papers[one] & papers[other])
    }
    assert graph.number_of_edges() > 100
    assert wrong == {}


def test_nothing_is_a_network_without_nodes() -> None:
    assert len(cooccurrence(topics_of(), EVERY)) == 0
    assert len(cooccurrence(topics_of("a b"), EVERY)) == 0
