from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.diameter import Diameter, diameter
from kg.graph.measures import adjacency
from kg.graph.traversal import Rows, block, distances
from tests.graph.samples import weighted_graphs


def _largest(graph: nx.Graph) -> nx.Graph:
    nodes = max(nx.connected_components(graph), key=len)
    return nx.convert_node_labels_to_integers(graph.subgraph(nodes))


def _rows(graph: nx.Graph) -> Rows:
    return block(adjacency(graph), 0, len(graph))


@given(graph=weighted_graphs())
def test_with_searches_enough_the_diameter_is_exact(graph: nx.Graph) -> None:
    largest = _largest(graph)
    found = diameter(_rows(largest), len(largest))
    assert found.at_least == found.at_most == nx.diameter(largest)


@given(graph=weighted_graphs(), searches=st.integers(0, 3))
def test_with_few_searches_the_bounds_hold(graph: nx.Graph, searches: int) -> None:
    largest = _largest(graph)
    found = diameter(_rows(largest), searches)
    assert found.searches <= searches
    assert found.at_least <= nx.diameter(largest) <= found.at_most


def test_the_diameter_of_the_seeds_takes_few_searches(seed_graph: nx.Graph) -> None:
    largest = _largest(seed_graph)
    found = diameter(_rows(largest), len(largest))
    assert found.at_most == nx.diameter(largest)
    assert found.searches < 10


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_is_far_from_nobody(people: int) -> None:
    assert diameter(_rows(nx.empty_graph(people)), 5) == Diameter(0, 0, 0)


@given(graph=weighted_graphs())
def test_distances_are_those_of_networkx(graph: nx.Graph) -> None:
    expected = nx.single_source_shortest_path_length(graph, 0)
    assert distances(_rows(graph), 0).tolist() == [expected.get(node, -1) for node in graph]
