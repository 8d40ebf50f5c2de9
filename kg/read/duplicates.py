"""Papers that stand twice are merged; different papers with one id are told apart.

Both are decided by what the papers say, never by the order in which they were read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from string import ascii_lowercase
from typing import Any

from kg.read.identifiers import HASHED, normalised
from kg.records import Notice, Paper, Severity


def distinct(papers: Sequence[Paper]) -> tuple[list[Paper], list[Notice]]:
    """Every paper once, each with an id of its own.

    Two papers are the same where title, authors and abstract are equal, where id and title are, or where the DOI
    is. The fullest record stays and takes from the others what it lacks. Of different papers with one id the first
    by content keeps it, the next gets ``-b``.

    Args:
        papers: as read, in any order.

    Returns:
        The papers sorted by id, and a warning for each that was merged or renamed.
    """
    merged, merge_notices = _merge(papers)
    named, name_notices = _tell_apart(merged)
    return sorted(named, key=lambda paper: paper.id), merge_notices + name_notices


def _merge(papers: Sequence[Paper]) -> tuple[list[Paper], list[Notice]]:
    merged: list[Paper] = []
    notices: list[Notice] = []
    for same in _same(papers):
        first, *others = sorted(same, key=_fullest_first) if len(same) > 1 else same
        kept = first
        for other in others:
            kept = _filled(kept, other)
            titles = "" if other.title == first.title else f", where the title is {_quoted(first.title)}"
            reason = f"the same paper as {first.location}{titles}; merged"
            notices.append(Notice(other.location, Severity.WARNING, reason))
        merged.append(kept)
    return merged, notices


def _same(papers: Sequence[Paper]) -> list[list[Paper]]:
    """The papers in groups of the same, by union-find over the keys that they share."""
    parent = list(range(len(papers)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    seen: dict[Hashable, int] = {}
    for index, paper in enumerate(papers):
        for key in _keys(paper):
            parent[root(index)] = root(seen.setdefault(key, index))
    groups: dict[int, list[Paper]] = defaultdict(list)
    for index, paper in enumerate(papers):
        groups[root(index)].append(paper)
    return list(groups.values())


def _keys(paper: Paper) -> Iterator[Hashable]:
    """What only the same paper shares.

    Editorials repeat title and author every year, so where there is no abstract, or the id is but a hash of title
    and author, the year must be the same as well.
    """
    if paper.abstract:
        yield "text", paper.title, paper.authors, paper.abstract
    elif paper.authors:
        yield "bare", paper.title, paper.authors, paper.year, paper.venue
    yield "id", paper.id, normalised(paper.title), paper.year if paper.id.startswith(HASHED) else None
    if paper.doi:
        yield "doi", paper.doi


def _filled(paper: Paper, other: Paper) -> Paper:
    """The paper with what it lacks taken from the other."""
    return replace(
        paper,
        authors=paper.authors or other.authors,
        author_ids=paper.author_ids or (other.author_ids if paper.authors in ((), other.authors) else ()),
        abstract=paper.abstract or other.abstract,
        year=other.year if paper.year is None else paper.year,
        venue=paper.venue or other.venue,
        url=paper.url or other.url,
        doi=paper.doi or other.doi,
    )


def _tell_apart(papers: Sequence[Paper]) -> tuple[list[Paper], list[Notice]]:
    by_id: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_id[paper.id].append(paper)
    taken = set(by_id)
    named: list[Paper] = []
    notices: list[Notice] = []
    for identifier in sorted(by_id):
        first, *others = sorted(by_id[identifier], key=_content)
        named.append(first)
        free = (f"{identifier}-{suffix}" for suffix in _suffixes())
        for other in others:
            own = next(name for name in free if name not in taken)
            taken.add(own)
            named.append(replace(other, id=own))
            reason = f"the id {identifier} belongs to the paper at {first.location}; this one is {own}"
            notices.append(Notice(other.location, Severity.WARNING, reason))
    return named, notices


def _suffixes() -> Iterator[str]:
    """b, c, ..., z, then b2, c2, ..."""
    for turn in count(1):
        yield from (letter if turn == 1 else f"{letter}{turn}" for letter in ascii_lowercase[1:])


def _fullest_first(paper: Paper) -> tuple[Any, ...]:
    given = (paper.authors, paper.abstract, paper.year, paper.venue, paper.url, paper.doi)
    return (-sum(map(bool, given)), -len(paper.abstract), *_content(paper))


def _content(paper: Paper) -> tuple[Any, ...]:
    """An order by what the paper says; by place only where two say the same."""
    return (
        paper.id,
        paper.title,
        paper.authors,
        paper.abstract,
        paper.year or 0,
        paper.venue or "",
        paper.url or "",
        paper.doi or "",
        paper.author_ids,
        paper.location.file,
        paper.location.line,
    )


def _quoted(title: str, longest: int = 80) -> str:
    return f'"{title}"' if len(title) <= longest else f'"{title[:longest]}..."'
