"""What sets some papers apart from the rest: concepts by class-based tf-idf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil, log

from kg.graph.naming import NamingSettings
from kg.records import Kind, Knowledge, Role

_TOPICAL = frozenset({Role.HAS_TOPIC})
_METHODICAL = frozenset({Role.INTRODUCES, Role.USES, Role.STUDIES})


@dataclass(frozen=True, slots=True)
class Subjects:
    """The concepts of one kind, by paper.

    Attributes:
        by_paper: keys of the concepts that each paper is about, those broader included.
        papers: how many papers each concept has.
        total: how many papers there are, those on nothing included.
        broader: keys of all concepts broader than each, near and far.
        private: keys of those that one paper alone names and no vocabulary knows.
    """

    by_paper: Mapping[str, frozenset[str]]
    papers: Mapping[str, int]
    total: int
    broader: Mapping[str, frozenset[str]]
    private: frozenset[str]


def topics(knowledge: Knowledge) -> Subjects:
    """The topics of papers."""
    return _subjects(knowledge, Kind.TOPIC, _TOPICAL)


def methods(knowledge: Knowledge) -> Subjects:
    """The methods that papers introduce, use or study; those only compared with do not count."""
    return _subjects(knowledge, Kind.METHOD, _METHODICAL)


def _subjects(knowledge: Knowledge, kind: Kind, roles: Collection[Role]) -> Subjects:
    parents = {
        c.key: {f"{kind}/{parent}" for parent in c.broader} for c in knowledge.concepts if c.kind is kind
    }
    broader = {key: _ancestors(key, parents) for key in parents}
    by_paper: dict[str, set[str]] = {}
    for assertion in knowledge.assertions:
        if assertion.role in roles and assertion.concept in broader:
            about = by_paper.setdefault(assertion.paper, set())
            about.add(assertion.concept)
            about |= broader[assertion.concept]
    papers = Counter(key for keys in by_paper.values() for key in keys)
    frozen = {paper: frozenset(keys) for paper, keys in by_paper.items()}
    curated = {concept.key for concept in knowledge.concepts if concept.curated}
    private = frozenset(key for key, count in papers.items() if count == 1 and key not in curated)
    return Subjects(frozen, papers, len(knowledge.papers), broader, private)


def _ancestors(key: str, parents: Mapping[str, set[str]]) -> frozenset[str]:
    """All that is broader than a concept and known; ends on vocabularies that run in circles, too."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        for parent in parents[ahead.pop()]:
            if parent in parents and parent not in found and parent != key:
                found.add(parent)
                ahead.append(parent)
    return frozenset(found)


def distinguishing(
    papers: Collection[str], subjects: Subjects, average: float, settings: NamingSettings
) -> tuple[str, ...]:
    """The concepts that set papers apart from all others, most distinguishing first.

    Concepts are ranked by :func:`class_tf_idf`; names that one paper alone uses come last, for they tell
    others little. A concept must be shared: several papers must have it, and a share of them, unless there is
    one paper only. Where narrower concepts are each too rare for that, what is broader than them stands for
    them; it gives way to a narrower one that covers most of its papers, and no concept is kept beside one that
    is broader or narrower than it. Left out is what is no more frequent here than elsewhere, and what so many
    of all papers have that it sets nobody apart.

    Args:
        papers: ids of the papers.
        subjects: the concepts of all papers.
        average: how many concepts the papers of a group have in all, the mean over groups.
        settings: how many papers a concept needs, how many concepts are wanted.

    Returns:
        Keys of concepts; none where the papers share nothing that sets them apart.
    """
    inside = Counter(key for paper in papers for key in subjects.by_paper.get(paper, ()))
    needed = _needed(len(papers), settings)
    shared = {key: count for key, count in inside.items() if count >= needed}
    covered = {
        parent
        for key, count in shared.items()
        for parent in subjects.broader[key]
        if count >= settings.narrower_share * inside[parent] and not _mutual(key, parent, subjects)
    }
    scores = {
        key: class_tf_idf(count, subjects.papers[key], average)
        for key, count in shared.items()
        if key not in covered and _sets_apart(key, count, len(papers), subjects, settings)
    }

    def merit(key: str) -> tuple[bool, float, int, str]:
        return key in subjects.private, -scores[key], -inside[key], key

    kept: list[str] = []
    for key in sorted(scores, key=merit):
        if len(kept) < settings.kept and not any(_related(key, other, subjects) for other in kept):
            kept.append(key)
    return tuple(kept)


def _needed(papers: int, settings: NamingSettings) -> int:
    """How many of some papers must have a concept for it to be theirs."""
    return min(papers, max(settings.needed_papers, ceil(settings.needed_share * papers)))


def _sets_apart(key: str, inside: int, papers: int, subjects: Subjects, settings: NamingSettings) -> bool:
    """Whether a concept is more frequent here than everywhere, and not everywhere."""
    if papers >= subjects.total:  # there is nothing to be set apart from
        return True
    everywhere = subjects.papers[key]
    broad = everywhere > max(settings.broad_papers, settings.broad_share * subjects.total)
    return not broad and inside * subjects.total > everywhere * papers


def _mutual(one: str, other: str, subjects: Subjects) -> bool:
    """Whether a concept is broader than its own broader one, as circles in a vocabulary make it."""
    return one in subjects.broader[other]


def _related(one: str, other: str, subjects: Subjects) -> bool:
    """Whether one of two concepts is broader than the other."""
    return one in subjects.broader[other] or other in subjects.broader[one]


def class_tf_idf(inside: int, everywhere: int, average: float) -> float:
    """Class-based tf-idf: how much a concept says of a group of papers.

    tf x log(1 + A/f) of Grootendorst (2022, BERTopic, https://arxiv.org/abs/2203.05794), a group being the
    class and concepts the words, each counted once a paper. 0 or more; larger says more. It may be compared
    within a group alone.

    Args:
        inside: tf, how many papers of the group have the concept.
        everywhere: f, how many of all papers have it; at least ``inside``, above 0.
        average: A, how many concepts the papers of a group have in all, the mean over groups.

    Example:
        >>> class_tf_idf(5, 5, 20.0) > class_tf_idf(5, 50, 20.0)
        True
        >>> round(class_tf_idf(2, 10, 10.0), 6)
        1.386294
    """
    return inside * log(1 + average / everywhere)
