"""Printed names to people: names that differ only in accents, dots, spaces or case are one person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from anyascii import anyascii

from kg.records import Author, Authorship, Paper
from kg.slugs import slug

_NOT_LETTERS = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """The normal form of a printed name: without case, accents, dots, hyphens and repeated spaces.

    A name in which transliteration loses letters keeps them as they are.

    Example:
        >>> name_key("Léonard  Hussenot") == name_key("Leonard Hussenot")
        True
        >>> name_key("D.P. Kingma") == name_key("D. P. Kingma")
        True
    """
    composed = unicodedata.normalize("NFKC", name)
    plain = "".join(anyascii(c) or c for c in composed if not _is_silent(c))
    return " ".join(_NOT_LETTERS.sub(" ", plain.lower()).split())


def _is_silent(character: str) -> bool:
    """Whether a character only changes the one before it (an accent), or is not seen at all (a soft hyphen)."""
    return unicodedata.category(character) in {"Mn", "Cf"} and not anyascii(character)


def resolve_authors(papers: Iterable[Paper]) -> tuple[tuple[Author, ...], tuple[Authorship, ...]]:
    """People and their authorships.

    Each person's id is the slug of the normal form of the name, so it stays when papers are added; the name
    shown is the one printed most often, the longest of those printed equally often.

    Args:
        papers: in any order.

    Returns:
        Authors by id, and authorships by paper and position; every printed name keeps its place.
    """
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    authorships = []
    for paper in papers:
        for position, name in enumerate(paper.authors, start=1):
            author = slug(name_key(name) or name)
            printed[author][name] += 1
            authorships.append(Authorship(paper.id, position, author, name))
    authors = tuple(_author(author, printed[author]) for author in sorted(printed))
    return authors, tuple(sorted(authorships, key=lambda a: (a.paper, a.position)))


def _author(identifier: str, printed: Counter[str]) -> Author:
    name = min(printed, key=lambda n: (-printed[n], -len(n), n))
    return Author(identifier, name, tuple(sorted(printed)))
