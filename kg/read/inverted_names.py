"""Names that an index prints family name first, in the order of print.

Unlike BibTeX, which writes ``King, Jr., Martin Luther``, most indexes put the suffix last: ``King, Martin Luther,
Jr.`` (RIS format specification, https://refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html); both are read.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def printed(name: str) -> str:
    """A name in the order of print.

    Args:
        name: ``Family, Given``, ``Family, Given, Suffix`` or a name without a comma, which stays as it is.

    Example:
        >>> printed("van der Maaten, Laurens"), printed("Maaten, Laurens van der"), printed("Vaswani,A.")
        ('Laurens van der Maaten', 'Laurens van der Maaten', 'A. Vaswani')
        >>> printed("King, Martin Luther, Jr."), printed("King, Jr., Martin Luther")
        ('Martin Luther King Jr.', 'Martin Luther King Jr.')
        >>> printed("World Health Organization,"), printed("Barnes and Noble, Inc.")
        ('World Health Organization', 'Barnes and Noble, Inc.')
    """
    parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts)
    family, *rest = parts
    if len(rest) == 1 and _is(rest[0], "companies"):
        return f"{family}, {rest[0]}"
    given = [part for part in rest if not _is(part, "suffixes")]
    suffixes = [part for part in rest if _is(part, "suffixes")]
    return " ".join([*given, family, *suffixes])


def stands_for_others(name: str) -> bool:
    """Whether a name is no name but says that more authors follow.

    Example:
        >>> stands_for_others("et al."), stands_for_others("Al Roth")
        (True, False)
    """
    return _is(" ".join(name.split()), "others")


def _is(text: str, kind: str) -> bool:
    return text.lower() in _words()[kind] or text.lower().rstrip(".,") in _words()[kind]


@cache
def _words() -> dict[str, frozenset[str]]:
    text = files("kg.read").joinpath("inverted_names.toml").read_text(encoding="utf-8")
    return {kind: frozenset(words) for kind, words in tomllib.loads(text).items()}
