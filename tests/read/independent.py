"""A second, smaller reader of the Markdown lists, to hold the first one against; it shares no code with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAPER = re.compile(
    r"## \[(?P<number>\d+)\] (?P<title>[^\n]*)\n\n"
    r"\*\*Authors\*\*: \*(?P<authors>[^\n]*)\*\n\n"
    r"\*\*Conference\*\*: \*(?P<venue>\w+) (?P<year>\d{4})\*\n\n"
    r"\*\*URL\*\*: \[[^\n]*\]\((?P<url>[^\n]*)\)\n\n"
    r"\*\*Abstract\*\*:\n\n(?P<abstract>.*?)\n+----\n",
    re.DOTALL,
)


@dataclass(frozen=True)
class Printed:
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int
    url: str
    abstract: str


def printed_papers(text: str) -> dict[str, Printed]:
    """Every paper by its id."""
    return {
        f"{m['venue']}-{m['year']}-{int(m['number']):04}": Printed(
            m["title"],
            tuple(m["authors"].split(", ")) if m["authors"] else (),
            m["venue"],
            int(m["year"]),
            m["url"],
            m["abstract"].strip(),
        )
        for m in _PAPER.finditer(text)
    }
