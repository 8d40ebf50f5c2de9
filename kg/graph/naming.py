"""Names of communities, of which no two are the same."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class NamingSettings:
    """How communities are described and named.

    Attributes:
        kept: concepts that a community is described by, at most.
        in_label: concepts in its label.
        needed_papers: papers of the community that a concept must occur in, unless it has one paper only.
        needed_share: share of its papers that a concept must occur in.
        narrower_share: share of a concept's papers at which one narrower concept takes its place.
        broad_share: share of all papers beyond which a concept sets nobody apart...
        broad_papers: ...if it has more papers than these.
        between: what stands between two concepts of a label.
    """

    kept: int
    in_label: int
    needed_papers: int
    needed_share: float
    narrower_share: float
    broad_share: float
    broad_papers: int
    between: str


@cache
def naming_settings() -> NamingSettings:
    """The shipped settings.

    Example:
        >>> naming_settings().in_label
        2
    """
    table = tomllib.loads(files("kg.graph").joinpath("naming.toml").read_text(encoding="utf-8"))
    return NamingSettings(**table)


@dataclass(frozen=True, slots=True)
class Group:
    """What a community can be named by.

    Attributes:
        id: the id of its most connected member.
        concepts: labels of the concepts that set it apart, the most distinguishing first; may be empty.
        members: names of its members, the most connected first; at least one.
    """

    id: str
    concepts: tuple[str, ...]
    members: tuple[str, ...]


def names(groups: Sequence[Group], settings: NamingSettings) -> dict[str, str]:
    """A name for each group, by id; no two differ in case alone.

    A group is named after its first concepts, after its most connected members where it has none. Groups that
    would share a name all get a longer one: a further concept is added, then the most connected member, then
    that member's id.

    Args:
        groups: with different ids, in any order.
        settings: how many concepts stand in a label, and what between them.

    Example:
        >>> bees = Group("a", ("bees", "honey", "wax"), ("Ann", "Abe"))
        >>> more = Group("b", ("bees", "honey"), ("Bob",))
        >>> names([bees, more], naming_settings())
        {'a': 'bees · honey · wax', 'b': 'bees · honey (Bob)'}
    """
    ladders = {group.id: _ladder(group, settings) for group in groups}
    step = dict.fromkeys(ladders, 0)
    while True:
        found = {group: ladder[step[group]] for group, ladder in ladders.items()}
        taken = Counter(name.casefold() for name in found.values())
        shared = [group for group, name in found.items() if taken[name.casefold()] > 1]
        higher = [group for group in shared if step[group] + 1 < len(ladders[group])]
        if not higher:  # then none is shared: each ladder ends with an id
            return found
        for group in higher:
            step[group] += 1


def _ladder(group: Group, settings: NamingSettings) -> tuple[str, ...]:
    """Names for a group, each telling more than the one before; the last is no other group's last."""
    leader = group.members[0]
    if not group.concepts:
        return (*_people(group.members), f"{leader} ({group.id})")
    labels = tuple(dict.fromkeys(group.concepts))
    short = settings.between.join(labels[: settings.in_label])
    longer = settings.between.join(labels[: settings.in_label + 1])
    steps = (short, longer, f"{short} ({leader})", f"{short} ({group.id})")
    return tuple(dict.fromkeys(steps))


def _people(members: Sequence[str]) -> tuple[str, ...]:
    """One person, two people, or the first of many as citations have it; then with a further one."""
    if len(members) == 1:
        return (members[0],)
    if len(members) == 2:
        return (" and ".join(members),)
    return f"{members[0]} et al.", f"{members[0]}, {members[1]} et al."
