from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given

from kg.graph.facts import modularity
from kg.graph.measures import adjacency
from kg.graph.partition import partition, reordered
from tests.graph.samples import weighted_graphs


def _parts(graph: nx.Graph) -> list[set[object]]:
    labels = partition(adjacency(graph), 1.0, 10).tolist()
    return [
        {node for node, found in zip(graph, labels, strict=True) if found == label}
        for label in range(max(labels, default=-1) + 1)
    ]


def test_the_partition_of_the_seeds_is_as_modular_as_louvains(seed_graph: nx.Graph) -> None:
    louvain = nx.community.louvain_communities(seed_graph, seed=1)
    ours = nx.community.modularity(seed_graph, _parts(seed_graph))
    assert ours > nx.community.modularity(seed_graph, louvain) - 0.001


def test_the_partition_of_a_known_network_is_near_the_best() -> None:
    karate = nx.karate_club_graph()
    for _, _, edge in karate.edges(data=True):
        edge["weight"] = 1.0
    matrix = adjacency(karate)
    found = modularity(matrix, partition(matrix, 1.0, 10))
    assert found is not None
    assert found > 0.41, "0.4198 is the maximum for Zachary's karate club (Brandes et al. 2008)"


def test_two_teams_joined_by_one_paper_stay_two() -> None:
    assert _parts(nx.barbell_graph(5, 0)) == [{0, 1, 2, 3, 4}, {5, 6, 7, 8, 9}]


@given(graph=weighted_graphs())
def test_every_community_is_connected_and_everyone_has_one(graph: nx.Graph) -> None:
    parts = _parts(graph)
    assert sorted(node for part in parts for node in part) == sorted(graph)
    assert all(nx.is_connected(graph.subgraph(part)) for part in parts)


def test_the_partition_repeats_itself(seed_graph: nx.Graph) -> None:
    matrix = adjacency(seed_graph)
    assert partition(matrix, 1.0, 10).tolist() == partition(matrix, 1.0, 10).tolist()


def test_people_without_co_authors_are_alone() -> None:
    assert _parts(nx.empty_graph(3)) == [{0}, {1}, {2}]


def test_a_finer_resolution_gives_more_communities(seed_graph: nx.Graph) -> None:
    matrix = adjacency(seed_graph)
    assert partition(matrix, 50.0, 10).max() > partition(matrix, 1.0, 10).max()


@given(graph=weighted_graphs())
def test_another_order_of_the_nodes_keeps_the_components_apart(graph: nx.Graph) -> None:
    matrix = adjacency(graph)
    order = np.random.default_rng(3).permutation(len(graph))
    labels = reordered(matrix, order, lambda mixed: partition(mixed, 1.0, 10)).tolist()
    position = {node: number for number, node in enumerate(graph)}
    for label in set(labels):
        assert nx.is_connected(graph.subgraph(node for node in graph if labels[position[node]] == label))


def test_the_same_order_gives_the_same_partition(seed_graph: nx.Graph) -> None:
    matrix = adjacency(seed_graph)
    same = reordered(matrix, np.arange(len(seed_graph)), lambda mixed: partition(mixed, 1.0, 10))
    assert same.tolist() == partition(matrix, 1.0, 10).tolist()
