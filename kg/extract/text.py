"""A Doc looked over once, for all that is asked of its words again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from kg.extract.acronyms import definitions
from kg.extract.words import normal_form, word_list
from kg.records import Kind

_OURS = frozenset({"we", "our"})


@dataclass(frozen=True, slots=True)
class Group:
    """All candidates of one Doc that name one thing.

    Attributes:
        name: the normal form they share, or that of the expansion of an acronym.
        kind: the kind of concept, where the vocabulary or an announcement tells it.
        concept: its key in the vocabulary, or empty.
        spans: the places, by offset, none twice.
        sources: what proposed them.
    """

    name: str
    kind: Kind
    concept: str
    spans: tuple[Span, ...]
    sources: frozenset[str]

    @property
    def places(self) -> list[tuple[int, int]]:
        """The first token of each span, and the one after its last."""
        return [(span.start, span.end) for span in self.spans]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What the features of every group of one Doc ask for.

    Attributes:
        doc: the Doc.
        whole: its text.
        words: its tokens in lower case.
        starts: the offset of each token in ``whole``.
        ends: the offset after each token.
        content: for each token, whether it is a word that can be part of a name.
        sentences: for each token, the number of its sentence.
        title: how many tokens are the title.
        colon: the number of the title's first colon, or 0.
        ours: the numbers of the sentences that speak of "we" or "our".
        known: for each token, the length in tokens of the longest name of the vocabulary over it.
        short: the normal forms of acronyms that the text defines.
        long: the normal forms of their expansions.
    """

    doc: Doc
    whole: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    content: tuple[bool, ...]
    sentences: tuple[int, ...]
    title: int
    colon: int
    ours: frozenset[int]
    known: tuple[int, ...]
    short: frozenset[str]
    long: frozenset[str]

    def printed(self, place: tuple[int, int]) -> str:
        """The words of a place as they stand."""
        return self.whole[self.starts[place[0]] : self.ends[place[1] - 1]]


def text_of(doc: Doc, groups: Sequence[Group]) -> Text:
    """Look over a Doc with its groups of candidates."""
    words = tuple(token.lower_ for token in doc)
    starts = tuple(token.idx for token in doc)
    stop, title_end = word_list("stop"), doc._.kg_title_end
    title = sum(start < title_end for start in starts)
    sentences, ours = _sentences(doc, words)
    pairs = [(normal_form(short.text), normal_form(long.text)) for short, long in definitions(doc)]
    return Text(
        doc=doc,
        whole=doc.text,
        words=words,
        starts=starts,
        ends=tuple(start + len(word) for start, word in zip(starts, (t.text for t in doc), strict=True)),
        content=tuple(word.isalpha() and word not in stop for word in words),
        sentences=sentences,
        title=title,
        colon=words.index(":", 0, title) if ":" in words[:title] else 0,
        ours=ours,
        known=_known(len(words), groups),
        short=frozenset(short for short, _ in pairs),
        long=frozenset(long for _, long in pairs),
    )


def _sentences(doc: Doc, words: Sequence[str]) -> tuple[tuple[int, ...], frozenset[int]]:
    """For each token the number of its sentence, and the numbers of those that speak of "we" or "our"."""
    numbers: list[int] = []
    ours = set()
    for number, sentence in enumerate(doc.sents):
        start, end = sentence.start, sentence.end
        numbers += [number] * (end - start)
        if not _OURS.isdisjoint(words[start:end]):
            ours.add(number)
    return tuple(numbers), frozenset(ours)


def _known(count: int, groups: Sequence[Group]) -> tuple[int, ...]:
    known = [0] * count
    for group in groups:
        if group.concept:
            for start, end in group.places:
                for i in range(start, end):
                    known[i] = max(known[i], end - start)
    return tuple(known)
