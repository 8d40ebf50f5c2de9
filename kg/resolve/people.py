"""Printed names to people.

First the papers of each common name are parted where the evidence falls apart; then names that letters allow are
merged where the evidence is for it. What sources identify people by, and what users say, goes before evidence. In
doubt there are two people, and they are told as perhaps the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kg.records import (
    Author,
    Authorship,
    IdentityDecision,
    Notice,
    Paper,
    PossibleIdentity,
    Verdict,
)
from kg.resolve.commonness import commonness
from kg.resolve.given import Given, given
from kg.resolve.homonyms import Parted, part_homonyms
from kg.resolve.merging import merge
from kg.resolve.model import identity_model
from kg.resolve.names import PersonName
from kg.resolve.overrides import Override
from kg.resolve.reasons import of_merger, of_parting
from kg.resolve.signatures import Signatures, signatures
from kg.resolve.variants import Compatible, compatible
from kg.slugs import slug

Pair = tuple[int, int]
_LAST_YEAR = 9999  # of papers without a year
_DIGITS = 4  # of confidences


@dataclass(frozen=True, slots=True)
class People:
    """Who signed the papers.

    Attributes:
        authors: by id.
        authorships: by paper and position; every printed name keeps its place.
        possible_identities: pairs that may be one person, by the ids.
        notices: statements of users that speak of nobody here.
    """

    authors: tuple[Author, ...]
    authorships: tuple[Authorship, ...]
    possible_identities: tuple[PossibleIdentity, ...]
    notices: tuple[Notice, ...]


def resolve_people(papers: Iterable[Paper], overrides: Sequence[Override] = ()) -> People:
    """People and their authorships.

    An id is the slug of the person's fullest name; where several people bear it, the earliest paper is added. So it
    stays when papers are added, unless they change the person.

    Args:
        papers: in any order; the result does not depend on it.
        overrides: what users say, which goes before everything else.
    """
    signed = signatures(list(papers))
    told = given(signed, overrides)
    units, parted = part_homonyms(signed, told.anchors)
    found = compatible(units)
    likely = _likely(found)
    same, different = told.of_units(units.unit)
    contradicting = told.contradicting(units.unit, found.couples())
    person = merge(units.names, sure_pairs(found, likely), [*found.apart, *different, *contradicting], same)
    reasons = {
        pair: of_merger(likeness, shared, near)
        for pair, likeness, shared, near in zip(
            found.couples(),
            found.likeness,
            found.shared.tolist(),
            found.evidence["near company"].tolist() if found.evidence else [],
            strict=True,
        )
    }
    return _assembled(units, person, parted, likely, reasons, told)


def sure_pairs(found: Compatible, likely: Mapping[Pair, float]) -> dict[Pair, float]:
    """The pairs that are one person beyond the threshold, as :func:`kg.resolve.merging.merge` takes them.

    Letters alone, without company in common, suffice only where the name is rare.

    Args:
        found: pairs of units whose names are compatible.
        likely: the probability of each to be one person.
    """
    model = identity_model().variants
    telling = ~found.alone | (found.bearers <= model.bearers)
    return {
        pair: likely[pair]
        for pair, enough in zip(found.couples(), telling.tolist(), strict=True)
        if enough and likely[pair] >= model.threshold
    }


def _likely(found: Compatible) -> dict[Pair, float]:
    """The probability of each compatible pair to be one person."""
    if not found.evidence:
        return {}
    odds = identity_model().variants.weights.log_odds(found.evidence)
    return dict(zip(found.couples(), (1 / (1 + np.exp(-odds))).tolist(), strict=True))


def _assembled(
    units: Signatures,
    person: Sequence[int],
    parted: Sequence[Parted],
    likely: Mapping[Pair, float],
    reasons: Mapping[Pair, str],
    told: Given,
) -> People:
    members: dict[int, list[int]] = defaultdict(list)
    for signature, unit in enumerate(units.unit.tolist()):
        members[person[unit]].append(signature)
    ids = _ids(units, members)
    decisions = _decisions(units, person, parted, likely, reasons, told)
    authors = [
        _author(units, ids[one], theirs, decisions.get(one, ()), told.identifiers)
        for one, theirs in members.items()
    ]
    authorships = [
        Authorship(units.papers[paper].id, position, ids[person[unit]], printed)
        for paper, position, unit, printed in zip(
            units.paper.tolist(), units.position.tolist(), units.unit.tolist(), units.printed, strict=True
        )
    ]
    return People(
        tuple(sorted(authors, key=lambda author: author.id)),
        tuple(sorted(authorships, key=lambda authorship: (authorship.paper, authorship.position))),
        _possible(units, person, ids, parted, likely, reasons, told),
        told.notices,
    )


def _ids(units: Signatures, members: Mapping[int, Sequence[int]]) -> dict[int, str]:
    """The id of each person; where the fullest name is several people's, with the earliest paper of each."""
    plain = {
        one: slug(_words(max((units.names[units.unit[s]] for s in theirs), key=_fullness)))
        for one, theirs in members.items()
    }
    bearers = Counter(plain.values())
    names = Counter(units.names)
    ids = {}
    for one, theirs in members.items():
        if bearers[plain[one]] > 1 or any(names[units.names[units.unit[s]]] > 1 for s in theirs):
            ids[one] = slug(f"{plain[one]} {_earliest(units, theirs).id}")
        else:
            ids[one] = plain[one]
    twice = Counter(ids.values())
    return {
        one: identifier if twice[identifier] == 1 else f"{identifier}-{units.position[members[one]].min()}"
        for one, identifier in ids.items()
    }


def _earliest(units: Signatures, theirs: Sequence[int]) -> Paper:
    """The first of someone's papers; those without a year come last."""
    papers = [units.papers[paper] for paper in units.paper[list(theirs)].tolist()]
    found: Paper = min(papers, key=lambda paper: (paper.year or _LAST_YEAR, paper.id))
    return found


def _words(name: PersonName) -> str:
    return " ".join(word for word in (*name.given, *name.family, name.suffix, name.number) if word)


def _fullness(name: PersonName) -> tuple[int, int, str]:
    full = sum(1 for word in (*name.given, *name.family) if len(word) > 1)
    return full, len(_words(name)), _words(name)


def _author(
    units: Signatures,
    identifier: str,
    theirs: Sequence[int],
    decisions: Sequence[IdentityDecision],
    identifiers: Mapping[int, str],
) -> Author:
    printed = Counter(units.printed[s] for s in theirs)
    name = min(printed, key=lambda n: (-printed[n], -len(n), n))
    known = {identifiers[s] for s in theirs if s in identifiers}
    ordered = sorted(decisions, key=lambda d: (d.confidence, d.names, d.reason))
    return Author(identifier, name, tuple(sorted(printed)), tuple(ordered), tuple(sorted(known)))


def _decisions(
    units: Signatures,
    person: Sequence[int],
    parted: Sequence[Parted],
    likely: Mapping[Pair, float],
    reasons: Mapping[Pair, str],
    told: Given,
) -> dict[int, list[IdentityDecision]]:
    """What was decided, by person."""
    found: dict[int, list[IdentityDecision]] = defaultdict(list)
    printed = [tuple(sorted({units.printed[s] for s in signed})) for signed in units.of_units()]
    told_why = told.reasons(units.unit)
    units_of: dict[int, list[int]] = defaultdict(list)
    for unit, one in enumerate(person):
        units_of[one].append(unit)
    for one, theirs in units_of.items():
        for pair in combinations(theirs, 2):
            names = tuple(sorted({*printed[pair[0]], *printed[pair[1]]}))
            if reason := told_why.get(pair):
                found[one].append(IdentityDecision(Verdict.MERGED, names, reason, 1.0))
            elif pair in likely:
                sure = round(likely[pair], _DIGITS)
                found[one].append(IdentityDecision(Verdict.MERGED, names, reasons[pair], sure))
    bearers: dict[PersonName, set[int]] = defaultdict(set)
    for name, one in zip(units.names, person, strict=True):
        bearers[name].add(one)
    for piece in parted:
        name = units.names[piece.one]
        if len(bearers[name]) == 1:  # given as one person after all
            continue
        reason = of_parting(commonness().bearers(name), len(bearers[name]))
        if piece.given:
            reason = "given as two people"
        sure = 1.0 if piece.given else round(1 - piece.probability, _DIGITS)
        found[person[piece.one]].append(IdentityDecision(Verdict.PARTED, printed[piece.one], reason, sure))
    return found


def _possible(
    units: Signatures,
    person: Sequence[int],
    ids: Mapping[int, str],
    parted: Sequence[Parted],
    likely: Mapping[Pair, float],
    reasons: Mapping[Pair, str],
    told: Given,
) -> tuple[PossibleIdentity, ...]:
    """Pairs of people that may be one, each with its best evidence."""
    model = identity_model()
    best: dict[tuple[str, str], tuple[float, str]] = {}
    doubts = [(pair, p, reasons[pair]) for pair, p in likely.items() if p >= model.variants.doubt]
    doubts += [
        ((piece.one, piece.nearest), piece.probability, "one printed name, kept apart by the evidence")
        for piece in parted
        if not piece.given and piece.probability >= model.homonyms.doubt
    ]
    settled = {*told.of_units(units.unit)[1], *told.contradicting(units.unit, list(likely))}
    for (one, other), probability, reason in doubts:
        if (min(one, other), max(one, other)) in settled:
            continue
        a, b = sorted((ids[person[one]], ids[person[other]]))
        if a != b:
            best[a, b] = max(best.get((a, b), (0.0, "")), (round(probability, _DIGITS), reason))
    return tuple(PossibleIdentity(a, b, score, reason) for (a, b), (score, reason) in sorted(best.items()))
