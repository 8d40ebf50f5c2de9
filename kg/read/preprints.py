"""What a preprint is: by its DOI, its venue, or a preprint server's id alone (``duplicates.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.identifiers import normalised
from kg.read.registries import address_id, known
from kg.records import Paper


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a preprint is known by, from ``duplicates.toml``."""

    dois: re.Pattern[str]
    venues: tuple[str, ...]
    registries: frozenset[str]


@cache
def _marks() -> _Marks:
    table = tomllib.loads(files("kg.read").joinpath("duplicates.toml").read_text(encoding="utf-8"))
    dois = re.compile("|".join(f"(?:{pattern})" for pattern in table["preprint_dois"]))
    return _Marks(dois, tuple(table["preprint_venues"]), frozenset(table["preprint_registries"]))


def is_preprint(paper: Paper) -> bool:
    """Whether a paper is a preprint: by its DOI; else by its venue; else it is known to a preprint server alone."""
    marks = _marks()
    if paper.doi:
        return marks.dois.fullmatch(paper.doi) is not None
    if paper.venue:
        return normalised(paper.venue).startswith(marks.venues)
    told = (address_id(paper), *map(known, paper.identifiers))
    return any(found.registry in marks.registries for found in told if found)
