"""Breadth-first search over sparse rows, a whole level at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.graph.matrix import Integers


@dataclass(frozen=True, slots=True)
class Rows:
    """The neighbours of each node of a graph, nodes being numbered from 0.

    Attributes:
        indptr: where each node's neighbours start, and the end of the last.
        indices: the neighbours.
    """

    indptr: Integers
    indices: Integers

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.indptr) - 1

    @property
    def is_clique(self) -> bool:
        """Whether all are linked to one another."""
        return len(self.indices) == self.size * (self.size - 1)


def block(matrix: csr_array, start: int, end: int) -> Rows:
    """The rows from start to end, which link to one another alone, their nodes numbered from 0.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> block(adjacency(nx.Graph([("a", "b"), ("c", "d")])), 2, 4).indices.tolist()
        [1, 0]
    """
    indptr = matrix.indptr[start : end + 1].astype(np.int64)
    return Rows(indptr - indptr[0], matrix.indices[indptr[0] : indptr[-1]].astype(np.int64) - start)


def arcs(indptr: Integers, indices: Integers, nodes: Integers) -> tuple[Integers, Integers]:
    """Every arc out of some nodes: for each, the place in ``nodes`` of its tail, and its head.

    Example:
        >>> arcs(np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1]), np.array([1, 2]))[1].tolist()
        [0, 2, 1]
    """
    out = indptr[nodes + 1] - indptr[nodes]
    before = np.cumsum(out) - out
    place = np.arange(out.sum()) + np.repeat(indptr[nodes] - before, out)
    return np.repeat(np.arange(len(nodes)), out), indices[place]


def distinct(numbers: Integers, count: int) -> Integers:
    """The numbers below ``count`` that occur, sorted."""
    marked: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
    marked[numbers] = True
    return np.flatnonzero(marked)


def distances(rows: Rows, start: int) -> Integers:
    """The number of edges on a shortest path from one node to each; -1 for the unreachable.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> distances(block(adjacency(nx.path_graph(4)), 0, 4), 1).tolist()
        [1, 0, 1, 2]
    """
    found = np.full(rows.size, -1, dtype=np.int64)
    frontier = np.array([start], dtype=np.int64)
    level = 0
    while len(frontier):
        found[frontier] = level
        heads = arcs(rows.indptr, rows.indices, frontier)[1]
        frontier = distinct(heads[found[heads] < 0], rows.size)
        level += 1
    return found
