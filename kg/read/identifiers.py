"""Ids of papers: from a record alone, whatever else is read with it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

from kg.slugs import slug

HASHED = "h-"  # what ids begin with that are made from title and first author


def identifier(
    title: str,
    authors: Sequence[str],
    year: int | None,
    venue: str | None,
    doi: str | None,
    number: str | None,
    key: str | None,
) -> str:
    """The id of a paper, from the surest that its record tells.

    Args:
        title: the title.
        authors: the names in order.
        year: the year, if known.
        venue: the venue, if known.
        doi: the bare DOI, if known.
        number: the number in a numbered list, if it stands in one.
        key: the source's own id, if it has one.

    Returns:
        venue, year and number for a numbered list; else the DOI; else the source's id; else a hash.

    Example:
        >>> identifier("T", ["A"], 2021, "ICLR", None, "36", None)
        'iclr-2021-0036'
        >>> identifier("T", ["A"], 2021, "ICLR", "10.1000/xyz", None, "k")
        '10-1000-xyz'
        >>> identifier("The Title!", ["A"], None, None, None, None, None) == identifier(
        ...     "The title", ["A"], 2021, "ICLR", None, None, None)
        True
    """
    if number is not None and venue and year is not None:
        return f"{slug(venue)}-{year}-{number.zfill(4)}"
    if doi:
        return slug(doi)
    if key and key.strip():
        return slug(key)
    content = f"{normalised(title)}\0{normalised(authors[0]) if authors else ''}"
    return HASHED + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def normalised(text: str) -> str:
    """Letters and digits alone, in one case and one Unicode form: titles that differ no more are the same.

    Example:
        >>> normalised("Deformable DETR:  a Study") == normalised("deformable DETR, a study")
        True
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded)) or folded
