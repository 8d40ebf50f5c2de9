"""A draft: what a format reader found in one record, before it is cleaned and gets its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.read.source import Source
from kg.records import Notice

_YEAR_AT_END = re.compile(r"[\s,][0-9]{4}")


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as its source has it, nothing checked.

    Attributes:
        line: 1-based line of the record's first line.
        title: as printed; may be empty.
        authors: as printed, in order; names may be empty.
        abstract: as printed; may be empty.
        year: as given, a number or text with a year in it.
        venue: as printed, without its year.
        url: as given.
        doi: as given, bare or as an address.
        number: the record's number in a numbered list.
        key: the source's own id for it.
        author_ids: for each author what the source identifies the person by, or an empty text; may be empty.
        identifiers: further ids of the paper as web addresses, such as ``https://arxiv.org/abs/2010.04159``,
            ``https://openalex.org/W3092462694``, ``https://openreview.net/forum?id=gZ9hCDWe6ke``,
            ``https://dblp.org/rec/conf/iclr/ZhuSLLWD21``, ``https://pubmed.ncbi.nlm.nih.gov/33526905``; not the DOI.
    """

    line: int
    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    year: str | int | None = None
    venue: str | None = None
    url: str | None = None
    doi: str | None = None
    number: str | None = None
    key: str | None = None
    author_ids: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


class Format(Protocol):
    """What each module of a format offers.

    Attributes:
        NAME: its name for people.
        EXTENSIONS: how its files' names end, in lower case, with the dot.
    """

    NAME: str
    EXTENSIONS: tuple[str, ...]

    def sniff(self, head: str) -> bool:
        """Whether a text that begins so is likely to be of this format; sure to be false for the others."""

    def read(self, source: Source) -> Iterator[Draft | Notice]:
        """The records of a source, in its order, with notices of what could not be read."""


def split_year(printed: str) -> tuple[str, str | None]:
    """A venue as printed, split into its name and the year at its end.

    Example:
        >>> split_year("iclr 2021"), split_year("Nature")
        (('iclr', '2021'), ('Nature', None))
    """
    venue = printed.strip()
    if not _YEAR_AT_END.fullmatch(venue[-5:]):
        return venue, None
    return venue[:-5].rstrip(" ,\t\n"), venue[-4:]
