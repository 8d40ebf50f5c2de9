"""Rounding of what is stored, so that the bytes of a build do not hang on the last bits of a sum."""

from __future__ import annotations

from kg.graph.limits import limits


def significant(number: float) -> float:
    """A number to the significant digits that measures are stored with.

    Example:
        >>> significant(0.1 + 0.2), significant(2 / 3)
        (0.3, 0.666666666667)
    """
    return float(f"{number:.{limits().significant_digits}g}")
