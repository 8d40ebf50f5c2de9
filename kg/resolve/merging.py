"""Pairs that are likely to be one person, merged the surest first as long as nothing contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.resolve.compatibility import likeness
from kg.resolve.names import PersonName

Pair = tuple[int, int]


class Merging:
    """Units and the people that they have been merged to so far.

    Args:
        names: the name of each unit. Units of one name were parted on purpose, and never meet again by evidence.
        apart: pairs of units that are two people.
    """

    def __init__(self, names: Sequence[PersonName], apart: Iterable[Pair]) -> None:
        self._names = names
        self._person = list(range(len(names)))
        self._members: dict[int, list[int]] = {number: [number] for number in range(len(names))}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    @property
    def people(self) -> list[int]:
        """For each unit its person: the lowest of its units."""
        return list(self._person)

    def join(self, one: int, other: int) -> bool:
        """Make one person of those of two units, unless they are kept apart; whether they are one now."""
        a, b = sorted((self._person[one], self._person[other]))
        if a == b:
            return True
        if any(self._apart.get(x, set()).intersection(self._members[b]) for x in self._members[a]):
            return False
        self.unite(one, other)
        return True

    def unite(self, one: int, other: int) -> None:
        """Make one person of those of two units, whatever keeps them apart."""
        a, b = sorted((self._person[one], self._person[other]))
        if a == b:
            return
        for unit in self._members[b]:
            self._person[unit] = a
        self._members[a] += self._members.pop(b)

    def agree(self, one: int, other: int) -> bool:
        """Whether every name of one person can be a name of the other too, by its letters."""
        a, b = self._members[self._person[one]], self._members[self._person[other]]
        return all(self._compatible(x, y) for x in a for y in b)

    def _compatible(self, one: int, other: int) -> bool:
        names = self._names[one], self._names[other]
        return names[0] != names[1] and likeness(*names) is not None


def merge(
    names: Sequence[PersonName],
    likely: Mapping[Pair, float],
    apart: Iterable[Pair],
    same: Iterable[Pair] = (),
) -> list[int]:
    """Units to people.

    Args:
        names: the name of each unit.
        likely: pairs to be merged, with their probability.
        apart: pairs that are two people.
        same: pairs that are one person, whatever their names; given identifiers or people say so.

    Returns:
        For each unit the lowest unit of its person.

    Example:
        >>> from kg.resolve.names import parse_name
        >>> names = [parse_name(name) for name in ("A. Courville", "Aaron Courville", "Anna Courville")]
        >>> merge(names, {(0, 1): 0.9, (0, 2): 0.8}, apart=[])
        [0, 0, 2]
    """
    merging = Merging(names, apart)
    for one, other in sorted(same):
        merging.unite(one, other)
    for one, other in sorted(likely, key=lambda pair: (-likely[pair], pair)):
        if merging.agree(one, other):
            merging.join(one, other)
    return merging.people
