"""The limits and settings of the graph stage, from ``limits.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PathLimits:
    """How far shortest paths are searched in full.

    Attributes:
        exact_up_to: people in a component up to which every person is a start.
        pivots: starts in a larger component.
        seed: of the choice of pivots.
        states: pairs of start and person that are searched at once.
        confidence: with which all betweenness of a sample is within the bound told with it, 0 to 1.
    """

    exact_up_to: int
    pivots: int
    seed: int
    states: int
    confidence: float


@dataclass(frozen=True, slots=True)
class SpectralLimits:
    """How eigenvectors are found.

    Attributes:
        katz_share: Katz's attenuation as a share of 1 over the largest eigenvalue, below 1.
        dense_up_to: people up to whom the matrix is solved in full.
        decimals: to which eigenvector and HITS are stored.
    """

    katz_share: float
    dense_up_to: int
    decimals: int


@dataclass(frozen=True, slots=True)
class SuggestionLimits:
    """What is suggested for the vocabulary.

    Attributes:
        papers: papers that must be about a concept.
        examples: sentences a suggestion, at most.
        together: papers that two associated concepts must share.
        association: normalised pointwise mutual information from which two concepts are associated, -1 to 1.
    """

    papers: int
    examples: int
    together: int
    association: float


@dataclass(frozen=True, slots=True)
class Limits:
    """All settings of the graph stage.

    Attributes:
        significant_digits: of stored measures.
        most_authors: authors of a paper beyond which it links nobody.
        damping: the probability with which PageRank's walker follows an edge.
        tolerance: change a node at which the iterations of PageRank and Katz end.
        spectral: for eigenvectors.
        paths: for shortest paths.
        resolution: the resolution parameter of modularity.
        iterations: rounds of the Leiden algorithm, at most.
        suggestions: for what the vocabulary lacks.
    """

    significant_digits: int
    most_authors: int
    damping: float
    tolerance: float
    spectral: SpectralLimits
    paths: PathLimits
    resolution: float
    iterations: int
    suggestions: SuggestionLimits


@cache
def limits() -> Limits:
    """The shipped settings.

    Example:
        >>> limits().damping
        0.85
    """
    table = tomllib.loads(files("kg.graph").joinpath("limits.toml").read_text(encoding="utf-8"))
    return Limits(
        significant_digits=table["significant_digits"],
        most_authors=table["coauthorship"]["most_authors"],
        damping=table["pagerank"]["damping"],
        tolerance=table["pagerank"]["tolerance"],
        spectral=SpectralLimits(**table["spectral"]),
        paths=PathLimits(**table["paths"]),
        resolution=table["communities"]["resolution"],
        iterations=table["communities"]["iterations"],
        suggestions=SuggestionLimits(**table["suggestions"]),
    )
