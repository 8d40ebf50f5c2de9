"""How near people are in a graph: indices of link prediction over short walks.

Each function takes the matrix of the graph and the rows of some people, and gives a matrix of these people and
all people. All indices are symmetric; more means nearer. The survey of Lü and Zhou (2011,
https://doi.org/10.1016/j.physa.2010.11.027) compares them.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array

from kg.graph.measures import Floats, Integers, degree


def common_neighbours(links: csr_array, rows: Integers) -> csr_array:
    """|N(x) ∩ N(y)|: the people who are linked with both (Newman 2001); a whole number from 0.

    Example:
        >>> path = csr_array(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]))
        >>> common_neighbours(path, np.array([0])).toarray().tolist()
        [[1.0, 0.0, 1.0]]
    """
    return csr_array(links[rows] @ links)


def adamic_adar(links: csr_array, rows: Integers) -> csr_array:
    """Σ 1/ln k(z) over common neighbours z, k being their number of neighbours; from 0.

    Adamic and Adar 2003, https://doi.org/10.1016/S0378-8733(03)00009-1: who works with few tells more.
    """
    count = np.maximum(degree(links), 2)  # one with a single neighbour is common to nobody
    return csr_array(links[rows] @ diags_array(1 / np.log(count)) @ links)


def resource_allocation(links: csr_array, rows: Integers) -> csr_array:
    """Σ 1/k(z) over common neighbours z, k being their number of neighbours; from 0.

    Zhou, Lü and Zhang 2009, https://doi.org/10.1140/epjb/e2009-00335-8.
    """
    return csr_array(links[rows] @ diags_array(1 / np.maximum(degree(links), 1)) @ links)


def local_path(links: csr_array, rows: Integers, longer: float) -> csr_array:
    """A² + ε A³: walks of two edges and, for a little, of three; from 0.

    Lü, Jin and Zhou 2009, https://doi.org/10.1103/PhysRevE.80.046122.

    Args:
        links: 1 where two are linked.
        rows: of the people asked for.
        longer: ε, 0 to 1.
    """
    two = csr_array(links[rows] @ links)
    return csr_array(two + longer * (two @ links))


def katz(links: csr_array, rows: Integers, attenuation: float, longest: int) -> csr_array:
    """Σ β^l A^l: walks of each length l from 1, each edge making them count less; from 0.

    Katz 1953, https://doi.org/10.1007/BF02289026, cut off after some length.

    Args:
        links: 1 where two are linked.
        rows: of the people asked for.
        attenuation: β, 0 to 1.
        longest: edges of the walks, at most; from 1.
    """
    walks = attenuation * links[rows]
    total = walks
    for _ in range(longest - 1):
        walks = attenuation * (walks @ links)
        total = total + walks
    return csr_array(total)


def weighted_paths(strength: csr_array, rows: Integers) -> csr_array:
    """Σ w(x, z) w(z, y): paths of two edges by the product of their weights; from 0.

    Murata and Moriyasu 2007, https://doi.org/10.1109/WI.2007.52, weigh common neighbours so, with a sum.
    """
    return csr_array(strength[rows] @ strength)


def pagerank(strength: csr_array, rows: Integers, damping: float, longest: int) -> csr_array:
    """Personalised PageRank of y for x and of x for y, added; 0 to 2.

    The probability that a walker from x, who chooses edges by weight and stops at each step with 1 - d, stops
    at y (Page et al. 1999; Liben-Nowell and Kleinberg 2007, https://doi.org/10.1002/asi.20591, call it rooted
    PageRank), cut off after some steps. In an undirected graph the way back differs by the ratio of
    strengths alone, so one direction tells both.

    Args:
        strength: symmetric weights.
        rows: of the people asked for.
        damping: d, the probability of going on, 0 to 1.
        longest: steps, at most; from 1.
    """
    total = np.asarray(strength.sum(axis=1), dtype=np.float64)
    inverse = np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)
    moves = csr_array(diags_array(inverse) @ strength)
    walks = damping * moves[rows]
    stopped = walks
    for _ in range(longest - 1):
        walks = damping * (walks @ moves)
        stopped = stopped + walks
    back = diags_array(total[rows]) @ stopped @ diags_array(inverse)
    return csr_array((1 - damping) * (stopped + back))


def distance(links: csr_array, rows: Integers, longest: int) -> csr_array:
    """The number of edges between the person of a row and each other, from 1; 0 beyond ``longest`` and for itself.

    Example:
        >>> path = csr_array(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]))
        >>> distance(path, np.array([0]), 3).toarray().tolist()
        [[0.0, 1.0, 2.0]]
    """
    reached = binary_rows(rows, links.shape[0])
    found = csr_array(reached.shape)
    for length in range(1, longest + 1):
        ahead = csr_array(reached @ links)
        ahead.data[:] = 1.0
        new = csr_array(ahead - ahead.multiply(reached))
        new.eliminate_zeros()
        reached = csr_array(reached + new)
        found = found + length * new
    return csr_array(found)


def binary_rows(rows: Integers, count: int) -> csr_array:
    """One row a person, 1 in the person's own column."""
    return csr_array((np.ones(len(rows)), (np.arange(len(rows)), rows)), shape=(len(rows), count))


def preferential_attachment(links: csr_array, sources: Integers, targets: Integers) -> Floats:
    """k(x) k(y): the product of numbers of neighbours; a whole number from 0.

    Barabási and Albert 1999, https://doi.org/10.1126/science.286.5439.509; as an index, Newman 2001.
    """
    count = degree(links)
    return (count[sources] * count[targets]).astype(np.float64)
