"""Co-authorship of papers that have weights: the same network as from copies of the papers, by sparse algebra.

A resample of papers with replacement is each paper with the number of times that it was drawn. Its network is
then one product of a matrix and a vector, for the pairs of people who can be linked are known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import coo_array, csr_array

from kg.graph.coauthorship import authors_by_paper
from kg.graph.limits import limits
from kg.graph.measures import Floats, Integers
from kg.records import Knowledge


@dataclass(frozen=True, slots=True, eq=False)
class WeightedPapers:
    """Who wrote which paper, in matrices that a vector of paper weights is multiplied with.

    Attributes:
        authors: ids of people, sorted; the order of nodes.
        papers: ids of papers with authors, sorted; the order of weights.
        wrote: people by papers, 1 where someone wrote a paper.
        shares: the same, 1/k for each of k authors.
        links: linked pairs by papers, 1/(k - 1) where a paper links a pair (Newman 2001).
        pair: the pair of each stored number of the symmetric adjacency.
        indices: the columns of that adjacency.
        indptr: its rows.
    """

    authors: tuple[str, ...]
    papers: tuple[str, ...]
    wrote: csr_array
    shares: csr_array
    links: csr_array
    pair: Integers
    indices: Integers
    indptr: Integers

    def adjacency(self, weights: Floats) -> csr_array:
        """The symmetric co-authorship matrix; pairs without a paper of positive weight are not stored."""
        shape = (len(self.authors), len(self.authors))
        data = (self.links @ weights)[self.pair]
        matrix = csr_array((data, self.indices.copy(), self.indptr.copy()), shape=shape)
        matrix.eliminate_zeros()
        return matrix

    def ones(self) -> Floats:
        """Each paper once: the network as it is."""
        return np.ones(len(self.papers))

    def resamples(self, count: int, seed: int) -> Iterator[Floats]:
        """How often each paper is drawn when as many as there are are drawn with replacement (Efron 1979)."""
        chance = np.random.default_rng(seed)
        papers = len(self.papers)
        for _ in range(count):
            drawn = chance.integers(papers, size=papers) if papers else np.zeros(0, dtype=np.int64)
            yield np.bincount(drawn, minlength=papers).astype(np.float64)


def weighted_papers(knowledge: Knowledge) -> WeightedPapers:
    """The matrices of some papers.

    With each paper once, the adjacency is that of :func:`kg.graph.coauthorship.coauthorship`, whose limit on
    the number of authors holds here too.

    Args:
        knowledge: authors and authorships, in any order.

    Example:
        >>> from kg.graph.example import few_papers
        >>> found = weighted_papers(few_papers())
        >>> found.authors, found.papers
        (('ann', 'bob', 'cyd', 'dee'), ('p1', 'p2', 'p3', 'p4'))
        >>> found.adjacency(np.array([3.0, 0, 1, 1])).toarray()[0].tolist()
        [0.0, 3.0, 0.0, 0.0]
    """
    wrote = authors_by_paper(knowledge.authorships)
    authors = tuple(sorted({author.id for author in knowledge.authors}))
    row = {author: number for number, author in enumerate(authors)}
    teams = [[row[author] for author in people] for people in wrote.values()]
    sizes = np.array([len(team) for team in teams], dtype=np.int64)
    people = np.array([person for team in teams for person in team], dtype=np.int64)
    column = np.repeat(np.arange(len(teams)), sizes)
    shape = (len(authors), len(teams))
    links, tails, heads = _links(teams, len(authors))
    pair = np.arange(len(tails))
    entries = (np.concatenate([tails, heads]), np.concatenate([heads, tails]))
    pattern = coo_array(
        (np.concatenate([pair, pair]) + 1, entries), shape=(len(authors), len(authors))
    ).tocsr()
    pattern.sort_indices()
    return WeightedPapers(
        authors,
        tuple(wrote),
        coo_array((np.ones(len(people)), (people, column)), shape=shape).tocsr(),
        coo_array((1 / sizes[column], (people, column)), shape=shape).tocsr(),
        links,
        pattern.data - 1,  # numbered from 1 above: a stored 0 could get lost
        pattern.indices.astype(np.int64),
        pattern.indptr.astype(np.int64),
    )


def _links(teams: list[list[int]], authors: int) -> tuple[csr_array, Integers, Integers]:
    """Pairs by papers, and the two people of each pair."""
    found = [
        (one * authors + other, paper, 1 / (len(team) - 1))
        for paper, team in enumerate(teams)
        if len(team) <= limits().most_authors
        for one, other in combinations(team, 2)
    ]
    codes = np.array([code for code, _, _ in found], dtype=np.int64)
    papers = np.array([paper for _, paper, _ in found], dtype=np.int64)
    weights = np.array([weight for _, _, weight in found], dtype=np.float64)
    pairs, number = np.unique(codes, return_inverse=True)
    links = coo_array((weights, (number, papers)), shape=(len(pairs), len(teams))).tocsr()
    return links, pairs // max(authors, 1), pairs % max(authors, 1)
