"""What a user says about who is who: a tab-separated file that is obeyed, and recorded as the reason.

One line a statement: ``same`` or ``different``, two people, and a reason. A person is a printed name, or one name on
one paper, as the paper's id, a colon and the position from 1::

    same	Yann Le Cun	Yann LeCun	his home page
    different	iclr-2021-0036:2	iclr-2021-0112:1	two people, see their affiliations

Empty lines and lines that begin with ``#`` are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.read.source import ReadError, open_source

_SIGNATURE = re.compile(r"([a-z0-9-]+):([1-9][0-9]*)")
_VERDICTS = {"same": True, "different": False}


@dataclass(frozen=True, slots=True)
class Override:
    """One statement.

    Attributes:
        same: whether the two are one person.
        one: a printed name, or a paper's id and a position.
        other: likewise.
        reason: as given; may be empty.
        place: the file and line.
    """

    same: bool
    one: str | tuple[str, int]
    other: str | tuple[str, int]
    reason: str
    place: str


def read_overrides(path: Path) -> tuple[Override, ...]:
    """The statements of a file, in its order.

    Args:
        path: UTF-8, tab-separated.

    Raises:
        ReadError: where the file cannot be read, or a line is no statement; the message names file and line.
    """
    found = []
    for number, line in open_source(path, str(path)).lines():
        if line.strip() and not line.startswith("#"):
            found.append(_override(line, f"{path}:{number}"))
    return tuple(found)


def _override(line: str, place: str) -> Override:
    verdict, *rest = (part.strip() for part in line.split("\t"))
    if verdict not in _VERDICTS or len(rest) not in (2, 3) or not all(rest[:2]):
        raise ReadError(
            f"{place}: not a statement; write same or different, two people and a reason, parted by tabs"
        )
    one, other = (_person(text) for text in rest[:2])
    if one == other:
        raise ReadError(f"{place}: one person twice; name two, as printed or as PAPER:POSITION")
    return Override(_VERDICTS[verdict], one, other, rest[2] if len(rest) == 3 else "", place)


def _person(text: str) -> str | tuple[str, int]:
    match = _SIGNATURE.fullmatch(text)
    return (match[1], int(match[2])) if match else text
