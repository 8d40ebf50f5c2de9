"""Strangers' words made safe to show."""

from __future__ import annotations


def printable(text: str) -> str:
    """One line without control characters, so that no name can steer the terminal.

    Each character stays or becomes one blank, so that offsets stay right.

    Example:
        >>> printable("red" + chr(27) + "[31m")
        'red [31m'
    """
    return "".join(c if c.isprintable() else " " for c in text)
