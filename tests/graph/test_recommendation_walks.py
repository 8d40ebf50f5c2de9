from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_array

from kg.graph.measures import adjacency
from kg.graph.recommendation import walks
from tests.graph.samples import weighted_graphs


def _links(graph: nx.Graph) -> csr_array:
    matrix = adjacency(graph)
    matrix.data[:] = 1.0
    return matrix


def _all(graph: nx.Graph) -> Any:
    return np.arange(len(graph))


def _strangers(graph: nx.Graph) -> list[tuple[Any, Any]]:
    return [(a, b) for a, b in combinations(graph, 2) if not graph.has_edge(a, b)]


PEERS: dict[str, tuple[Callable[[Any, Any], Any], Callable[[nx.Graph, Any], Any]]] = {
    "common neighbours": (
        walks.common_neighbours,
        lambda g, pairs: ((a, b, len(list(nx.common_neighbors(g, a, b)))) for a, b in pairs),
    ),
    "Adamic and Adar": (walks.adamic_adar, nx.adamic_adar_index),
    "resource allocation": (walks.resource_allocation, nx.resource_allocation_index),
}


@pytest.mark.parametrize("name", PEERS)
@given(graph=weighted_graphs())
def test_an_index_agrees_with_networkx(name: str, graph: nx.Graph) -> None:
    ours, theirs = PEERS[name]
    found = ours(_links(graph), _all(graph)).toarray()
    for a, b, expected in theirs(graph, _strangers(graph)):
        assert found[a, b] == pytest.approx(expected), (a, b)


def test_indices_of_the_seeds_agree_with_networkx(seed_graph: nx.Graph) -> None:
    people = list(seed_graph)[:150]
    part = seed_graph.subgraph(people)
    part = nx.Graph(part.edges)
    position = {node: index for index, node in enumerate(part)}
    found = walks.adamic_adar(_links(part), _all(part)).toarray()
    differing = [
        (a, b)
        for a, b, expected in nx.adamic_adar_index(part, _strangers(part))
        if found[position[a], position[b]] != pytest.approx(expected)
    ]
    assert differing == []


@given(graph=weighted_graphs())
def test_preferential_attachment_agrees_with_networkx(graph: nx.Graph) -> None:
    pairs = np.array(_strangers(graph), dtype=np.int64).reshape(-1, 2)
    found = walks.preferential_attachment(_links(graph), pairs[:, 0], pairs[:, 1])
    expected = [number for _, _, number in nx.preferential_attachment(graph, pairs.tolist())]
    assert found.tolist() == expected


@given(graph=weighted_graphs())
def test_katz_over_all_others_is_the_katz_centrality_of_networkx(graph: nx.Graph) -> None:
    graph.add_edge("one more", "and another")  # networkx fails on a single node
    found = walks.katz(_links(graph), _all(graph), 0.05, 60).sum(axis=1)
    expected = nx.katz_centrality_numpy(graph, alpha=0.05, beta=1.0, normalized=False, weight=None)
    assert (1 + found).tolist() == pytest.approx([expected[node] for node in graph])


def test_katz_and_local_path_count_walks_by_their_length() -> None:
    # 0-1-2-3, and 0-4-2: two walks of two edges from 0 to 2, and two of three edges from 0 to 3
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (0, 4), (4, 2)])
    links = _links(nx.Graph(sorted(graph.edges)))
    order = list(nx.Graph(sorted(graph.edges)))
    first = np.array([order.index(0)])
    local = walks.local_path(links, first, 0.01).toarray()[0]
    assert [local[order.index(2)], local[order.index(3)]] == pytest.approx([2.0, 0.02])
    katz = walks.katz(links, first, 0.1, 3).toarray()[0]
    assert [katz[order.index(2)], katz[order.index(3)]] == pytest.approx([0.02, 0.002])


@given(graph=weighted_graphs())
def test_pagerank_adds_the_personalised_pageranks_of_networkx_both_ways(graph: nx.Graph) -> None:
    graph = nx.convert_node_labels_to_integers(graph.subgraph([n for n, d in graph.degree if d]))
    if not len(graph):
        return
    found = walks.pagerank(adjacency(graph), _all(graph), 0.5, 60).toarray()
    ranks = {
        n: nx.pagerank(graph, alpha=0.5, personalization={n: 1}, tol=1e-13, max_iter=1000) for n in graph
    }
    for a, b in combinations(graph, 2):
        assert found[a, b] == pytest.approx(ranks[a][b] + ranks[b][a], abs=1e-9), (a, b)


@given(graph=weighted_graphs())
def test_distance_is_the_length_of_the_shortest_path_up_to_a_limit(graph: nx.Graph) -> None:
    found = walks.distance(_links(graph), _all(graph), 3).toarray()
    expected = np.zeros_like(found)
    for a, lengths in nx.all_pairs_shortest_path_length(graph, cutoff=3):
        for b, length in lengths.items():
            expected[a, b] = length
    assert found.tolist() == expected.tolist()


@given(graph=weighted_graphs())
def test_rows_of_some_people_are_those_of_all(graph: nx.Graph) -> None:
    matrix = adjacency(graph)
    some = _all(graph)[::2]
    whole = walks.pagerank(matrix, _all(graph), 0.85, 4).toarray()
    assert walks.pagerank(matrix, some, 0.85, 4).toarray().tolist() == whole[some].tolist()
