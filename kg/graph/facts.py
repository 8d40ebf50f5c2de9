"""Facts on a graph as a whole."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from kg.graph.measures import Floats, Integers, clustering, degree, strength


def facts(matrix: csr_array, component: Integers, community: Integers) -> dict[str, int | float]:
    """What can be said of the whole graph; a fact that is undefined is absent.

    Args:
        matrix: symmetric adjacency with weights.
        component: each node's connected component, numbered from 0.
        community: each node's community, numbered from 0.

    Returns:
        ``nodes``, ``edges``, ``components``, ``largest_component`` (nodes), ``density`` (share of pairs that
        are linked), ``average_clustering``, ``degree_assortativity`` (correlation of the degrees at the two
        ends of an edge, Newman 2002) and ``modularity`` of the communities by weight.
    """
    nodes, edges = matrix.shape[0], matrix.nnz // 2
    sizes = np.bincount(component)
    found: dict[str, float | None] = {
        "density": 2 * edges / (nodes * (nodes - 1)) if nodes > 1 else None,
        "average_clustering": float(clustering(matrix).mean()) if nodes else None,
        "degree_assortativity": degree_assortativity(matrix),
        "modularity": modularity(matrix, community),
    }
    return {
        "nodes": nodes,
        "edges": edges,
        "components": len(sizes),
        "largest_component": int(sizes.max(initial=0)),
        **{name: number for name, number in found.items() if number is not None},
    }


def degree_assortativity(matrix: csr_array) -> float | None:
    """The correlation of the degrees at both ends of an edge; None where all degrees are equal."""
    degrees = degree(matrix).astype(np.float64)
    tails, heads = np.repeat(degrees, degree(matrix)), degrees[matrix.indices]
    if not len(tails) or tails.min() == tails.max():
        return None
    return _correlation(tails, heads)


def _correlation(one: Floats, other: Floats) -> float:
    one, other = one - one.mean(), other - other.mean()
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def modularity(matrix: csr_array, community: Integers) -> float | None:
    """Newman's modularity of a partition, by weight: -1/2 to 1; None where there is no edge."""
    if not matrix.nnz:
        return None
    total = float(matrix.sum())
    tails = np.repeat(community, degree(matrix))
    within = float(matrix.data[tails == community[matrix.indices]].sum()) / total
    shares = np.bincount(community, weights=strength(matrix)) / total
    return within - float((shares**2).sum())
