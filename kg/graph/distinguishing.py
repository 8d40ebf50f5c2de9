"""What sets some papers apart from the rest: concepts by log-odds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from kg.graph.limits import TopicLimits
from kg.records import Assertion, Concept, Kind, Role

_TOPICAL = frozenset({Role.HAS_TOPIC})
_METHODICAL = frozenset({Role.INTRODUCES, Role.USES, Role.STUDIES})


@dataclass(frozen=True, slots=True)
class Subjects:
    """The concepts of one kind, by paper.

    Attributes:
        by_paper: keys of the concepts that each paper is about, those broader included.
        papers: how many papers each concept has.
        broader: keys of all concepts broader than each, near and far.
    """

    by_paper: Mapping[str, frozenset[str]]
    papers: Mapping[str, int]
    broader: Mapping[str, frozenset[str]]


def topics(assertions: Iterable[Assertion], concepts: Iterable[Concept]) -> Subjects:
    """The topics of papers."""
    return _subjects(assertions, concepts, Kind.TOPIC, _TOPICAL)


def methods(assertions: Iterable[Assertion], concepts: Iterable[Concept]) -> Subjects:
    """The methods that papers introduce, use or study; those only compared with do not count."""
    return _subjects(assertions, concepts, Kind.METHOD, _METHODICAL)


def _subjects(
    assertions: Iterable[Assertion], concepts: Iterable[Concept], kind: Kind, roles: Collection[Role]
) -> Subjects:
    parents = {c.key: {f"{kind}/{parent}" for parent in c.broader} for c in concepts if c.kind is kind}
    broader = {key: _ancestors(key, parents) for key in sorted(parents)}
    by_paper: dict[str, set[str]] = {}
    for assertion in assertions:
        if assertion.role in roles and assertion.concept in broader:
            about = by_paper.setdefault(assertion.paper, set())
            about.add(assertion.concept)
            about |= broader[assertion.concept]
    papers = Counter(key for keys in by_paper.values() for key in keys)
    return Subjects({paper: frozenset(keys) for paper, keys in by_paper.items()}, papers, broader)


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


def distinguishing(papers: Collection[str], subjects: Subjects, limits: TopicLimits) -> tuple[str, ...]:
    """The concepts that set papers apart from all others, most distinguishing first.

    Concepts are ranked by :func:`log_odds`. A concept needs several papers where there are several to be had,
    and gives way to a narrower one that covers most of its papers.

    Args:
        papers: ids of the papers.
        subjects: the concepts of all papers.
        limits: how many papers a concept needs, how many concepts are wanted.
    """
    inside = Counter(key for paper in papers for key in subjects.by_paper.get(paper, ()))
    needed = limits.needed_papers if len(papers) >= limits.when_papers else 1
    eligible = {key: count for key, count in inside.items() if count >= needed}
    covered = {
        parent
        for key, count in eligible.items()
        for parent in subjects.broader[key]
        if count >= limits.narrower_share * inside[parent] and not _mutual(key, parent, subjects)
    }
    total = sum(subjects.papers.values())
    scores = {
        key: log_odds(count, subjects.papers[key], sum(inside.values()), total, limits.prior)
        for key, count in eligible.items()
        if key not in covered
    }
    ranked = sorted(scores, key=lambda key: (-scores[key], -inside[key], key))
    apart = [key for key in ranked if scores[key] > 0]
    return tuple((apart or ranked[:1])[: limits.kept])


def _mutual(one: str, other: str, subjects: Subjects) -> bool:
    return one in subjects.broader[other]


def log_odds(inside: int, everywhere: int, inside_total: int, total: int, prior: float) -> float:
    """How surely a concept is more frequent in one part than in the rest, as a z-score.

    The log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi and Quinn (2008, "Fightin'
    Words", https://doi.org/10.1093/pan/mpn018), the prior following the concept's frequency everywhere.

    Args:
        inside: papers of the part with the concept, at least 1.
        everywhere: papers with the concept.
        inside_total: the sum of ``inside`` over all concepts.
        total: the sum of ``everywhere`` over all concepts.
        prior: pseudo-counts of the prior, over all concepts.

    Example:
        >>> log_odds(5, 5, 20, 200, 10.0) > log_odds(5, 50, 20, 200, 10.0)
        True
    """
    pseudo = prior * everywhere / total
    here, there = inside + pseudo, everywhere - inside + pseudo
    other_here, other_there = inside_total + prior - here, total - inside_total + prior - there
    if other_here <= 0 or other_there <= 0:  # there is no other concept to compare with
        return 0.0
    return (log(here / other_here) - log(there / other_there)) / sqrt(1 / here + 1 / there)
