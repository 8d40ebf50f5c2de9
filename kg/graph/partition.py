"""A graph's nodes parted into communities that are linked densely within."""

from __future__ import annotations

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


def _leiden(matrix: csr_array, resolution: float, iterations: int) -> Integers:
    nk = import_module("networkit")  # not above: loading it takes longer than a small build

    graph = nk.Graph(matrix.shape[0], weighted=True)
    edges = matrix.tocoo()
    for tail, head, weight in zip(edges.row.tolist(), edges.col.tolist(), edges.data.tolist(), strict=True):
        if tail < head:
            graph.addEdge(tail, head, weight)
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        leiden = nk.community.ParallelLeiden(graph, randomize=False, iterations=iterations, gamma=resolution)
        leiden.run()
    finally:
        nk.setNumberOfThreads(threads)
    return np.array(leiden.getPartition().getVector(), dtype=np.int64)
