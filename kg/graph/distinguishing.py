"""What sets some papers apart from the rest: concepts by log-odds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log, sqrt

from kg.graph.limits import TopicLimits
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


def distinguishing(papers: Collection[str], subjects: Subjects, limits: TopicLimits) -> tuple[str, ...]:
    """The concepts that set papers apart from all others, most distinguishing first.

    Concepts are ranked by :func:`log_odds` and left out where it is not positive; names that one paper alone
    uses come last, for they tell others little. A concept needs several papers where there are several to be
    had and some concept has them, and gives way to a narrower one that covers most of its papers.

    Args:
        papers: ids of the papers.
        subjects: the concepts of all papers.
        limits: how many papers a concept needs, how many concepts are wanted.
    """
    inside = Counter(key for paper in papers for key in subjects.by_paper.get(paper, ()))
    needed = limits.needed_papers if len(papers) >= limits.when_papers else 1
    eligible = {key: count for key, count in inside.items() if count >= needed} or inside
    covered = {
        parent
        for key, count in eligible.items()
        for parent in subjects.broader[key]
        if count >= limits.narrower_share * inside[parent] and not _mutual(key, parent, subjects)
    }
    scores = {
        key: log_odds(count, subjects.papers[key], len(papers), subjects.total, limits.pseudo_papers)
        for key, count in eligible.items()
        if key not in covered
    }

    def merit(key: str) -> tuple[bool, float, int, str]:
        return key in subjects.private, -scores[key], -inside[key], key

    ranked = sorted(scores, key=merit)
    if len(papers) < subjects.total:  # else there is nothing to be set apart from
        ranked = [key for key in ranked if scores[key] > 0]
    return tuple(ranked[: limits.kept])


def _mutual(one: str, other: str, subjects: Subjects) -> bool:
    """Whether a concept is broader than its own broader one, as circles in a vocabulary make it."""
    return one in subjects.broader[other]


def log_odds(inside: int, everywhere: int, papers: int, total: int, pseudo: float) -> float:
    """How surely a concept is more frequent in some papers than in the rest, as a z-score.

    The logarithm of the odds ratio over its standard error (Woolf 1955), with a pseudo-count in each cell
    (Haldane 1956, Anscombe 1956); the flat-prior case of the log-odds of Monroe, Colaresi and Quinn (2008,
    https://doi.org/10.1093/pan/mpn018), counted in papers. It favours what is both frequent here and rare
    elsewhere, and trusts single papers little.

    Args:
        inside: how many of the papers have the concept.
        everywhere: how many of all papers have it.
        papers: how many papers there are here.
        total: how many papers there are in all.
        pseudo: papers added to each cell, above 0.

    Example:
        >>> log_odds(5, 5, 20, 200, 0.5) > log_odds(5, 50, 20, 200, 0.5)
        True
        >>> round(log_odds(50, 500, 100, 1000, 0.5), 6)
        0.0
    """
    outside = everywhere - inside
    cells = (inside, papers - inside, outside, total - papers - outside)
    a, b, c, d = (cell + pseudo for cell in cells)
    return (log(a / b) - log(c / d)) / sqrt(1 / a + 1 / b + 1 / c + 1 / d)
