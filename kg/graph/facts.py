"""Facts on a graph as a whole."""

from __future__ import annotations

from math import log

import numpy as np
from scipy.sparse import csr_array

from kg.graph.core_periphery import core, core_fit
from kg.graph.diameter import diameter
from kg.graph.limits import PathLimits
from kg.graph.matrix import Floats, Integers, degree, giant, strength
from kg.graph.measures import clustering, transitivity
from kg.graph.paths import Centrality
from kg.graph.traversal import block


def facts(
    matrix: csr_array, component: Integers, community: Integers, paths: Centrality, limits: PathLimits
) -> dict[str, int | float]:
    """What can be said of the whole graph; a fact that is undefined is absent.

    Args:
        matrix: symmetric adjacency with weights.
        component: each node's connected component, numbered from 0, the largest.
        community: each node's community, numbered from 0.
        paths: from :func:`kg.graph.paths.centrality`.
        limits: up to what size a component is searched in full.

    Returns:
        ``nodes``, ``edges``, ``components``, ``largest_component`` (nodes), ``giant_share`` (of all nodes),
        ``density`` (share of pairs that are linked), ``average_clustering`` (mean of
        :func:`kg.graph.measures.clustering`), ``transitivity``, ``degree_assortativity``, ``modularity`` of the
        communities by weight, ``core_size`` and ``core_periphery``
        (:func:`kg.graph.core_periphery.core_fit`); of the largest component ``diameter`` (edges; where too many
        searches would be needed, a length that was seen, and ``diameter_at_most`` tells what is possible),
        ``mean_path_length`` (edges) with its standard error ``mean_path_length_error`` (0 if exact), and
        ``small_world`` (:func:`small_world`).
    """
    nodes, edges = matrix.shape[0], matrix.nnz // 2
    sizes = np.bincount(component)
    members = core(matrix)
    found: dict[str, float | None] = {
        "giant_share": float(sizes.max() / nodes) if nodes else None,
        "density": 2 * edges / (nodes * (nodes - 1)) if nodes > 1 else None,
        "average_clustering": float(clustering(matrix).mean()) if nodes else None,
        "transitivity": transitivity(matrix) if nodes else None,
        "degree_assortativity": degree_assortativity(matrix),
        "modularity": modularity(matrix, community),
        "core_periphery": core_fit(matrix, members),
        **_of_the_giant(matrix, component, paths, limits),
    }
    return {
        "nodes": nodes,
        "edges": edges,
        "components": len(sizes),
        "largest_component": int(sizes.max(initial=0)),
        "core_size": int(members.sum()),
        **{name: number for name, number in found.items() if number is not None},
    }


def _of_the_giant(
    matrix: csr_array, component: Integers, paths: Centrality, limits: PathLimits
) -> dict[str, float | None]:
    part, members = giant(matrix, component)
    if len(members) < 2:
        return {}
    searches = len(members) if len(members) <= limits.exact_up_to else limits.pivots
    longest = diameter(block(part, 0, len(members)), searches)
    return {
        "diameter": longest.at_least,
        "diameter_at_most": longest.at_most if longest.at_most > longest.at_least else None,
        "mean_path_length": paths.mean_path_length,
        "mean_path_length_error": paths.mean_path_length_error,
        "small_world": small_world(part, paths.mean_path_length),
    }


def small_world(matrix: csr_array, mean_path_length: float) -> float | None:
    """The small-world coefficient sigma (Humphries and Gurney 2008, https://doi.org/10.1371/journal.pone.0002051).

    sigma = (C / C_rand) / (L / L_rand): C is the mean clustering, L the mean path length, and a random graph of
    as many nodes n and the same mean degree k has C_rand = k / (n - 1) and L_rand = ln n / ln k (Erdős and
    Rényi; Watts and Strogatz 1998). Above 1 is a small world; it grows with the number of nodes, so that graphs
    of different size do not compare. networkx's ``sigma`` draws random graphs of the same degrees instead, and
    takes transitivity for C.

    Args:
        matrix: symmetric adjacency of a connected graph; its weights do not matter.
        mean_path_length: L, in edges.

    Returns:
        0 or more; None where the random graph has no path length, k being 1 or less.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> round(small_world(adjacency(nx.complete_graph(4)), 1.0), 3)
        1.262
    """
    nodes = matrix.shape[0]
    mean_degree = matrix.nnz / nodes if nodes else 0.0
    if mean_degree <= 1:
        return None
    clustered = float(clustering(matrix).mean()) / (mean_degree / (nodes - 1))
    return clustered / (mean_path_length / (log(nodes) / log(mean_degree)))


def degree_assortativity(matrix: csr_array) -> float | None:
    """The correlation of the degrees at both ends of an edge; None where all degrees are equal.

    -1 to 1: above 0, the well connected write with the well connected (Newman 2002,
    https://doi.org/10.1103/PhysRevLett.89.208701), as :func:`networkx.degree_assortativity_coefficient`.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> degree_assortativity(adjacency(nx.star_graph(3)))
        -1.0
    """
    degrees = degree(matrix).astype(np.float64)
    tails, heads = np.repeat(degrees, degree(matrix)), degrees[matrix.indices]
    if not len(tails) or tails.min() == tails.max():
        return None
    return _correlation(tails, heads)


def _correlation(one: Floats, other: Floats) -> float:
    one, other = one - one.mean(), other - other.mean()
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def modularity(matrix: csr_array, community: Integers) -> float | None:
    """Newman's modularity of a partition, by weight; None where there is no edge.

    The share of weight within communities less what it would be by chance: sum over communities of
    w_in / W - (S / 2W)^2 (Newman and Girvan 2004, https://doi.org/10.1103/PhysRevE.69.026113). -1/2 to 1; larger is
    better parted. As :func:`networkx.community.modularity`.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> modularity(adjacency(nx.Graph([("a", "b"), ("c", "d")])), np.array([0, 0, 1, 1]))
        0.5
    """
    if not matrix.nnz:
        return None
    total = float(matrix.sum())
    tails = np.repeat(community, degree(matrix))
    within = float(matrix.data[tails == community[matrix.indices]].sum()) / total
    shares = np.bincount(community, weights=strength(matrix)) / total
    return within - float((shares**2).sum())
