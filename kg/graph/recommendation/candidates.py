"""Who might be recommended to somebody: the near in the graph, and those who work on the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from kg.graph.measures import Integers
from kg.graph.recommendation.network import Network
from kg.graph.recommendation.settings import settings
from kg.graph.recommendation.walks import binary_rows, distance


def candidates(network: Network, rows: Integers) -> tuple[Integers, Integers]:
    """The pairs of some people and their candidates, who are no co-authors of theirs.

    Candidates are all within a distance in the graph, and at any distance those whose topics are most alike.

    Args:
        network: who wrote with whom, on what.
        rows: of the people, distinct.

    Returns:
        The row of the person and that of the candidate, for each pair; sorted.
    """
    limit = settings().pairs
    sources: list[Integers] = []
    targets: list[Integers] = []
    for start in range(0, len(rows), limit.batch):
        people = rows[start : start + limit.batch]
        away = distance(network.links, people, limit.distance)
        found = csr_array(away + alike(network, people, limit.alike))
        found.data[:] = 1.0
        known = csr_array(binary_rows(people, len(network.people)) + network.links[people])
        open_pairs = csr_array(found - found.multiply(known))
        open_pairs.eliminate_zeros()
        open_pairs.sort_indices()
        sources.append(np.repeat(people, np.diff(open_pairs.indptr)))
        targets.append(open_pairs.indices.astype(np.int64))
    return _joined(sources), _joined(targets)


def alike(network: Network, rows: Integers, kept: int) -> csr_array:
    """1 for the people whose topics are most like somebody's, ties by id; at most ``kept`` a row."""
    likeness = csr_array(network.topics[rows] @ network.topics.T)
    row = np.repeat(np.arange(len(rows)), np.diff(likeness.indptr))
    order = np.lexsort((likeness.indices, -likeness.data.round(9), row))
    first = np.searchsorted(row[order], row[order])
    best = order[np.arange(len(order)) - first <= kept]  # one more, for everybody is most like themselves
    cells = (row[best], likeness.indices[best])
    return csr_array((np.ones(len(best)), cells), shape=likeness.shape)


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)
