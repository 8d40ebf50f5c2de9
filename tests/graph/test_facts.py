from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given

from kg.graph import facts as whole
from kg.graph.limits import limits
from kg.graph.measures import adjacency, component
from kg.graph.partition import partition
from kg.graph.paths import centrality
from kg.records import Knowledge
from tests.graph.samples import weighted_graphs

EVERY = {
    *("density", "average_clustering", "transitivity", "degree_assortativity", "modularity", "giant_share"),
    *("core_periphery", "diameter", "diameter_at_most", "mean_path_length", "mean_path_length_error"),
    "small_world",
}


def _facts(graph: nx.Graph, communities: Iterable[int] | None = None) -> dict[str, Any]:
    matrix = adjacency(graph)
    numbers = np.array(list(communities or range(len(graph))), dtype=np.int64)
    paths = centrality(matrix, component(matrix), limits().paths)
    return whole.facts(matrix, component(matrix), numbers, paths, limits().paths)


def test_the_facts_of_the_seeds_agree_with_networkx(seed_analysis: tuple[Knowledge, nx.Graph]) -> None:
    knowledge, graph = seed_analysis
    giant = graph.subgraph(max(nx.connected_components(graph), key=len))
    expected = {
        "nodes": 892,
        "edges": 2446,
        "components": 147,
        "largest_component": 77,
        "density": nx.density(graph),
        "average_clustering": nx.average_clustering(graph),
        "degree_assortativity": nx.degree_assortativity_coefficient(graph),
        "modularity": nx.community.modularity(graph, [c.members for c in knowledge.communities]),
        "giant_share": 77 / 892,
        "transitivity": nx.transitivity(graph),
        "diameter": nx.diameter(giant),
        "mean_path_length": nx.average_shortest_path_length(giant),
        "mean_path_length_error": 0.0,
    }
    assert {name: graph.graph[name] for name in expected} == pytest.approx(expected, abs=1e-9)


@given(graph=weighted_graphs())
def test_modularity_agrees_with_networkx(graph: nx.Graph) -> None:
    assume(graph.number_of_edges() > 0)
    labels = partition(adjacency(graph), 1.0, 10)
    parts = [{node for node in graph if labels[node] == label} for label in set(labels.tolist())]
    expected = nx.community.modularity(graph, parts)
    assert _facts(graph, labels.tolist())["modularity"] == pytest.approx(expected, abs=1e-9)


def test_the_small_world_coefficient_is_of_the_giant_component_against_a_random_graph() -> None:
    giant = nx.connected_watts_strogatz_graph(100, 6, 0.1, seed=1)
    clustered = nx.average_clustering(giant) / (6 / 99)
    path = nx.average_shortest_path_length(giant) / (np.log(100) / np.log(6))
    with_others = nx.disjoint_union(nx.complete_graph(5), giant)
    assert _facts(with_others)["small_world"] == pytest.approx(clustered / path, abs=1e-9)


def test_a_pair_is_no_small_world() -> None:
    assert "small_world" not in _facts(nx.path_graph(2))


@pytest.mark.parametrize(
    ("graph", "undefined"),
    [
        (nx.Graph(), EVERY),
        (nx.empty_graph(1), EVERY - {"average_clustering", "transitivity", "giant_share"}),
        (nx.empty_graph(3), EVERY - {"average_clustering", "transitivity", "giant_share", "density"}),
        (nx.complete_graph(3), {"degree_assortativity", "core_periphery", "diameter_at_most"}),
    ],
    ids=["nobody", "one person", "strangers", "one team"],
)
def test_what_is_undefined_is_absent(graph: nx.Graph, undefined: set[str]) -> None:
    assert EVERY - _facts(graph).keys() == undefined
