"""Measures of people in a weighted, undirected graph, given as a symmetric adjacency matrix.

Each function takes the matrix of :func:`adjacency` and returns one number a node, in the order of the nodes.
"""

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


def degree(matrix: csr_array) -> Integers:
    """How many others each node is linked to."""
    return np.diff(matrix.indptr).astype(np.int64)


def strength(matrix: csr_array) -> Floats:
    """The sum of the weights of each node's edges (weighted degree)."""
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


def pagerank(matrix: csr_array, damping: float, tolerance: float) -> Floats:
    """PageRank (Page et al. 1999) of a walker that chooses edges by their weight; the sum is 1.

    From a node without edges the walker jumps anywhere, as in :func:`networkx.pagerank`.

    Args:
        matrix: as from :func:`adjacency`.
        damping: the probability of following an edge, below 1.
        tolerance: change a node, summed over all, at which the iteration ends.
    """
    count = matrix.shape[0]
    if not count:
        return np.zeros(0)
    total = strength(matrix)
    dangling = total == 0
    share = np.divide(1.0, total, out=np.zeros(count), where=~dangling)
    rank = np.full(count, 1 / count)
    change = np.inf
    while change > count * tolerance:  # each step shrinks the change by the damping
        jumps = damping * rank[dangling].sum() + 1 - damping
        following = damping * (matrix @ (rank * share)) + jumps / count
        change = float(np.abs(following - rank).sum())
        rank = following
    return rank


def core_number(matrix: csr_array) -> Integers:
    """The largest k such that each node is in the k-core, whose members have k neighbours in it.

    Peels the nodes of least degree (Batagelj and Zaveršnik 2003, https://arxiv.org/abs/cs/0310049).
    """
    numbers = nx.core_number(nx.from_scipy_sparse_array(matrix))
    return np.array([numbers[node] for node in range(matrix.shape[0])], dtype=np.int64)


def clustering(matrix: csr_array) -> Floats:
    """The share of each node's pairs of neighbours that are linked (Watts and Strogatz 1998); 0 below two."""
    linked = csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
    triangles = np.asarray((linked @ linked).multiply(linked).sum(axis=1), dtype=np.float64)
    neighbours = degree(matrix)
    pairs = (neighbours * (neighbours - 1)).astype(np.float64)
    return np.divide(triangles, pairs, out=np.zeros(len(pairs)), where=pairs > 0)


def constraint(matrix: csr_array) -> Floats:
    """Burt's constraint (Structural Holes, 1992): how much each node's contacts depend on one another.

    A low value marks a person between groups. For each contact, the share of the person's weight that goes to
    the contact, directly and over common contacts, is squared; the constraint is the sum.

    Returns:
        One number a node; nan for a node without edges, of which nothing can be said.
    """
    total = strength(matrix)
    isolated = total == 0
    share = np.divide(1.0, total, out=np.zeros(len(total)), where=~isolated)
    direct = csr_array(
        (matrix.data * np.repeat(share, degree(matrix)), matrix.indices, matrix.indptr), shape=matrix.shape
    )
    linked = csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
    invested = direct + (direct @ direct).multiply(linked)
    found = np.asarray(invested.multiply(invested).sum(axis=1), dtype=np.float64)
    found[isolated] = np.nan
    return found
