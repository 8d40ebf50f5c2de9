"""The people of a corpus as matrices: who wrote with whom, on what, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from kg.graph.coauthorship import coauthorship
from kg.graph.measures import Floats, adjacency
from kg.graph.recommendation.calendar import time_of
from kg.graph.recommendation.profiles import (
    METHODICAL,
    TOPICAL,
    binary,
    occurrences,
    studied_with,
    tf_idf,
    unit_rows,
    words,
)
from kg.graph.recommendation.settings import settings
from kg.records import Authorship, Kind, Knowledge, Paper


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Everything that pairs of people are compared by; rows and columns stand in the order of ``people``.

    Attributes:
        people: ids of the authors, sorted.
        row: the row of each person.
        papers: ids of the papers, sorted: the columns of ``wrote``.
        wrote: people and papers, 1 where a person wrote a paper.
        links: people and people, 1 where two wrote a paper together.
        strength: the same with Newman's weights (:func:`kg.graph.coauthorship.coauthorship`).
        senior: people and the last authors of their papers, each paper divided by its other authors.
        topics: people and topics, tf-idf of length 1.
        methods: people and methods, tf-idf of length 1.
        fitting: people and methods that their topics are studied with and that they do not use, of length 1.
        words: people and words of titles and abstracts, tf-idf of length 1.
        venues: people and venues, papers in each, of length 1.
        active: the time of each person's last paper in years; that of the first paper of all where unknown.
        productivity: papers of each person.
        seniority: the share of each person's papers, written with others, on which they come last.
        now: the time of the last paper of all, in years; 0 where no paper has a year.
        topic_keys: the columns of ``topics``.
        method_keys: the columns of ``methods`` and ``fitting``.
    """

    people: tuple[str, ...]
    row: Mapping[str, int]
    papers: tuple[str, ...]
    wrote: csr_array
    links: csr_array
    strength: csr_array
    senior: csr_array
    topics: csr_array
    methods: csr_array
    fitting: csr_array
    words: csr_array
    venues: csr_array
    active: Floats
    productivity: Floats
    seniority: Floats
    now: float
    topic_keys: tuple[str, ...]
    method_keys: tuple[str, ...]


def network(knowledge: Knowledge) -> Network:
    """The matrices of a corpus.

    Args:
        knowledge: papers, assertions, authors and authorships, in any order.

    Example:
        >>> network(Knowledge((), (), (), (), (), (), ())).people
        ()
    """
    graph = coauthorship(knowledge)
    people = tuple(graph)
    row = {person: index for index, person in enumerate(people)}
    papers = sorted(knowledge.papers, key=lambda p: p.id)
    ids = tuple(p.id for p in papers)
    wrote = _wrote(knowledge.authorships, row, ids)
    strength = adjacency(graph)
    topics, topic_keys = occurrences(ids, knowledge.assertions, Kind.TOPIC, TOPICAL)
    methods, method_keys = occurrences(ids, knowledge.assertions, Kind.METHOD, METHODICAL)
    own_topics, own_methods = tf_idf(topics, wrote), tf_idf(methods, wrote)
    limit = settings().profiles
    habits = studied_with(topics, methods, limit.needed_papers, limit.methods_per_topic)
    times = [time_of(paper) for paper in papers]
    senior = _senior(knowledge.authorships, row, set(ids))
    productivity = np.asarray(wrote.sum(axis=1), dtype=np.float64)
    return Network(
        people=people,
        row=row,
        papers=ids,
        wrote=wrote,
        links=_ones(strength),
        strength=strength,
        senior=senior,
        topics=own_topics,
        methods=own_methods,
        fitting=_fitting(own_topics, own_methods, habits),
        words=tf_idf(words(papers, limit.word, limit.needed_papers), wrote),
        venues=unit_rows(csr_array(wrote @ _venues(papers))),
        active=_last(wrote, times),
        productivity=productivity,
        seniority=np.asarray(senior.sum(axis=0), dtype=np.float64) / np.maximum(productivity, 1),
        now=max((time for time in times if time is not None), default=0.0),
        topic_keys=topic_keys,
        method_keys=method_keys,
    )


def _ones(matrix: csr_array) -> csr_array:
    return csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def _wrote(authorships: Iterable[Authorship], row: Mapping[str, int], papers: Sequence[str]) -> csr_array:
    column = {paper: index for index, paper in enumerate(papers)}
    cells = {(row[a.author], column[a.paper]) for a in authorships if a.author in row and a.paper in column}
    ordered = np.array(sorted(cells), dtype=np.int64).reshape(-1, 2)
    return binary(ordered, (len(row), len(papers)))


def _senior(authorships: Iterable[Authorship], row: Mapping[str, int], papers: set[str]) -> csr_array:
    """Each person's last authors; on papers of a group they usually lead it."""
    by_paper: dict[str, list[tuple[int, str]]] = {}
    for a in authorships:
        if a.paper in papers and a.author in row:
            by_paper.setdefault(a.paper, []).append((a.position, a.author))
    cells: list[tuple[int, int, float]] = []
    for _, team in sorted(by_paper.items()):
        last = max(team)[1]
        others = sorted({author for _, author in team} - {last})
        cells += [(row[author], row[last], 1 / len(others)) for author in others]
    tails, heads, shares = (np.array([cell[i] for cell in cells]) for i in range(3))
    places = (tails.astype(np.int64), heads.astype(np.int64))
    return csr_array((shares.astype(np.float64), places), shape=(len(row), len(row)))


def _fitting(topics: csr_array, methods: csr_array, habits: csr_array) -> csr_array:
    """Methods that people's topics are studied with, without those that they use."""
    usual = csr_array(topics @ habits)
    return unit_rows(csr_array(usual - usual.multiply(_ones(methods))))


def _venues(papers: Sequence[Paper]) -> csr_array:
    names = sorted({paper.venue for paper in papers if paper.venue})
    column = {name: index for index, name in enumerate(names)}
    cells = [(index, column[paper.venue]) for index, paper in enumerate(papers) if paper.venue]
    return binary(np.array(cells, dtype=np.int64).reshape(-1, 2), (len(papers), len(names)))


def _last(wrote: csr_array, times: Sequence[float | None]) -> Floats:
    """The time of each person's last paper."""
    first = min((time for time in times if time is not None), default=0.0)
    known = np.array([first if time is None else time for time in times], dtype=np.float64)
    last = np.full(wrote.shape[0], first)
    np.maximum.at(last, np.repeat(np.arange(wrote.shape[0]), np.diff(wrote.indptr)), known[wrote.indices])
    return last
