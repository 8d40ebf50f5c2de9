"""When a paper appeared, as far as its year and venue tell."""

from __future__ import annotations

from kg.graph.recommendation.settings import settings
from kg.records import Paper


def time_of(paper: Paper) -> float | None:
    """The year with the month of the venue as a fraction; the middle of the year for an unknown venue.

    Returns:
        Years; None for a paper without a year.

    Example:
        >>> from kg.records import Location
        >>> here = Location("papers.md", 1)
        >>> time_of(Paper("iclr-2021-0001", "On x", (), "", 2021, "ICLR", None, None, here))
        2021.375
        >>> time_of(Paper("x", "On x", (), "", 2021, None, None, None, here))
        2021.5
    """
    if paper.year is None:
        return None
    months = settings().calendar
    month = months.months.get((paper.venue or "").lower(), months.unknown)
    return paper.year + (month - 0.5) / 12
