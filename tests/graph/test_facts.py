from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given

from kg.graph import facts as whole
from kg.graph.measures import adjacency, component
from kg.graph.partition import partition
from kg.records import Knowledge
from tests.graph.samples import weighted_graphs


def _facts(graph: nx.Graph, communities: Iterable[int] | None = None) -> dict[str, Any]:
    matrix = adjacency(graph)
    numbers = np.array(list(communities or range(len(graph))), dtype=np.int64)
    return whole.facts(matrix, component(matrix), numbers)


def test_the_facts_of_the_seeds_agree_with_networkx(seed_analysis: tuple[Knowledge, nx.Graph]) -> None:
    knowledge, graph = seed_analysis
    expected = {
        "nodes": 892,
        "edges": 2446,
        "components": 147,
        "largest_component": 77,
        "density": nx.density(graph),
        "average_clustering": nx.average_clustering(graph),
        "degree_assortativity": nx.degree_assortativity_coefficient(graph),
        "modularity": nx.community.modularity(graph, [c.members for c in knowledge.communities]),
    }
    assert {name: graph.graph[name] for name in expected} == pytest.approx(expected, abs=1e-9)


@given(graph=weighted_graphs())
def test_modularity_agrees_with_networkx(graph: nx.Graph) -> None:
    assume(graph.number_of_edges() > 0)
    labels = partition(adjacency(graph), 1.0, 10)
    parts = [{node for node in graph if labels[node] == label} for label in set(labels.tolist())]
    expected = nx.community.modularity(graph, parts)
    assert _facts(graph, labels.tolist())["modularity"] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("graph", "undefined"),
    [
        (nx.Graph(), {"density", "average_clustering", "degree_assortativity", "modularity"}),
        (nx.empty_graph(1), {"density", "degree_assortativity", "modularity"}),
        (nx.empty_graph(3), {"degree_assortativity", "modularity"}),
        (nx.complete_graph(3), {"degree_assortativity"}),
    ],
    ids=["nobody", "one person", "strangers", "one team"],
)
def test_what_is_undefined_is_absent(graph: nx.Graph, undefined: set[str]) -> None:
    every = {"density", "average_clustering", "degree_assortativity", "modularity"}
    assert every - _facts(graph).keys() == undefined
