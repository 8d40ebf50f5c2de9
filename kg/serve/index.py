"""The index of labels: things found by what they are called, also by half a name or a name typed wrong.

Of 123,000 labels (10,634 papers) it is built in about a second; SQLite's FTS5 took 1.2 s for the words and 1.6 s
more for the trigrams that it needs to find typing errors. It has no files, locks or threads, so that processes
may be forked from one that holds it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg.serve.labels import folded, folded_all, names_in
from kg.serve.search_settings import search_settings
from kg.serve.words import BEYOND, Numbers, Words, lengths

Ranks = npt.NDArray[np.int8]

_NOT = 100  # the rank of what does not match


class Likeness(IntEnum):
    """How a name answers a search, the best first.

    In ranks, NEAR has one added for each wrong letter and PARTLY for each word that is missing.
    """

    EXACT = 0
    PREFIX = 1
    WORDS = 2
    PREFIXES = 3
    INITIALS = 4
    NEAR = 5
    PARTLY = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        path: the end of its IRI, ``author/ada-lovelace``.
        iri: its IRI.
        kind: the first part of the path.
        label: what it is called.
        matched: the name of it by which it was found.
        papers: the number of its papers; 0 for a paper.
        likeness: how the name answers the search.
    """

    path: str
    iri: str
    kind: str
    label: str
    matched: str
    papers: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: those that were asked for.
        totals: by kind, in the order of ``search.toml``, how many there are; kinds without any are left out.
    """

    hits: tuple[Hit, ...]
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LabelIndex:
    """Everything that has a name in a graph, to be found by it.

    Labels are numbered by importance: the more papers the lower, then by the alphabet. Make it by :meth:`build`.
    """

    _base: str
    _paths: Sequence[str]  # of things
    _numbers: Mapping[str, int]  # of things, by path
    _shown: Sequence[str]  # labels of things
    _papers: Sequence[int]  # of things
    _names: Sequence[str]  # of labels
    _things: Numbers  # of labels
    _kinds: Ranks  # of labels: the place of the kind among the settings' kinds
    _lengths: Numbers  # of labels, in words
    _squeezed: Sequence[str]  # the names without their spaces, sorted
    _order: Numbers  # the label of each
    _words: Words

    @classmethod
    def build(cls, store: ox.Store, base: str) -> LabelIndex:
        """Index a graph.

        Args:
            store: the graph.
            base: the IRI that those of its instances begin with.
        """
        named = names_in(store, base)
        plain = folded_all(named.names) if named.names else []
        squeezed = [name.replace(" ", "") for name in plain]
        keys = ["\n".join(key) for key in zip(squeezed, named.paths, named.names, strict=True)]
        alphabet = sorted(range(len(keys)), key=keys.__getitem__)
        papers = np.array([named.papers.get(named.paths[i], 0) for i in alphabet], dtype=np.int64)
        by_importance = np.argsort(-papers, kind="stable")
        number = [alphabet[i] for i in by_importance]
        plain = [plain[i] for i in number]
        paths = list(dict.fromkeys(named.paths[i] for i in number))
        thing = {path: i for i, path in enumerate(paths)}
        kinds = {kind: i for i, kind in enumerate(search_settings().kinds)}
        things = np.array([thing[named.paths[i]] for i in number], dtype=np.int32)
        kind_of = np.array([kinds[path.partition("/")[0]] for path in paths], dtype=np.int8)
        order = np.empty(len(number), dtype=np.int32)
        order[by_importance] = np.arange(len(number), dtype=np.int32)
        return cls(
            base,
            paths,
            thing,
            [named.labels.get(path, path) for path in paths],
            [named.papers.get(path, 0) for path in paths],
            [named.names[i] for i in number],
            things,
            kind_of[things],
            lengths(plain),
            [squeezed[i] for i in alphabet],
            order,
            Words.of(plain),
        )

    def search(self, text: str, kinds: Collection[str] = (), limit: int = 10) -> tuple[Hit, ...]:
        """The best hits of :meth:`find`."""
        return self.find(text, kinds, limit).hits

    def find(self, text: str, kinds: Collection[str] = (), limit: int = 10, offset: int = 0) -> Found:
        """What is called so, or nearly so.

        Names that are the text come first, then names that begin with it, names with all its words, with words that
        begin so, with initials for its words, and last, where there are few others, with words spelt nearly so and with
        most of its words; among equals what has more papers is first.

        Args:
            text: what is searched for, in any case, with or without accents, family name first or last.
            kinds: the kinds that count; all where none is named.
            limit: the most hits.
            offset: the hits to leave out before the first.
        """
        best, ranks = self._best(text, kinds)
        hits = tuple(self._hit(label, ranks) for label in best[offset : offset + limit])
        return Found(hits, self._totals(best))

    def find_each(self, text: str, limit: int) -> Mapping[str, Found]:
        """What is called so by kind, the kind with the best hit first; otherwise as :meth:`find`.

        Args:
            text: what is searched for.
            limit: the most hits of each kind.
        """
        best, ranks = self._best(text, ())
        totals = self._totals(best)
        kinds = self._kinds[best]
        names = list(search_settings().kinds)
        first = {names[int(kinds[i])]: int(i) for i in np.sort(np.unique(kinds, return_index=True)[1])}
        return {
            kind: Found(
                tuple(self._hit(label, ranks) for label in best[kinds == names.index(kind)][:limit]),
                {kind: totals[kind]},
            )
            for kind in first
        }

    def _best(self, text: str, kinds: Collection[str]) -> tuple[npt.NDArray[np.intp], Ranks]:
        """The best label of each thing found, the best first, and how every label answers."""
        ranks = self._ranks(folded(text[: search_settings().characters]))
        if kinds:
            wanted = [i for i, kind in enumerate(search_settings().kinds) if kind in kinds]
            ranks[~np.isin(self._kinds, wanted)] = _NOT
        labels = np.flatnonzero(ranks < _NOT)
        labels = labels[np.argsort(ranks[labels], kind="stable")]
        _, firsts = np.unique(self._things[labels], return_index=True)
        return labels[np.sort(firsts)], ranks

    def get(self, path: str) -> Hit | None:
        """The thing with a path; None where the index has no such thing."""
        thing = self._numbers.get(path)
        if thing is None:
            return None
        kind, shown = path.partition("/")[0], self._shown[thing]
        return Hit(path, self._base + path, kind, shown, shown, self._papers[thing], Likeness.EXACT)

    def label(self, path: str) -> str | None:
        """What the thing with a path is called; None where the index has no such thing."""
        thing = self._numbers.get(path)
        return None if thing is None else self._shown[thing]

    def _totals(self, labels: npt.NDArray[np.intp]) -> dict[str, int]:
        counts = np.bincount(self._kinds[labels], minlength=len(search_settings().kinds))
        return {kind: int(n) for kind, n in zip(search_settings().kinds, counts, strict=True) if n}

    def _hit(self, label: np.intp, ranks: Ranks) -> Hit:
        thing = int(self._things[label])
        path, shown, name = self._paths[thing], self._shown[thing], self._names[int(label)]
        return Hit(
            path,
            self._base + path,
            path.partition("/")[0],
            shown,
            shown if folded(shown) == folded(name) else name,
            self._papers[thing],
            max(likeness for likeness in Likeness if likeness <= ranks[label]),
        )

    def _ranks(self, text: str) -> Ranks:
        """How each label answers a folded text; ``_NOT`` where it does not."""
        ranks: Ranks = np.full(len(self._names), _NOT, dtype=np.int8)
        words = list(dict.fromkeys(text.split()))[: search_settings().words]
        if not words:
            return ranks
        authors = self._kinds == list(search_settings().kinds).index("author")
        whole, beginning = self._all(words, whole=True), self._all(words, whole=False)
        ranks[self._initials(words) & authors] = Likeness.INITIALS
        ranks[beginning] = Likeness.PREFIXES
        ranks[whole] = Likeness.WORDS
        squeezed = text.replace(" ", "")
        first = bisect_left(self._squeezed, squeezed)
        ranks[self._order[first : bisect_left(self._squeezed, squeezed + BEYOND)]] = Likeness.PREFIX
        ranks[self._order[first : bisect_right(self._squeezed, squeezed)]] = Likeness.EXACT
        ranks[whole & authors & (self._lengths == len(text.split()))] = Likeness.EXACT  # Lovelace, Ada
        if np.count_nonzero(ranks < _NOT) < search_settings().enough:
            near = self._near(words)
            ranks = np.where(ranks < _NOT, ranks, near)
        return ranks

    def _all(self, words: Sequence[str], whole: bool) -> npt.NDArray[np.bool_]:
        """Labels with all the words, or with words that begin so."""
        having = self._words.having if whole else self._words.beginning
        every = np.ones(len(self._names), dtype=np.bool_)
        for word in words:
            every &= self._marked(having(word))
        return every

    def _initials(self, words: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Labels that have for each word one that begins so or its initial, and not initials alone."""
        every = np.ones(len(self._names), dtype=np.bool_)
        some = np.zeros(len(self._names), dtype=np.bool_)
        for word in words:
            beginning = self._marked(self._words.beginning(word))
            every &= beginning | self._marked(self._words.having(word[0]))
            some |= beginning & (len(word) > 1)
        return every & some

    def _near(self, words: Sequence[str]) -> Ranks:
        """Labels that have words spelt nearly so, or most of the words; their ranks tell by how much they fail."""
        wrong = np.zeros(len(self._names), dtype=np.int32)
        missing = np.zeros(len(self._names), dtype=np.int32)
        for word in words:
            least = np.full(len(self._names), _NOT, dtype=np.int32)
            for letters, other in self._words.near(word):
                least[self._words.beginning(other)] = letters
            least[self._words.beginning(word)] = 0
            missing += least == _NOT
            wrong += np.where(least == _NOT, 0, least)
        may_miss = int(len(words) * (1 - search_settings().share)) if len(words) > 2 else 0
        ranks = np.where(missing > 0, Likeness.PARTLY + missing, Likeness.NEAR + wrong)
        return np.where(missing <= may_miss, ranks, _NOT).astype(np.int8)

    def _marked(self, labels: Numbers) -> npt.NDArray[np.bool_]:
        marked = np.zeros(len(self._names), dtype=np.bool_)
        marked[labels] = True
        return marked
