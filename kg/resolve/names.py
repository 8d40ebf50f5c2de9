"""Printed names of people, taken apart: given names, family name, and what tells bearers of one name apart."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from anyascii import anyascii

_NOT_LETTERS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʻʼ`´](?=\w)")
_SHORT = 2  # letters of what may be a family name, or two initials
_NUMBER = re.compile(r"\s+(\d{4})$")
_EAST_ASIAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]+(?:\s*[·\s]\s*[\u3400-\u9fff\uac00-\ud7af]+)?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a printed name, in lower case and without accents.

    Attributes:
        given: given names and initials, in their order; empty for a single name.
        family: the words of the family name, particles among them.
        suffix: "jr", "iii" and the like; empty where there is none.
        number: what DBLP adds to tell people of one name apart ("0003"); empty where there is none.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str = ""
    number: str = ""

    @property
    def surname(self) -> str:
        """The family name as one word, without its particles where anything else is left.

        Example:
            >>> parse_name("Antal van den Bosch").surname
            'bosch'
        """
        return "".join(w for w in self.family if w not in known("particles")) or "".join(self.family)

    @property
    def first(self) -> str:
        """The first given name or initial; empty for a single name."""
        return self.given[0] if self.given else ""


def name_key(name: str) -> str:
    """The normal form of a printed name: without case, accents, dots, hyphens and repeated spaces.

    A name in which transliteration loses letters keeps them as they are.

    Example:
        >>> name_key("Léonard  Hussenot") == name_key("Leonard Hussenot")
        True
        >>> name_key("D.P. Kingma") == name_key("D. P. Kingma")
        True
    """
    return " ".join(_NOT_LETTERS.sub(" ", _plain(name).lower()).split())


def parse_name(printed: str) -> PersonName:
    """Take a printed name apart.

    Read are the western order, "Family, Given", a family name in capitals wherever it stands ("LIU Yang"),
    Chinese and Korean characters (family name first), particles, suffixes, and DBLP's numbers. Which words of
    several belong to a Spanish or Portuguese family name cannot be known: the last is taken.

    Args:
        printed: as on the paper.

    Example:
        >>> parse_name("Willem van Hage")
        PersonName(given=('willem',), family=('van', 'hage'), suffix='', number='')
        >>> parse_name("LIU Yang 0003")
        PersonName(given=('yang',), family=('liu',), suffix='', number='0003')
        >>> parse_name("Sammy Davis, Jr.")
        PersonName(given=('sammy',), family=('davis',), suffix='jr', number='')
    """
    text = unicodedata.normalize("NFKC", printed).strip()
    number = _NUMBER.search(text)
    if number:
        text = text[: number.start()]
    if _EAST_ASIAN.fullmatch(text):
        return _east_asian(text, number[1] if number else "")
    before, _, after = text.partition(",")
    behind, suffix = _words(after), ""
    after_all = all(word in known("suffixes") | known("degrees") for word in behind)
    if behind and after_all and (len(_words(before)) > 1 or not {*behind} & known("degrees")):
        text, suffix = before, next((word for word in behind if word in known("suffixes")), "")
    elif behind and _words(before):
        return replace(_turned(before, after), number=number[1] if number else "")
    words, printed_words, suffix = _without_suffix(_words(text), _printed_words(text), suffix)
    given, family = _parted(words, printed_words)
    return PersonName(given, family, suffix, number[1] if number else "")


@cache
def known(name: str) -> frozenset[str]:
    """A list of ``names.toml``."""
    return frozenset(_table()[name])


@cache
def nickname_groups() -> dict[str, frozenset[int]]:
    """For each given name that has short forms, or is one, the groups it belongs to."""
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(_table()["nicknames"]):
        for name in group:
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("kg.resolve").joinpath("names.toml").read_text(encoding="utf-8"))


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFKC", name)
    return "".join(anyascii(c) or c for c in composed if not _is_silent(c))


def _is_silent(character: str) -> bool:
    """Whether a character only changes the one before it (an accent), or is not seen at all (a soft hyphen)."""
    return unicodedata.category(character) in {"Mn", "Cf"} and not anyascii(character)


def _words(text: str) -> list[str]:
    """The words of a name, normalised; an apostrophe joins, a hyphen parts."""
    return name_key(_APOSTROPHES.sub("", text)).split()


def _printed_words(text: str) -> list[str]:
    """The same words in the case in which they are printed."""
    return _NOT_LETTERS.sub(" ", _plain(_APOSTROPHES.sub("", text))).split()


def _turned(family: str, rest: str) -> PersonName:
    """A name whose family name stands first, before a comma, and whose suffix stands last, after another."""
    given, _, more = rest.partition(",")
    suffix = next((word for word in _words(more) if word in known("suffixes")), "")
    return PersonName(tuple(_words(given)), tuple(_words(family)), suffix)


def _without_suffix(words: list[str], printed: list[str], suffix: str) -> tuple[list[str], list[str], str]:
    """Drop titles, and a suffix at the end; of a name two words stay at least."""
    while len(words) > 2 and words[0] in known("titles"):
        words, printed = words[1:], printed[1:]
    while len(words) > 2 and words[-1] in known("suffixes") | known("degrees"):
        suffix = suffix or (words[-1] if words[-1] in known("suffixes") else "")
        words, printed = words[:-1], printed[:-1]
    return words, printed, suffix


def _parted(words: Sequence[str], printed: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Given and family names."""
    if len(words) < 2:
        return (), tuple(words)
    capitals = [len(word) > 1 and word.isupper() for word in printed]
    leading = capitals.index(False) if False in capitals else 0
    if leading == 1 and len(words[0]) == _SHORT and words[0] not in known("short_families"):
        leading = 0
    if leading and not any(capitals[leading:]) and len(words[leading]) > 1:
        return tuple(words[leading:]), tuple(words[:leading])
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1], printed[start - 1]):
        start -= 1
    return tuple(words[:start]), tuple(words[start:])


def _is_particle(word: str, printed: str) -> bool:
    return word in known("particles") and (word not in known("particles_in_lower_case") or printed.islower())


def _east_asian(text: str, number: str) -> PersonName:
    """A name in Chinese or Korean characters: one of the family, or two, then the given name.

    A space parts them where there is one; after a dot in the middle stands the family name of a foreigner.
    """
    parts = [part for part in re.split(r"[·\s]+", text) if part]
    if len(parts) > 1:
        family, given = (parts[-1], parts[0]) if "·" in text else (parts[0], parts[-1])
    else:
        size = 2 if text[:2] in known("compound_families") and len(text) > 2 else 1
        family, given = text[:size], text[size:]
    return PersonName(
        (name_key(given).replace(" ", ""),) if given else (),
        (name_key(family).replace(" ", ""),),
        number=number,
    )
