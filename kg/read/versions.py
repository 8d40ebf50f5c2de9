"""Preprints and what became of them.

A preprint with a DOI of its own and the published paper stay two papers, for their texts, years and people may
differ; that one is a version of the other is told.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.preprints import is_preprint
from kg.read.sameness import signed_titles
from kg.records import Notice, Paper, Severity


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """That a paper is an earlier version of another (dcterms:isVersionOf).

    Attributes:
        preprint: the id of the earlier paper.
        published: the id of the later one.
    """

    preprint: str
    published: str


@cache
def _years() -> int:
    text = files("kg.read").joinpath("duplicates.toml").read_text(encoding="utf-8")
    return int(tomllib.loads(text)["version_years"])


def versions(papers: Sequence[Paper]) -> tuple[tuple[Version, ...], list[Notice]]:
    """The preprints among different papers, each with the earliest published paper that it can have become.

    The two share the title and an author, or an id such as arXiv's; the preprint is at most some years older and
    at most one younger (``duplicates.toml``).

    Args:
        papers: each once, with ids of their own, in any order.

    Returns:
        The versions, sorted, and a warning for each.
    """
    keys = dict(signed_titles(papers))
    buckets: dict[Hashable, list[Paper]] = defaultdict(list)
    for paper in papers:
        for key in keys.get(paper.id, ()):
            buckets[key].append(paper)
    published = {
        key: sorted(((p.year or 0, p.id, p) for p in bucket if not is_preprint(p)), key=lambda each: each[:2])
        for key, bucket in buckets.items()
        if len(bucket) > 1
    }
    found: list[Version] = []
    notices: list[Notice] = []
    for paper in sorted(papers, key=lambda paper: paper.id):
        if any(published.get(key) for key in keys.get(paper.id, ())) and is_preprint(paper):
            became = min(_successors(paper, (published.get(key, []) for key in keys[paper.id])), default=None)
            if became:
                later = became[2]
                found.append(Version(paper.id, later.id))
                reason = f"a preprint of the paper {later.id} at {later.location}; both are kept"
                notices.append(Notice(paper.location, Severity.WARNING, reason))
    return tuple(found), notices


def _successors(
    paper: Paper, candidates: Iterable[list[tuple[int, str, Paper]]]
) -> Iterable[tuple[int, str, Paper]]:
    """From each list, sorted by year, the first that the preprint can have become."""
    first = (paper.year or 0) - 1
    for bucket in candidates:
        place = bisect_left(bucket, first, key=lambda each: each[0])
        if place < len(bucket) and (not paper.year or bucket[place][0] <= paper.year + _years()):
            yield bucket[place]
