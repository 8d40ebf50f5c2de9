"""A difference by cause: counts, counts by property, and the examples that matter most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.diff.causes import ORDER, Causes
from kg.diff.compare import Difference, Side
from kg.diff.ledger import Change, Kind
from kg.diff.schema import schema
from kg.diff.settings import settings
from kg.diff.wording import Told, Wording, lexical, number


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements were added, removed and changed."""

    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one cause, or of several that hold together.

    Attributes:
        cause: the causes in English, joined by "and".
        counts: of all its changes.
        predicates: of each property, by its label, the most changes first.
        changes: its changes, those that matter most first.
    """

    cause: str
    counts: Counts
    predicates: tuple[tuple[str, Counts], ...]
    changes: tuple[Change, ...]


def wording(difference: Difference) -> Wording:
    """The words for a difference."""
    return Wording(difference.names, schema(), settings())


def groups(difference: Difference) -> tuple[Group, ...]:
    """The changes by cause, in the order of :class:`kg.diff.causes.Cause`."""
    by_cause: dict[Causes, list[Change]] = defaultdict(list)
    for change, causes in difference.changes:
        by_cause[causes].append(change)
    return tuple(
        _group(causes, changes)
        for causes, changes in sorted(by_cause.items(), key=lambda item: [ORDER[c] for c in item[0]])
    )


def top(group: Group, most: int, of_predicate: int) -> Iterator[Change]:
    """The first changes of a group, of each property only so many."""
    seen: Counter[str] = Counter()
    for change in group.changes:
        seen[change.subject.predicate] += 1
        if seen[change.subject.predicate] <= of_predicate:
            yield change
            most -= 1
        if not most:
            return


def as_dict(difference: Difference) -> dict[str, Any]:
    """All of a difference as plain types, for JSON."""
    words = wording(difference)
    return {
        "old": _side(difference.old),
        "new": _side(difference.new),
        "equal": not difference,
        "triples": {"added": difference.new.only, "removed": difference.old.only},
        "causes": [
            {
                "cause": group.cause,
                **asdict(group.counts),
                "predicates": [{"predicate": name, **asdict(counts)} for name, counts in group.predicates],
                "changes": [_plain(change, words.tell(change)) for change in group.changes],
            }
            for group in groups(difference)
        ],
    }


def _plain(change: Change, told: Told) -> dict[str, Any]:
    return {
        "kind": told.kind.value,
        "about": told.iri,
        "name": told.about,
        "predicate": change.subject.predicate,
        "label": told.predicate,
        "what": told.what,
        "old": dict(told.old),
        "new": dict(told.new),
    }


def _side(side: Side) -> dict[str, Any]:
    run = side.build.run
    told = {
        "version": run.version,
        "extractor": run.extractor,
        "vocabulary": run.vocabulary,
        "corpus": run.corpus,
    }
    return {
        "triples": side.triples,
        "papers": len(side.build.papers),
        "run": {
            "iri": run.identifier,
            **{name: lexical(literal) if literal else "" for name, literal in told.items()},
        },
    }


def _group(causes: Causes, changes: Sequence[Change]) -> Group:
    by_predicate: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_predicate[schema().label(change.subject.predicate)].append(change)
    predicates = sorted(by_predicate.items(), key=lambda item: (-len(item[1]), item[0]))
    return Group(
        cause=" and ".join(causes),
        counts=_counts(changes),
        predicates=tuple((name, _counts(of_it)) for name, of_it in predicates),
        changes=tuple(sorted(changes, key=_weight)),
    )


def _counts(changes: Sequence[Change]) -> Counts:
    kinds = Counter(change.kind for change in changes)
    return Counts(kinds[Kind.ADDED], kinds[Kind.REMOVED], kinds[Kind.CHANGED])


def _weight(change: Change) -> tuple[int, str, int, float]:
    """Before what comes first; numbers by how far they moved. Sorting keeps the order of what weighs the same."""
    order = settings().first
    predicate = change.subject.predicate
    place = order.index(predicate) if predicate in order else len(order)
    kinds = settings().kinds
    kind = kinds.index(change.subject.kind) if change.subject.kind in kinds else len(kinds)
    return place, predicate, kind, -_moved(change)


def _moved(change: Change) -> float:
    """How far a number moved, as a share of the larger one; 0 for what is no number."""
    old, new = number(change.old), number(change.new)
    if old is None or new is None:
        return 0.0
    return abs(new - old) / (max(abs(old), abs(new)) or 1.0)
