"""What tells a relation between two concepts of a paper: named features of the ends and of the pair.

A feature is present or not. Those of one end are kept apart from those of the pair, so that they are read and
weighed once for all pairs of that end; the pairs of a paper are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain

from kg.extract.layout import Entity, Layout, Place, cues
from kg.extract.words import data
from kg.records import Kind, Predicate, Role

ENDS: Mapping[Predicate, tuple[Kind, Kind]] = {
    Predicate.USED_FOR: (Kind.METHOD, Kind.TOPIC),
    Predicate.BASED_ON: (Kind.METHOD, Kind.METHOD),
    Predicate.COMPARED_WITH: (Kind.METHOD, Kind.METHOD),
    Predicate.EVALUATED_ON: (Kind.METHOD, Kind.DATASET),
}
"""The kinds of concepts that a predicate ties, subject and object."""

_NEAR = 6  # words beside either end that count as standing between the two
_PHRASE = 3  # words between that are a feature as one phrase
_MOST = 4  # numbers above it are all alike
_DISTANCES = (0, 1, 2, 3, 5, 9, 15, 25)


def subject_features(page: Layout, subject: Entity) -> list[str]:
    """Features of a subject, whatever the object."""
    return [
        "bias",
        *_end("s", subject),
        f"s role {subject.role}, {_up_to(page.introduced)} introduced",
    ]


def object_features(page: Layout, target: Entity, role: Role) -> list[str]:
    """Features of an object, for all subjects of one role."""
    own = [
        *_end("o", target),
        f"{role}>{target.role}",
        f"{role} o rank {_up_to(target.rank)}",
        f"{role} o titled {target.titled}",
        f"{role} o count {_up_to(len(target.places))}",
        f"{role} o first in {_part(page, target.places[0].sentence)}",
    ]
    told = {cue for number in target.sentences for cue in page.cues[number]}
    own += [f"{role} o with {cue}" for cue in told]
    own += [f"{role} o after {word}" for word in {place.before for place in target.places}]
    return own


def pair_features(page: Layout, subject: Entity, target: Entity) -> set[str]:
    """Features of two concepts together: of the paper, and of every sentence that is evidence."""
    found = set(chain.from_iterable(evidence(page, subject, target).values()))
    role, shared = subject.role, subject.sentences & target.sentences
    found |= {
        f"shared {_up_to(len(shared))}",
        f"{role} shared {_up_to(len(shared))}",
        f"{role} titled {subject.titled} {target.titled} {target.role}",
        f"{role} rank {_up_to(subject.rank)} of {_up_to(page.introduced)} shared {bool(shared)}",
        f"{role} rank {_up_to(subject.rank)} o rank {_up_to(target.rank)}",
        "named first" if subject.places[0].start < target.places[0].start else "named later",
    }
    if subject.titled and target.titled:
        found.add("both titled")
    if not subject.words.isdisjoint(target.words):
        found.add("share a word")
        if subject.head == target.head:
            found.add("share the head")
    if not shared:
        found.update(_apart(page, subject, target))
    return found


def evidence(page: Layout, subject: Entity, target: Entity) -> dict[int, list[str]]:
    """The sentences that may state a relation of two concepts, each with its features.

    Those are the sentences that name both; where there are none, those that name the object, for a paper
    speaks of its subject as "we", "our method" and "it" there.
    """
    shared = subject.sentences & target.sentences
    if shared:
        first = sorted(shared)[: _most_sentences()]
        return {n: _together(page, *closest(subject, target, n)) for n in first}
    found: dict[int, list[str]] = {}
    for place in target.places[: _most_sentences()]:
        told = found.setdefault(place.sentence, [])
        told += [f"apart {subject.role} {cue}" for cue in page.cues[place.sentence]]
        told.append(f"apart {subject.role} o after {place.before}")
    return found


def closest(subject: Entity, target: Entity, sentence: int) -> tuple[Place, Place]:
    """The two places of a sentence with the fewest tokens between them."""
    pairs = (
        (max(o.start - s.end, s.start - o.end), s.start, s, o)
        for s in subject.places
        if s.sentence == sentence
        for o in target.places
        if o.sentence == sentence
    )
    _, _, first, second = min(pairs, key=lambda pair: pair[:2])
    return first, second


def _end(side: str, entity: Entity) -> Iterable[str]:
    return (
        f"{side} role {entity.role}",
        f"{side} titled {entity.titled}",
        f"{side} rank {_up_to(entity.rank)}",
        f"{side} {entity.role} rank {_up_to(entity.rank)}",
        f"{side} count {_up_to(len(entity.places))}",
        f"{side} name={entity.name}",
        f"{side} head={entity.head}",
    )


def _together(page: Layout, subject: Place, target: Place) -> list[str]:
    """Features of two places in one sentence; most depend on which comes first."""
    way = ">" if subject.start < target.start else "<"
    first, second = (subject, target) if way == ">" else (target, subject)
    between = page.words[first.end : second.start]
    found = [
        way,
        f"{way} distance {_distance(len(between))}",
        f"{way} s after {subject.before}",
        f"{way} s before {subject.after}",
        f"{way} o after {target.before}",
    ]
    if len(between) <= _PHRASE:
        found.append(f"{way} between={' '.join(between)}")
    found += [f"{way} between {word}" for word in {*between[:_NEAR], *between[-_NEAR:]}]
    found += [f"{way} between: {cue}" for cue in cues(" ".join(between))]
    found += [f"{way} with {cue}" for cue in page.cues[subject.sentence]]
    if subject.sentence < page.titles:
        found.append(f"{way} in title")
    return found


def _apart(page: Layout, subject: Entity, target: Entity) -> Iterator[str]:
    """Features of two concepts that no sentence names together."""
    gap = min(abs(s - o) for s in subject.sentences for o in target.sentences)
    way = ">" if subject.places[0].start < target.places[0].start else "<"
    yield f"{subject.role} gap {_up_to(gap)} {way}"
    if subject.role == Role.INTRODUCES and page.introduced == 1:
        yield "apart from the only introduced"
    for number in target.sentences:
        for method in page.methods[number]:
            if method is not target:
                yield f"apart {subject.role}, {method.role} nearer"


def _part(page: Layout, sentence: int) -> str:
    """Where a sentence stands: in the title, or in which quarter of the abstract."""
    if sentence < page.titles:
        return "title"
    return f"quarter {4 * (sentence - page.titles) // max(1, len(page.sentences) - page.titles)}"


def _distance(tokens: int) -> str:
    return next((str(most) for most in _DISTANCES if tokens <= most), "more")


@cache
def _most_sentences() -> int:
    return int(data("relations")["limits"]["sentences"])


def _up_to(number: int) -> int:
    return min(number, _MOST)
