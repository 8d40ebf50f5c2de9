from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.core_periphery import core, core_fit
from kg.graph.measures import adjacency
from tests.graph.samples import weighted_graphs


def _misfits(graph: nx.Graph, members: tuple[int, ...]) -> int:
    """Links missing within the core and present within the periphery."""
    inside = {node for node, member in zip(graph, members, strict=True) if member}
    outside = set(graph) - inside
    missing = len(inside) * (len(inside) - 1) // 2 - graph.subgraph(inside).number_of_edges()
    return missing + graph.subgraph(outside).number_of_edges()


@settings(max_examples=30, deadline=None)
@given(graph=weighted_graphs().filter(lambda g: len(g) <= 8))
def test_no_other_bipartition_has_fewer_misfits(graph: nx.Graph) -> None:
    least = min(_misfits(graph, members) for members in product((0, 1), repeat=len(graph)))
    assert _misfits(graph, tuple(core(adjacency(graph)).tolist())) == least


@given(graph=weighted_graphs(), data=st.data())
def test_the_fit_is_the_correlation_over_the_pairs_of_one_side(graph: nx.Graph, data: st.DataObject) -> None:
    members = data.draw(st.lists(st.integers(0, 1), min_size=len(graph), max_size=len(graph)))
    pairs = [(a, b) for a in graph for b in graph if a < b and members[a] == members[b]]
    links, ideal = [graph.has_edge(a, b) for a, b in pairs], [members[a] for a, _ in pairs]
    found = core_fit(adjacency(graph), np.array(members))
    if len(set(links)) < 2 or len(set(ideal)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(links, ideal)[0, 1], abs=1e-9)


def test_a_team_with_occasional_guests_fits_perfectly() -> None:
    graph = nx.complete_graph(5)
    graph.add_edges_from((member, f"guest {member}") for member in range(5))
    members = core(adjacency(graph))
    assert members.tolist() == [1] * 5 + [0] * 5
    assert core_fit(adjacency(graph), members) == 1.0


def test_people_without_co_authors_are_no_core() -> None:
    assert core(adjacency(nx.empty_graph(3))).tolist() == [0, 0, 0]
