"""Structural holes (Burt 1992): whom a node joins that are not joined without it, by weight.

All is as networkx has it with ``weight="weight"``, of sparse products, so that memory grows with the edges.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from kg.graph.matrix import Floats, degree, linked, strength


def constraint(matrix: csr_array) -> Floats:
    """Burt's constraint (Structural Holes, 1992): how much each node's contacts depend on one another.

    For each contact, the share of the person's weight that goes to the contact, directly and over common
    contacts, is squared; the constraint is the sum: c_i = sum over j of (p_ij + sum over q of p_iq p_qj)^2
    with p_ij = w_ij / s_i. It is above 0 and may pass 1 for someone with one or two contacts; a low value
    marks a person between groups. As :func:`networkx.constraint`.

    Returns:
        One number a node; nan for a node without edges, of which nothing can be said.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> constraint(adjacency(nx.star_graph(4))).tolist()
        [0.25, 1.0, 1.0, 1.0, 1.0]
    """
    direct = _scaled(matrix, strength(matrix))
    invested = direct + (direct @ direct).multiply(linked(matrix))
    return _of_linked(matrix, invested.multiply(invested))


def effective_size(matrix: csr_array) -> Floats:
    """Burt's effective size of each node's network: its contacts less what is redundant in them.

    e_i = sum over contacts j of (1 - sum over q of p_iq m_jq), where p_iq = w_iq / s_i is the share of i's
    weight that goes to q, and m_jq = w_jq / max over k of w_jk is how strong j's tie to q is beside j's
    strongest (Structural Holes, 1992, p. 52). 1 (all contacts are tied to one another as strongly as
    anyone is) to the degree (no two contacts are tied); larger is better placed between groups. As
    :func:`networkx.effective_size` by weight if that is given the nodes (``nodes=list(graph)``): without them,
    up to release 3.6 at least, it takes m_jq by the strongest tie of q instead of j's. Without weights all are
    Borgatti's n - 2t / n (1997).

    Returns:
        One number a node; nan for a node without edges.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> effective_size(adjacency(nx.lollipop_graph(3, 1))).round(3).tolist()
        [1.0, 1.0, 2.333, 1.0]
    """
    strongest = np.zeros(matrix.shape[0])
    np.maximum.at(strongest, np.repeat(np.arange(len(strongest)), degree(matrix)), matrix.data)
    marginal = _scaled(matrix, strongest)
    redundant = (_scaled(matrix, strength(matrix)) @ marginal.T).multiply(linked(matrix))
    sizes: Floats = degree(matrix) - _of_linked(matrix, redundant)
    return sizes


def efficiency(matrix: csr_array) -> Floats:
    """Effective size as a share of the number of contacts (Burt 1992, p. 53); 1 / degree to 1.

    Larger is better placed: 1 where no contact is redundant.

    Returns:
        One number a node; nan for a node without edges.

    Example:
        >>> import networkx as nx
        >>> from kg.graph.matrix import adjacency
        >>> efficiency(adjacency(nx.lollipop_graph(3, 1))).round(3).tolist()
        [0.5, 0.5, 0.778, 1.0]
    """
    sizes = effective_size(matrix)  # nan where there is no contact
    return np.asarray(sizes / np.maximum(degree(matrix), 1), dtype=np.float64)


def _scaled(matrix: csr_array, by: Floats) -> csr_array:
    """Each row divided by a number; a row without entries needs none."""
    scale = np.divide(1.0, by, out=np.zeros(len(by)), where=by > 0)
    data = matrix.data * np.repeat(scale, degree(matrix))
    return csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _of_linked(matrix: csr_array, terms: csr_array) -> Floats:
    """The sum of each row, nan for the nodes without edges."""
    sums: Floats = np.array(terms.sum(axis=1), dtype=np.float64)
    sums[degree(matrix) == 0] = np.nan
    return sums
