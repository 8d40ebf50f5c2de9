"""Bipartite networks, of authors and topics and of topics and methods, and their weighted projections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

import networkx as nx
import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array

from kg.graph.cooccurrence import cooccurrences
from kg.graph.incidence import EVERY_ROLE, binary, incidence
from kg.graph.mapping import mapping_settings
from kg.graph.rounding import significant
from kg.records import Concept, Kind, Knowledge, Role

_TOPICS = (Kind.TOPIC,)
_METHODS = (Kind.METHOD,)


class Weighting(StrEnum):
    """How strongly two nodes are linked that share neighbours."""

    COUNT = "count"  # the number of shared neighbours
    NEWMAN = "newman"  # each shared neighbour of k nodes counts 1/(k - 1)
    COSINE = "cosine"  # the cosine of their rows of weights


def author_topics(
    knowledge: Knowledge,
    kinds: Collection[Kind] = _TOPICS,
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int | None = None,
) -> nx.Graph:
    """The bipartite network of people and what they write on.

    Nodes are ids of authors (``bipartite`` 0) and keys of concepts (``bipartite`` 1), each side sorted, with
    ``label``, ``kind`` and ``paper_count`` (of an author: all papers); people and concepts that are linked to
    nothing are left out. The ``weight`` of an edge is the number of the person's papers about the concept.

    Args:
        knowledge: papers, concepts, assertions, authors and authorships, in any order.
        kinds: the kinds of concepts.
        roles: the roles that make a paper be about a concept.
        minimum_papers: papers that a concept must occur in; that of the settings where it is None.

    Example:
        >>> from kg.graph.example import few_papers
        >>> graph = author_topics(few_papers(), minimum_papers=1)
        >>> graph.edges["ann", "topic/parsing"]["weight"], graph.edges["bob", "topic/tagging"]["weight"]
        (2, 1)
    """
    about = incidence(knowledge, kinds, roles).frequent(_least(minimum_papers))
    people = sorted(knowledge.authors, key=lambda author: author.id)
    row = {author.id: number for number, author in enumerate(people)}
    column = {paper.id: number for number, paper in enumerate(about.papers)}
    cells = {
        (row[authorship.author], column[authorship.paper])
        for authorship in knowledge.authorships
        if authorship.author in row and authorship.paper in column
    }
    wrote = binary(cells, (len(people), len(about.papers)))
    papers = np.asarray(wrote.sum(axis=1)).tolist()
    top = [
        (author.id, {"label": author.name, "kind": "author", "paper_count": papers[number]})
        for number, author in enumerate(people)
    ]
    return _bipartite(wrote @ about.matrix, top, _concept_nodes(about.concepts, about.occurrences.tolist()))


def topic_methods(
    knowledge: Knowledge,
    topics: Collection[Kind] = _TOPICS,
    methods: Collection[Kind] = _METHODS,
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int | None = None,
) -> nx.Graph:
    """The bipartite network of topics and the methods that papers on them are about.

    Nodes are keys of concepts, topics (``bipartite`` 0) and methods (``bipartite`` 1), each side sorted, with
    ``label``, ``kind`` and ``paper_count``; those that share no paper with the other side are left out. The
    ``weight`` of an edge is the number of papers about both.

    Args:
        knowledge: papers, concepts and assertions, in any order.
        topics: the kinds of concepts on the one side.
        methods: the kinds of concepts on the other side, none of them of the one.
        roles: the roles that make a paper be about a concept; without ``comparesWith``, a method that is only
            a baseline does not count.
        minimum_papers: papers that a concept must occur in; that of the settings where it is None.

    Raises:
        ValueError: where a kind is on both sides.

    Example:
        >>> from kg.graph.example import few_papers
        >>> topic_methods(few_papers(), minimum_papers=1).edges["topic/parsing", "method/crf"]["weight"]
        2
    """
    if set(topics) & set(methods):
        raise ValueError("a kind of concepts cannot be on both sides of a bipartite network")
    least = _least(minimum_papers)
    one = incidence(knowledge, topics, roles).frequent(least)
    other = incidence(knowledge, methods, roles).frequent(least)
    return _bipartite(
        one.matrix.T @ other.matrix,  # the rows of both are all papers, by id
        _concept_nodes(one.concepts, one.occurrences.tolist()),
        _concept_nodes(other.concepts, other.occurrences.tolist()),
    )


def biadjacency(graph: nx.Graph, side: int) -> tuple[tuple[str, ...], tuple[str, ...], csr_array]:
    """The weights of a bipartite network as a matrix.

    Args:
        graph: its nodes have ``bipartite`` 0 or 1, its edges ``weight`` (1 where one has none).
        side: the side whose nodes are the rows, 0 or 1.

    Returns:
        The nodes of the rows and of the columns, sorted, and the matrix.

    Example:
        >>> from kg.graph.example import few_papers
        >>> rows, columns, matrix = biadjacency(author_topics(few_papers(), minimum_papers=2), 1)
        >>> rows, columns, matrix.toarray().tolist()
        (('topic/parsing', 'topic/tagging'), ('ann', 'bob', 'cyd'), [[2.0, 1.0, 2.0], [2.0, 1.0, 1.0]])
    """
    rows = tuple(sorted(node for node, at in graph.nodes(data="bipartite") if at == side))
    columns = tuple(sorted(node for node, at in graph.nodes(data="bipartite") if at != side))
    row = {node: number for number, node in enumerate(rows)}
    column = {node: number for number, node in enumerate(columns)}
    cells = sorted(
        (row[one], column[other], float(weight)) if one in row else (row[other], column[one], float(weight))
        for one, other, weight in graph.edges(data="weight", default=1)
    )
    places = np.array([cell[:2] for cell in cells], dtype=np.int64).reshape(-1, 2)
    weights = np.array([cell[2] for cell in cells], dtype=np.float64)
    shape = (len(rows), len(columns))
    return rows, columns, coo_array((weights, (places[:, 0], places[:, 1])), shape=shape).tocsr()


def project(
    graph: nx.Graph,
    side: int,
    weighting: Weighting = Weighting.NEWMAN,
    *,
    minimum_weight: float = 0.0,
    most_linked: int | None = None,
) -> nx.Graph:
    """The projection of a bipartite network onto one of its sides: two nodes are linked that share neighbours.

    The nodes are those of the side, sorted, with their attributes but ``bipartite``. Edges are sorted; their
    ``weight`` is that of :func:`projected`. Nodes of the other side with too many neighbours are treated as
    absent; the graph's attribute ``hubs`` tells how many they are.

    Args:
        graph: a bipartite network, such as :func:`author_topics` makes.
        side: the side to project onto, 0 or 1.
        weighting: how shared neighbours weigh.
        minimum_weight: edges that weigh less are left out.
        most_linked: neighbours beyond which a node of the other side is a hub; that of the settings where it
            is None.

    Example:
        >>> from kg.graph.example import few_papers
        >>> people = project(author_topics(few_papers(), minimum_papers=1), 0, Weighting.COUNT)
        >>> sorted(people.edges(data="weight"))
        [('ann', 'bob', 2), ('ann', 'cyd', 2), ('bob', 'cyd', 2)]
    """
    rows, _, matrix = biadjacency(graph, side)
    limit = mapping_settings().projection.most_linked if most_linked is None else most_linked
    linked = np.bincount(matrix.indices, minlength=matrix.shape[1])
    matrix = matrix[:, np.flatnonzero(linked <= limit)]
    found = nx.Graph(hubs=int((linked > limit).sum()))
    for node in rows:
        found.add_node(node, **{k: v for k, v in graph.nodes[node].items() if k != "bipartite"})
    edges = projected(matrix, weighting).tocoo()
    kept = (edges.row < edges.col) & (edges.data >= minimum_weight)
    cells = (edges.row[kept].tolist(), edges.col[kept].tolist(), edges.data[kept].tolist())
    for one, other, weight in zip(*cells, strict=True):
        shared = weight if isinstance(weight, int) else significant(weight)
        found.add_edge(rows[one], rows[other], weight=shared)
    return found


def projected(matrix: csr_array, weighting: Weighting) -> csr_array:
    """How strongly the rows of a biadjacency matrix are linked over its columns.

    With b the matrix, x_ik 1 where b_ik is not 0, and n_k the number of rows of column k, the weight of two
    rows i and j is::

        count   sum over k of x_ik x_jk                              1 or more
        newman  sum over k, n_k > 1, of x_ik x_jk / (n_k - 1)        above 0
        cosine  sum over k of b_ik b_jk / (|b_i| |b_j|)              above 0, to 1

    More is closer in each. Counting is :func:`networkx.bipartite.weighted_projected_graph`; the second is
    :func:`networkx.bipartite.collaboration_weighted_projected_graph` (Newman 2001,
    https://doi.org/10.1103/PhysRevE.64.016132), in which a column that many rows share links them less; the
    cosine (Salton and McGill 1983) heeds the weights and does not grow with how much a row has.

    Args:
        matrix: weights above 0.
        weighting: which of the three.

    Returns:
        A symmetric matrix, nothing on the diagonal.

    Example:
        >>> b = csr_array(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 2]]))
        >>> projected(b, Weighting.COUNT).toarray().tolist()
        [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
        >>> projected(b, Weighting.NEWMAN).toarray().tolist()
        [[0.0, 1.5, 0.5], [1.5, 0.0, 0.5], [0.5, 0.5, 0.0]]
        >>> projected(b, Weighting.COSINE).toarray().round(3).tolist()
        [[0.0, 1.0, 0.316], [1.0, 0.0, 0.316], [0.316, 0.316, 0.0]]
    """
    if weighting is Weighting.COSINE:
        return _cosine(matrix)
    ones = np.ones(matrix.nnz, dtype=np.int64)
    present = csr_array((ones, matrix.indices, matrix.indptr), shape=matrix.shape)
    if weighting is Weighting.COUNT:
        return cooccurrences(csr_array(present.T))
    sharing = np.asarray(present.sum(axis=0), dtype=np.float64) - 1
    shares = np.divide(1.0, sharing, out=np.zeros(len(sharing)), where=sharing > 0)
    return _apart(present @ diags_array(shares) @ present.T)


def _cosine(matrix: csr_array) -> csr_array:
    norms = np.sqrt(np.asarray((matrix * matrix).sum(axis=1), dtype=np.float64))
    inverse = np.divide(1.0, norms, out=np.zeros(len(norms)), where=norms > 0)
    rows = diags_array(inverse) @ matrix
    return _apart(rows @ rows.T)


def _apart(shared: csr_array) -> csr_array:
    """Without the diagonal, and in the order of rows and columns."""
    cells = shared.tocoo()
    kept = (cells.row != cells.col) & (cells.data != 0)
    found = coo_array((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=shared.shape).tocsr()
    found.sort_indices()
    return found


def _least(minimum_papers: int | None) -> int:
    return mapping_settings().cooccurrence.minimum_papers if minimum_papers is None else minimum_papers


def _concept_nodes(
    concepts: Sequence[Concept], papers: Sequence[int]
) -> list[tuple[str, dict[str, str | int]]]:
    return [
        (concept.key, {"label": concept.pref_label, "kind": concept.kind.value, "paper_count": count})
        for concept, count in zip(concepts, papers, strict=True)
    ]


def _bipartite(
    weights: csr_array,
    top: Sequence[tuple[str, dict[str, str | int]]],
    bottom: Sequence[tuple[str, dict[str, str | int]]],
) -> nx.Graph:
    """A bipartite graph of the nodes that have edges."""
    cells = weights.tocoo()
    edges = sorted(zip(cells.row.tolist(), cells.col.tolist(), cells.data.tolist(), strict=True))
    graph = nx.Graph()
    for side, nodes, linked in (
        (0, top, {row for row, _, _ in edges}),
        (1, bottom, {column for _, column, _ in edges}),
    ):
        graph.add_nodes_from((nodes[n][0], {"bipartite": side, **nodes[n][1]}) for n in sorted(linked))
    graph.add_edges_from(
        (top[row][0], bottom[column][0], {"weight": papers}) for row, column, papers in edges
    )
    return graph
