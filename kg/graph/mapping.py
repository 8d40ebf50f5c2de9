"""The settings of science mapping, from ``mapping.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CooccurrenceSettings:
    """What enters a network of concepts.

    Attributes:
        minimum_papers: papers that a concept must occur in.
    """

    minimum_papers: int


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """How a network of concepts is parted into themes.

    Attributes:
        resolution: the resolution parameter of modularity.
        iterations: rounds of the Leiden algorithm, at most.
        minimum_concepts: concepts that a theme must have to stand on the thematic map.
    """

    resolution: float
    iterations: int
    minimum_concepts: int


@dataclass(frozen=True, slots=True)
class BurstSettings:
    """What counts as a burst.

    Attributes:
        s: the rate within a burst as a multiple of the rate over all years, above 1.
        gamma: the cost of entering a burst, 0 or more; more gives fewer and stronger bursts.
        highest_rate: the rate within a burst, at most; below 1.
        minimum_papers: papers that a concept must occur in.
    """

    s: float
    gamma: float
    highest_rate: float
    minimum_papers: int


@dataclass(frozen=True, slots=True)
class EmergenceSettings:
    """How two periods are compared.

    Attributes:
        minimum_papers: papers of both periods that a concept must occur in.
        pseudo_papers: papers added to each cell of the table that the odds ratio is taken of.
        confidence: of the interval of the odds ratio, 0 to 1.
    """

    minimum_papers: int
    pseudo_papers: float
    confidence: float


@dataclass(frozen=True, slots=True)
class ProjectionSettings:
    """What a projection leaves out.

    Attributes:
        most_linked: neighbours beyond which a node of the other side links nobody.
    """

    most_linked: int


@dataclass(frozen=True, slots=True)
class MappingSettings:
    """All settings of science mapping.

    Attributes:
        cooccurrence: of networks of concepts.
        themes: of topic map and thematic map.
        bursts: of burst detection.
        emergence: of the comparison of two periods.
        projection: of projections of bipartite networks.
    """

    cooccurrence: CooccurrenceSettings
    themes: ThemeSettings
    bursts: BurstSettings
    emergence: EmergenceSettings
    projection: ProjectionSettings


@cache
def mapping_settings() -> MappingSettings:
    """The shipped settings.

    Example:
        >>> mapping_settings().bursts.s
        2.0
    """
    table = tomllib.loads(files("kg.graph").joinpath("mapping.toml").read_text(encoding="utf-8"))
    return MappingSettings(
        cooccurrence=CooccurrenceSettings(**table["cooccurrence"]),
        themes=ThemeSettings(**table["themes"]),
        bursts=BurstSettings(**table["bursts"]),
        emergence=EmergenceSettings(**table["emergence"]),
        projection=ProjectionSettings(**table["projection"]),
    )
