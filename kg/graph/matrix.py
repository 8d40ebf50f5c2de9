"""A weighted, undirected graph as a symmetric sparse matrix, and what can be read off it at once."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def adjacency(graph: nx.Graph) -> csr_array:
    """The symmetric matrix of the edges' ``weight`` (1 where an edge has none), in the order of the nodes.

    Example:
        >>> adjacency(nx.path_graph(3)).toarray().tolist()
        [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    position = {node: index for index, node in enumerate(graph)}
    edges = [(position[a], position[b], weight) for a, b, weight in graph.edges(data="weight", default=1.0)]
    tails = np.array([edge[0] for edge in edges], dtype=np.int64)
    heads = np.array([edge[1] for edge in edges], dtype=np.int64)
    weights = np.array([edge[2] for edge in edges], dtype=np.float64)
    both = (np.concatenate([tails, heads]), np.concatenate([heads, tails]))
    matrix = csr_array((np.concatenate([weights, weights]), both), shape=(len(position), len(position)))
    matrix.sort_indices()
    return matrix


def linked(matrix: csr_array) -> csr_array:
    """The matrix with 1 for every edge, whatever its weight.

    Example:
        >>> linked(adjacency(nx.Graph([("a", "b", {"weight": 2.5})]))).toarray().tolist()
        [[0.0, 1.0], [1.0, 0.0]]
    """
    return csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def degree(matrix: csr_array) -> Integers:
    """How many others each node is linked to: its co-authors; 0 to n - 1, larger is better connected.

    The same as :attr:`networkx.Graph.degree` (Freeman 1978, https://doi.org/10.1016/0378-8733(78)90021-7).

    Example:
        >>> degree(adjacency(nx.star_graph(3))).tolist()
        [3, 1, 1, 1]
    """
    return np.diff(matrix.indptr).astype(np.int64)


def strength(matrix: csr_array) -> Floats:
    """The sum of the weights of each node's edges (weighted degree); 0 or more, larger is better connected.

    With the weights of :func:`kg.graph.coauthorship.coauthorship` it is the number of papers written with
    others (Barrat et al. 2004, https://doi.org/10.1073/pnas.0400087101; Newman 2001).

    Example:
        >>> strength(adjacency(nx.Graph([("a", "b", {"weight": 0.5}), ("b", "c", {"weight": 2.0})]))).tolist()
        [0.5, 2.5, 2.0]
    """
    return np.asarray(matrix.sum(axis=1), dtype=np.float64)


def component(matrix: csr_array) -> Integers:
    """The number of each node's connected component; 0 is the largest, ties in the order of the nodes.

    Example:
        >>> component(adjacency(nx.Graph([("a", "b"), ("c", "d"), ("d", "e")]))).tolist()
        [1, 1, 0, 0, 0]
    """
    _, found = connected_components(matrix, directed=False)
    _, first, inverse, sizes = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(first))
    return rank[inverse]


def giant(matrix: csr_array, component: Integers) -> tuple[csr_array, Integers]:
    """The giant component: the rows and columns of component 0, and the nodes that they stand for.

    Example:
        >>> matrix = adjacency(nx.Graph([("a", "b"), ("c", "d"), ("d", "e")]))
        >>> giant(matrix, component(matrix))[1].tolist()
        [2, 3, 4]
    """
    members = np.flatnonzero(component == 0)
    return matrix[members][:, members], members
