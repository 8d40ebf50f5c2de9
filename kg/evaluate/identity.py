"""How well printed names are resolved to people, held against curated identities.

B-cubed (Bagga and Baldwin, Entity-based cross-document coreferencing, 1998) weighs every signature alike; pairwise
precision and recall weigh every two signatures alike, so that people with many papers count more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.lines import read_records
from kg.records import Authorship

Signature = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well one clustering agrees with another, each from 0 to 1, larger is better.

    Attributes:
        precision: how much of what is put together belongs together.
        recall: how much of what belongs together is put together.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """What is measured of one group of signatures.

    Attributes:
        group: which signatures.
        signatures: how many.
        people: how many people they are.
        b_cubed: by signature.
        pairwise: by pair of signatures.
    """

    group: str
    signatures: int
    people: int
    b_cubed: Agreement
    pairwise: Agreement


def b_cubed(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> Agreement:
    """Mean over things of the share of its cluster that is right, and of its class that is found.

    Args:
        found: the cluster of each thing.
        wanted: the class of each.

    Example:
        >>> round(b_cubed("aab", "aaa").recall, 3)
        0.556
    """
    cells, rows, columns = Counter(zip(found, wanted, strict=True)), Counter(found), Counter(wanted)
    total = max(1, len(found))
    return Agreement(
        sum(n * n / rows[row] for (row, _), n in cells.items()) / total,
        sum(n * n / columns[column] for (_, column), n in cells.items()) / total,
    )


def pairwise(found: Sequence[Hashable], wanted: Sequence[Hashable]) -> Agreement:
    """The share of pairs in one cluster that are of one class, and of pairs of one class that are in one cluster.

    Example:
        >>> pairwise("aab", "aaa")
        Agreement(precision=1.0, recall=0.3333333333333333)
    """
    right, together, wanted_together = (
        sum(n * (n - 1) // 2 for n in Counter(things).values())
        for things in (list(zip(found, wanted, strict=True)), found, wanted)
    )
    return Agreement(
        right / together if together else 1.0, right / wanted_together if wanted_together else 1.0
    )


def read_signatures(path: Path) -> dict[Signature, str]:
    """Curated identities: for each signature, a paper's id and a position from 1, the person.

    Args:
        path: JSON Lines, gzip or plain, one object a line: ``paper``, ``position``, ``person``.

    Raises:
        kg.read.source.ReadError: where the file cannot be read, with the line at fault.
    """
    found = {}
    for record in read_records(path):
        position = record.values.get("position")
        if not isinstance(position, int) or isinstance(position, bool) or position < 1:
            raise record.fault('"position" must be a number from 1')
        found[record.text("paper"), position] = record.text("person")
    return found


def evaluate_identity(
    authorships: Iterable[Authorship],
    curated: Mapping[Signature, str],
    names: Mapping[str, str] | None = None,
) -> tuple[Quality, ...]:
    """Hold resolved authors against curated identities.

    Signatures that nobody curated count, among everyone, as one person for each printed name.

    Args:
        authorships: with the id of the resolved author.
        curated: the person of curated signatures.
        names: the id of each paper in the curated file by the id that the reader gave it, where these differ.

    Returns:
        For people with several spellings, for shared names (one quality each name, and all of them), for everyone.
    """
    found: dict[Signature, str] = {}
    printed: dict[Signature, str] = {}
    for one in authorships:
        signature = ((names or {}).get(one.paper, one.paper), one.position)
        found[signature], printed[signature] = one.author, one.name_as_printed
    known = {signature: person for signature, person in curated.items() if signature in found}
    spellings: dict[str, set[str]] = defaultdict(set)
    bearers: dict[str, set[str]] = defaultdict(set)
    for signature, person in known.items():
        spellings[person].add(printed[signature])
        bearers[printed[signature]].add(person)
    shared = {name for name, people in bearers.items() if len(people) > 1}
    several = [s for s, p in known.items() if len(spellings[p]) > 1 and not spellings[p] & shared]
    groups = [("several spellings", several)]
    groups += [(f"shared name: {name}", [s for s in known if printed[s] == name]) for name in sorted(shared)]
    groups.append(("everyone", list(found)))
    people = {s: known.get(s) or f"\0{printed[s]}" for s in found}
    return tuple(_quality(name, members, found, people) for name, members in groups)


def _quality(
    group: str, members: Sequence[Signature], found: Mapping[Signature, str], people: Mapping[Signature, str]
) -> Quality:
    mine, theirs = [found[s] for s in members], [people[s] for s in members]
    return Quality(group, len(members), len(set(theirs)), b_cubed(mine, theirs), pairwise(mine, theirs))
