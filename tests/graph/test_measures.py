from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from kg.graph import measures
from kg.graph.limits import limits
from kg.graph.measures import adjacency
from tests.graph.samples import weighted_graphs

_Measure = Callable[[nx.Graph], Mapping[Any, float]]


def _pagerank(graph: nx.Graph) -> dict[Any, float]:
    return dict(zip(graph, measures.pagerank(adjacency(graph), 0.85, 1e-12), strict=True))


def _networkx_pagerank(graph: nx.Graph) -> dict[Any, float]:
    return dict(nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1000))


def _by_node(measure: Callable[[Any], Any]) -> _Measure:
    return lambda graph: dict(zip(graph, measure(adjacency(graph)).tolist(), strict=True))


PEERS: dict[str, tuple[_Measure, _Measure]] = {
    "degree": (_by_node(measures.degree), lambda g: dict(g.degree)),
    "strength": (_by_node(measures.strength), lambda g: dict(g.degree(weight="weight"))),
    "pagerank": (_pagerank, _networkx_pagerank),
    "core": (_by_node(measures.core_number), nx.core_number),
    "clustering": (_by_node(measures.clustering), nx.clustering),
    "constraint": (_by_node(measures.constraint), lambda g: nx.constraint(g, weight="weight")),
}


def _differing(ours: Mapping[Any, float], theirs: Mapping[Any, float]) -> dict[Any, tuple[float, float]]:
    return {
        node: (ours[node], theirs[node])
        for node in theirs
        if ours[node] != pytest.approx(theirs[node], rel=1e-9, abs=1e-9, nan_ok=True)
    }


@pytest.mark.parametrize("name", PEERS)
def test_a_measure_of_the_seeds_agrees_with_networkx(name: str, seed_graph: nx.Graph) -> None:
    ours, theirs = PEERS[name]
    assert _differing(ours(seed_graph), theirs(seed_graph)) == {}


@pytest.mark.parametrize("name", PEERS)
@given(graph=weighted_graphs())
def test_a_measure_of_any_small_graph_agrees_with_networkx(name: str, graph: nx.Graph) -> None:
    ours, theirs = PEERS[name]
    assert _differing(ours(graph), theirs(graph)) == {}


def test_the_largest_component_is_number_0(seed_graph: nx.Graph) -> None:
    largest = max(nx.connected_components(seed_graph), key=len)
    assert {node for node, number in seed_graph.nodes(data="component") if number == 0} == largest


def test_components_are_numbered_by_size_then_by_smallest_id(seed_graph: nx.Graph) -> None:
    expected = sorted(nx.connected_components(seed_graph), key=lambda c: (-len(c), min(c)))
    numbers = {node: number for number, nodes in enumerate(expected) for node in nodes}
    assert dict(seed_graph.nodes(data="component")) == numbers


def test_constraint_says_nothing_of_someone_without_co_authors() -> None:
    graph = nx.Graph([("a", "b")])
    graph.add_node("c")
    assert np.isnan(measures.constraint(adjacency(graph))).tolist() == [False, False, True]


def test_pagerank_sums_to_one(seed_graph: nx.Graph) -> None:
    ranks = measures.pagerank(adjacency(seed_graph), limits().damping, limits().tolerance)
    assert ranks.sum() == pytest.approx(1)


def test_measures_do_not_depend_on_the_order_of_edges(seed_graph: nx.Graph) -> None:
    edges = list(seed_graph.edges(data="weight"))
    random.Random(1).shuffle(edges)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(seed_graph)
    shuffled.add_weighted_edges_from((b, a, weight) for a, b, weight in edges)
    one, other = adjacency(seed_graph), adjacency(shuffled)
    assert (one.indices.tobytes(), one.data.tobytes()) == (other.indices.tobytes(), other.data.tobytes())


def test_nobody_is_measured_in_an_empty_graph() -> None:
    empty = adjacency(nx.Graph())
    assert measures.pagerank(empty, 0.85, 1e-12).tolist() == []
    assert [len(f(empty)) for f in (measures.component, measures.core_number, measures.constraint)] == [
        0,
        0,
        0,
    ]
