"""What a check found, and how it is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that is not as promised.

    Attributes:
        focus: what it concerns, as a prefixed name.
        message: what is wrong.
        shape: the name of the shape that it breaks; ``Text`` where a text is not the one that was read,
            ``Offsets`` where words do not stand where they should.
    """

    focus: str
    message: str
    shape: str = field(default="", compare=True)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The outcome of a check.

    Attributes:
        violations: sorted; none in a sound build.
        replayed: how many mentions and claims were compared with their text.
        triples: how many triples the graph has.
        rules: how many constraints of shapes were applied.
    """

    violations: tuple[Violation, ...]
    replayed: int
    triples: int
    rules: int = 0

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    @property
    def by_shape(self) -> dict[str, int]:
        """How many violations there are of each shape that has any, by name.

        Example:
            >>> CheckReport((Violation("paper:x", "has no title", "Paper"),), 0, 9).by_shape
            {'Paper': 1}
        """
        return dict(sorted(Counter(violation.shape for violation in self.violations).items()))

    def as_dict(self) -> dict[str, Any]:
        """The outcome as JSON has it."""
        return {
            "conforms": self.conforms,
            "triples": self.triples,
            "rules": self.rules,
            "replayed": self.replayed,
            "by_shape": self.by_shape,
            "violations": [
                {"focus": v.focus, "message": v.message, "shape": v.shape} for v in self.violations
            ],
        }
