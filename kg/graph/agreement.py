"""How alike two partitions of the same things are.

A partition is one number for each thing, the number of its part, from 0 upwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.graph.measures import Floats, Integers


@dataclass(frozen=True, slots=True, eq=False)
class Contingency:
    """How many things two partitions put into each pair of parts.

    Attributes:
        rows: the part in the one partition, for each pair of parts that share something.
        columns: the part in the other.
        counts: how many things they share.
        row_sizes: the size of each part of the one.
        column_sizes: the size of each part of the other.
    """

    rows: Integers
    columns: Integers
    counts: Integers
    row_sizes: Integers
    column_sizes: Integers


def contingency(one: Integers, other: Integers) -> Contingency:
    """Count the overlaps of two partitions of the same things, in the same order."""
    width = int(other.max(initial=-1)) + 1
    codes, counts = np.unique(one * max(width, 1) + other, return_counts=True)
    return Contingency(
        codes // max(width, 1),
        codes % max(width, 1),
        counts,
        np.bincount(one),
        np.bincount(other, minlength=width),
    )


def adjusted_rand(one: Integers, other: Integers) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985, https://doi.org/10.1007/BF01908075).

    The share of pairs that both partitions treat alike, corrected for chance: 1 for the same partition, about
    0 for independent ones, below 0 for less agreement than by chance. 1 where nothing can differ.

    Example:
        >>> round(adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])), 6)
        0.571429
    """
    table = contingency(one, other)
    both, rows, columns = (_pairs(n) for n in (table.counts, table.row_sizes, table.column_sizes))
    every = _pairs(np.array([len(one)]))
    expected = rows * columns / every if every else 0.0
    largest = (rows + columns) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def normalised_mutual_information(one: Integers, other: Integers) -> float:
    """Mutual information over the mean of the two entropies (Danon et al. 2005), 0 to 1; 1 for the same.

    Not corrected for chance: many small parts raise it. 1 where both put all things together.

    Example:
        >>> round(normalised_mutual_information(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])), 6)
        0.8
    """
    table = contingency(one, other)
    both, rows, columns = (_entropy(n) for n in (table.counts, table.row_sizes, table.column_sizes))
    return min(1.0, max(0.0, 2 * (rows + columns - both) / (rows + columns))) if rows + columns else 1.0


def best_jaccard(one: Integers, other: Integers) -> Floats:
    """For each part of one partition, the Jaccard similarity with the part of the other that is most like it.

    The measure of clusterwise stability of Hennig (2007, https://doi.org/10.1016/j.csda.2006.11.025): 1 where
    the part is found again as it was; nan for numbers of parts that nothing has.

    Example:
        >>> best_jaccard(np.array([0, 0, 0, 2]), np.array([0, 0, 1, 1])).tolist()
        [0.6666666666666666, nan, 0.5]
    """
    table = contingency(one, other)
    union = table.row_sizes[table.rows] + table.column_sizes[table.columns] - table.counts
    best = np.full(len(table.row_sizes), np.nan)
    np.fmax.at(best, table.rows, table.counts / union)
    return best


def _pairs(sizes: Integers) -> float:
    return float((sizes * (sizes - 1) // 2).sum())


def _entropy(sizes: Integers) -> float:
    shares = sizes[sizes > 0] / sizes.sum()
    return float(-(shares * np.log(shares)).sum())
