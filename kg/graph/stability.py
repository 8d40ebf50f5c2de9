"""How sure communities are: found again in another order of the people, found again in a resample of papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.graph.agreement import adjusted_rand, best_jaccard, normalised_mutual_information
from kg.graph.limits import limits
from kg.graph.measures import Floats, Integers
from kg.graph.partition import partition, reordered
from kg.graph.reweighting import weighted_papers
from kg.graph.uncertainty import uncertainty_settings
from kg.records import Knowledge


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """How well a partition is found again.

    Attributes:
        jaccard: for each community by its number, the mean over the runs of the Jaccard similarity with the
            community most like it, 0 to 1; larger is more stable. nan where no run could tell. Hennig takes
            0.85 and more for highly stable, 0.75 for valid, less than 0.6 for not to be trusted and 0.5 or
            less for dissolved.
        adjusted_rand: the mean adjusted Rand index, 1 for the same partition every time, about 0 by chance.
        mutual_information: the mean normalised mutual information, 0 to 1.
        runs: how many there were.
    """

    jaccard: Floats
    adjusted_rand: float
    mutual_information: float
    runs: int


def by_order(
    matrix: csr_array, communities: Integers, runs: int | None = None, seed: int | None = None
) -> Stability:
    """Part the same network again with its nodes in other orders: how far the result hangs on the algorithm.

    Leiden's moves depend on the order in which it visits the nodes; partitions almost as modular as the best
    can differ much (Good, de Montjoye and Clauset 2010, https://doi.org/10.1103/PhysRevE.81.046106). The two
    indices are means over all pairs of runs, the given partition being one of them.

    Args:
        matrix: symmetric adjacency with weights.
        communities: the partition of its nodes.
        runs: other orders, above 0; that of the settings where it is None.
        seed: of the orders; that of the settings where it is None.

    Raises:
        ValueError: where runs is not above 0.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.measures import adjacency
        >>> two = adjacency(nx.barbell_graph(5, 0))
        >>> by_order(two, partition(two, 1.0, 10), 3, 1).jaccard.tolist()
        [1.0, 1.0]
    """
    settings = uncertainty_settings().stability
    chance = np.random.default_rng(settings.seed if seed is None else seed)
    found = [
        _part(matrix, chance.permutation(matrix.shape[0]))
        for _ in range(settings.orders if runs is None else runs)
    ]
    every = list(combinations([communities, *found], 2))
    return _stability([best_jaccard(communities, other) for other in found], every)


def by_resampling(
    knowledge: Knowledge, communities: Integers, runs: int | None = None, seed: int | None = None
) -> Stability:
    """Part networks of resampled papers: how far the result hangs on which papers there are.

    Clusterwise stability by bootstrap (Hennig 2007, "Cluster-wise assessment of cluster stability",
    https://doi.org/10.1016/j.csda.2006.11.025): papers are drawn with replacement, the network is rebuilt and
    parted, its people in another order each time, and each community is compared with the one most like it,
    among those who are in the resample. The two indices compare the given partition with each resample's.

    A team of one paper is stable whenever it is there at all: being stable does not make a community large
    or lasting.

    Args:
        knowledge: authors and authorships, in any order.
        communities: the partition of the authors, sorted by id, as :func:`kg.graph.partition.partition` finds
            it in the co-authorship graph.
        runs: resamples, above 0; that of the settings where it is None.
        seed: of resamples and orders; that of the settings where it is None.

    Raises:
        ValueError: where runs is not above 0.

    Example:
        >>> from kg.graph.example import few_papers
        >>> by_resampling(few_papers(), np.array([0, 0, 0, 1]), 20, 1).jaccard.round(2).tolist()
        [0.97, 1.0]
    """
    settings = uncertainty_settings().stability
    start = settings.seed if seed is None else seed
    papers = weighted_papers(knowledge)
    chance = np.random.default_rng([start, 1])
    similarity, compared = [], []
    for weights in papers.resamples(settings.resamples if runs is None else runs, start):
        matrix = papers.adjacency(weights)
        present = papers.wrote @ weights > 0
        found = _part(matrix, chance.permutation(matrix.shape[0]))
        similarity.append(_among(communities, found, present))
        compared.append((communities[present], found[present]))
    return _stability(similarity, compared)


def _part(matrix: csr_array, order: Integers) -> Integers:
    return reordered(matrix, order, lambda mixed: partition(mixed, limits().resolution, limits().iterations))


def _among(communities: Integers, found: Integers, present: NDArray[np.bool_]) -> Floats:
    """The similarities of all communities; nan for those of which nobody is present."""
    best = np.full(int(communities.max(initial=-1)) + 1, np.nan)
    some = best_jaccard(communities[present], found[present])
    best[: len(some)] = some
    return best


def _stability(similarity: Sequence[Floats], compared: Iterable[tuple[Integers, Integers]]) -> Stability:
    """Means over runs, those that can tell."""
    if not similarity:
        raise ValueError("0 runs tell nothing of stability; use 1 or more, 50 for instance")
    table = np.stack(similarity)
    told = ~np.isnan(table)
    total = np.where(told, table, 0.0).sum(axis=0)
    runs = told.sum(axis=0)
    pairs = list(compared)
    return Stability(
        np.divide(total, runs, out=np.full(len(total), np.nan), where=runs > 0),
        float(np.mean([adjusted_rand(*pair) for pair in pairs])),
        float(np.mean([normalised_mutual_information(*pair) for pair in pairs])),
        len(similarity),
    )
