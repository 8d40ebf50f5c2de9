"""Centrality by who one is linked to: PageRank, eigenvector, Katz and HITS, all by weight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigsh

from kg.graph.limits import limits
from kg.graph.matrix import Floats, Integers, giant, strength


def pagerank(matrix: csr_array, damping: float, tolerance: float) -> Floats:
    """PageRank (Page et al. 1999) of a walker that chooses edges by their weight; larger is more central.

    The share of time, 0 to 1, that the walker spends at each node; the sum is 1. From a node without edges
    the walker jumps anywhere, as in :func:`networkx.pagerank`.

    Args:
        matrix: as from :func:`kg.graph.matrix.adjacency`.
        damping: the probability of following an edge, below 1.
        tolerance: change a node, summed over all, at which the iteration ends.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> pagerank(adjacency(nx.star_graph(2)), 0.85, 1e-12).round(3).tolist()
        [0.486, 0.257, 0.257]
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


def eigenvector(matrix: csr_array, component: Integers) -> Floats:
    """Eigenvector centrality (Bonacich 1987, https://doi.org/10.1086/228631) in the giant component.

    A node's score is in proportion to the scores of its neighbours by weight: A x = lambda x for the largest
    eigenvalue lambda, x of length 1. Each score is 0 to 1; larger is more central. A disconnected graph has no
    one answer (networkx raises), therefore it is taken of the giant component (number 0) and is 0 elsewhere,
    which is an eigenvector of the whole matrix; it is 0 everywhere in a graph without edges. In the giant
    component it is :func:`networkx.eigenvector_centrality_numpy` by weight.

    Args:
        matrix: symmetric adjacency with weights.
        component: each node's component; 0 is the giant one.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency, component
        >>> matrix = adjacency(nx.disjoint_union(nx.path_graph(3), nx.path_graph(2)))
        >>> eigenvector(matrix, component(matrix)).round(3).tolist()
        [0.5, 0.707, 0.5, 0.0, 0.0]
    """
    scores = np.zeros(matrix.shape[0])
    part, members = giant(matrix, component)
    if part.nnz:
        scores[members] = _leading(part)[1]
    return scores


def hits(matrix: csr_array, component: Integers) -> Floats:
    """HITS (Kleinberg 1999, https://doi.org/10.1145/324133.324140), whose hubs and authorities are the same here.

    Where links have no direction, both are the eigenvector centrality, scaled so that the sum is 1: this is
    :func:`eigenvector` divided by its sum, with the same convention for several components. Each score is
    0 to 1; larger is more central. :func:`networkx.hits` of the giant component agrees unless the component
    is bipartite (a tree, a pair): there the largest singular value is double, and any mixture of the two
    vectors solves HITS, of which this is the one that is positive everywhere.

    Args:
        matrix: symmetric adjacency with weights.
        component: each node's component; 0 is the giant one.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency, component
        >>> matrix = adjacency(nx.path_graph(3))
        >>> hits(matrix, component(matrix)).round(3).tolist()
        [0.293, 0.414, 0.293]
    """
    scores = eigenvector(matrix, component)
    total = float(scores.sum())
    return scores / total if total else scores


def largest_eigenvalue(matrix: csr_array) -> float:
    """The largest eigenvalue of a symmetric matrix; 0 where there is no edge.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> round(largest_eigenvalue(adjacency(nx.complete_graph(4))), 12)
        3.0
    """
    return _leading(matrix)[0] if matrix.nnz else 0.0


def katz(matrix: csr_array, attenuation: float, tolerance: float) -> Floats:
    """Katz centrality (1953, https://doi.org/10.1007/BF02289026): walks from everyone, long ones counting less.

    Solves x = alpha A x + 1 over the whole graph, by weight, and scales x to length 1, as
    :func:`networkx.katz_centrality_numpy` does. Each score is 0 to 1; larger is more central; those without
    co-authors have the least. The solution exists for an attenuation alpha below 1 over the largest
    eigenvalue.

    Args:
        matrix: symmetric adjacency with weights.
        attenuation: alpha, by which each further step of a walk counts less.
        tolerance: change of a score, relative to it, at which the iteration ends.

    Raises:
        ValueError: if alpha is too large for a solution.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> katz(adjacency(nx.path_graph(3)), 0.5, 1e-12).round(3).tolist()
        [0.514, 0.686, 0.514]
    """
    if not matrix.shape[0]:
        return np.zeros(0)
    if attenuation * largest_eigenvalue(matrix) >= 1:
        raise ValueError("Katz centrality needs an attenuation below 1 over the largest eigenvalue")
    scores = np.ones(matrix.shape[0])
    for following in _walks(matrix, attenuation):
        if bool((following <= tolerance * scores).all()):
            break
        scores += following
    return scores / float(np.sqrt((scores**2).sum()))


def attenuation(matrix: csr_array) -> float:
    """Katz's alpha: a share of 1 over the largest eigenvalue, set in ``limits.toml``; 0 without edges.

    It is rounded as measures are, so that whoever reads it can repeat the computation with networkx.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> attenuation(adjacency(nx.complete_graph(4))) == round(limits().spectral.katz_share / 3, 12)
        True
    """
    value = largest_eigenvalue(matrix)
    alpha = limits().spectral.katz_share / value if value else 0.0
    return float(f"{alpha:.{limits().significant_digits}g}")


def _walks(matrix: csr_array, attenuation: float) -> Iterator[Floats]:
    """The weights of the walks of one step from each node, of two, and so on; sums of what is not negative."""
    term = np.ones(matrix.shape[0])
    while True:
        term = attenuation * (matrix @ term)
        yield term


def _leading(matrix: csr_array) -> tuple[float, Floats]:
    """The largest eigenvalue and its vector of length 1, which has no negative entry."""
    count = matrix.shape[0]
    if count <= limits().spectral.dense_up_to:
        values, vectors = np.linalg.eigh(matrix.toarray())
        value, vector = float(values[-1]), vectors[:, -1]
    else:
        start = 1 + np.arange(count) / count  # the same each time, and no eigenvector of a regular graph
        found, vectors = eigsh(matrix, k=1, which="LA", v0=start, tol=0)
        value, vector = float(found[0]), vectors[:, 0]
    vector = np.abs(vector)
    return value, vector / float(np.sqrt((vector**2).sum()))
