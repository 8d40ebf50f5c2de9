"""Which paper is about which concept, as a sparse matrix: what networks and trends of concepts are made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from kg.graph.measures import Integers
from kg.records import Concept, Kind, Knowledge, Paper, Role

EVERY_ROLE: tuple[Role, ...] = tuple(Role)


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Papers by concepts.

    Attributes:
        papers: the rows, by id; those about nothing included.
        concepts: the columns, by key.
        matrix: 1 where the paper is about the concept, in whatever role and however often, else 0.
    """

    papers: tuple[Paper, ...]
    concepts: tuple[Concept, ...]
    matrix: csr_array

    @property
    def occurrences(self) -> Integers:
        """How many papers each concept occurs in."""
        return np.asarray(self.matrix.sum(axis=0), dtype=np.int64)

    def frequent(self, minimum: int) -> Incidence:
        """Without the concepts that fewer papers than a minimum are about."""
        kept = np.flatnonzero(self.occurrences >= minimum)
        concepts = tuple(self.concepts[column] for column in kept.tolist())
        return Incidence(self.papers, concepts, self.matrix[:, kept])


def incidence(
    knowledge: Knowledge, kinds: Collection[Kind], roles: Collection[Role] = EVERY_ROLE
) -> Incidence:
    """Which paper is about which concept.

    Args:
        knowledge: papers, concepts and assertions, in any order. Assertions count as they are: whoever wants
            only the sure ones gives only those. What they say of unknown papers and concepts is left out, and
            so are concepts that no paper is about.
        kinds: the kinds of concepts.
        roles: the roles that make a paper be about a concept.

    Example:
        >>> from kg.graph.example import few_papers
        >>> found = incidence(few_papers(), [Kind.TOPIC])
        >>> [concept.id for concept in found.concepts], found.matrix.toarray().tolist()
        (['parsing', 'tagging', 'translation'], [[1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 0, 1]])
    """
    papers = tuple(sorted(knowledge.papers, key=lambda paper: paper.id))
    row = {paper.id: number for number, paper in enumerate(papers)}
    concepts = {concept.key: concept for concept in knowledge.concepts if concept.kind in kinds}
    about = {
        (assertion.paper, assertion.concept)
        for assertion in knowledge.assertions
        if assertion.role in roles and assertion.concept in concepts and assertion.paper in row
    }
    keys = sorted({concept for _, concept in about})
    column = {key: number for number, key in enumerate(keys)}
    cells = sorted((row[paper], column[concept]) for paper, concept in about)
    matrix = binary(cells, (len(papers), len(keys)))
    return Incidence(papers, tuple(concepts[key] for key in keys), matrix)


def binary(cells: Collection[tuple[int, int]], shape: tuple[int, int]) -> csr_array:
    """A matrix of counts with 1 in some cells, each told once, and 0 elsewhere.

    Example:
        >>> binary([(0, 1), (1, 0)], (2, 2)).toarray().tolist()
        [[0, 1], [1, 0]]
    """
    places = np.array(sorted(cells), dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(places), dtype=np.int64)
    return coo_array((ones, (places[:, 0], places[:, 1])), shape=shape).tocsr()
