"""What tells whether a name matters to its paper, and what kind it is: the features of a group of candidates."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from kg.extract.candidates import ANNOUNCEMENTS
from kg.extract.logistic import Features
from kg.extract.terms import terms
from kg.extract.text import Group, Text
from kg.extract.words import data, has_capital_inside, normal_form

_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}")
_MOST_PLACES = 6  # more occurrences tell nothing new of the words beside a name
_MOST_NAMES = 100_000  # whose features are remembered

Place = tuple[int, int]


def features(text: Text, group: Group) -> Features:
    """The features of a group.

    Returns:
        Values by feature name; absent features are zero.
    """
    places = group.places
    found = dict(_of_name(group.name))
    found.update(_of_group(text, group))
    found.update(_of_places(text, places))
    found.update(_of_print(text, places))
    found.update(_extensions(text, group.name, places))
    for feature in _surroundings(text, places):
        found[feature] = 1.0
    return found


@lru_cache(_MOST_NAMES)
def _of_name(name: str) -> Features:
    """What the name alone tells, wherever it stands."""
    words = name.split()
    first, last = words[0], words[-1]
    named = [
        "bias",
        f"name={name}",
        f"head={last}",
        f"first={first}",
        f"head ends {last[-3:]}",
        f"head begins {last[:3]}",
        f"first ends {first[-3:]},{len(words) > 1}",
        f"words={min(len(words), 6)}",
        *(f"inner={word}" for word in words[1:-1]),
    ]
    if len(words) > 1:
        named.append(f"heads={words[-2]} {last}")
        if any(word.endswith("ly") for word in words):
            named.append("holds an adverb")
    return dict.fromkeys(named, 1.0) | dict(_corpus(name, words))


def _of_group(text: Text, group: Group) -> Iterator[tuple[str, float]]:
    """What the vocabulary, the announcements and the definitions of the text tell."""
    if group.concept:
        yield f"concept={group.concept}", 1.0
        yield f"known={group.kind}", 1.0
    else:
        kind = data("heads").get(group.name.rpartition(" ")[2])
        if kind:
            yield f"telling head={kind}", 1.0
    for source in ANNOUNCEMENTS:  # in an order of its own: sums of floats depend on theirs
        if source in group.sources:
            yield f"source={source}", 1.0
            yield f"announced={group.kind}", 1.0
    if group.name in text.short:
        yield "short form", 1.0
    if group.name in text.long:
        yield "long form", 1.0


def _of_places(text: Text, places: Sequence[Place]) -> Iterator[tuple[str, float]]:
    """Where the name stands."""
    count, length, title = len(places), len(text.words), text.title
    first_start, first_end = places[0]
    titled = sum(start < title for start, _ in places)
    yield "count", math.log(count)
    yield "first place", first_start / length
    yield "last place", places[-1][0] / length
    yield "sentences", math.log(len({text.sentences[start] for start, _ in places}))
    if count > 1:
        yield "twice", 1.0
    if titled:
        colon = text.colon
        yield "in title", 1.0
        yield "in title and abstract", float(titled < count)
        yield "title before colon", float(0 < first_end <= colon)
        yield "title is before colon", float(first_start == 0 and first_end == colon)
        yield "title after colon", float(0 < colon < first_start)
        yield "title start", float(first_start == 0)
        yield "title end", float(first_end >= title)


def _of_print(text: Text, places: Sequence[Place]) -> Iterator[tuple[str, float]]:
    """How the name is printed: in the abstract if it stands there, since titles are printed in capitals."""
    told = [place for place in places if place[0] >= text.title]
    printed = text.printed((told or places)[0])
    spellings = {text.printed(place).lower() for place in places}
    yield "capitals", sum(map(str.isupper, printed)) / len(printed)
    yield "all capitals", float(printed.isupper())
    yield "odd case", float(has_capital_inside(printed))
    yield "mixed case", float(bool(_MIXED.search(printed)))
    yield "digit", float(any(map(str.isdigit, printed)))
    yield "hyphen", float("-" in printed)
    yield "several spellings", float(len(spellings) > 1)
    if told and printed[0].isupper():
        yield "capitalised", float(all(_capitalised(text, place) for place in told))


def _capitalised(text: Text, place: Place) -> bool:
    """Whether a name begins with a capital although no sentence begins there."""
    start = place[0]
    begins = start == 0 or text.sentences[start - 1] != text.sentences[start]
    return not begins and text.whole[text.starts[start]].isupper()


def _corpus(name: str, words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """What the term table tells of the name."""
    table = terms()
    row = table.rows.get(name)
    if row is None:
        yield "unseen", 1.0
        yield "unseen parts", min(math.log1p(table.frequency(word)) for word in words)
        return
    papers = int(table.papers[row])
    yield "papers", math.log(papers)
    yield "share of titles", float(table.titles[row]) / papers
    yield "share alone", float(table.alone[row]) / papers
    if len(words) > 1:
        yield "cohesion", _cohesion(words, papers)


def _cohesion(words: Sequence[str], papers: int) -> float:
    """The least pointwise mutual information over the ways of parting a phrase in two, without its constant."""
    frequency = terms().frequency
    parts = ((" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words)))
    return min(math.log(papers / ((frequency(a) or 3) * (frequency(b) or 3))) for a, b in parts)


def _extensions(text: Text, name: str, places: Sequence[Place]) -> Iterator[tuple[str, float]]:
    """How a name stands in longer runs of words, and how common the longer ones are."""
    whole = left_free = right_free = under = over = 0
    left = right = 0.0
    for start, end in places:
        free = not (start and text.content[start - 1])
        ends = not (end < len(text.words) and text.content[end])
        whole += free and ends
        left_free += free
        right_free += ends
        longest = max(text.known[start:end])
        under += longest > end - start
        over += 0 < longest < end - start
        if not free:
            left = max(left, _together(text.words[start - 1], name))
        if not ends:
            right = max(right, _together(name, text.words[end]))
    count = len(places)
    yield "whole", whole / count
    yield "free left", left_free / count
    yield "free right", right_free / count
    yield "under a known name", under / count
    yield "over a known name", over / count
    yield "longer to the left", left
    yield "longer to the right", right


def _together(before: str, after: str) -> float:
    """The logarithm of how many papers hold two parts as one phrase."""
    return math.log1p(terms().frequency(f"{normal_form(before)} {normal_form(after)}"))


def _surroundings(text: Text, places: Sequence[Place]) -> Iterator[str]:
    """The words beside a name."""
    words, last = text.words, len(text.words)
    for start, end in places[:_MOST_PLACES]:
        before = words[start - 1] if start else "^"
        after = words[end] if end < last else "$"
        if start < text.title:
            yield f"title after {before}"
            yield f"title before {after}"
            continue
        yield f"before {before}"
        yield f"after {after}"
        if start > 1:
            yield f"second before {words[start - 2]}"
        number = text.sentences[start]
        if number in text.ours:
            yield "we"
        for i in range(max(text.title, start - 6), start):
            if words[i] in _signs() and text.sentences[i] == number:
                yield from _signs()[words[i]]


@cache
def _signs() -> dict[str, list[str]]:
    """The signs that each word is of something, by the lists of ``data/cues.toml``."""
    signs: dict[str, list[str]] = {}
    for sign, marks in data("cues")["signs"].items():
        for mark in marks:
            signs.setdefault(mark, []).append(sign)
    return signs


@lru_cache(_MOST_NAMES)
def vector(name: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Where the term table places a name, or the longest known ending of it; zero where there is none.

    Returns:
        Length one for a name of the table, a half for an ending.
    """
    table = terms()
    words = name.split()
    for skipped in range(len(words)):
        row = table.rows.get(" ".join(words[skipped:]))
        if row is not None:
            return np.asarray(table.vectors[row], np.float32) / (127.0 if skipped == 0 else 254.0)
    return np.zeros(table.vectors.shape[1], np.float32)
