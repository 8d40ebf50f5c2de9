"""The settings of ``settings.toml``, typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class IntervalSettings:
    """How a confidence interval is drawn: its level, the number of bootstrap samples, the seed."""

    level: float
    samples: int
    seed: int


@dataclass(frozen=True, slots=True)
class CalibrationSettings:
    """How many bins a reliability table has, and from which confidence on predictions are judged."""

    bins: int
    floor: float


@dataclass(frozen=True, slots=True)
class MistakeSettings:
    """How much is told of mistakes: papers, groups of each form, examples of each, characters around a name."""

    papers: int
    groups: int
    examples: int
    context: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of this room; ``settings.toml`` says what each is for."""

    unchanged: frozenset[str]
    interval: IntervalSettings
    calibration: CalibrationSettings
    mistakes: MistakeSettings
    digits: int


@cache
def settings() -> Settings:
    """The shipped settings.

    Example:
        >>> settings().calibration.bins
        10
    """
    table = tomllib.loads(files("kg.evaluate").joinpath("settings.toml").read_text(encoding="utf-8"))
    return Settings(
        unchanged=frozenset(table["names"]["unchanged"]),
        interval=IntervalSettings(**table["interval"]),
        calibration=CalibrationSettings(**table["calibration"]),
        mistakes=MistakeSettings(**table["mistakes"]),
        digits=table["json"]["digits"],
    )
