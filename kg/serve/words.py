"""Words, and the labels that have them: an inverted index in numpy arrays.

The words of all labels are sorted, and the labels of each stand in one array in the same order, so that the labels
with a word that begins so and so are one slice of it (C. D. Manning, P. Raghavan and H. Schütze, Introduction to
Information Retrieval, 2008, chapters 1 and 3, https://nlp.stanford.edu/IR-book/). Spelling is compared by optimal
string alignment, the letters wrong, missing, too many or swapped with a neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.serve.search_settings import search_settings

Numbers = npt.NDArray[np.int32]

BEYOND = "\uffff"
"""Sorts after every letter of a folded name."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of folded names; make it by :meth:`of`.

    Example:
        >>> words = Words.of(["ada lovelace", "adam", "rene descartes"])
        >>> words.beginning("ada").tolist(), words.having("ada").tolist(), words.near("descrates")
        ([0, 1], [0], [(1, 'descartes')])
    """

    _words: Sequence[str]
    _starts: Numbers  # the labels of word i are _labels[_starts[i] : _starts[i + 1]]
    _labels: Numbers
    _by_length: Mapping[int, Sequence[str]]

    @classmethod
    def of(cls, plain: Sequence[str]) -> Words:
        """The words of folded names, which are known by their places in the sequence."""
        every = " ".join(plain).split()
        vocabulary = sorted(set(every))
        number = {word: i for i, word in enumerate(vocabulary)}
        words = np.fromiter((number[word] for word in every), dtype=np.int32, count=len(every))
        labels = np.repeat(np.arange(len(plain), dtype=np.int32), lengths(plain))
        order = np.argsort(words, kind="stable")
        starts = np.searchsorted(words[order], np.arange(len(vocabulary) + 1)).astype(np.int32)
        by_length: dict[int, list[str]] = {}
        for word in vocabulary:
            by_length.setdefault(len(word), []).append(word)
        return cls(vocabulary, starts, labels[order], by_length)

    def beginning(self, word: str) -> Numbers:
        """The labels that have a word that begins so."""
        first, last = bisect_left(self._words, word), bisect_left(self._words, word + BEYOND)
        return self._labels[self._starts[first] : self._starts[last]]

    def having(self, word: str) -> Numbers:
        """The labels that have a word."""
        at = bisect_left(self._words, word)
        if at == len(self._words) or self._words[at] != word:
            return self._labels[:0]
        return self._labels[self._starts[at] : self._starts[at + 1]]

    def near(self, word: str) -> list[tuple[int, str]]:
        """Words spelt nearly so and the number of wrong letters, the least alike first."""
        most = next((wrong for length, wrong in search_settings().near if len(word) >= length), 0)
        alike = [
            (int(wrong), other)
            for length in range(len(word) - most, len(word) + most + 1 if most else 0)
            for other, wrong, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=None
            )
        ]
        return sorted(alike, reverse=True)


def lengths(plain: Sequence[str]) -> Numbers:
    """How many words folded names have."""
    return np.array([name.count(" ") + 1 if name else 0 for name in plain], dtype=np.int32)
