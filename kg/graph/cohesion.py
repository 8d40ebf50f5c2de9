"""How densely each node's surroundings are linked: cores and clustering, whatever the weights."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from kg.graph.matrix import Floats, Integers, degree, linked
from kg.graph.traversal import arcs


def core_number(matrix: csr_array) -> Integers:
    """The largest k such that each node is in the k-core, whose members have k neighbours in it.

    Peels the nodes of least degree (Seidman 1983; Batagelj and Zaveršnik 2003, https://arxiv.org/abs/cs/0310049),
    all that are due at once; as :func:`networkx.core_number`. 0 to n - 1; larger is deeper inside. One paper
    of k + 1 authors puts all of them into the k-core.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> core_number(adjacency(nx.lollipop_graph(3, 2))).tolist()
        [2, 2, 2, 1, 1]
    """
    left = degree(matrix)
    numbers = np.zeros(len(left), dtype=np.int64)
    there = np.ones(len(left), dtype=np.bool_)
    indptr, indices = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64)
    while bool(there.any()):
        k = int(left[there].min())
        due = np.flatnonzero(there & (left <= k))
        while len(due):
            numbers[due], there[due] = k, False
            heads = arcs(indptr, indices, due)[1]
            np.subtract.at(left, heads, 1)
            due = np.unique(heads[there[heads] & (left[heads] <= k)])
    return numbers


def clustering(matrix: csr_array) -> Floats:
    """The share of each node's pairs of neighbours that are linked (Watts and Strogatz 1998); 0 below two.

    0 to 1; larger is more closed: 1 for someone of one paper with at least two others, low for someone who
    joins groups. As :func:`networkx.clustering` without weights (https://doi.org/10.1038/30918).

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> clustering(adjacency(nx.lollipop_graph(3, 1))).round(3).tolist()
        [1.0, 1.0, 0.333, 0.0]
    """
    closed, pairs = _triads(matrix)
    return np.divide(closed, pairs, out=np.zeros(len(pairs)), where=pairs > 0)


def transitivity(matrix: csr_array) -> float:
    """The share of all paths of length two that are closed: 3 times triangles over connected triples.

    0 to 1; larger is more closed; 0 where there is no such path, as :func:`networkx.transitivity`. A mean of
    :func:`clustering` in which each node counts with its pairs of neighbours (Newman, Watts and Strogatz 2002,
    https://doi.org/10.1073/pnas.012582999).

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> transitivity(adjacency(nx.lollipop_graph(3, 1)))
        0.6
    """
    closed, pairs = _triads(matrix)
    return float(closed.sum() / pairs.sum()) if pairs.sum() else 0.0


def _triads(matrix: csr_array) -> tuple[Floats, Floats]:
    """For each node, the ordered pairs of neighbours that are linked, and all of them."""
    edges = linked(matrix)
    closed = np.asarray((edges @ edges).multiply(edges).sum(axis=1), dtype=np.float64)
    neighbours = degree(matrix)
    return closed, (neighbours * (neighbours - 1)).astype(np.float64)
