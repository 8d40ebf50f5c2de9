"""What people work on: tf-idf vectors of the topics and methods of their papers.

tf-idf as Salton and Buckley (1988, https://doi.org/10.1016/0306-4573(88)90021-0) have it: the number of a
person's papers with a concept times ln(N/n), n of all N papers having it; each vector has length 1, or 0
where a person has no concept that tells anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array, diags_array

from kg.graph.measures import Floats, Integers
from kg.records import Assertion, Kind, Paper, Role

TOPICAL = frozenset({Role.HAS_TOPIC})
METHODICAL = frozenset({Role.INTRODUCES, Role.USES, Role.STUDIES})


def occurrences(
    papers: Sequence[str], assertions: Iterable[Assertion], kind: Kind, roles: Collection[Role]
) -> tuple[csr_array, tuple[str, ...]]:
    """Which papers are about which concepts of a kind.

    Args:
        papers: their ids, the rows.
        assertions: in any order.
        kind: of the concepts.
        roles: in which a concept counts.

    Returns:
        The matrix of papers and concepts, 1 where a paper has the concept, and the keys of the concepts, the
        columns, sorted.
    """
    row = {paper: index for index, paper in enumerate(papers)}
    told = {
        (row[a.paper], a.concept)
        for a in assertions
        if a.role in roles and a.paper in row and a.concept.startswith(f"{kind}/")
    }
    keys = tuple(sorted({concept for _, concept in told}))
    column = {key: index for index, key in enumerate(keys)}
    cells = sorted((paper, column[concept]) for paper, concept in told)
    return binary(np.array(cells, dtype=np.int64).reshape(-1, 2), (len(papers), len(keys))), keys


def words(papers: Sequence[Paper], expression: str, needed: int) -> csr_array:
    """Which papers have which words in title or abstract, 1 where one has; the words in alphabetical order.

    Args:
        papers: the rows.
        expression: what counts as a word.
        needed: papers that must have a word.
    """
    pattern = re.compile(expression)
    said = [set(pattern.findall(f"{p.title}\n{p.abstract}".casefold())) for p in papers]
    having = Counter(word for each in said for word in each)
    column = {word: i for i, word in enumerate(sorted(w for w, count in having.items() if count >= needed))}
    cells = [
        (row, place)
        for row, each in enumerate(said)
        for place in sorted(column[word] for word in each if word in column)
    ]
    return binary(np.array(cells, dtype=np.int64).reshape(-1, 2), (len(papers), len(column)))


def binary(cells: Integers, shape: tuple[int, int]) -> csr_array:
    """The matrix that is 1 in some cells (rows of two numbers, distinct) and 0 in all others."""
    return csr_array((np.ones(len(cells)), (cells[:, 0], cells[:, 1])), shape=shape)


def inverse_document_frequency(occurring: csr_array) -> Floats:
    """ln(N/n) of each concept, in N papers of which n have it; 0 for one that no paper has.

    Example:
        >>> inverse_document_frequency(csr_array(np.array([[1.0, 1.0], [1.0, 0.0]]))).round(3).tolist()
        [0.0, 0.693]
    """
    having = np.asarray(occurring.sum(axis=0), dtype=np.float64)
    return np.log(occurring.shape[0] / np.maximum(having, 1)) * (having > 0)


def unit_rows(matrix: csr_array) -> csr_array:
    """The rows divided by their Euclidean length; empty rows stay empty.

    Example:
        >>> unit_rows(csr_array(np.array([[3.0, 4.0], [0.0, 0.0]]))).toarray().round(9).tolist()
        [[0.6, 0.8], [0.0, 0.0]]
    """
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64))
    inverse = np.divide(1.0, length, out=np.zeros(len(length)), where=length > 0)
    return csr_array(diags_array(inverse) @ matrix)


def tf_idf(occurring: csr_array, wrote: csr_array) -> csr_array:
    """The vectors of people, of length 1.

    Args:
        occurring: papers and concepts, as from :func:`occurrences`.
        wrote: people and papers, 1 where a person wrote a paper.
    """
    return unit_rows(csr_array(wrote @ occurring @ diags_array(inverse_document_frequency(occurring))))


def studied_with(topics: csr_array, methods: csr_array, needed: int, kept: int) -> csr_array:
    """The methods that topics are studied with.

    The weight is the positive normalised pointwise mutual information of the two among papers (Bouma 2009):
    ln(p(t, m) / (p(t) p(m))) / -ln p(t, m), 0 to 1.

    Args:
        topics: papers and topics, as from :func:`occurrences`.
        methods: the same papers and methods.
        needed: papers that a topic and a method must share.
        kept: methods a topic, at most, the highest weights first.

    Returns:
        Topics and methods.
    """
    together = csr_array(topics.T @ methods).tocoo()
    papers = max(topics.shape[0], 1)
    often = together.data >= needed
    count, row, column = together.data[often], together.row[often], together.col[often]
    having_topic = np.asarray(topics.sum(axis=0), dtype=np.float64)[row]
    having_method = np.asarray(methods.sum(axis=0), dtype=np.float64)[column]
    joint = np.minimum(count / papers, 1 - 1e-12)  # a pair in every paper has no surprise
    weight = np.maximum(np.log(count * papers / (having_topic * having_method)), 0) / -np.log(joint)
    order = np.lexsort((column, -weight, row))
    rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    chosen = order[(rank < kept) & (weight[order] > 0)]
    return csr_array((weight[chosen], (row[chosen], column[chosen])), shape=together.shape)
