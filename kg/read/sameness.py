"""Which records are of one paper: groups by the keys that they share, never holding two papers that are told apart.

Groups grow in rounds, the surest keys first. In a round, groups that share a key belong together; where that would
join two that are told apart (by two DOIs, say), those stay apart, and each group between them goes to the one that it
shares most keys with, or stays on its own where two are as near. No order of the records enters.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.identifiers import HASHED, normalised
from kg.read.preprints import is_preprint
from kg.read.registries import KnownId, address_id, told_ids
from kg.records import Paper

_Group = list[int]
_Keys = Sequence[Sequence[Hashable]]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What tells that two records are of one paper, from ``duplicates.toml``."""

    title_characters: int
    years_apart: int


@cache
def _evidence() -> _Evidence:
    table = tomllib.loads(files("kg.read").joinpath("duplicates.toml").read_text(encoding="utf-8"))
    return _Evidence(table["title_characters"], table["years_apart"])


def same_papers(papers: Sequence[Paper]) -> list[list[Paper]]:
    """The records in groups of one paper each.

    In turn one are those with one DOI; then those that share an id, or id and title, or the whole text; then those
    of one title and year with an author in common; then those whose years are few enough apart; then those without
    a year. Two DOIs are always two papers, two ids of one registry are from the third round on; so are two venues
    where the years differ or one is unknown, for what stands in two proceedings was published twice.
    """
    ids = [tuple(told_ids(paper)) for paper in papers]
    own = [tuple(_own_keys(paper)) for paper in papers]
    titles = dict(_signed(papers))
    signed = [titles.get(index, ()) for index in range(len(papers))]
    dois = [frozenset(each.registry for each in told) & {"doi"} for told in ids]
    registered = [_registries(paper, told) for paper, told in zip(papers, ids, strict=True)]
    published = [
        kinds | ({"venue"} if paper.venue and not is_preprint(paper) else set())
        for paper, kinds in zip(papers, registered, strict=True)
    ]
    year = [frozenset({"year"} if paper.year is not None else ()) for paper in papers]
    windows = _evidence().years_apart
    groups = [[index] for index in range(len(papers))]
    groups = _joined(groups, [[each for each in told if each.registry == "doi"] for told in ids], None)
    groups = _joined(groups, [(*told, *keys) for told, keys in zip(ids, own, strict=True)], dois)
    at_venue = [one | other for one, other in zip(registered, year, strict=True)]
    elsewhere = [one | other for one, other in zip(published, year, strict=True)]
    rounds: list[tuple[_Keys, list[frozenset[str]]]] = [
        ([_dated(one, p.year, 0) for one, p in zip(signed, papers, strict=True)], registered),
        ([_dated(one, p.year, windows) for one, p in zip(signed, papers, strict=True)], published),
        (
            [[(k, normalised(p.venue or "")) for k in one] for one, p in zip(signed, papers, strict=True)],
            at_venue,
        ),
        (signed, elsewhere),
    ]
    for keys, apart in rounds:
        groups = _joined(groups, keys, apart)
    return [[papers[index] for index in group] for group in groups]


def _registries(paper: Paper, told: Sequence[KnownId]) -> frozenset[str]:
    address = address_id(paper)
    return frozenset(each.registry for each in (*told, address) if each)


def signed_titles(papers: Sequence[Paper]) -> Iterator[tuple[str, tuple[Hashable, ...]]]:
    """By the id of a paper what only versions of it share: its title with each author, and ids but the DOI."""
    signed = dict(_signed(papers))
    for index, paper in enumerate(papers):
        ids = (each for each in told_ids(paper) if each.registry != "doi")
        yield paper.id, (*signed.get(index, ()), *ids)


def person_key(name: str) -> str:
    """What two ways to print a name have in common: the first letter and the last word.

    Example:
        >>> person_key("X. Zhu") == person_key("Xizhou Zhu"), person_key("Jos\\u00e9 P\\u00e9rez")
        (True, 'j perez')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    words = plain.replace(".", " ").split()
    return f"{words[0][0]} {words[-1]}" if words else ""


def _own_keys(paper: Paper) -> Iterator[Hashable]:
    """What only the same paper shares beside ids of registries.

    Editorials repeat title and author every year, so where there is no abstract, or the id is but a hash of title
    and author, the year must be the same as well.
    """
    if paper.abstract:
        yield "text", paper.title, paper.authors, paper.abstract
    elif paper.authors:
        yield "bare", paper.title, paper.authors, paper.year, paper.venue
    if address := address_id(paper):
        yield address, normalised(paper.title)
    yield "id", paper.id, normalised(paper.title), paper.year if paper.id.startswith(HASHED) else None


def _signed(papers: Sequence[Paper]) -> Iterator[tuple[int, tuple[Hashable, ...]]]:
    """Each title that stands more than once and is long enough, with each of its authors."""
    titles = [normalised(paper.title) for paper in papers]
    often = Counter(titles)
    for index, (title, paper) in enumerate(zip(titles, papers, strict=True)):
        if often[title] > 1 and len(title) >= _evidence().title_characters:
            people = sorted(set(filter(None, map(person_key, paper.authors))))
            yield index, tuple((title, person) for person in people)


def _dated(titles: Iterable[Hashable], year: int | None, years: int) -> list[Hashable]:
    """The titles with windows of years: those that are few enough years apart share a window."""
    if year is None:
        return []
    return [(title, year + after) for title in titles for after in range(years + 1)]


def _joined(groups: Sequence[_Group], keys: _Keys, apart: Sequence[frozenset[str]] | None) -> list[_Group]:
    """The groups after a round.

    Args:
        groups: the groups so far, of indices.
        keys: by index, what joins.
        apart: by index, the kinds of what tells papers apart; two groups that both have one kind are two papers.
    """
    held = [{key for index in group for key in keys[index]} for group in groups]
    bearers: dict[Hashable, list[int]] = defaultdict(list)
    for number, own in enumerate(held):
        for key in own:
            bearers[key].append(number)
    out: list[_Group] = []
    for component in _components(range(len(groups)), held, bearers):
        for cluster in _clusters(component, groups, held, bearers, apart) if apart else [component]:
            out.append([index for number in cluster for index in groups[number]])
    return out


def _clusters(
    component: list[int],
    groups: Sequence[_Group],
    held: Sequence[set[Hashable]],
    bearers: Mapping[Hashable, list[int]],
    apart: Sequence[frozenset[str]],
) -> list[list[int]]:
    """A component, taken apart where it holds groups that are told apart."""
    kinds = {n: frozenset(kind for index in groups[n] for kind in apart[index]) for n in component}
    counts = Counter(kind for own in kinds.values() for kind in own)
    fixed = {n: [n] for n in component if any(counts[kind] > 1 for kind in kinds[n])}
    if not fixed:
        return [component]
    alone: list[list[int]] = []
    for cluster in _components([n for n in component if n not in fixed], held, bearers):
        votes = Counter(
            n for key in {k for n in cluster for k in held[n]} for n in bearers[key] if n in fixed
        )
        most = max(votes.values())
        nearest = [n for n, count in votes.items() if count == most]
        if len(nearest) == 1:
            fixed[nearest[0]].extend(cluster)
        else:
            alone.append(cluster)
    return [*fixed.values(), *alone]


def _components(
    numbers: Iterable[int], held: Sequence[set[Hashable]], bearers: Mapping[Hashable, list[int]]
) -> list[list[int]]:
    """The connected components of groups that share keys, by union-find over each key's first bearer."""
    parent = {number: number for number in numbers}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    seen: dict[Hashable, int] = {}
    for number in parent:
        for key in held[number]:
            if len(bearers[key]) > 1:
                parent[root(number)] = root(seen.setdefault(key, number))
    found: dict[int, list[int]] = defaultdict(list)
    for number in parent:
        found[root(number)].append(number)
    return list(found.values())
