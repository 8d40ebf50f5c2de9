from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import measures
from kg.graph.limits import limits
from kg.graph.measures import adjacency
from tests.graph.samples import weighted_graphs

TOLERANCE = 1e-12
_Measure = Callable[[nx.Graph], Mapping[Any, float]]


def _pagerank(graph: nx.Graph) -> dict[Any, float]:
    return dict(zip(graph, measures.pagerank(adjacency(graph), 0.85, 1e-12), strict=True))


def _networkx_pagerank(graph: nx.Graph) -> dict[Any, float]:
    return dict(nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1000))


def _by_node(measure: Callable[[Any], Any]) -> _Measure:
    return lambda graph: dict(zip(graph, measure(adjacency(graph)).tolist(), strict=True))


def _katz(graph: nx.Graph) -> dict[Any, float]:
    matrix = adjacency(graph)
    return dict(zip(graph, measures.katz(matrix, measures.attenuation(matrix), TOLERANCE), strict=True))


def _networkx_katz(graph: nx.Graph) -> dict[Any, float]:
    if len(graph) == 1:  # which networkx has no answer for
        return dict.fromkeys(graph, 1.0)
    alpha = measures.attenuation(adjacency(graph))
    return dict(nx.katz_centrality_numpy(graph, alpha=alpha, weight="weight"))


def _networkx_effective_size(graph: nx.Graph) -> dict[Any, float]:
    # Without the nodes, networkx 3.6 divides by the wrong contact's strongest tie.
    return dict(nx.effective_size(graph, nodes=list(graph), weight="weight"))


def _networkx_efficiency(graph: nx.Graph) -> dict[Any, float]:
    sizes = _networkx_effective_size(graph)
    return {node: sizes[node] / max(graph.degree(node), 1) for node in graph}


PEERS: dict[str, tuple[_Measure, _Measure]] = {
    "degree": (_by_node(measures.degree), lambda g: dict(g.degree)),
    "strength": (_by_node(measures.strength), lambda g: dict(g.degree(weight="weight"))),
    "pagerank": (_pagerank, _networkx_pagerank),
    "core": (_by_node(measures.core_number), nx.core_number),
    "clustering": (_by_node(measures.clustering), nx.clustering),
    "katz": (_katz, _networkx_katz),
    "effective_size": (
        _by_node(measures.effective_size),
        _networkx_effective_size,
    ),
    "efficiency": (_by_node(measures.efficiency), _networkx_efficiency),
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


def _giant(graph: nx.Graph) -> nx.Graph:
    return graph.subgraph([node for node in graph if graph.nodes[node]["component"] == 0])


def test_eigenvector_centrality_is_networkxs_of_the_giant_component_and_0_elsewhere(
    seed_graph: nx.Graph,
) -> None:
    matrix = adjacency(seed_graph)
    ours = dict(zip(seed_graph, measures.eigenvector(matrix, measures.component(matrix)), strict=True))
    theirs = nx.eigenvector_centrality_numpy(_giant(seed_graph), weight="weight")
    assert _differing(ours, theirs | dict.fromkeys(seed_graph.nodes - theirs.keys(), 0.0)) == {}


def test_hits_is_networkxs_of_the_giant_component_and_eigenvector_centrality_by_its_sum(
    seed_graph: nx.Graph,
) -> None:
    matrix = adjacency(seed_graph)
    component = measures.component(matrix)
    ours = dict(zip(seed_graph, measures.hits(matrix, component), strict=True))
    hubs, authorities = nx.hits(_giant(seed_graph))
    assert _differing(ours, hubs) == {}
    assert _differing(ours, authorities) == {}
    vector = measures.eigenvector(matrix, component)
    assert list(ours.values()) == pytest.approx((vector / vector.sum()).tolist())


@given(graph=weighted_graphs())
def test_an_eigenvector_solves_its_equation(graph: nx.Graph) -> None:
    matrix = adjacency(graph)
    scores = measures.eigenvector(matrix, measures.component(matrix))
    value = float(scores @ (matrix @ scores))
    assert scores.min() >= 0
    assert (matrix @ scores).tolist() == pytest.approx((value * scores).tolist(), abs=1e-9)
    assert float(scores @ scores) == pytest.approx(1 if graph[next(iter(_largest(graph)))] else 0)


def _largest(graph: nx.Graph) -> set[Any]:
    return max(nx.connected_components(graph), key=len)


def test_the_sparse_and_the_full_solution_agree() -> None:
    large = nx.connected_watts_strogatz_graph(limits().spectral.dense_up_to + 50, 6, 0.3, seed=1)
    matrix = adjacency(large)
    ours = measures.eigenvector(matrix, measures.component(matrix))
    vector = np.abs(np.linalg.eigh(matrix.toarray())[1][:, -1])
    assert ours.tolist() == pytest.approx(vector.tolist(), abs=1e-9)


def test_everyone_of_one_large_team_has_the_same_eigenvector_centrality() -> None:
    matrix = adjacency(nx.complete_graph(limits().spectral.dense_up_to + 50))
    scores = measures.eigenvector(matrix, measures.component(matrix))
    assert scores.tolist() == pytest.approx([len(scores) ** -0.5] * len(scores), abs=1e-12)
    again = measures.eigenvector(matrix, measures.component(matrix))
    assert scores.tobytes() == again.tobytes()


def test_katz_refuses_an_attenuation_without_solution() -> None:
    with pytest.raises(ValueError, match="attenuation"):
        measures.katz(adjacency(nx.complete_graph(4)), 1 / 3, TOLERANCE)


def _edges_by_community(graph: nx.Graph, community: Mapping[Any, int]) -> dict[Any, list[int]]:
    found = {node: [0] * 4 for node in graph}
    for one, other in graph.edges:
        found[one][community[other]] += 1
        found[other][community[one]] += 1
    return found


@given(graph=weighted_graphs(), data=st.data())
def test_participation_and_within_module_degree_are_as_defined(graph: nx.Graph, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, 3), min_size=len(graph), max_size=len(graph)))
    community = dict(zip(graph, numbers, strict=True))
    into = _edges_by_community(graph, community)
    spread = {
        node: 1 - sum((k / graph.degree(node)) ** 2 for k in into[node]) if graph.degree(node) else np.nan
        for node in graph
    }
    own = {node: into[node][community[node]] for node in graph}
    scores = {}
    for node in graph:
        fellows = [own[other] for other in graph if community[other] == community[node]]
        deviation = np.std(fellows) if len(set(fellows)) > 1 else np.inf
        scores[node] = (own[node] - np.mean(fellows)) / deviation
    labels, matrix = np.array(numbers), adjacency(graph)
    assert _differing(dict(zip(graph, measures.participation(matrix, labels), strict=True)), spread) == {}
    found = dict(zip(graph, measures.within_module_degree(matrix, labels), strict=True))
    assert _differing(found, scores) == {}


def test_a_core_of_many_layers_is_peeled_as_networkx_does() -> None:
    graph = nx.compose(nx.barabasi_albert_graph(300, 4, seed=1), nx.complete_graph(20))
    assert _differing(_by_node(measures.core_number)(graph), nx.core_number(graph)) == {}


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
    assert measures.katz(empty, 0.1, TOLERANCE).tolist() == []
    assert measures.eigenvector(empty, measures.component(empty)).tolist() == []
    whatever = (measures.component, measures.core_number, measures.constraint, measures.efficiency)
    assert [len(measure(empty)) for measure in whatever] == [0] * len(whatever)
