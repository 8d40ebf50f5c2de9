"""What tells whether a name matters to its paper: the features of a group of candidates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from kg.extract.candidates import ANNOUNCEMENTS, PHRASE, REPEATED, VOCABULARY, in_title
from kg.extract.cues import cue_of
from kg.extract.logistic import Features
from kg.extract.words import has_capital_inside, word_list
from kg.records import Kind


@dataclass(frozen=True, slots=True)
class Group:
    """All candidates of one Doc that name one thing.

    Attributes:
        name: the normal form they share, or that of the expansion of an acronym.
        kind: the kind of concept.
        concept: its key in the vocabulary, or empty.
        spans: the places, by offset, none twice.
        sources: what proposed them.
    """

    name: str
    kind: Kind
    concept: str
    spans: tuple[Span, ...]
    sources: frozenset[str]


def features(doc: Doc, group: Group, covered: Sequence[int]) -> Features:
    """The features of a group.

    Args:
        doc: the text.
        group: the candidates.
        covered: for each token, the length in tokens of the longest candidate over it.

    Returns:
        Values by feature name; absent features are zero.
    """
    return dict([*_shape(group), *_places(doc, group), *_surroundings(group, covered)])


def _shape(group: Group) -> Iterator[tuple[str, float]]:
    words = group.name.split()
    printed = group.spans[0].text
    source = next(s for s in (*ANNOUNCEMENTS, VOCABULARY, PHRASE, REPEATED) if s in group.sources)
    yield "bias", 1.0
    announced = not group.sources.isdisjoint(ANNOUNCEMENTS)
    yield f"announced={announced},{bool(group.concept)},{has_capital_inside(printed)}", 1.0
    yield f"source={source},{group.kind}", 1.0
    yield f"known={bool(group.concept)},{group.kind}", 1.0
    yield f"words={min(len(words), 5)},{bool(group.concept)}", 1.0
    yield "odd case", float(has_capital_inside(printed))
    yield "several spellings", float(len({span.text.lower() for span in group.spans}) > 1)
    yield f"head={words[-1] if words else ''},{bool(group.concept)}", 1.0
    yield f"first={words[0] if words else ''}", 1.0
    if not group.concept:
        yield from _endings(words, group.spans[0])
    yield f"name={group.name}", 1.0
    if group.concept:
        yield f"concept={group.concept}", 1.0


def _endings(words: Sequence[str], printed: Span) -> Iterator[tuple[str, float]]:
    """What the endings of a phrase's words tell: "-ing", "-ates" and "-ly" part verbs and adverbs from nouns."""
    if len(words) > 1:
        yield f"first ends {words[0][-3:]}", 1.0
        yield "holds an adverb", float(any(word.endswith("ly") for word in words))
        for word in words[1:-1]:
            yield f"inner ends {word[-2:]}", 1.0
        capitals = sum(token.text[0].isupper() for token in printed if token.is_alpha)
        yield "capitals in the text", float(capitals > 1 and not in_title(printed))
    if words:
        yield f"last ends {words[-1][-3:]},{len(words) > 1}", 1.0


def _places(doc: Doc, group: Group) -> Iterator[tuple[str, float]]:
    count = len(group.spans)
    titled = [span for span in group.spans if in_title(span)]
    length = max(1, len(doc))
    yield "count", math.log(count)
    yield "twice", float(count > 1)
    yield "title", float(bool(titled))
    yield f"title,{group.kind}", float(bool(titled))
    yield "title and abstract", float(0 < len(titled) < count)
    yield "first place", group.spans[0].start / length
    yield "last place", group.spans[-1].start / length
    sentences = {span.sent.start for span in group.spans}
    yield "sentences", math.log(len(sentences))
    if titled:
        before = doc[titled[0].start - 1].lower_ if titled[0].start else "^"
        yield f"title after {before}", 1.0


def _surroundings(group: Group, covered: Sequence[int]) -> Iterator[tuple[str, float]]:
    count = len(group.spans)
    nested = sum(max(covered[s.start : s.end]) > len(s) for s in group.spans)
    yield "nested", nested / count
    yield "always nested", float(nested == count)
    said_in = {span.sent.start: span.sent for span in group.spans}.values()
    if any(token.lower_ in {"our", "we"} for sentence in said_in for token in sentence):
        yield "we", 1.0
    for span in group.spans:
        doc = span.doc
        before = doc[span.start - 1].lower_ if span.start else "^"
        after = doc[span.end].lower_ if span.end < len(doc) else "$"
        yield f"before {before},{group.kind}", 1.0
        yield f"after {after},{group.kind}", 1.0
        if before not in word_list("stop") and before.isalpha():
            yield "after a content word", 1.0
        if after not in word_list("stop") and after.isalpha():
            yield "before a content word", 1.0
        cue = cue_of(span)
        if cue is not None:
            yield f"cue {cue},{group.kind}", 1.0
        if _is_example(span):
            yield "example", 1.0


def _is_example(span: Span) -> bool:
    window = span.doc[max(span.sent.start, span.start - 6) : span.start].text.lower()
    return "such as" in window or "e.g." in window or "including" in window or "like " in window + " "
