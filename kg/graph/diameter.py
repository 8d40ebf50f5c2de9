"""The longest of the shortest paths of a connected graph, found without starting from everyone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.graph.traversal import Rows, distances


@dataclass(frozen=True, slots=True)
class Diameter:
    """What is known of a diameter, in edges.

    Attributes:
        at_least: a path of this length was seen.
        at_most: no shortest path is longer; the same number where the diameter is known.
        searches: people from whom the search started.
    """

    at_least: int
    at_most: int
    searches: int


def diameter(rows: Rows, searches: int) -> Diameter:
    """The diameter of a connected graph, by bounds on how far each node's farthest is.

    A search from v tells its eccentricity e(v); for any w at distance d, e(w) is between max(e(v) - d, d) and
    e(v) + d. Searches start in turn where the upper bound is largest and where the lower one is smallest,
    until the largest distance seen meets the largest that is possible (Takes and Kosters 2011,
    https://doi.org/10.1145/2063576.2063748). Networks of people need a few dozen searches.

    Args:
        rows: a connected graph.
        searches: starts, at most; the result is exact if there may be as many as nodes.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> from kg.graph.traversal import block
        >>> diameter(block(adjacency(nx.path_graph(100)), 0, 100), 100)
        Diameter(at_least=99, at_most=99, searches=3)
    """
    low, high = np.zeros(rows.size, dtype=np.int64), np.full(rows.size, max(rows.size - 1, 0))
    degrees = np.diff(rows.indptr)
    searched = np.zeros(rows.size, dtype=np.bool_)
    done = 0
    while done < searches and low.max(initial=0) < high.max(initial=0):
        # Nobody who cannot stretch the diameter is worth a search.
        open_ = np.flatnonzero(~searched & ((high > low.max()) | (done % 2 == 1)))
        keys = (-high, low)[done % 2]
        start = int(open_[np.lexsort((open_, -degrees[open_], keys[open_]))[0]])
        found = distances(rows, start)
        farthest = int(found.max())
        searched[start] = True
        low = np.maximum(low, np.maximum(farthest - found, found))
        high = np.minimum(high, farthest + found)
        low[start] = high[start] = farthest
        done += 1
    return Diameter(int(low.max(initial=0)), int(high.max(initial=0)), done)
