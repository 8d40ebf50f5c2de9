"""The settings of ``settings.toml``, typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """When in the year papers appear: the month of each venue, and that of any other."""

    months: Mapping[str, int]
    unknown: float


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """How it is told what people work on.

    Attributes:
        methods_per_topic: methods that a topic is studied with, at most.
        needed_papers: papers that a topic and a method must share, and that must have a word.
        word: a regular expression of what counts as a word.
    """

    methods_per_topic: int
    needed_papers: int
    word: str


@dataclass(frozen=True, slots=True)
class WalkSettings:
    """How walks on the graph count.

    Attributes:
        longest: edges of a walk that Katz and PageRank count, at most.
        attenuation: Katz's factor of each edge, 0 to 1.
        longer: the factor of walks of three edges in the local path index, 0 to 1.
        damping: the probability that PageRank's walker goes on, 0 to 1.
    """

    longest: int
    attenuation: float
    longer: float
    damping: float


@dataclass(frozen=True, slots=True)
class PairSettings:
    """Who is a candidate.

    Attributes:
        distance: edges up to which somebody is a candidate.
        alike: people of the most similar topics who are candidates at any distance.
        batch: people whose walks are followed at once.
        compared: pairs whose vectors are compared at once.
    """

    distance: int
    alike: int
    batch: int
    compared: int


@dataclass(frozen=True, slots=True)
class LearningSettings:
    """How weights are learnt.

    Attributes:
        penalty: of squared weights.
        negatives: pairs at each distance that did not write together, at most.
        iterations: of Newton's method, at most.
        tolerance: change of a weight at which it ends.
        digits: of a stored weight, after the point.
        seed: of the choice of pairs.
    """

    penalty: float
    negatives: int
    iterations: int
    tolerance: float
    digits: int
    seed: int


@dataclass(frozen=True, slots=True)
class ReviewerSettings:
    """How expertise is read from papers.

    Attributes:
        half_life: years after which a paper tells half as much of what its authors know.
    """

    half_life: float


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of recommendation; ``settings.toml`` says what each is for.

    ``least`` bounds what is scaled by its logarithm, ``surest`` the log-odds,
    ``explained`` how much is told of a recommendation.
    """

    calendar: CalendarSettings
    profiles: ProfileSettings
    walks: WalkSettings
    pairs: PairSettings
    learning: LearningSettings
    reviewers: ReviewerSettings
    least: float
    surest: float
    explained: int


@cache
def settings() -> Settings:
    """The shipped settings.

    Example:
        >>> settings().walks.damping
        0.85
    """
    folder = files("kg.graph.recommendation")
    table = tomllib.loads(folder.joinpath("settings.toml").read_text(encoding="utf-8"))
    return Settings(
        calendar=CalendarSettings(**table["calendar"]),
        profiles=ProfileSettings(**table["profiles"]),
        walks=WalkSettings(**table["walks"]),
        pairs=PairSettings(**table["pairs"]),
        learning=LearningSettings(**table["learning"]),
        reviewers=ReviewerSettings(**table["reviewers"]),
        least=table["scale"]["least"],
        surest=table["scale"]["surest"],
        explained=table["explanation"]["kept"],
    )
