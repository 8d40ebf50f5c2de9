"""A graph's nodes parted into communities that are linked densely within."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from kg.graph.measures import Integers


def partition(matrix: csr_array, resolution: float, iterations: int) -> Integers:
    """Part the nodes so that modularity is high.

    The Leiden algorithm (Traag, Waltman and van Eck 2019, https://doi.org/10.1038/s41598-019-41695-z) as
    networkit has it, on one thread and without shuffling, which makes it repeat itself without a seed.

    Args:
        matrix: symmetric adjacency with weights; its order of nodes is the order in which they are visited.
        resolution: 1 for standard modularity; more for smaller communities.
        iterations: rounds, at most.

    Returns:
        Each node's community, numbered from 0 by first member; every community is connected.
    """
    count = matrix.shape[0]
    if not matrix.nnz:
        return np.arange(count)
    labels = _leiden(matrix, resolution, iterations)
    edges = matrix.tocoo()
    within = labels[edges.row] == labels[edges.col]
    kept = coo_array((edges.data[within], (edges.row[within], edges.col[within])), shape=matrix.shape).tocsr()
    _, connected = connected_components(kept, directed=False)
    _, first, inverse = np.unique(connected, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def reordered(matrix: csr_array, order: Integers, part: Callable[[csr_array], Integers]) -> Integers:
    """Part the nodes in another order, which tells how far a partition depends on it.

    Args:
        matrix: symmetric adjacency.
        order: the nodes, in the order in which ``part`` is to see them.
        part: gives each node's community.

    Returns:
        Each node's community, in the order of ``matrix``; numbered as ``part`` does.

    Example:
        >>> alone = csr_array((3, 3))
        >>> reordered(alone, np.array([2, 0, 1]), lambda mixed: np.arange(mixed.shape[0])).tolist()
        [1, 2, 0]
    """
    position = np.argsort(order)
    edges = matrix.tocoo()
    mixed = coo_array((edges.data, (position[edges.row], position[edges.col])), shape=matrix.shape).tocsr()
    return part(mixed)[position]


def _leiden(matrix: csr_array, resolution: float, iterations: int) -> Integers:
    nk = import_module("networkit")  # not above: loading it takes longer than a small build

    edges = matrix.tocoo()
    once = edges.row < edges.col
    triplets = edges.data[once], (edges.row[once], edges.col[once])
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        graph = nk.GraphFromCoo(triplets, n=matrix.shape[0], weighted=True)
        leiden = nk.community.ParallelLeiden(graph, randomize=False, iterations=iterations, gamma=resolution)
        leiden.run()
    finally:
        nk.setNumberOfThreads(threads)
    return np.array(leiden.getPartition().getVector(), dtype=np.int64)
