"""Whether two printed names can be one person's, by their letters alone, and in which way they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from rapidfuzz.distance import OSA

from kg.resolve.names import PersonName, nickname_groups

_LONG = 4  # letters from which a slip of one letter leaves a name recognisable
_PREFIX = 3  # letters of a short form that is the beginning of a name


class Given(StrEnum):
    """How the given names of two compatible names differ, the closest first."""

    SAME = "same"
    SPELLED_OUT = "spelled out"  # each initial of one is a full name of the other
    MIDDLE = "middle"  # one has middle names or initials that the other lacks
    INITIAL = "initial"  # one has but an initial for the first name, and other names are missing
    SHORT = "short"  # one is a short form of the other
    LATER = "later"  # one goes by a later given name of the other
    SLIP = "slip"  # one letter differs


class Family(StrEnum):
    """How the family names of two compatible names differ, the closest first."""

    SAME = "same"
    PART = "part"  # one has words that the other lacks
    SLIP = "slip"  # one letter differs
    TURNED = "turned"  # family and given name have changed places


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what two compatible names differ.

    Attributes:
        given: given names.
        family: family names.
        common: full words of given names that both have.
        extra: given names that only one has.
    """

    given: Given
    family: Family
    common: int
    extra: int


def likeness(one: PersonName, other: PersonName) -> Likeness | None:
    """In what two names differ, or None where they cannot be one person's by their letters.

    Suffixes and DBLP's numbers that both have must agree; a name without a family name is like itself alone.

    Example:
        >>> from kg.resolve.names import parse_name
        >>> found = likeness(parse_name("A. Courville"), parse_name("Aaron C. Courville"))
        >>> str(found.given), str(found.family), found.extra
        ('initial', 'same', 1)
        >>> likeness(parse_name("Aaron Courville"), parse_name("Anna Courville"))
    """
    if _contradict(one.suffix, other.suffix) or _contradict(one.number, other.number):
        return None
    if not one.given or not other.given:
        return Likeness(Given.SAME, Family.SAME, 1, 0) if _same_letters(one, other) else None
    if _same_letters(one, other):
        return Likeness(Given.SAME, Family.SAME, _full(one.given), 0)
    best = None
    for family, first, second in _families(one, other):
        given = _given(first, second)
        if given is None or (given is Given.SLIP and family is not Family.SAME):
            continue
        if given in (Given.INITIAL, Given.LATER) and family is Family.SLIP:
            continue
        common = sum(1 for word in first if len(word) > 1 and word in second)
        best = Likeness(given, family, common, abs(len(first) - len(second)))
        break
    return best


def _contradict(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _same_letters(one: PersonName, other: PersonName) -> bool:
    """Whether two names are the same, but that one parts words which the other joins."""
    words = [(*name.given, *name.family) for name in (one, other)]
    if "".join(words[0]) != "".join(words[1]):
        return False
    ends = [set(accumulate(map(len, each))) for each in words]
    return ends[0] <= ends[1] or ends[1] <= ends[0]


def _full(words: Sequence[str]) -> int:
    return sum(1 for word in words if len(word) > 1)


def _families(one: PersonName, other: PersonName) -> list[tuple[Family, tuple[str, ...], tuple[str, ...]]]:
    """The ways in which the family names agree, each with the given names that remain to be compared."""
    ways = []
    if one.surname == other.surname:
        ways.append((Family.SAME, one.given, other.given))
    for part in _parts(one, other):
        ways.append((Family.PART, *part))
    if min(len(one.surname), len(other.surname)) >= _LONG and _slip(one.surname, other.surname):
        ways.append((Family.SLIP, one.given, other.given))
    if len(one.given) == len(other.given) == 1 and (one.first, one.surname) == (other.surname, other.first):
        ways.append((Family.TURNED, one.given, one.given))
    return ways


def _parts(one: PersonName, other: PersonName) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The given names of both where the family name of one is a part of the other's words.

    "Karin Kipper" and "Karin Kipper Schuler", "Maria Calzolari" and "Maria Calzolari-Rossi".
    """
    found = []
    for a, b, turn in ((one, other, False), (other, one, True)):
        words = b.given + b.family
        for place in range(1, len(words) - 1):
            if len(words[place]) > 2 and words[place] == a.surname:
                pair = (a.given, words[:place])
                found.append((pair[1], pair[0]) if turn else pair)
    return found


def _given(one: Sequence[str], other: Sequence[str]) -> Given | None:
    if "".join(one) == "".join(other):
        return Given.SAME
    if (aligned := _aligned(one, other)) is not None:
        return aligned
    if _short(one[0], other[0]) and _rest_agrees(one[1:], other[1:]):
        return Given.SHORT
    if _later(one, other) or _later(other, one):
        return Given.LATER
    a, b = "".join(one), "".join(other)
    if any(x != y for x, y in zip(one, other, strict=False) if len(x) == len(y) == 1):
        return None
    if min(len(a), len(b)) >= _LONG and min(len(one[0]), len(other[0])) > 1 and _slip(a, b):
        return Given.SLIP
    return None


def _aligned(one: Sequence[str], other: Sequence[str]) -> Given | None:
    """Names that agree word by word as far as both go, where an initial agrees with a full name."""
    if not _agree(one[0], other[0]):
        return _joined(one, other)
    if not _rest_agrees(one[1:], other[1:]):
        return _joined(one, other)
    if len(one) == len(other):
        return Given.SPELLED_OUT if len(one) > 1 or _is_full(one[0], other[0]) else Given.INITIAL
    return Given.MIDDLE if _is_full(one[0], other[0]) else Given.INITIAL


def _is_full(one: str, other: str) -> bool:
    return len(one) > 1 and len(other) > 1


def _joined(one: Sequence[str], other: Sequence[str]) -> Given | None:
    """Initials of the parts of a name that the other prints as one word ("S.-Y." and "Shih-Yu", "SY" and "S. Y.")."""
    for a, b in ((one, other), (other, one)):
        if len(a) == 1 and 1 < len(a[0]) <= 3 and len(b) == len(a[0]) and a[0] == "".join(w[0] for w in b):
            return Given.INITIAL
    return None


def _agree(one: str, other: str) -> bool:
    """Whether two words are equal, or one is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _rest_agrees(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two lists of middle names is contained, in order, in the other."""
    shorter, longer = sorted((one, other), key=len)
    remaining = iter(longer)
    return all(any(_agree(word, candidate) for candidate in remaining) for word in shorter)


def _short(one: str, other: str) -> bool:
    """Whether one is a short form of the other, or both are of a third."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _PREFIX and long.startswith(short):
        return True
    groups = nickname_groups()
    return bool(groups.get(one, frozenset()) & groups.get(other, frozenset()))


def _later(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one begins with a later name of the other ("Alfonso" of "L. Alfonso")."""
    return any(len(one[0]) > 1 and list(other[i : i + len(one)]) == list(one) for i in range(1, len(other)))


def _slip(one: str, other: str) -> bool:
    """Whether one letter is other, missing or changed in place with its neighbour."""
    return OSA.distance(one, other, score_cutoff=1) == 1
