"""Shortest paths between people: betweenness, harmonic closeness and mean path length from one sweep.

Brandes' algorithm (2001, https://doi.org/10.1080/0022250X.2001.9990249), level by level and for many starts
at once. In a component that is too large for that, the starts are a sample, and what they see is scaled up
(Brandes and Pich 2007, https://doi.org/10.1142/S0218127407018403; Eppstein and Wang 2004 for closeness); how far
that may be off is told with it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np
from scipy.sparse import csr_array

from kg.graph.limits import PathLimits
from kg.graph.matrix import Floats, Integers
from kg.graph.sampling import Tally, standard_error
from kg.graph.traversal import Rows, arcs, block, distinct


@dataclass(frozen=True, slots=True)
class Centrality:
    """Where nodes stand on and from shortest paths, counted in edges.

    Attributes:
        betweenness: the share of shortest paths between pairs of others that go through the node, divided by
            the number of pairs, as :func:`networkx.betweenness_centrality` does; 0 to 1, larger is more of a
            go-between.
        harmonic: the mean over all others of 1/distance, 0 for the unreachable: that is
            :func:`networkx.harmonic_centrality` divided by n - 1; 0 to 1, larger is nearer to all.
        betweenness_error: standard error of each betweenness; 0 where it is exact.
        harmonic_error: standard error of each harmonic closeness; 0 where it is exact.
        bound: what no betweenness is off by more than, at the confidence set in the limits; 0 if all are exact.
        estimated: whether some component was too large to start from every node.
        mean_path_length: mean distance between two people of the largest component, 1 or more; nan if it has
            only one.
        mean_path_length_error: its standard error; 0 where it is exact.
    """

    betweenness: Floats
    harmonic: Floats
    betweenness_error: Floats
    harmonic_error: Floats
    bound: float
    estimated: bool
    mean_path_length: float
    mean_path_length_error: float


def centrality(matrix: csr_array, component: Integers, limits: PathLimits) -> Centrality:
    """Betweenness and harmonic closeness of all nodes.

    Args:
        matrix: symmetric adjacency; its weights do not matter.
        component: each node's component, numbered from 0, the largest.
        limits: up to what size a component is searched in full.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.limits import limits
        >>> from kg.graph.matrix import adjacency, component
        >>> matrix = adjacency(nx.path_graph(3))
        >>> found = centrality(matrix, component(matrix), limits().paths)
        >>> found.betweenness.tolist(), found.harmonic.tolist()
        ([0.0, 1.0, 0.0], [0.75, 1.0, 0.75])
    """
    count = matrix.shape[0]
    order = np.argsort(component, kind="stable")
    sorted_rows = matrix[order][:, order]
    bounds = np.concatenate([[0], np.cumsum(np.bincount(component))]).astype(np.int64)
    columns = np.zeros((4, count))
    pairs, others = max((count - 1) * (count - 2), 1), max(count - 1, 1)
    length, length_error, bound = np.nan, 0.0, 0.0
    for start, end in pairwise(bounds.tolist()):
        found = _within(block(sorted_rows, start, end), limits)
        columns[:, order[start:end]] = found.columns
        bound = max(bound, found.bound)
        if start == 0:
            length, length_error = found.mean_distance, found.mean_distance_error
    columns /= np.array([[pairs], [others], [pairs], [others]])
    return Centrality(
        betweenness=columns[0],
        harmonic=columns[1],
        betweenness_error=columns[2],
        harmonic_error=columns[3],
        bound=bound / pairs,
        estimated=bool(np.diff(bounds).max(initial=0) > limits.exact_up_to),
        mean_path_length=length,
        mean_path_length_error=length_error,
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """What one component's sweeps amount to.

    Attributes:
        columns: each node's sums over all starts of dependency and inverse distance, and the errors of both.
        bound: how far the sum of dependencies may be off.
        mean_distance: over pairs; nan for a single node.
        mean_distance_error: its standard error.
    """

    columns: Floats
    bound: float
    mean_distance: float
    mean_distance_error: float


def _within(part: Rows, limits: PathLimits) -> _Sums:
    if part.is_clique:  # most small teams: no path goes through anyone
        columns = np.zeros((4, part.size))
        columns[1] = part.size - 1
        return _Sums(columns, 0.0, 1.0 if part.size > 1 else np.nan, 0.0)
    starts = np.arange(part.size)
    if part.size > limits.exact_up_to:
        sample = random.Random(limits.seed).sample(range(part.size), min(limits.pivots, part.size))
        starts = np.sort(np.array(sample, dtype=np.int64))
    dependency, inverse = Tally.empty(part.size), Tally.empty(part.size)
    lengths: list[Floats] = []
    batch = max(1, limits.states // part.size)
    for first in range(0, len(starts), batch):
        seen = _sweep(part, starts[first : first + batch])
        dependency, inverse = dependency.add(seen[0]), inverse.add(seen[1])
        lengths.append(seen[2].sum(axis=1) / (part.size - 1))
    others = len(starts) - np.isin(np.arange(part.size), starts)  # nobody is a start for themselves
    scaled = [tally.scaled_up(others, part.size - 1) for tally in (dependency, inverse)]
    means = np.concatenate(lengths)
    return _Sums(
        np.array([scaled[0][0], scaled[1][0], scaled[0][1], scaled[1][1]]),
        _bound(part.size, len(starts), limits.confidence),
        float(means.mean()),
        standard_error(means, part.size),
    )


def _bound(size: int, starts: int, confidence: float) -> float:
    """What no sum of dependencies is off by more than, at a confidence, whatever the graph; 0 from all starts.

    A node's dependency on a start is between 0 and n - 2. The mean of k of n - 1 of them, drawn without
    replacement, is off by t or more with a probability of at most 2 exp(-2 k t^2 / (1 - (k - 1) / (n - 1)))
    (Hoeffding 1963; Serfling 1974, https://doi.org/10.1214/aos/1176342611); that is shared among all nodes.
    """
    drawn, everyone = starts - 1, size - 1  # someone who is a start sees one start less
    if starts >= size or drawn < 1:
        return 0.0 if starts >= size else float(everyone * (size - 2))
    left = 1 - (drawn - 1) / everyone
    off = sqrt(left * log(2 * size / (1 - confidence)) / (2 * drawn))
    return min(off, 1.0) * everyone * (size - 2)


def _sweep(part: Rows, starts: Integers) -> tuple[Floats, Floats, Floats]:
    """Search from several starts at once; node v seen from the i-th start has the state i * size + v.

    Returns:
        For each start (row) and node, Brandes' dependency, 1/distance and distance.
    """
    states = len(starts) * part.size
    origin = np.arange(len(starts)) * part.size + starts
    seen = np.zeros(states, dtype=np.bool_)
    path_count, distance, dependency = np.zeros(states), np.zeros(states), np.zeros(states)
    seen[origin], path_count[origin] = True, 1.0
    levels: list[tuple[Integers, Integers]] = []
    frontier = origin
    while len(frontier):
        tails, heads = _state_arcs(part, frontier)
        onward = ~seen[heads]
        tails, heads = tails[onward], heads[onward]
        levels.append((tails, heads))
        frontier = distinct(heads, states)
        seen[frontier] = True
        distance[frontier] = len(levels)
        path_count += np.bincount(heads, weights=path_count[tails], minlength=states)
    for tails, heads in reversed(levels):
        passing = path_count[tails] / path_count[heads] * (1 + dependency[heads])
        dependency += np.bincount(tails, weights=passing, minlength=states)
    dependency[origin] = 0.0
    inverse = np.divide(1.0, distance, out=np.zeros(states), where=distance > 0)
    rows = (len(starts), part.size)
    return dependency.reshape(rows), inverse.reshape(rows), distance.reshape(rows)


def _state_arcs(part: Rows, frontier: Integers) -> tuple[Integers, Integers]:
    """Every arc out of the states of a frontier."""
    node = frontier % part.size
    place, heads = arcs(part.indptr, part.indices, node)
    return frontier[place], (frontier - node)[place] + heads
