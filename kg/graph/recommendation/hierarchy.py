"""Concepts with all that is broader: who works on offline reinforcement learning works on reinforcement learning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.records import Assertion, Concept


def broader(concepts: Iterable[Concept]) -> dict[str, frozenset[str]]:
    """The keys of all concepts broader than each, near and far; only known ones, and never itself.

    Example:
        >>> from kg.records import Kind
        >>> far = Concept("learning", Kind.TOPIC, "learning")
        >>> near = Concept("meta-learning", Kind.TOPIC, "meta-learning", broader=("learning",))
        >>> sorted(broader([far, near])["topic/meta-learning"])
        ['topic/learning']
    """
    parents = {c.key: frozenset(f"{c.kind}/{parent}" for parent in c.broader) for c in concepts}
    return {key: _ancestors(key, parents) for key in sorted(parents)}


def _ancestors(key: str, parents: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Ends on vocabularies that run in circles, too."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        new = {parent for parent in parents[ahead.pop()] if parent in parents} - found - {key}
        found |= new
        ahead.extend(new)
    return frozenset(found)


def widened(assertions: Iterable[Assertion], above: Mapping[str, frozenset[str]]) -> list[Assertion]:
    """The assertions, and after each the same of all broader concepts; some may come several times."""
    return [
        replace(assertion, concept=key)
        for assertion in assertions
        for key in (assertion.concept, *sorted(above.get(assertion.concept, ())))
    ]
