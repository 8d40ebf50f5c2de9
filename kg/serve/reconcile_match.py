"""Candidates for a row of a table, and how sure each is.

The score is simple, so that it can be explained. A name gets 100 where it is the same (but for case, accents and the
order of a person's names), a little less where its words are the same but for initials, and otherwise the share of
letters that it has in common (normalized Indel similarity of the sorted words, by rapidfuzz). Properties given with
the query take a share of the score; a property agrees or does not. A candidate is a match only where the name is the
same and of three letters or more, every property given agrees, and no other candidate is as good.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from kg.serve.index import Hit, Likeness
from kg.serve.labels import folded
from kg.serve.reconcile_settings import Property, reconcile_settings
from kg.serve.reconcile_values import Value, values
from kg.serve.search_settings import search_settings
from kg.serve.world import World

Given = str | float | bool | dict[str, Any]
"""A value of a property in a query: a text, a number, a truth value, or a thing by its id."""


@dataclass(frozen=True, slots=True)
class Query:
    """A row to be matched.

    Attributes:
        text: the name.
        kinds: the kinds of things that it may be; empty for all.
        evidence: properties and the values that the row has for them.
        limit: the most candidates.
    """

    text: str
    kinds: tuple[str, ...] = ()
    evidence: tuple[tuple[Property, tuple[Given, ...]], ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a row may be.

    Attributes:
        hit: the thing.
        name: how the name agrees, 0 to 100.
        evidence: by the id of each property given, whether it agrees.
        score: 0 to 100.
        match: whether it is safe to take it without a look.
    """

    hit: Hit
    name: float
    evidence: tuple[tuple[str, bool], ...]
    score: float
    match: bool = False


def candidates(world: World, query: Query) -> tuple[Candidate, ...]:
    """Candidates for a row, the best first; those of one score as search has them.

    Args:
        world: with the graph.
        query: the row.
    """
    by_id = _by_id(world, query)
    if by_id is not None:
        return (by_id,)
    hits = world.index.search(query.text, query.kinds, reconcile_settings().limits["most"])
    scored = [_scored(world, query, hit) for hit in hits]
    safe = _safe(query, scored)
    ranked = sorted(scored, key=lambda candidate: -candidate.score)[: query.limit]
    return tuple(
        Candidate(c.hit, c.name, c.evidence, c.score, safe is not None and c.hit == safe.hit) for c in ranked
    )


def _by_id(world: World, query: Query) -> Candidate | None:
    """The thing whose id or IRI the row has in place of a name."""
    path = query.text.strip().removeprefix(world.base)
    hit = world.index.get(path)
    if hit is None or (query.kinds and hit.kind not in query.kinds):
        return None
    return Candidate(hit, 100.0, (), 100.0, match=True)


def _scored(world: World, query: Query, hit: Hit) -> Candidate:
    name = likeness(query.text, hit)
    evidence = tuple(
        (of.id, agrees(given, values(world, hit.path, of), world.base)) for of, given in query.evidence
    )
    share = reconcile_settings().score["evidence"] if evidence else 0.0
    agreed = sum(fits for _, fits in evidence) / len(evidence) if evidence else 0.0
    return Candidate(hit, name, evidence, round((1 - share) * name + share * 100 * agreed, 2))


def _safe(query: Query, scored: Sequence[Candidate]) -> Candidate | None:
    """The candidate that can only be meant; None where there is doubt."""
    same = [c for c in scored if c.hit.likeness == Likeness.EXACT]
    agreeing = [c for c in same if all(fits for _, fits in c.evidence)]
    if len(agreeing) != 1:
        return None
    (best,) = agreeing
    if len(folded(query.text)) < reconcile_settings().score["letters"]:
        return None
    shortened = best.hit.kind == "author" and any(len(word) == 1 for word in folded(query.text).split())
    if shortened and any(c != best and c.hit.likeness <= Likeness.INITIALS for c in scored):
        return None  # R. Descartes may be any R.
    return best if len(scored) < reconcile_settings().limits["most"] or len(same) < len(scored) else None


def likeness(text: str, hit: Hit) -> float:
    """How a name agrees with that of a thing, 0 to 100."""
    score = reconcile_settings().score
    if hit.likeness == Likeness.EXACT:
        return 100.0
    one, other = folded(text[: search_settings().characters]), folded(hit.matched)
    if hit.kind == "author" and same_but_for_initials(one, other):
        return score["initials"]
    return round(min(fuzz.token_sort_ratio(one, other), score["almost"]), 2)


def same_but_for_initials(one: str, other: str) -> bool:
    """Whether two folded names have the same words in the same order, some of them as initials, not all.

    Example:
        >>> same_but_for_initials("s levine", "sergey levine"), same_but_for_initials("s l", "sergey levine")
        (True, False)
    """
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return False
    pairs = list(zip(left, right, strict=True))
    return any(a == b and len(a) > 1 for a, b in pairs) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs
    )


def agrees(given: Collection[Given], known: Sequence[Value], base: str) -> bool:
    """Whether one of the values given is one of those known.

    Args:
        given: the values of the row.
        known: the values of the thing.
        base: the IRI that those of things begin with.
    """
    alike = reconcile_settings().score["alike"] * 100
    return any(_agrees(value, other, base, alike) for value in given for other in known)


def _agrees(given: Given, known: Value, base: str, alike: float) -> bool:
    if isinstance(given, dict):
        return bool(known.path) and str(given.get("id", "")).removeprefix(base) == known.path
    if known.number is not None and not isinstance(given, bool):
        try:
            return float(given) == known.number
        except ValueError:
            return False
    text = str(given)[: search_settings().characters]
    if text.removeprefix(base) == known.path or text == known.text:
        return True
    one, other = folded(text), folded(known.text)
    return bool(one) and (
        fuzz.token_sort_ratio(one, other) >= alike
        or (known.path.startswith("author/") and same_but_for_initials(one, other))
    )
