"""The co-occurrence network of concepts: which are written about together, and more than chance would have it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx
import numpy as np
from scipy.sparse import coo_array, csr_array

from kg.graph.incidence import EVERY_ROLE, Incidence, incidence
from kg.graph.mapping import mapping_settings
from kg.graph.measures import Floats, Integers
from kg.graph.rounding import significant
from kg.records import Kind, Knowledge, Role


@dataclass(frozen=True, slots=True, eq=False)
class Cooccurrence:
    """A co-occurrence network as matrices; rows and columns are the concepts of ``incidence``.

    Attributes:
        incidence: which paper is about which concept.
        counts: how many papers are about both of two concepts; nothing on the diagonal.
        association: their association strength.
    """

    incidence: Incidence
    counts: csr_array
    association: csr_array


def cooccurrence(
    knowledge: Knowledge,
    kinds: Collection[Kind],
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int | None = None,
) -> nx.Graph:
    """The co-occurrence network of concepts of some kinds, with full counting.

    Nodes are keys of concepts, sorted, with ``label``, ``kind``, ``paper_count`` (occurrences),
    ``total_link_strength`` (the sum of ``paper_count`` over a node's edges, k of
    :func:`association_strength`), ``first_year``, ``last_year`` and ``mean_year`` of the papers (absent where
    no paper has a year). Edges are sorted, with ``paper_count`` (papers about both, VOSviewer's link strength)
    and ``weight`` (association strength, what VOSviewer draws and clusters by).

    Args:
        knowledge: papers, concepts and assertions, in any order.
        kinds: the kinds of concepts, one or several.
        roles: the roles that make a paper be about a concept.
        minimum_papers: papers that a concept must occur in; that of the settings where it is None.

    Example:
        >>> from kg.graph.example import few_papers
        >>> graph = cooccurrence(few_papers(), [Kind.TOPIC], minimum_papers=1)
        >>> graph.nodes["topic/parsing"]["mean_year"]
        2020.66666667
        >>> graph.edges["topic/parsing", "topic/tagging"]
        {'paper_count': 2, 'weight': 2.0}
    """
    return as_graph(cooccurrence_matrices(knowledge, kinds, roles=roles, minimum_papers=minimum_papers))


def cooccurrence_matrices(
    knowledge: Knowledge,
    kinds: Collection[Kind],
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int | None = None,
) -> Cooccurrence:
    """The network of :func:`cooccurrence` as matrices, for whoever computes on it.

    Example:
        >>> from kg.graph.example import few_papers
        >>> cooccurrence_matrices(few_papers(), [Kind.TOPIC], minimum_papers=2).counts.toarray().tolist()
        [[0, 2], [2, 0]]
    """
    least = mapping_settings().cooccurrence.minimum_papers if minimum_papers is None else minimum_papers
    about = incidence(knowledge, kinds, roles).frequent(least)
    counts = cooccurrences(about.matrix)
    return Cooccurrence(about, counts, association_strength(counts))


def cooccurrences(matrix: csr_array) -> csr_array:
    """How many rows two columns of a matrix of 0 and 1 share; symmetric, nothing on the diagonal.

    Example:
        >>> cooccurrences(csr_array(np.array([[1, 1, 0], [1, 1, 1]]))).toarray().tolist()
        [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
    """
    shared = (matrix.T @ matrix).tocoo()
    apart = shared.row != shared.col
    cells = (shared.data[apart], (shared.row[apart], shared.col[apart]))
    return _sorted(coo_array(cells, shape=shared.shape).tocsr())


def association_strength(counts: csr_array) -> csr_array:
    """The association strength of pairs that co-occur, normalised as VOSviewer does it.

    With c the co-occurrences, k_i the sum of c_ij over all j other than i, and m half the sum of all k_i, it
    is::

        s_ij = 2 m c_ij / (k_i k_j)

    This is c_ij / (s_i s_j) of van Eck and Waltman (2009, https://doi.org/10.1002/asi.21075), the occurrences
    s_i counted as co-occurrences, times the constant 2m (Waltman, van Eck and Noyons 2010,
    https://doi.org/10.1016/j.joi.2010.07.002). It is the ratio of the co-occurrences seen to those expected if
    all links fell by chance: 1 where the two occur together as often as by chance, more where they attract
    each other; above 0, without an upper bound. Pairs that never co-occur are 0. It is high for rare concepts
    whose few links fall together; a minimum of papers guards against that. As k counts what stands in the
    network alone, it depends on the concepts chosen.

    Args:
        counts: symmetric, nothing on the diagonal.

    Example:
        >>> path = csr_array(np.array([[0, 3, 0], [3, 0, 1], [0, 1, 0]]))
        >>> association_strength(path).toarray().round(3).tolist()
        [[0.0, 2.0, 0.0], [2.0, 0.0, 2.0], [0.0, 2.0, 0.0]]
    """
    links = np.asarray(counts.sum(axis=1), dtype=np.float64)
    return _scaled(counts, links.sum() * counts.data.astype(np.float64), links)


def equivalence_index(counts: csr_array, occurrences: Integers) -> csr_array:
    """The equivalence index of pairs that co-occur, e_ij = c_ij^2 / (c_i c_j).

    The share of the papers on one that are on the other, times the share the other way (Callon, Courtial and
    Laville 1991, https://doi.org/10.1007/BF02019280): 0 for two never together, 1 for two never apart.

    Args:
        counts: co-occurrences c_ij, symmetric, nothing on the diagonal.
        occurrences: papers c_i of each concept.

    Example:
        >>> counts = csr_array(np.array([[0, 2], [2, 0]]))
        >>> equivalence_index(counts, np.array([4, 2])).toarray().tolist()
        [[0.0, 0.5], [0.5, 0.0]]
    """
    return _scaled(counts, counts.data.astype(np.float64) ** 2, occurrences.astype(np.float64))


def as_graph(network: Cooccurrence) -> nx.Graph:
    """A co-occurrence network with the attributes that :func:`cooccurrence` tells of.

    Example:
        >>> from kg.graph.example import few_papers
        >>> matrices = cooccurrence_matrices(few_papers(), [Kind.METHOD], minimum_papers=1)
        >>> sorted(as_graph(matrices))
        ['method/adam', 'method/crf', 'method/lstm']
    """
    graph = nx.Graph()
    about = network.incidence
    links = np.asarray(network.counts.sum(axis=1), dtype=np.int64).tolist()
    columns = about.matrix.tocsc()
    for number, (concept, papers) in enumerate(zip(about.concepts, about.occurrences.tolist(), strict=True)):
        graph.add_node(
            concept.key,
            label=concept.pref_label,
            kind=concept.kind.value,
            paper_count=papers,
            total_link_strength=links[number],
        )
        rows = columns.indices[columns.indptr[number] : columns.indptr[number + 1]].tolist()
        years = [year for row in rows if (year := about.papers[row].year) is not None]
        if years:
            mean = significant(sum(years) / len(years))
            graph.add_node(concept.key, first_year=min(years), last_year=max(years), mean_year=mean)
    _add_edges(graph, network)
    return graph


def _add_edges(graph: nx.Graph, network: Cooccurrence) -> None:
    keys = [concept.key for concept in network.incidence.concepts]
    counts, weights = network.counts.tocoo(), network.association.data.tolist()
    cells = zip(counts.row.tolist(), counts.col.tolist(), counts.data.tolist(), weights, strict=True)
    for one, other, papers, weight in cells:
        if one < other:
            graph.add_edge(keys[one], keys[other], paper_count=papers, weight=significant(weight))


def _scaled(counts: csr_array, numerators: Floats, marginals: Floats) -> csr_array:
    """A matrix of the same cells: each numerator over the product of the marginals of row and column."""
    rows = np.repeat(marginals, np.diff(counts.indptr))
    data = numerators / (rows * marginals[counts.indices])
    return csr_array((data, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)


def _sorted(matrix: csr_array) -> csr_array:
    matrix.sort_indices()
    return matrix
