"""Roles as annotations name them, and what they are in the graph."""

from __future__ import annotations

from enum import StrEnum

from kg.records import Role


class GoldRole(StrEnum):
    """What a paper does with a method or data set, in the words of the annotations."""

    INTRODUCES = "introduces"
    USES = "uses"
    COMPARES = "compares"
    STUDIES = "studies"
    MENTIONS = "mentions"  # background only; the graph has no such role


_ANNOTATED = {
    Role.INTRODUCES: GoldRole.INTRODUCES,
    Role.USES: GoldRole.USES,
    Role.COMPARES_WITH: GoldRole.COMPARES,
    Role.STUDIES: GoldRole.STUDIES,
}


def annotated(role: Role) -> GoldRole | None:
    """The annotations' word for a role of the graph; None for those of topics and metrics.

    Example:
        >>> annotated(Role.COMPARES_WITH), annotated(Role.HAS_TOPIC)
        (<GoldRole.COMPARES: 'compares'>, None)
    """
    return _ANNOTATED.get(role)
