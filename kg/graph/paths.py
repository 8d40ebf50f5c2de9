"""Shortest paths between people: betweenness and harmonic closeness from one sweep.

Brandes' algorithm (2001, https://doi.org/10.1080/0022250X.2001.9990249), level by level and for many starts
at once. In a component that is too large for that, the starts are a sample, and what they see is scaled up
(Brandes and Pich 2007, https://doi.org/10.1142/S0218127407018403; Eppstein and Wang 2004 for closeness).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.graph.limits import PathLimits
from kg.graph.measures import Floats, Integers


@dataclass(frozen=True, slots=True)
class Centrality:
    """Where nodes stand on and from shortest paths, counted in edges.

    Attributes:
        betweenness: the share of shortest paths between pairs of others that go through the node, divided by
            the number of pairs, as :func:`networkx.betweenness_centrality` does; 0 to 1.
        harmonic: the mean over all others of 1/distance, 0 for the unreachable: that is
            :func:`networkx.harmonic_centrality` divided by n - 1; 0 to 1.
        estimated: whether some component was too large to start from every node.
    """

    betweenness: Floats
    harmonic: Floats
    estimated: bool


@dataclass(frozen=True, slots=True)
class _Component:
    """The rows of one component in a matrix sorted by component."""

    indptr: Integers
    indices: Integers

    @property
    def size(self) -> int:
        return len(self.indptr) - 1

    @property
    def is_clique(self) -> bool:
        return len(self.indices) == self.size * (self.size - 1)


def centrality(matrix: csr_array, component: Integers, limits: PathLimits) -> Centrality:
    """Betweenness and harmonic closeness of all nodes.

    Args:
        matrix: symmetric adjacency; its weights do not matter.
        component: each node's component, numbered from 0.
        limits: up to what size a component is searched in full.
    """
    count = matrix.shape[0]
    order = np.argsort(component, kind="stable")
    sorted_rows = matrix[order][:, order]
    bounds = np.concatenate([[0], np.cumsum(np.bincount(component))]).astype(np.int64)
    betweenness, harmonic = np.zeros(count), np.zeros(count)
    for start, end in pairwise(bounds.tolist()):
        part = _block(sorted_rows, start, end)
        if part.is_clique:  # most small teams: no path goes through anyone
            harmonic[order[start:end]] = part.size - 1
        else:
            betweenness[order[start:end]], harmonic[order[start:end]] = _sums(part, limits)
    return Centrality(
        betweenness / max((count - 1) * (count - 2), 1),
        harmonic / max(count - 1, 1),
        bool(np.diff(bounds).max(initial=0) > limits.exact_up_to),
    )


def _block(matrix: csr_array, start: int, end: int) -> _Component:
    """One component's rows, its nodes numbered from 0."""
    indptr = matrix.indptr[start : end + 1].astype(np.int64)
    return _Component(indptr - indptr[0], matrix.indices[indptr[0] : indptr[-1]].astype(np.int64) - start)


def _sums(part: _Component, limits: PathLimits) -> tuple[Floats, Floats]:
    """Dependencies and inverse distances of each node, summed over all starts in its component."""
    starts = np.arange(part.size)
    if part.size > limits.exact_up_to:
        sample = random.Random(limits.seed).sample(range(part.size), min(limits.pivots, part.size))
        starts = np.sort(np.array(sample, dtype=np.int64))
    dependency, inverse = np.zeros(part.size), np.zeros(part.size)
    batch = max(1, limits.states // part.size)
    for first in range(0, len(starts), batch):
        dependencies, inverses = _sweep(part, starts[first : first + batch])
        dependency += dependencies
        inverse += inverses
    others = len(starts) - np.isin(np.arange(part.size), starts)  # nobody is a start for themselves
    scale = np.divide(part.size - 1, others, out=np.zeros(part.size), where=others > 0)
    return dependency * scale, inverse * scale


def _sweep(part: _Component, starts: Integers) -> tuple[Floats, Floats]:
    """Search from several starts at once; node v seen from the i-th start has the state i * size + v.

    Returns:
        For each node, the sums over the starts of Brandes' dependency and of 1/distance.
    """
    states = len(starts) * part.size
    origin = np.arange(len(starts)) * part.size + starts
    seen = np.zeros(states, dtype=np.bool_)
    path_count, inverse, dependency = np.zeros(states), np.zeros(states), np.zeros(states)
    seen[origin], path_count[origin] = True, 1.0
    levels: list[tuple[Integers, Integers]] = []
    frontier = origin
    while len(frontier):
        tails, heads = _arcs(part, frontier)
        onward = ~seen[heads]
        tails, heads = tails[onward], heads[onward]
        levels.append((tails, heads))
        frontier = _distinct(heads, states)
        seen[frontier] = True
        inverse[frontier] = 1 / len(levels)
        path_count += np.bincount(heads, weights=path_count[tails], minlength=states)
    for tails, heads in reversed(levels):
        passing = path_count[tails] / path_count[heads] * (1 + dependency[heads])
        dependency += np.bincount(tails, weights=passing, minlength=states)
    dependency[origin] = 0.0
    return dependency.reshape(len(starts), -1).sum(axis=0), inverse.reshape(len(starts), -1).sum(axis=0)


def _arcs(part: _Component, frontier: Integers) -> tuple[Integers, Integers]:
    """Every arc out of the states of a frontier."""
    node = frontier % part.size
    degree = part.indptr[node + 1] - part.indptr[node]
    before = np.cumsum(degree) - degree
    place = np.arange(degree.sum()) + np.repeat(part.indptr[node] - before, degree)
    return np.repeat(frontier, degree), np.repeat(frontier - node, degree) + part.indices[place]


def _distinct(states: Integers, count: int) -> Integers:
    marked: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
    marked[states] = True
    return np.flatnonzero(marked)
