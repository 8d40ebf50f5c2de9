"""A Doc as the encoder reads it: word pieces, the case of their words, and where each candidate stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc
from tokenizers import Encoding, Tokenizer

from kg.extract.logistic import Features
from kg.extract.text import Group
from kg.extract.words import data

_WORD = re.compile(r"\w+")
_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder is given of one text.

    Attributes:
        ids: the word pieces of title and abstract, as many as the encoder reads.
        shapes: for each piece, the number of the case shape of the word that it belongs to.
        firsts: the first piece of each occurrence of a candidate.
        lasts: the last piece of each occurrence, inclusive.
        owners: the row, among the groups that are read, of each occurrence; ascending.
        groups: the number, among all groups, of each group that is read; the others stand too far back.
        surface: what is known of each group that is read besides the text, one row a group.
    """

    ids: _Array
    shapes: _Array
    firsts: _Array
    lasts: _Array
    owners: _Array
    groups: _Array
    surface: _Array


def encoded(
    doc: Doc, groups: Sequence[Group], described: Sequence[Features], tokenizer: Tokenizer
) -> Encoded:
    """Lay the candidates of a Doc onto its word pieces.

    Args:
        doc: title and abstract.
        groups: its groups of candidates.
        described: their features.
        tokenizer: cuts a pair of texts into pieces and knows how many are read.
    """
    title_end = doc._.kg_title_end
    body = title_end + 2 if title_end else 0
    encoding = tokenizer.encode(doc.text[:title_end], doc.text[body:])
    starts, ends = _edges(encoding, (0, body))
    places: list[tuple[int, int, int]] = []
    read: list[int] = []
    for number, group in enumerate(groups):
        found = [
            (starts[span.start_char], ends[span.end_char], len(read))
            for span in group.spans
            if span.start_char in starts and span.end_char in ends
        ][: data("encoder")["most_places"]]
        if found:
            places += found
            read.append(number)
    table = np.array(places, np.int64).reshape(-1, 3)
    surface = [[described[n].get(name, 0.0) for name in data("encoder")["surface"]] for n in read]
    return Encoded(
        np.array(encoding.ids, np.int64),
        _shapes(encoding, doc.text, (0, body)),
        table[:, 0],
        table[:, 1],
        table[:, 2],
        np.array(read, np.int64),
        np.array(surface, np.float32).reshape(len(read), len(data("encoder")["surface"])),
    )


def _pieces(encoding: Encoding, offsets: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """Number, start and end in the Doc's text of each piece that stands for some of it."""
    places = zip(encoding.sequence_ids, encoding.offsets, strict=True)
    for number, (sequence, (start, end)) in enumerate(places):
        if sequence is not None and end > start:
            yield number, start + offsets[sequence], end + offsets[sequence]


def _edges(encoding: Encoding, offsets: tuple[int, int]) -> tuple[dict[int, int], dict[int, int]]:
    """The piece that begins, and the piece that ends, at an offset."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for number, start, end in _pieces(encoding, offsets):
        starts.setdefault(start, number)  # one character may be several pieces
        ends[end] = number
    return starts, ends


def _shapes(encoding: Encoding, text: str, offsets: tuple[int, int]) -> _Array:
    """The case shape of each piece's word; the encoder itself reads lower case."""
    by_character = {
        place: shape(word.group())
        for word in _WORD.finditer(text)
        for place in range(word.start(), word.end())
    }
    shapes = np.full(len(encoding.ids), 5, np.int64)
    for number, start, _ in _pieces(encoding, offsets):
        shapes[number] = by_character.get(start, 5)
    return shapes


def shape(word: str) -> int:
    """The case shape of a word: 0 small, 1 capitalised, 2 capitals, 3 mixed, 4 digits, 5 anything else.

    Example:
        >>> [shape(word) for word in ("graph", "Graph", "GNN", "ImageNet", "2021", "3D")]
        [0, 1, 2, 3, 4, 5]
    """
    if word.isdigit():
        return 4
    if not word[0].isalpha():
        return 5
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[1:].islower() or len(word) == 1 else 3
