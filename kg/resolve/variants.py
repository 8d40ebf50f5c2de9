"""Several printed names, one person: names that letters allow are merged where the evidence is for it.

Each pair of compatible names is weighed by a logistic model; the surest pairs are merged first, and a merger that
would join names which contradict each other, or two who signed one paper, is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.resolve.blocking import candidates
from kg.resolve.commonness import commonness
from kg.resolve.company import Company, Pairs, company, second_hand, shared, together
from kg.resolve.compatibility import Family, Given, Likeness, likeness
from kg.resolve.model import Table
from kg.resolve.names import PersonName, nickname_groups
from kg.resolve.signatures import Floats, Integers, Signatures, unit_rows

_COMPANY = 0.1  # cosine above which co-authors keep like company
_COMMON_SURNAME = 100  # given names from which a family name is a common one


@dataclass(frozen=True, slots=True)
class Compatible:
    """Pairs of units whose names may be one person's, and what is known of each pair.

    Attributes:
        pairs: the numbers of the units, the lower first; ascending.
        likeness: in what the names differ.
        shared: co-authors of both.
        apart: further pairs, who signed one paper and so are two people.
        alone: whether there is no company that they share, and so nothing beside the letters.
        bearers: expected of the commoner of the two names; that of initials alone does not count.
        evidence: columns for the model, one row a pair.
    """

    pairs: Pairs
    likeness: tuple[Likeness, ...]
    shared: Integers
    apart: tuple[tuple[int, int], ...]
    alone: NDArray[np.bool_]
    bearers: Floats
    evidence: Table

    def couples(self) -> list[tuple[int, int]]:
        """The pairs, one by one."""
        return list(zip(self.pairs[0].tolist(), self.pairs[1].tolist(), strict=True))


def compatible(signed: Signatures) -> Compatible:
    """All pairs of units of different names that letters allow to be one person, and the evidence.

    Args:
        signed: whose units are people as far as one name tells.
    """
    found = list(_pairs(signed.names))
    every = (np.array([a for a, _, _ in found], np.int64), np.array([b for _, b, _ in found], np.int64))
    who = company(signed.incidence())
    apart = together(who, every)
    pairs = (every[0][~apart], every[1][~apart])
    alike = tuple(likeness for (_, _, likeness), two in zip(found, apart.tolist(), strict=True) if not two)
    count, rare = shared(who, pairs)
    rivals = {name: column[~apart] for name, column in _of_rivals(every, len(signed.names)).items()}
    evidence = dict(_evidence(signed, who, pairs, alike, count, rare, rivals)) if alike else {}
    alone = (count == 0) & (evidence["near company"] <= _COMPANY) if alike else count == 0
    two = tuple(zip(every[0][apart].tolist(), every[1][apart].tolist(), strict=True))
    names = [(signed.names[a], signed.names[b]) for a, b in zip(*(p.tolist() for p in pairs), strict=True)]
    return Compatible(pairs, alike, count.astype(np.int64), two, alone, _bearers(names), evidence)


def _bearers(names: Sequence[tuple[PersonName, PersonName]]) -> Floats:
    expected = np.array([[commonness().bearers(name) for name in pair] for pair in names]).reshape(-1, 2)
    finite: Floats = np.where(np.isfinite(expected), expected, 0.0).max(axis=1, initial=0.0)
    return finite


def _pairs(names: Sequence[PersonName]) -> Iterator[tuple[int, int, Likeness]]:
    """Pairs of units, ascending; units of one name were parted on purpose, and are no pair."""
    units: dict[PersonName, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        units[name].append(number)
    different = sorted(units, key=lambda name: units[name][0])
    found = []
    for a, b in candidates(different):
        alike = likeness(different[a], different[b])
        if alike and not _half_a_name(different[a], different[b], alike):
            found += [(min(x, y), max(x, y), alike) for x in units[different[a]] for y in units[different[b]]]
    yield from sorted(found, key=lambda pair: pair[:2])


def _half_a_name(one: PersonName, other: PersonName, alike: Likeness) -> bool:
    """Whether a later given name is but the second half of an East Asian one ("Rong" of "Zi-Rong")."""
    common = commonness().surname(one) >= _COMMON_SURNAME
    return alike.given is Given.LATER and common and min(len(one.first), len(other.first)) > 1


def _evidence(
    signed: Signatures,
    who: Company,
    pairs: Pairs,
    alike: Sequence[Likeness],
    count: Floats,
    rare: Floats,
    rivals: Mapping[str, Floats],
) -> Iterator[tuple[str, Floats]]:
    columns = dict(_of_letters(signed.names, pairs, alike))
    columns |= rivals
    columns |= _of_company(who, pairs, count, rare)
    columns |= _of_content(signed, who, pairs)
    yield "one", np.ones(len(alike))
    yield from columns.items()
    yield from _together(columns)


def _of_letters(
    names: Sequence[PersonName], pairs: Pairs, alike: Sequence[Likeness]
) -> Iterator[tuple[str, Floats]]:
    for given in Given:
        yield f"given: {given}", np.array([float(likeness.given == given) for likeness in alike])
    for family in Family:
        yield f"family: {family}", np.array([float(likeness.family == family) for likeness in alike])
    both = [(names[a], names[b]) for a, b in zip(*(side.tolist() for side in pairs), strict=True)]
    yield "nickname", np.array([float(_nickname(a, b)) for a, b in both])
    yield "no common word", np.array([float(likeness.common == 0) for likeness in alike])
    yield "two common words", np.array([float(likeness.common >= 2) for likeness in alike])
    yield "one name more", np.array([float(likeness.extra == 1) for likeness in alike])
    yield "more names more", np.array([float(likeness.extra > 1) for likeness in alike])
    known = commonness()
    surnames = np.array([known.surname(a) for a, _ in both], dtype=np.float64)
    yield "commonness of family name", np.log(surnames)
    yield "common family name", (surnames >= _COMMON_SURNAME).astype(float)
    yield "commonness of given name", np.log([min(known.given_name(a), known.given_name(b)) for a, b in both])
    yield (
        "letters of given names",
        np.log([max(1, min(len("".join(a.given)), len("".join(b.given)))) for a, b in both]),
    )
    firsts = np.array([min(len(a.first), len(b.first)) for a, b in both])
    yield "an initial", (firsts <= 1).astype(float)
    yield "a short first name", (firsts <= 3).astype(float)


def _nickname(one: PersonName, other: PersonName) -> bool:
    groups = nickname_groups()
    return bool(groups.get(one.first, frozenset()) & groups.get(other.first, frozenset()))


def _of_rivals(pairs: Pairs, count: int) -> dict[str, Floats]:
    """How many other names each of the two is compatible with that the other is not."""
    near: list[set[int]] = [set() for _ in range(count)]
    both = list(zip(*(side.tolist() for side in pairs), strict=True))
    for a, b in both:
        near[a].add(b)
        near[b].add(a)
    rivals = np.array(
        [max(len(near[a] - near[b] - {b}), len(near[b] - near[a] - {a})) for a, b in both], dtype=np.float64
    )
    return {f"rivals > {least}": (rivals > least).astype(float) for least in (0, 1, 3, 8)}


def _of_company(who: Company, pairs: Pairs, count: Floats, rare: Floats) -> dict[str, Floats]:
    near = second_hand(who, pairs)
    others = np.asarray(who.joint.sum(axis=1))
    fewest = np.minimum(others[pairs[0]], others[pairs[1]])
    columns = {f"shared co-authors > {least}": (count > least).astype(float) for least in (0, 1, 2, 4)}
    columns["rarity of shared co-authors"] = np.log1p(rare)
    columns["share of co-authors"] = count / np.maximum(fewest, 1)
    columns["no co-author"] = (fewest == 0).astype(float)
    columns["near company"] = near
    columns |= {
        f"near company > {least}": (near > least).astype(float) for least in (0.02, 0.05, 0.1, 0.2, 0.4)
    }
    return columns


def _of_content(signed: Signatures, who: Company, pairs: Pairs) -> dict[str, Floats]:
    wrote = csr_array(who.incidence.T)
    titles = _cosines(csr_array(wrote @ signed.titles), pairs)
    venues = _cosines(csr_array(wrote @ _indicator(signed.venue)), pairs)
    topics = wrote @ signed.topics
    topics /= np.maximum(np.linalg.norm(topics, axis=1, keepdims=True), 1e-12)
    first, last = _careers(signed)
    known = (first >= 0)[pairs[0]] & (first >= 0)[pairs[1]]
    gap = np.maximum(first[pairs[0]] - last[pairs[1]], first[pairs[1]] - last[pairs[0]])
    fewest = np.minimum(who.papers[pairs[0]], who.papers[pairs[1]])
    most = np.maximum(who.papers[pairs[0]], who.papers[pairs[1]])
    columns = {f"like titles > {least}": (titles > least).astype(float) for least in (0.02, 0.05, 0.1, 0.2)}
    columns["like titles"] = titles
    columns["near topics"] = np.asarray((topics[pairs[0]] * topics[pairs[1]]).sum(axis=1))
    columns["like venues"] = venues
    columns["a common venue"] = (venues > 0).astype(float)
    columns["years between"] = np.where(known, np.log1p(np.maximum(gap, 0)), 0.0)
    columns["papers of the lesser"] = np.log(fewest)
    columns["papers of the greater"] = np.log(most)
    return columns


def _cosines(rows: csr_array, pairs: Pairs) -> Floats:
    scaled = unit_rows(rows)
    return np.asarray(scaled[pairs[0]].multiply(scaled[pairs[1]]).sum(axis=1))


def _indicator(numbers: Integers) -> csr_array:
    """Papers x numbers, 1 where a paper has the number."""
    return csr_array((np.ones(len(numbers)), (np.arange(len(numbers)), numbers)))


def _careers(signed: Signatures) -> tuple[Integers, Integers]:
    """The first and last year of each unit; -1 where no paper has one."""
    years = signed.year[signed.paper]
    count = len(signed.names)
    last = np.full(count, -1, np.int64)
    np.maximum.at(last, signed.unit, years)
    first = np.full(count, np.iinfo(np.int64).max)
    known = years >= 0
    np.minimum.at(first, signed.unit[known], years[known])
    return np.where(last < 0, -1, first), last


def _together(columns: Mapping[str, Floats]) -> Iterator[tuple[str, Floats]]:
    """Evidence that weighs more or less beside other evidence."""
    unlisted = columns["given: short"] * (1 - columns["nickname"])
    weak = (
        unlisted
        + columns["given: slip"]
        + columns["family: slip"]
        + columns["given: later"]
        + columns["family: turned"]
    )
    for name in ("rarity of shared co-authors", "near company", "commonness of family name", "like titles"):
        yield f"weak likeness x {name}", weak * columns[name]
    for given in ("middle", "initial", "same"):
        yield f"{given} x commonness", columns[f"given: {given}"] * columns["commonness of family name"]
    yield "initial x shared", columns["given: initial"] * columns["rarity of shared co-authors"]
    for given in ("short", "slip", "initial", "middle", "later"):
        here = columns[f"given: {given}"]
        yield f"{given} x papers of the lesser", here * columns["papers of the lesser"]
        yield f"{given} x near company", here * np.minimum(columns["near company"], 0.2)
        yield f"{given} x letters", here * columns["letters of given names"]
        yield f"{given} x commonness of given name", here * columns["commonness of given name"]
        yield f"{given} x common family name", here * columns["common family name"]
    slip = columns["family: slip"]
    yield "family slip x papers of the lesser", slip * columns["papers of the lesser"]
    yield "family slip x commonness of given name", slip * columns["commonness of given name"]
