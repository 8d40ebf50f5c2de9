"""Core and periphery (Borgatti and Everett 2000, https://doi.org/10.1016/S0378-8733(99)00019-2)."""

from __future__ import annotations

from math import sqrt

import numpy as np
from scipy.sparse import csr_array

from kg.graph.matrix import Integers, degree, strength


def core(matrix: csr_array) -> Integers:
    """Who is in the core of the graph: 1 for members, 0 for the periphery.

    Lip's algorithm (2011, https://arxiv.org/abs/1102.5511): of all bipartitions, the one with the fewest links
    missing within the core and the fewest present within the periphery, links between the two being free. It
    takes the nodes of highest degree, as many as k, as long as the k-th has a degree of k - 1 or more. Nodes of
    equal degree stand in the order of their strength, then of the nodes: whom of them the core takes last is
    not told by the graph. Those without edges are of the periphery.

    Args:
        matrix: symmetric adjacency with weights.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> core(adjacency(nx.lollipop_graph(4, 2))).tolist()
        [1, 1, 1, 1, 0, 0]
    """
    degrees = degree(matrix)
    ranked = np.lexsort((np.arange(len(degrees)), -strength(matrix), -degrees))
    ordered = degrees[ranked]
    size = int(((ordered >= np.arange(len(degrees))) & (ordered > 0)).sum())
    members = np.zeros(len(degrees), dtype=np.int64)
    members[ranked[:size]] = 1
    return members


def core_fit(matrix: csr_array, members: Integers) -> float | None:
    """How well the graph parts into a core and a periphery: the correlation with the ideal of it.

    The correlation of the links with a pattern in which all pairs of the core are linked and no pair of the
    periphery is; pairs of one of each count as missing values, as Borgatti and Everett advise (2000, p. 383).
    -1 to 1; larger is closer to the ideal. None where one side has no pair, or all pairs are alike.

    Args:
        matrix: symmetric adjacency; its weights do not matter.
        members: 1 for those in the core, 0 for the periphery.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> core_fit(adjacency(nx.lollipop_graph(4, 3)), np.array([1, 1, 1, 1, 0, 0, 0]))
        0.5
    """
    inside = int(members.sum())
    outside = len(members) - inside
    core_pairs, outer_pairs = inside * (inside - 1) // 2, outside * (outside - 1) // 2
    ends = np.repeat(members, degree(matrix)) + members[matrix.indices]
    core_links, outer_links = int((ends == 2).sum()) // 2, int((ends == 0).sum()) // 2
    links, pairs = core_links + outer_links, core_pairs + outer_pairs
    if not core_pairs or not outer_pairs or links in (0, pairs):
        return None
    above = core_links * (outer_pairs - outer_links) - (core_pairs - core_links) * outer_links
    return above / sqrt(core_pairs * outer_pairs) / sqrt(links * (pairs - links))
