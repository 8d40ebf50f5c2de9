"""Names in exported lists of authors: told apart, turned to the order of print, and given their ids.

Besides ``Family, Given`` (:mod:`kg.read.inverted_names`), Scopus and MEDLINE print ``Family GI`` without a comma
(https://www.nlm.nih.gov/bsd/mms/medlineelements.html#au).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.read.inverted_names import printed, stands_for_others

_QUOTED = re.compile(r"'((?:[^'\\]|\\.){0,1000}+)'|\"((?:[^\"\\]|\\.){0,1000}+)\"")
_AND = re.compile(r",? (?:and|&) ")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-\s]?)+")


@dataclass(frozen=True, slots=True)
class Names:
    """The authors that one text names.

    Attributes:
        names: as the text has them, in order.
        complete: whether the text does not say that there are more.
    """

    names: tuple[str, ...]
    complete: bool = True


def split_names(text: str, separators: Sequence[re.Pattern[str]]) -> Names:
    """The names in a text, parted by the first of the separators that occurs in it.

    Lists as Python and JSON write them are understood. A suffix that the separator cut off is joined again.

    Example:
        >>> split_names("Wei, C., King, M., Jr.", [re.compile(";"), re.compile(r"(?<=[.]),")]).names
        ('Wei, C.', 'King, M., Jr.')
        >>> split_names("['Ada Lovelace', \\"Bo O'Hara\\"]", []).names
        ('Ada Lovelace', "Bo O'Hara")
        >>> split_names("A Shah, P Krähenbühl, et al.", [re.compile(",")])
        Names(names=('A Shah', 'P Krähenbühl'), complete=False)
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and _word(text) not in _words()["absent"]:
        found = [single or double for single, double in _QUOTED.findall(text)]
        parts = [part.replace("\\'", "'").replace('\\"', '"') for part in found] or text[1:-1].split(",")
    else:
        separator = next((pattern for pattern in separators if pattern.search(text)), None)
        parts = separator.split(text) if separator else [text]
    return _told(" ".join(part.split()) for part in parts)


def split_loosely(text: str) -> Names:
    """The names in a text that parts them by commas and "and", where names may hold commas themselves.

    Every second comma parts names where what stands before the first of each pair looks like a family name: one
    word, or several that begin in lower case.

    Example:
        >>> split_loosely("Ada Lovelace, Bo Li and Cy Ng").names, split_loosely("Wei, Colin and Shen, Kendrick").names
        (('Ada Lovelace', 'Bo Li', 'Cy Ng'), ('Wei, Colin', 'Shen, Kendrick'))
        >>> split_loosely("Le, Quoc V., van der Maaten, Laurens").names, split_loosely("Plato").names
        (('Le, Quoc V.', 'van der Maaten, Laurens'), ('Plato',))
    """
    return _told(part for piece in _AND.split(" ".join(text.split())) for part in _at_commas(piece))


def _at_commas(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    families = parts[::2]
    if len(parts) % 2 == 0 and all(" " not in family or family[0].islower() for family in families):
        return [f"{family}, {given}" for family, given in zip(families, parts[1::2], strict=True)]
    return parts


def _told(parts: Iterable[str]) -> Names:
    names: list[str] = []
    complete = True
    for part in parts:
        word = _word(part)
        if word in _words()["others"] or stands_for_others(part):
            complete = False
        elif word in _words()["suffixes"] and names:
            names[-1] = f"{names[-1]}, {part}"
        elif part and word not in _words()["absent"]:
            names.append(part)
    return Names(tuple(names), complete)


def given_first(name: str) -> str:
    """A name in the order of print; one without a comma stays as it is.

    Example:
        >>> given_first("van der Maaten, Laurens"), given_first("King, Martin Luther Jr"), given_first("OpenAI")
        ('Laurens van der Maaten', 'Martin Luther King Jr', 'OpenAI')
    """
    family, comma, rest = name.partition(",")
    words = rest.split()
    if comma and len(words) > 1 and _word(words[-1]) in _words()["suffixes"]:
        return printed(f"{family}, {' '.join(words[:-1]).rstrip(',')}, {words[-1]}")
    return printed(name)


def initials_first(name: str) -> str:
    """A name in the order of print, also where initials follow the family's name without a comma.

    Example:
        >>> initials_first("Krähenbühl P."), initials_first("De Grassi AB"), initials_first("King ML Jr")
        ('P. Krähenbühl', 'AB De Grassi', 'ML King Jr')
        >>> initials_first("Wei, Colin"), initials_first("ATLAS Collaboration"), initials_first("Kim J.-H.")
        ('Colin Wei', 'ATLAS Collaboration', 'J.-H. Kim')
    """
    if "," in name:
        return given_first(name)
    words = name.split()
    suffix = [words.pop()] if len(words) > 2 and _word(words[-1]) in _words()["suffixes"] else []
    if len(words) < 2 or not _are_initials(words[-1]):
        return " ".join([*words, *suffix])
    # Scopus parts some initials by a space: "Petersen B. K."
    first = len(words) - 1
    while first > 1 and _are_initials(words[first - 1]) and words[first - 1].endswith("."):
        first -= 1
    return " ".join([*words[first:], *words[:first], *suffix])


def _are_initials(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return (
        0 < len(letters) <= _words()["initials"]
        and all(letter.isupper() for letter in letters)
        and _INITIALS.fullmatch(word) is not None
    )


def attributed(names: Sequence[str], told: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], int]:
    """Which author each id belongs to that a source gives by name, apart from the list of authors.

    Args:
        names: the authors as ``Family, Given``, in order.
        told: pairs of a name as ``Family, Given`` and an id; of two ids of one name the first counts.

    Returns:
        For each author the id or an empty text, and how many ids found no author: the name has to agree, or else
        family and first initial with those of one author alone.

    Example:
        >>> attributed(["Shah, Aashaka", "Krähenbühl, Philipp"], [("Krahenbuhl, P.", "0000-1"), ("Li, Bo", "0000-2")])
        (('', '0000-1'), 1)
    """
    ids = [""] * len(names)
    left = 0
    whole, short = _places(names, _whole), _places(names, _short)
    for name, found in told:
        places = whole.get(_whole(name)) or short.get(_short(name)) or []
        if len(places) != 1:
            left += 1
        elif not ids[places[0]]:
            ids[places[0]] = found
    return tuple(ids), left


def _places(names: Sequence[str], key: Callable[[str], str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        places.setdefault(key(name), []).append(index)
    return places


def _whole(name: str) -> str:
    family, _, given = name.partition(",")
    return f"{_letters(family)},{_letters(given)}"


def _short(name: str) -> str:
    family, _, given = name.partition(",")
    return f"{_letters(family)},{_letters(given)[:1]}"


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalpha, decomposed))


def _word(text: str) -> str:
    folded = text.strip().casefold()
    return folded.rstrip(".") or folded


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("kg.read").joinpath("author_names.toml").read_text(encoding="utf-8"))
