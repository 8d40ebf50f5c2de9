"""The settings of error bars, from ``uncertainty.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class StabilitySettings:
    """How the stability of communities is found.

    Attributes:
        resamples: bootstrap resamples of papers.
        orders: runs with the people in another order.
        seed: of both.
    """

    resamples: int
    orders: int
    seed: int


@dataclass(frozen=True, slots=True)
class RankSettings:
    """How intervals of ranks are found.

    Attributes:
        resamples: bootstrap resamples of papers.
        seed: of the resamples.
        level: share of the resamples that an interval holds, 0 to 1.
        digits: significant digits in which two people must differ to differ in rank.
        betweenness_up_to: people beyond which betweenness is not resampled.
    """

    resamples: int
    seed: int
    level: float
    digits: int
    betweenness_up_to: int


@dataclass(frozen=True, slots=True)
class UncertaintySettings:
    """All settings of error bars.

    Attributes:
        stability: of communities.
        ranks: of intervals of ranks.
    """

    stability: StabilitySettings
    ranks: RankSettings


@cache
def uncertainty_settings() -> UncertaintySettings:
    """The shipped settings.

    Example:
        >>> uncertainty_settings().ranks.level
        0.9
    """
    table = tomllib.loads(files("kg.graph").joinpath("uncertainty.toml").read_text(encoding="utf-8"))
    return UncertaintySettings(StabilitySettings(**table["stability"]), RankSettings(**table["ranks"]))
