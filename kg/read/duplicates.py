"""Papers that stand twice are merged; different papers with one id are told apart.

Both are decided by what the papers say, never by the order in which they were read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from string import ascii_lowercase
from typing import Any

from kg.read.identifiers import normalised
from kg.read.preprints import is_preprint
from kg.read.sameness import person_key, same_papers
from kg.records import Notice, Paper, Severity


def distinct(papers: Sequence[Paper]) -> tuple[list[Paper], list[Notice]]:
    """Every paper once, each with an id of its own.

    Two papers are the same where the DOI or another id is, where title, authors and abstract are, where id and
    title are, or where a long title and an author are and the years are at most one apart; never where they have
    two DOIs (:mod:`kg.read.sameness`). The fullest record stays, one of a preprint only among its like, and takes
    from the others what it lacks. Of different papers with one id the first by content keeps it, the next gets
    ``-b``.

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
    for same in same_papers(papers):
        first, *others = sorted(same, key=_fullest_first) if len(same) > 1 else same
        kept = first
        for other in others:
            kept = _filled(kept, other)
            reason = f"the same paper as {first.location}{_differing(first, other)}; merged"
            notices.append(Notice(other.location, Severity.WARNING, reason))
        merged.append(kept)
    return merged, notices


def _filled(paper: Paper, other: Paper) -> Paper:
    """The paper with what it lacks taken from the other, also the end of a list of authors that was cut short."""
    if set(map(person_key, paper.authors)) < set(map(person_key, other.authors)):
        ids = _author_ids(other, paper)
        paper = replace(paper, authors=other.authors, author_ids=ids)
    return replace(
        paper,
        author_ids=_author_ids(paper, other),
        abstract=paper.abstract or other.abstract,
        year=other.year if paper.year is None else paper.year,
        venue=paper.venue or other.venue,
        url=paper.url or other.url,
        doi=paper.doi or other.doi,
        identifiers=tuple(sorted({*paper.identifiers, *other.identifiers})),
    )


def _author_ids(paper: Paper, other: Paper) -> tuple[str, ...]:
    """The ids of a paper's people, and of those without one the other's where but one name of both lists is alike."""
    if not paper.authors or not other.author_ids:
        return paper.author_ids
    own = paper.author_ids or ("",) * len(paper.authors)
    if paper.authors == other.authors:
        theirs: Sequence[str] = other.author_ids
    else:
        here, there = (list(map(person_key, one.authors)) for one in (paper, other))
        once = {key for key, n in Counter(here).items() if n == 1} & {
            key for key, n in Counter(there).items() if n == 1
        }
        by_key = dict(zip(there, other.author_ids, strict=True))
        theirs = [by_key[key] if key in once else "" for key in here]
    filled = tuple(mine or their for mine, their in zip(own, theirs, strict=True))
    return filled if any(filled) else ()


def _differing(kept: Paper, other: Paper) -> str:
    """What the record that stays says otherwise than one that goes."""
    told: list[str] = []
    if other.title != kept.title:
        told.append(f"the title is {_quoted(kept.title)}")
    if other.year is not None and other.year != kept.year is not None:
        told.append(f"the year is {kept.year} (here {other.year})")
    if other.venue and kept.venue and normalised(other.venue) != normalised(kept.venue):
        told.append(f"the venue is {_quoted(kept.venue)} (here {_quoted(other.venue)})")
    if other.authors and kept.authors and not _same_people(kept, other):
        told.append(f"the authors are {_names(kept)} (here {_names(other)})")
    return f", where {' and '.join(told)}" if told else ""


def _same_people(one: Paper, other: Paper) -> bool:
    return one.authors == other.authors or list(map(person_key, one.authors)) == list(
        map(person_key, other.authors)
    )


def _names(paper: Paper) -> str:
    return f"{len(paper.authors)}: {_quoted(', '.join(paper.authors))}"


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
    return (is_preprint(paper), -sum(map(bool, given)), -len(paper.abstract), *_content(paper))


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
        paper.identifiers,
        paper.location.file,
        paper.location.line,
    )


def _quoted(text: str, longest: int = 80) -> str:
    return f'"{text}"' if len(text) <= longest else f'"{text[:longest]}..."'
