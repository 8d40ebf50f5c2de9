from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from kg.graph.limits import PathLimits, limits
from kg.graph.measures import adjacency, component
from kg.graph.paths import Centrality, centrality
from tests.graph.samples import weighted_graphs


def _centrality(graph: nx.Graph, settings: PathLimits | None = None) -> Centrality:
    matrix = adjacency(graph)
    return centrality(matrix, component(matrix), settings or limits().paths)


def _assert_as_networkx(graph: nx.Graph, found: Centrality) -> None:
    betweenness, harmonic = nx.betweenness_centrality(graph), nx.harmonic_centrality(graph)
    others = max(len(graph) - 1, 1)
    assert found.betweenness.tolist() == pytest.approx([betweenness[node] for node in graph], abs=1e-9)
    assert found.harmonic.tolist() == pytest.approx([harmonic[node] / others for node in graph], abs=1e-9)


def test_paths_of_the_seeds_agree_with_networkx(seed_graph: nx.Graph) -> None:
    found = _centrality(seed_graph)
    assert not found.estimated
    _assert_as_networkx(seed_graph, found)


@given(graph=weighted_graphs())
def test_paths_of_any_small_graph_agree_with_networkx(graph: nx.Graph) -> None:
    _assert_as_networkx(graph, _centrality(graph))


@given(graph=weighted_graphs())
def test_searching_from_one_start_at_a_time_changes_nothing(graph: nx.Graph) -> None:
    _assert_as_networkx(graph, _centrality(graph, replace(limits().paths, states=1)))


def test_a_sample_of_everyone_is_exact(seed_graph: nx.Graph) -> None:
    everyone = replace(limits().paths, exact_up_to=0, pivots=len(seed_graph))
    found = _centrality(seed_graph, everyone)
    assert found.estimated
    _assert_as_networkx(seed_graph, found)


def _small_world() -> nx.Graph:
    return nx.connected_watts_strogatz_graph(400, 6, 0.1, seed=1)


def test_what_is_exact_has_no_error(seed_graph: nx.Graph) -> None:
    found = _centrality(seed_graph)
    assert not found.betweenness_error.any() and not found.harmonic_error.any()
    assert found.bound == found.mean_path_length_error == 0.0


def test_a_sample_of_everyone_has_no_error() -> None:
    found = _centrality(_small_world(), replace(limits().paths, exact_up_to=0, pivots=400))
    assert found.estimated
    assert not found.betweenness_error.any() and not found.harmonic_error.any()
    assert found.bound == found.mean_path_length_error == 0.0


def test_a_sample_is_off_by_as_much_as_it_says() -> None:
    graph = _small_world()
    exact = _centrality(graph)
    ours = [
        _centrality(graph, replace(limits().paths, exact_up_to=100, pivots=100, seed=seed))
        for seed in range(5)
    ]
    for name in ("betweenness", "harmonic"):
        off = np.array([getattr(found, name) - getattr(exact, name) for found in ours])
        told = np.array([getattr(found, f"{name}_error") for found in ours])
        share = float(np.sqrt((off**2).mean() / (told**2).mean()))
        assert 0.8 < share < 1.25, f"{name} is off by {share:.2f} standard errors in the mean"
    assert all(np.abs(found.betweenness - exact.betweenness).max() <= found.bound for found in ours)


def test_the_bound_is_hoeffdings_without_replacement() -> None:
    found = _centrality(_small_world(), replace(limits().paths, exact_up_to=100, pivots=100, confidence=0.9))
    left = 1 - 98 / 399
    assert found.bound == pytest.approx(
        np.sqrt(left * np.log(2 * 400 / 0.1) / (2 * 99)) * 399 * 398 / (399 * 398)
    )


def test_the_mean_path_length_is_of_the_largest_component(seed_graph: nx.Graph) -> None:
    giant = seed_graph.subgraph(max(nx.connected_components(seed_graph), key=len))
    expected = nx.average_shortest_path_length(giant)
    assert _centrality(seed_graph).mean_path_length == pytest.approx(expected, abs=1e-9)


def test_a_sampled_mean_path_length_is_within_three_standard_errors() -> None:
    graph = _small_world()
    found = _centrality(graph, replace(limits().paths, exact_up_to=100, pivots=50))
    exact = nx.average_shortest_path_length(graph)
    assert 0 < abs(found.mean_path_length - exact) < 3 * found.mean_path_length_error


def test_a_sample_comes_close() -> None:
    graph = nx.connected_watts_strogatz_graph(400, 6, 0.1, seed=1)
    exact = _centrality(graph)
    sampled = _centrality(graph, replace(limits().paths, exact_up_to=100, pivots=200))
    assert np.corrcoef(exact.betweenness, sampled.betweenness)[0, 1] > 0.95
    assert np.allclose(exact.harmonic, sampled.harmonic, rtol=0.1)


def test_a_sample_repeats_itself() -> None:
    graph = nx.connected_watts_strogatz_graph(400, 6, 0.1, seed=1)
    few = replace(limits().paths, exact_up_to=100, pivots=50)
    one, other = _centrality(graph, few), _centrality(graph, few)
    assert one.betweenness.tobytes() == other.betweenness.tobytes()


def test_only_the_large_components_are_sampled() -> None:
    graph = nx.disjoint_union(nx.star_graph(5), nx.path_graph(300))
    found = _centrality(graph, replace(limits().paths, exact_up_to=100, pivots=10))
    exact = nx.betweenness_centrality(graph)
    assert found.estimated
    assert found.betweenness[:6].tolist() == pytest.approx([exact[node] for node in range(6)])


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_graph_too_small_for_paths_has_none(people: int) -> None:
    found = _centrality(nx.empty_graph(people))
    assert found.betweenness.tolist() == found.harmonic.tolist() == [0.0] * people
