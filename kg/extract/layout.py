"""A Doc as relations look at it: its concepts with all their places, and the cues of its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without a stub
from spacy.tokens import Doc, Span

from kg.extract.words import data
from kg.records import Kind, Role

_START, _END = "^", "$"


@dataclass(frozen=True, slots=True)
class Place:
    """One span of a concept.

    Attributes:
        span: the span itself.
        sentence: the number of its sentence.
        start: its first token.
        end: the token after its last.
        before: the word that leads to it, lists skipped: "on" for each of "on A, B and C"; "^" if none does.
        after: the word that follows it, lists skipped; "$" if none does.
    """

    span: Span
    sentence: int
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A concept of a Doc, with its places in the order of the text.

    Attributes:
        kind: its kind.
        name: its normal form.
        words: the words of the name.
        head: the last of them.
        role: what the paper does with it.
        confidence: how sure the reading of it is, 0 to 1.
        places: at least one.
        sentences: the numbers of the sentences that name it.
        titled: whether the title names it.
        rank: how many concepts of its kind and role are named before it.
    """

    kind: Kind
    name: str
    words: frozenset[str]
    head: str
    role: Role
    confidence: float
    places: tuple[Place, ...]
    sentences: frozenset[int]
    titled: bool
    rank: int


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A Doc, read once for all pairs of its concepts.

    Attributes:
        words: its tokens in lower case, those of a concept being the concept's kind in capitals.
        sentences: its sentences, title first.
        titles: how many of them are the title.
        cues: for each sentence, the names of the cues in it (``data/relations.toml``).
        entities: the concepts by the place of their first mention.
        methods: for each sentence, the methods that it names.
        introduced: how many methods the paper introduces.
    """

    words: tuple[str, ...]
    sentences: tuple[Span, ...]
    titles: int
    cues: tuple[tuple[str, ...], ...]
    entities: tuple[Entity, ...]
    methods: tuple[tuple[Entity, ...], ...]
    introduced: int


def layout(doc: Doc, spans: Sequence[Span]) -> Layout:
    """Lay out a Doc and its concepts.

    Args:
        doc: with sentence starts, and ``_.kg_title_end`` where it has a title.
        spans: those of ``kg_concepts``, in the order of the text.
    """
    strings = doc.vocab.strings
    words = [strings[word] for word in doc.to_array(LOWER).tolist()]  # much faster than token by token
    for span in spans:
        words[span.start : span.end] = [span.label_.upper()] * (span.end - span.start)
    sentences = tuple(doc.sents)
    titles = sum(sentence.start_char < doc._.kg_title_end for sentence in sentences)
    entities = tuple(_entities(spans, words, [s.start for s in sentences], titles))
    methods = [entity for entity in entities if entity.kind == Kind.METHOD]
    return Layout(
        words=tuple(words),
        sentences=sentences,
        titles=titles,
        cues=tuple(cues(" ".join(words[s.start : s.end])) for s in sentences),
        entities=entities,
        methods=tuple(_by_sentence(methods, len(sentences))),
        introduced=sum(entity.role == Role.INTRODUCES for entity in methods),
    )


@lru_cache(maxsize=4096)
def cues(text: str) -> tuple[str, ...]:
    """The names of the cues in words as :class:`Layout` has them.

    Example:
        >>> cues("we propose METHOD that outperforms METHOD")
        ('own', 'proposal', 'comparison')
    """
    return tuple(name for name, pattern in _patterns() if pattern.search(text))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in data("relations")["cues"].items())


@cache
def _skipped() -> frozenset[str]:
    return frozenset(data("relations")["skipped"])


def _entities(
    spans: Sequence[Span], words: Sequence[str], starts: Sequence[int], titles: int
) -> Iterator[Entity]:
    together: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in spans:
        together[span.label_, span._.kg_name].append(span)
    ranks: dict[tuple[str, Role], int] = defaultdict(int)
    for (kind, name), its in together.items():
        places = tuple(_place(span, words, starts) for span in its)
        role = Role(its[0]._.kg_role)
        yield Entity(
            kind=Kind(kind),
            name=name,
            words=frozenset(name.split()),
            head=name.rsplit(" ", 1)[-1],
            role=role,
            confidence=its[0]._.kg_confidence,
            places=places,
            sentences=frozenset(place.sentence for place in places),
            titled=places[0].sentence < titles,
            rank=ranks[kind, role],
        )
        ranks[kind, role] += 1


def _by_sentence(entities: Sequence[Entity], sentences: int) -> list[tuple[Entity, ...]]:
    named: list[list[Entity]] = [[] for _ in range(sentences)]
    for entity in entities:
        for number in entity.sentences:
            named[number].append(entity)
    return [tuple(its) for its in named]


def _place(span: Span, words: Sequence[str], starts: Sequence[int]) -> Place:
    number = bisect_right(starts, span.start) - 1
    first = starts[number]
    last = starts[number + 1] if number + 1 < len(starts) else len(words)
    left, right, skipped = span.start - 1, span.end, _skipped()
    while left >= first and words[left] in skipped:
        left -= 1
    while right < last and words[right] in skipped:
        right += 1
    return Place(
        span=span,
        sentence=number,
        start=span.start,
        end=span.end,
        before=words[left] if left >= first else _START,
        after=words[right] if right < last else _END,
    )
