"""What is given of who is who: identifiers in the sources, and what users say. It goes before evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise, product

from kg.records import Location, Notice, Severity
from kg.resolve.overrides import Override
from kg.resolve.signatures import Integers, Signatures

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Given:
    """What is given of signatures.

    Attributes:
        anchors: signatures of which it is given whose they are, so that one name can be parted around them.
        identifiers: by signature, as the sources have them.
        same: pairs of signatures of one person, with the reason.
        different: pairs of signatures of two people.
        notices: statements that speak of nobody here.
    """

    anchors: Mapping[int, str]
    identifiers: Mapping[int, str]
    same: Mapping[Pair, str]
    different: Sequence[Pair]
    notices: tuple[Notice, ...]

    def of_units(self, unit: Integers) -> tuple[set[Pair], set[Pair]]:
        """Pairs of units that are one person, and pairs that are two.

        Args:
            unit: for each signature its unit.
        """
        same = {_ordered(int(unit[a]), int(unit[b])) for a, b in self.same}
        different = {_ordered(int(unit[a]), int(unit[b])) for a, b in self.different}
        return {pair for pair in same if pair[0] != pair[1]}, {
            pair for pair in different if pair[0] != pair[1]
        }

    def contradicting(self, unit: Integers, pairs: Sequence[Pair]) -> set[Pair]:
        """The pairs of units that sources identify as two people, by identifiers of one kind.

        Args:
            unit: for each signature its unit.
            pairs: of units.
        """
        known: dict[int, set[str]] = defaultdict(set)
        for signature, identifier in self.identifiers.items():
            known[int(unit[signature])].add(identifier)
        return {pair for pair in pairs if _contradict(known.get(pair[0], set()), known.get(pair[1], set()))}

    def reasons(self, unit: Integers) -> dict[Pair, str]:
        """Why units are given as one person: the first reason for each pair.

        Args:
            unit: for each signature its unit.
        """
        found: dict[Pair, str] = {}
        for (a, b), why in self.same.items():
            found.setdefault(_ordered(int(unit[a]), int(unit[b])), why)
        return found


def given(signed: Signatures, overrides: Sequence[Override]) -> Given:
    """Gather what is given.

    The same identifier joins, different identifiers of one name part. What a user says goes before both.

    Args:
        signed: whose units are names.
        overrides: what users say.
    """
    identifiers = _identifiers(signed)
    same: dict[Pair, str] = {}
    different: list[Pair] = []
    notices: list[Notice] = []
    bearers: dict[str, list[int]] = defaultdict(list)
    for signature, identifier in sorted(identifiers.items()):
        bearers[identifier].append(signature)
    for identifier, theirs in bearers.items():
        same |= dict.fromkeys(pairwise(theirs), f"the same identifier, {identifier}")
    places = _places(signed)
    for statement in overrides:
        sides = [places.get(person, []) for person in (statement.one, statement.other)]
        if not all(sides):
            unknown = statement.one if not sides[0] else statement.other
            notices.append(_unknown(statement, unknown))
        elif statement.same:
            reason = f"{statement.place}: {statement.reason or 'given as one person'}"
            same |= {_ordered(a, b): reason for a, b in product(sides[0], sides[1]) if a != b}
        else:
            different += [_ordered(a, b) for a, b in product(*sides)]
    for pair in different:
        same.pop(pair, None)
    anchors = {**identifiers, **_sides(different)}
    return Given(anchors, identifiers, same, tuple(different), tuple(notices))


def _contradict(one: set[str], other: set[str]) -> bool:
    """Whether two people's identifiers are of one kind (what stands before the last slash), and none is common."""
    kinds = [{identifier.rpartition("/")[0] for identifier in each} for each in (one, other)]
    return bool(kinds[0] & kinds[1]) and not one & other


def _sides(different: Sequence[Pair]) -> dict[int, str]:
    """Sides for signatures of two people, as few as will do: who is not called another is not put elsewhere."""
    others: dict[int, set[int]] = defaultdict(set)
    for one, other in different:
        others[one].add(other)
        others[other].add(one)
    side: dict[int, int] = {}
    for signature in sorted(others):
        taken = {side[other] for other in others[signature] if other in side}
        side[signature] = next(number for number in count() if number not in taken)
    return {signature: f"side {number}" for signature, number in side.items()}


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one <= other else (other, one)


def _identifiers(signed: Signatures) -> dict[int, str]:
    """What sources identify signatures by."""
    found = {}
    for signature, (paper, position) in enumerate(
        zip(signed.paper.tolist(), signed.position.tolist(), strict=True)
    ):
        ids = signed.papers[paper].author_ids
        if position <= len(ids) and ids[position - 1]:
            found[signature] = ids[position - 1]
    return found


def _places(signed: Signatures) -> dict[str | tuple[str, int], list[int]]:
    """The signatures of each printed name, and of each place on a paper."""
    places: dict[str | tuple[str, int], list[int]] = defaultdict(list)
    rows = zip(signed.paper.tolist(), signed.position.tolist(), signed.printed, strict=True)
    for signature, (paper, position, printed) in enumerate(rows):
        places[printed].append(signature)
        places[signed.papers[paper].id, position].append(signature)
    return places


def _unknown(statement: Override, person: str | tuple[str, int]) -> Notice:
    name = person if isinstance(person, str) else f"{person[0]}:{person[1]}"
    path, _, line = statement.place.rpartition(":")
    return Notice(
        Location(path, int(line)),
        Severity.WARNING,
        f"no author {ascii(name)[:80]} among the papers; passed over",
    )
