"""Which names are worth comparing: those that share a blocking key.

One key alone loses variants (first initial and last name loses 28 % of the spellings of one person in the ACL
Anthology); each key here stands for a way in which spellings of one person differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.resolve.names import PersonName, nickname_groups

Key = tuple[str, ...]
_SLIP = 4  # letters of a name from which a slip of one is looked for
_PREFIX = 3  # letters of a short form that begins a name, at least
_BEGINNING = "beginning"
_JOINED = 3  # letters of initials printed as one word, at most


def candidates(names: Sequence[PersonName]) -> Iterator[tuple[int, int]]:
    """Pairs of names that share a key, each once, by the numbers of the names, the lower first.

    Args:
        names: different names.

    Example:
        >>> from kg.resolve.names import parse_name
        >>> printed = ["Aaron C. Courville", "A. Courville", "Anna Courville", "Yoshua Bengio"]
        >>> sorted(candidates([parse_name(name) for name in printed]))
        [(0, 1), (1, 2)]
    """
    blocks: dict[Key, list[int]] = defaultdict(list)
    beginnings: dict[Key, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for key in keys(name):
            blocks[key].append(number)
        beginnings[_BEGINNING, name.surname, name.first].append(number)
    found = set()
    for key, members in blocks.items():
        if key[0] == _BEGINNING:  # too many share it; only those that print no more than it are compared
            found |= {(min(a, b), max(a, b)) for a in beginnings.get(key, ()) for b in members if a != b}
        else:
            found |= set(combinations(members, 2))
    yield from sorted(found)


def keys(name: PersonName) -> set[Key]:
    """The blocking keys of a name.

    Example:
        >>> from kg.resolve.names import parse_name
        >>> ("first", "liu", "yang") in keys(parse_name("Yang Liu"))
        True
    """
    letters = "".join(name.given + name.family)
    if not name.given:
        return {("all", letters)}
    surname, first, given = name.surname, name.first, "".join(name.given)
    found: set[Key] = {("all", letters)}
    found |= {(_BEGINNING, surname, first[:size]) for size in (1, *range(_PREFIX, len(first)))}
    found |= {("first", surname, word) for word in name.given if len(word) > 1 or word == first}
    found |= {("given", surname, form) for form in _joined(name, given)}
    found |= {("short", surname, str(group)) for group in nickname_groups().get(first, ())}
    if len(given) >= _SLIP:
        found |= {("slip", surname, form) for form in _without_a_letter(given)}
    if len(surname) >= _SLIP:
        found |= {("family slip", first, form) for form in _without_a_letter(surname)}
    found |= {("part", first, word) for word in (*name.given[1:], *name.family) if len(word) > 2}
    if len(name.given) == 1:
        found.add(("turned", *sorted((first, surname))))
    return found


def _joined(name: PersonName, given: str) -> set[str]:
    """Given names as one word, and their initials as one word, as some print them."""
    initials = "".join(word[0] for word in name.given)
    forms = {given}
    if 1 < len(initials) <= _JOINED:
        forms.add(initials)
    return forms


def _without_a_letter(word: str) -> set[str]:
    """The word itself, and what is left of it without each of its letters: words a slip apart share one of them."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}
