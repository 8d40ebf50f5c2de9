"""A second, smaller reader of the Markdown lists, to hold the first one against; it shares no code with it."""

from __future__ import annotations

import re
import unicodedata
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


_MARKUP = re.compile(r"[\\$~{}<>&]|``")
_FORMULA = re.compile(r"\$[^$]*\$|\\[(\[].*?\\[)\]]", re.DOTALL)
_NO_WORDS = re.compile(r"<[^<>]*>|https?://[^\s{}]*|\\[A-Za-z]+")


def reads_as_printed(text: str, printed: str) -> bool:
    """Whether a text is what was printed; where that holds mark-up, whether all letters outside formulas are left."""
    if not _MARKUP.search(printed):
        return text == printed
    left = iter(_letters(text))
    return all(letter in left for letter in _letters(_FORMULA.sub(" ", printed)))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _NO_WORDS.sub(" ", text))
    return re.sub("[^A-Za-z]", "", plain)


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
