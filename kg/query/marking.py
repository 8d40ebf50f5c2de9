"""The words and colours that marks are shown by, from ``marked.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.query.marked import Mark, MarkedText
from kg.records import Kind, Role


@dataclass(frozen=True, slots=True)
class Marking:
    """The words and colours of marks.

    Attributes:
        kinds: the kinds of concepts in English.
        roles: the roles of concepts in English.
        states: what ``introduced`` and ``unasserted`` marks mean, in English.
        terminal: a background by kind, the ``ink`` on it, and letters without it, ending in _line, as ``#rrggbb``.
        light: the page's colours by name, by day; a kind's fill has the kind's name, its border ends in _line.
        dark: the same by night.
        indent: columns before the text on a terminal.
    """

    kinds: Mapping[str, str]
    roles: Mapping[str, str]
    states: Mapping[str, str]
    terminal: Mapping[str, str]
    light: Mapping[str, str]
    dark: Mapping[str, str]
    indent: int

    def told(self, mark: Mark) -> str:
        """What a mark says in one line: concept, role, confidence, and whether it was too unsure to count.

        Example:
            >>> from kg.records import Kind, Role
            >>> marking().told(Mark(0, 4, "Adam", Kind.METHOD, Role.USES, 0.9, asserted=True))
            'Adam: used, confidence 0.90'
        """
        unsure = "" if mark.asserted else f"; {self.states['unasserted']}"
        return f"{mark.concept}: {self.roles[mark.role]}, confidence {mark.confidence:.2f}{unsure}"


@cache
def marking() -> Marking:
    """The shipped words and colours."""
    table = tomllib.loads(files("kg.query").joinpath("marked.toml").read_text(encoding="utf-8"))
    indent = table["terminal"].pop("indent")
    return Marking(**table, indent=indent)


def samples() -> MarkedText:
    """The legend: a mark of each kind, one of something introduced, and one that is not asserted.

    Example:
        >>> samples().text
        'topic   method   data set   metric   introduced here   below the threshold, so no edge'
    """
    told = marking()
    shown: list[tuple[str, Kind, Role, bool]] = [
        *((told.kinds[kind], kind, Role.USES, True) for kind in Kind),
        (told.states["introduced"], Kind.METHOD, Role.INTRODUCES, True),
        (told.states["unasserted"], Kind.METHOD, Role.USES, False),
    ]
    text, marks = "", []
    for words, kind, role, asserted in shown:
        text += "   " if text else ""
        marks.append(Mark(len(text), len(text) + len(words), words, kind, role, 1.0, asserted))
        text += words
    return MarkedText(text, tuple(marks))
