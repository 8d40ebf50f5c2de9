"""The graph stage in one function: co-authorship, its measures, its communities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from kg.graph import measures
from kg.graph.coauthorship import coauthorship
from kg.graph.communities import communities
from kg.graph.core_periphery import core
from kg.graph.facts import facts
from kg.graph.limits import limits
from kg.graph.measures import Floats, Integers
from kg.graph.partition import partition
from kg.graph.paths import Centrality, centrality
from kg.graph.rounding import significant
from kg.records import Knowledge


def analyse(knowledge: Knowledge) -> tuple[Knowledge, nx.Graph]:
    """Find out how the authors of papers are connected.

    Args:
        knowledge: all records but the communities.

    Returns:
        The knowledge with its communities, and the co-authorship graph of
        :func:`kg.graph.coauthorship.coauthorship`. Its nodes have, besides, ``component`` (0 is the largest),
        ``degree``, ``strength``, ``pagerank``, ``eigenvector``, ``katz``, ``hits``, ``betweenness``,
        ``harmonic``, ``core`` (the k of the k-core), ``in_core`` (1 for the core of core and periphery, else
        0), ``clustering``, ``within_module_degree`` and ``community`` (the id of one); ``constraint``,
        ``effective_size``, ``efficiency`` and ``participation`` are absent for someone without co-authors,
        ``betweenness_error`` and ``harmonic_error`` (standard errors) where nothing was estimated. The graph
        has the :func:`kg.graph.facts.facts`, ``katz_alpha``, ``betweenness_method``, which tells whether
        betweenness and harmonic closeness are exact and how far off they may be, and in numbers
        ``betweenness_error`` and ``harmonic_error`` (the largest standard error of anyone's) and
        ``betweenness_bound``, all 0 where exact. Numbers are rounded to 12 significant digits.
    """
    graph = coauthorship(knowledge)
    matrix = measures.adjacency(graph)
    component = measures.component(matrix)
    paths = centrality(matrix, component, limits().paths)
    alpha = measures.attenuation(matrix)
    parts = partition(matrix, limits().resolution, limits().iterations)
    _set(graph, {"component": component, **_connections(matrix), **_scores(matrix, component, alpha)})
    _set(graph, {**_on_paths(paths), **_places(matrix, parts)})
    found = communities(knowledge, graph, parts)
    nx.set_node_attributes(graph, {author: c.id for c in found for author in c.members}, "community")
    whole = facts(matrix, component, parts, paths, limits().paths) | _errors(paths) | {"katz_alpha": alpha}
    graph.graph |= {name: n if isinstance(n, int) else significant(n) for name, n in whole.items()}
    graph.graph["betweenness_method"] = _method(paths)
    return replace(knowledge, communities=found), graph


def _connections(matrix: csr_array) -> dict[str, Integers | Floats]:
    """What each node's own links and those of its neighbours tell."""
    return {
        "degree": measures.degree(matrix),
        "strength": measures.strength(matrix),
        "core": measures.core_number(matrix),
        "in_core": core(matrix),
        "clustering": measures.clustering(matrix),
        "constraint": measures.constraint(matrix),
        "effective_size": measures.effective_size(matrix),
        "efficiency": measures.efficiency(matrix),
    }


def _scores(matrix: csr_array, component: Integers, alpha: float) -> dict[str, Integers | Floats]:
    """Where links to the central make central."""
    decimals = limits().spectral.decimals
    return {
        "pagerank": measures.pagerank(matrix, limits().damping, limits().tolerance),
        "eigenvector": measures.eigenvector(matrix, component).round(decimals),
        "katz": measures.katz(matrix, alpha, limits().tolerance),
        "hits": measures.hits(matrix, component).round(decimals),
    }


def _on_paths(paths: Centrality) -> dict[str, Integers | Floats]:
    exact: dict[str, Integers | Floats] = {"betweenness": paths.betweenness, "harmonic": paths.harmonic}
    if not paths.estimated:
        return exact
    return exact | {"betweenness_error": paths.betweenness_error, "harmonic_error": paths.harmonic_error}


def _places(matrix: csr_array, parts: Integers) -> dict[str, Integers | Floats]:
    """Where each node stands among the communities."""
    return {
        "participation": measures.participation(matrix, parts),
        "within_module_degree": measures.within_module_degree(matrix, parts),
    }


def _set(graph: nx.Graph, columns: Mapping[str, Integers | Floats]) -> None:
    """Give the nodes their measures; what is not a number is left out, for no format can say it."""
    for name, column in columns.items():
        counts = np.issubdtype(column.dtype, np.integer)
        for node, number in zip(graph, column.tolist(), strict=True):
            if number == number:
                graph.nodes[node][name] = number if counts else significant(number)


def _errors(paths: Centrality) -> dict[str, int | float]:
    return {
        "betweenness_error": float(paths.betweenness_error.max(initial=0.0)),
        "harmonic_error": float(paths.harmonic_error.max(initial=0.0)),
        "betweenness_bound": paths.bound,
    }


def _method(paths: Centrality) -> str:
    if not paths.estimated:
        return "exact"
    size, pivots, confidence = limits().paths.exact_up_to, limits().paths.pivots, limits().paths.confidence
    return (
        f"estimated from {pivots} people in each component of more than {size}, exact in the others; "
        f"the standard error of betweenness is {paths.betweenness_error.max():.2g} at most, "
        f"and with a probability of {confidence:g} everyone's is off by at most {paths.bound:.2g} "
        "(Hoeffding 1963, Serfling 1974)"
    )
