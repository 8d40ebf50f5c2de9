"""What is given of who is who: identifiers in the sources, and what users say. It goes before evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

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

    def reason(self, unit: Integers, pair: Pair) -> str:
        """Why two units are given as one person; empty where they are not."""
        return next(
            (why for (a, b), why in self.same.items() if _ordered(int(unit[a]), int(unit[b])) == pair), ""
        )


def given(signed: Signatures, overrides: Sequence[Override]) -> Given:
    """Gather what is given.

    The same identifier joins, different identifiers of one name part. What a user says goes before both.

    Args:
        signed: whose units are names.
        overrides: what users say.
    """
    identifiers = _identifiers(signed)
    anchors = dict(identifiers)
    same: dict[Pair, str] = {}
    different: list[Pair] = []
    notices: list[Notice] = []
    bearers: dict[str, list[int]] = defaultdict(list)
    for signature, identifier in sorted(identifiers.items()):
        bearers[identifier].append(signature)
    for identifier, theirs in bearers.items():
        same |= dict.fromkeys(pairwise(theirs), f"the same identifier, {identifier}")
    places = _places(signed)
    for number, statement in enumerate(overrides):
        sides = [places.get(person, []) for person in (statement.one, statement.other)]
        if not all(sides):
            unknown = statement.one if not sides[0] else statement.other
            notices.append(_unknown(statement, unknown))
        elif statement.same:
            reason = f"{statement.place}: {statement.reason or 'given as one person'}"
            same |= {_ordered(a, b): reason for a, b in product(sides[0], sides[1]) if a != b}
        else:
            for side, signatures in enumerate(sides):
                anchors |= dict.fromkeys(signatures, f"{number}:{side}")
            different += [_ordered(a, b) for a, b in product(*sides)]
    return Given(anchors, identifiers, same, tuple(different), tuple(notices))


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
