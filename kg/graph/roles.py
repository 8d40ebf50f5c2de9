"""Where nodes stand among communities (Guimerà and Amaral 2005, https://doi.org/10.1038/nature03288).

The two together are their map of roles: from 2.5 on the z-score is a hub's, and hubs with a participation above
0.3 connect communities. Edges are counted, as they do, not weighed.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array

from kg.graph.matrix import Floats, Integers, degree


def participation(matrix: csr_array, community: Integers) -> Floats:
    """The participation coefficient: how evenly a node's edges are spread over communities.

    P_i = 1 - sum over communities s of (k_is / k_i)^2, k_is being i's edges into s. 0 (all in one community)
    to below 1 (spread evenly over many); larger is more of a bridge between communities.

    Args:
        matrix: symmetric adjacency; its weights do not matter.
        community: each node's community, numbered from 0.

    Returns:
        One number a node; nan for a node without edges.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> participation(adjacency(nx.path_graph(4)), np.array([0, 0, 1, 1])).tolist()
        [0.0, 0.5, 0.5, 0.0]
    """
    into = _edges_into(matrix, community)
    edges = degree(matrix).astype(np.float64)
    squares = np.asarray(into.multiply(into).sum(axis=1), dtype=np.float64)
    share = np.divide(squares, edges**2, out=np.full(len(edges), np.nan), where=edges > 0)
    return np.asarray(1 - share)


def within_module_degree(matrix: csr_array, community: Integers) -> Floats:
    """The within-module degree z-score: how well connected a node is inside its community.

    z_i = (k_i - mean k) / standard deviation of k, k being the number of edges that stay in the community, and
    mean and (population) deviation being taken over its members. Any number, mean 0 in each community;
    larger is more of a local hub. 0 where all members have the same k.

    Args:
        matrix: symmetric adjacency; its weights do not matter.
        community: each node's community, numbered from 0.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> within_module_degree(adjacency(nx.star_graph(4)), np.zeros(5, dtype=np.int64)).tolist()
        [2.0, -0.5, -0.5, -0.5, -0.5]
    """
    own = np.zeros(len(community))
    tails = np.repeat(np.arange(len(community)), degree(matrix))
    np.add.at(own, tails[community[tails] == community[matrix.indices]], 1.0)
    size = np.maximum(np.bincount(community), 1)
    # Sums of whole numbers are exact: equal members have a deviation of exactly 0.
    total = np.bincount(community, weights=own, minlength=len(size))
    squares = np.bincount(community, weights=own**2, minlength=len(size))
    spread = np.sqrt(size * squares - total**2)[community]
    above = size[community] * own - total[community]
    return np.asarray(np.divide(above, spread, out=np.zeros(len(own)), where=spread > 0))


def _edges_into(matrix: csr_array, community: Integers) -> csr_array:
    """How many edges each node has into each community."""
    tails = np.repeat(np.arange(len(community)), degree(matrix))
    shape = (len(community), int(community.max(initial=-1)) + 1)
    return coo_array((np.ones(len(tails)), (tails, community[matrix.indices])), shape=shape).tocsr()
