from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Build
from kg.graph.bipartite import Weighting, author_topics, biadjacency, project, topic_methods
from kg.graph.example import few_papers
from kg.records import Kind, Knowledge, Role
from tests.graph.mapping_samples import about, knowledges, topics_of
from tests.graph.samples import paper

PEERS: dict[Weighting, Callable[..., nx.Graph]] = {
    Weighting.COUNT: nx.bipartite.weighted_projected_graph,
    Weighting.NEWMAN: nx.bipartite.collaboration_weighted_projected_graph,
}


@st.composite
def bipartites(draw: st.DrawFn) -> nx.Graph:
    """Small bipartite networks with weights and isolated nodes on both sides."""
    top, bottom = [f"t{n}" for n in range(draw(st.integers(1, 6)))], [f"b{n}" for n in range(6)]
    graph = nx.Graph()
    graph.add_nodes_from(top, bipartite=0, label="top")
    graph.add_nodes_from(bottom, bipartite=1, label="bottom")
    for one in top:
        for other in draw(st.lists(st.sampled_from(bottom), unique=True)):
            graph.add_edge(one, other, weight=draw(st.integers(1, 9)))
    return graph


def _weights(graph: nx.Graph) -> dict[frozenset[str], float]:
    return {frozenset((one, other)): weight for one, other, weight in graph.edges(data="weight")}


@pytest.mark.parametrize("weighting", PEERS)
@pytest.mark.parametrize("side", [0, 1])
@given(graph=bipartites())
def test_a_projection_agrees_with_networkx(weighting: Weighting, side: int, graph: nx.Graph) -> None:
    nodes = [node for node, at in graph.nodes(data="bipartite") if at == side]
    ours = project(graph, side, weighting)
    assert sorted(ours) == sorted(nodes)
    assert _weights(ours) == pytest.approx(_weights(PEERS[weighting](graph, nodes)))


@given(graph=bipartites())
def test_the_cosine_is_that_of_the_rows_of_weights(graph: nx.Graph) -> None:
    rows, _, matrix = biadjacency(graph, 0)
    dense = matrix.toarray()
    found = _weights(project(graph, 0, Weighting.COSINE))
    for i, one in enumerate(rows):
        for j in range(i):
            dot = float(dense[i] @ dense[j])
            expected = dot / float(np.linalg.norm(dense[i]) * np.linalg.norm(dense[j])) if dot else 0.0
            assert found.get(frozenset((one, rows[j])), 0.0) == pytest.approx(expected)


@pytest.mark.parametrize("side", [0, 1])
@given(graph=bipartites())
def test_the_matrix_is_networkxs(side: int, graph: nx.Graph) -> None:
    rows, columns, matrix = biadjacency(graph, side)
    if rows and columns:
        theirs = nx.bipartite.biadjacency_matrix(graph, rows, columns).toarray()
        assert matrix.toarray().tolist() == theirs.tolist()


def test_people_are_linked_to_their_topics_by_papers() -> None:
    graph = author_topics(few_papers(), minimum_papers=1)
    assert sorted(graph.edges(data="weight")) == [
        ("ann", "topic/parsing", 2), ("ann", "topic/tagging", 2),
        ("bob", "topic/parsing", 1), ("bob", "topic/tagging", 1),
        ("cyd", "topic/parsing", 2), ("cyd", "topic/tagging", 1),
        ("dee", "topic/translation", 1),
    ]  # fmt: skip


def test_someone_printed_twice_on_a_paper_counts_once() -> None:
    graph = author_topics(about({paper("p1", "A", "A", "B"): "x"}), minimum_papers=1)
    assert graph.edges["A", "topic/x"]["weight"] == 1


def test_people_on_nothing_are_left_out() -> None:
    graph = author_topics(about({paper("p1", "A"): "x", paper("p2", "B"): ""}), minimum_papers=1)
    assert list(graph) == ["A", "topic/x"]


def test_topics_are_linked_to_methods_by_papers_about_both() -> None:
    graph = topic_methods(few_papers(), minimum_papers=1)
    assert sorted(graph.edges(data="weight")) == [
        ("topic/parsing", "method/adam", 1), ("topic/parsing", "method/crf", 2),
        ("topic/tagging", "method/adam", 1), ("topic/tagging", "method/crf", 1),
        ("topic/translation", "method/adam", 1), ("topic/translation", "method/lstm", 1),
    ]  # fmt: skip


def test_only_the_roles_asked_for_link() -> None:
    roles = [Role.HAS_TOPIC, Role.COMPARES_WITH]
    assert len(topic_methods(few_papers(), roles=roles, minimum_papers=1)) == 0


def test_a_kind_cannot_be_on_both_sides() -> None:
    with pytest.raises(ValueError, match="both sides"):
        topic_methods(few_papers(), [Kind.TOPIC], [Kind.TOPIC, Kind.METHOD])


@given(knowledge=knowledges())
def test_edges_run_between_the_sides_alone(knowledge: Knowledge) -> None:
    for graph in (author_topics(knowledge, minimum_papers=1), topic_methods(knowledge, minimum_papers=1)):
        sides = dict(graph.nodes(data="bipartite"))
        assert all(sides[one] != sides[other] for one, other in graph.edges)
        assert not list(nx.isolates(graph))


def test_newmans_weights_of_a_person_add_up_to_the_shared_columns() -> None:
    graph = author_topics(topics_of_three(), minimum_papers=1)
    people = project(graph, 0, Weighting.NEWMAN)
    assert dict(people.degree(weight="weight")) == {"A": 2.0, "B": 2.0, "C": 1.0}


def topics_of_three() -> Knowledge:
    """Topic x of three people, y of two, z of one."""
    papers = {paper("p1", "A", "B", "C"): "x", paper("p2", "A", "B"): "y", paper("p3", "C"): "z"}
    return about(papers)


def test_a_hub_links_nobody_and_is_counted() -> None:
    found = project(author_topics(topics_of_three(), minimum_papers=1), 0, Weighting.COUNT, most_linked=2)
    assert (list(found.edges), found.graph["hubs"]) == ([("A", "B")], 1)
    assert list(found) == ["A", "B", "C"]


def test_weak_edges_can_be_left_out() -> None:
    graph = author_topics(topics_of_three(), minimum_papers=1)
    found = project(graph, 0, Weighting.COUNT, minimum_weight=2)
    assert list(found.edges(data="weight")) == [("A", "B", 2)]


def test_a_projection_keeps_what_is_known_of_its_nodes() -> None:
    found = project(topic_methods(few_papers(), minimum_papers=1), 1)
    assert found.nodes["method/crf"] == {"label": "crf", "kind": "method", "paper_count": 2}


def test_the_seeds_link_each_topic_to_its_people(seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    graph = author_topics(knowledge)
    people: dict[str, set[str]] = {}
    for authorship in knowledge.authorships:
        people.setdefault(authorship.paper, set()).add(authorship.author)
    for topic in [node for node, side in graph.nodes(data="bipartite") if side == 1]:
        papers = {a.paper for a in knowledge.assertions if a.concept == topic}
        assert set(graph[topic]) == set().union(*(people.get(p, set()) for p in papers)), topic


def test_nothing_projects_to_nothing() -> None:
    assert len(project(author_topics(topics_of()), 0)) == 0
    assert len(project(topic_methods(topics_of()), 1, Weighting.COSINE)) == 0
