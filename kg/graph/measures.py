"""Measures of people in a weighted, undirected graph, given as a symmetric adjacency matrix.

Each function takes the matrix of :func:`adjacency` and returns one number a node, in the order of the nodes. This
module is where to find them all; what they are is told in the modules that they come from. Those that follow
shortest paths are in :mod:`kg.graph.paths`.
"""

from __future__ import annotations

from kg.graph.brokerage import constraint, effective_size, efficiency
from kg.graph.cohesion import clustering, core_number, transitivity
from kg.graph.matrix import Floats, Integers, adjacency, component, degree, giant, linked, strength
from kg.graph.roles import participation, within_module_degree
from kg.graph.spectral import attenuation, eigenvector, hits, katz, largest_eigenvalue, pagerank

__all__ = [
    "Floats",
    "Integers",
    "adjacency",
    "attenuation",
    "clustering",
    "component",
    "constraint",
    "core_number",
    "degree",
    "effective_size",
    "efficiency",
    "eigenvector",
    "giant",
    "hits",
    "katz",
    "largest_eigenvalue",
    "linked",
    "pagerank",
    "participation",
    "strength",
    "transitivity",
    "within_module_degree",
]
