"""What is left when the equal statements of two graphs have cancelled each other out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from kg.diff.statements import Statement, Subject, Value


class Kind(StrEnum):
    """How a statement differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that differs.

    Attributes:
        subject: what tells it from others.
        old: its value in the older graph; None where that lacks it.
        new: its value in the newer graph; None where that lacks it.
    """

    subject: Subject
    old: Value | None
    new: Value | None

    @property
    def kind(self) -> Kind:
        """Whether it came, went, or has another value."""
        if self.old is None:
            return Kind.ADDED
        return Kind.REMOVED if self.new is None else Kind.CHANGED


class Ledger:
    """The statements of two graphs that have no equal on the other side; its size is that of the difference.

    Example:
        >>> ledger, pages = Ledger(), Subject("a:x", "", "a:pages", ())
        >>> ledger.enter([(pages, (("a:pages", "1"),))], [(pages, (("a:pages", "2"),))])
        >>> [change.kind.value for change in ledger.changes()]
        ['changed']
    """

    def __init__(self) -> None:
        self._open: dict[Subject, tuple[list[Value], list[Value]]] = {}

    def enter(self, old: Iterable[Statement], new: Iterable[Statement]) -> None:
        """Take in statements of the older and the newer graph."""
        for subject, value in old:
            self._enter(subject, value, 0)
        for subject, value in new:
            self._enter(subject, value, 1)

    def _enter(self, subject: Subject, value: Value, side: int) -> None:
        values = self._open.setdefault(subject, ([], []))
        if value in values[1 - side]:
            values[1 - side].remove(value)
            if not any(values):
                del self._open[subject]
        else:
            values[side].append(value)

    def changes(self) -> Iterator[Change]:
        """What is left, sorted; what both graphs have under one subject with other values is one change."""
        for subject, (old, new) in sorted(self._open.items()):
            for before, after in zip_longest(sorted(old), sorted(new)):
                yield Change(subject, before, after)
