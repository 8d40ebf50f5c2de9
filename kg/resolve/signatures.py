"""Signatures, one for each name on each paper, and what their papers tell: co-authors, titles, venues, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from kg.extract.features import vector
from kg.records import Paper
from kg.resolve.names import PersonName, name_key, parse_name

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_COMMON = 0.1  # share of the titles above which a word tells nothing
_NO_YEAR = -1


@dataclass(frozen=True, slots=True)
class Signatures:
    """The names on papers, and their papers.

    A unit is a set of signatures that are held to be one person's: at the outset all of one name.

    Attributes:
        papers: the papers, by id.
        paper: for each signature the number of its paper.
        position: for each its place among the authors, from 1.
        printed: for each the name as printed.
        unit: for each the number of its unit.
        names: for each unit the name.
        titles: papers x words, tf-idf, rows of length 1.
        topics: papers x dimensions, where the words of the title stand among all terms, rows of length 1.
        venue: for each paper the number of its venue, without years and editions.
        year: for each paper; -1 where it is unknown.
    """

    papers: tuple[Paper, ...]
    paper: Integers
    position: Integers
    printed: tuple[str, ...]
    unit: Integers
    names: tuple[PersonName, ...]
    titles: csr_array
    topics: Floats
    venue: Integers
    year: Integers

    def incidence(self) -> csr_array:
        """Which units signed which papers, papers x units, of 0 and 1."""
        shape = (len(self.papers), len(self.names))
        matrix = csr_array((np.ones(len(self.paper)), (self.paper, self.unit)), shape=shape)
        matrix.sum_duplicates()
        matrix.data[:] = 1
        return matrix

    def of_units(self) -> list[Integers]:
        """The signatures of each unit, ascending."""
        if not self.names:
            return []
        order = np.argsort(self.unit, kind="stable")
        return np.split(order, np.cumsum(np.bincount(self.unit, minlength=len(self.names)))[:-1])

    def parted(self, unit: Integers) -> Signatures:
        """The same signatures in other units, each within one that was.

        Args:
            unit: for each signature the number of its unit, counted from 0 without gaps.
        """
        first = np.unique(unit, return_index=True)[1]
        names = tuple(self.names[old] for old in self.unit[first].tolist())
        return replace(self, unit=unit, names=names)


def signatures(papers: Sequence[Paper]) -> Signatures:
    """The signatures of papers; those of one name, letters and case aside, are one unit.

    Args:
        papers: in any order; the result does not depend on it.
    """
    ordered = tuple(sorted(papers, key=lambda paper: paper.id))
    paper, position, printed = [], [], []
    for number, one in enumerate(ordered):
        for place, name in enumerate(one.authors, start=1):
            paper.append(number)
            position.append(place)
            printed.append(name)
    unit, names = _units(printed)
    titles, words = _titles(ordered)
    return Signatures(
        ordered,
        np.array(paper, np.int64),
        np.array(position, np.int64),
        tuple(printed),
        unit,
        names,
        titles,
        _topics(titles, words),
        _venues(ordered),
        np.array([_NO_YEAR if one.year is None else one.year for one in ordered], np.int64),
    )


def _units(printed: Sequence[str]) -> tuple[Integers, tuple[PersonName, ...]]:
    """The units of names, in alphabetical order of the names."""
    parsed = {name: _parsed(name) for name in set(printed)}
    names = sorted(set(parsed.values()), key=lambda name: (name.family, name.given, name.suffix, name.number))
    number = {name: place for place, name in enumerate(names)}
    return np.array([number[parsed[name]] for name in printed], np.int64), tuple(names)


def _parsed(printed: str) -> PersonName:
    """The parts of a name; one in which no letter is known stands for itself."""
    name = parse_name(printed)
    return name if name.family else PersonName((), (name_key(printed) or printed,))


def _titles(papers: Sequence[Paper]) -> tuple[csr_array, list[str]]:
    """Papers x words, and the words."""
    told = [sorted(set(_WORD.findall(paper.title.lower()))) for paper in papers]
    words = sorted({word for line in told for word in line})
    number = {word: place for place, word in enumerate(words)}
    lengths = np.cumsum([0, *map(len, told)])
    columns = np.array([number[word] for line in told for word in line], np.int64)
    matrix = csr_array((np.ones(len(columns)), columns, lengths), shape=(len(papers), len(words)))
    seen = np.asarray(matrix.sum(axis=0))
    telling = (seen > 1) & (seen <= max(2, _COMMON * len(papers)))
    weights = np.where(telling, np.log(max(2, len(papers)) / np.maximum(seen, 1)), 0.0)
    return unit_rows(csr_array(matrix @ diags_array(weights))), words


def _topics(titles: csr_array, words: Sequence[str]) -> Floats:
    if not words:
        return np.zeros((titles.shape[0], 1))
    places = np.asarray(titles @ np.stack([vector(word) for word in words]), np.float64)
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    scaled: Floats = np.divide(places, lengths, out=np.zeros_like(places), where=lengths > 0)
    return scaled


def unit_rows(matrix: csr_array) -> csr_array:
    """The matrix with rows of length 1; rows of zeros stay."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64))
    scale: Any = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    scaled = csr_array(diags_array(scale) @ matrix)
    scaled.eliminate_zeros()
    return scaled


def _venues(papers: Sequence[Paper]) -> Integers:
    """Numbers of venues; one for each paper where it has none."""
    names = [_NO_LETTERS.sub("", (paper.venue or "").lower()) or f"\0{paper.id}" for paper in papers]
    return np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)
