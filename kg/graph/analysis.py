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
        ``degree``, ``strength``, ``pagerank``, ``betweenness``, ``harmonic``, ``core``, ``clustering``,
        ``constraint`` (absent for someone without co-authors) and ``community`` (the id of one); the graph
        has the :func:`kg.graph.facts.facts` and ``betweenness_method``, which tells whether betweenness and
        harmonic closeness are exact. Numbers are rounded to 12 significant digits.
    """
    graph = coauthorship(knowledge)
    matrix = measures.adjacency(graph)
    component = measures.component(matrix)
    paths = centrality(matrix, component, limits().paths)
    _set(graph, _measures(matrix, component, paths))
    parts = partition(matrix, limits().resolution, limits().iterations)
    found = communities(knowledge, graph, parts)
    nx.set_node_attributes(graph, {author: c.id for c in found for author in c.members}, "community")
    whole = facts(matrix, component, parts)
    graph.graph |= {name: n if isinstance(n, int) else significant(n) for name, n in whole.items()}
    graph.graph["betweenness_method"] = _method(paths)
    return replace(knowledge, communities=found), graph


def _measures(matrix: csr_array, component: Integers, paths: Centrality) -> dict[str, Integers | Floats]:
    return {
        "component": component,
        "degree": measures.degree(matrix),
        "strength": measures.strength(matrix),
        "pagerank": measures.pagerank(matrix, limits().damping, limits().tolerance),
        "betweenness": paths.betweenness,
        "harmonic": paths.harmonic,
        "core": measures.core_number(matrix),
        "clustering": measures.clustering(matrix),
        "constraint": measures.constraint(matrix),
    }


def _set(graph: nx.Graph, columns: Mapping[str, Integers | Floats]) -> None:
    """Give the nodes their measures; what is not a number is left out, for no format can say it."""
    for name, column in columns.items():
        counts = np.issubdtype(column.dtype, np.integer)
        for node, number in zip(graph, column.tolist(), strict=True):
            if number == number:
                graph.nodes[node][name] = number if counts else significant(number)


def _method(paths: Centrality) -> str:
    if not paths.estimated:
        return "exact"
    size, pivots = limits().paths.exact_up_to, limits().paths.pivots
    return f"estimated from {pivots} people in each component of more than {size}, exact in the others"
