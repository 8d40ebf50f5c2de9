"""How probable it is that two people will write together: a logistic model over the features of a pair.

Three regressions, for pairs with a common co-author, pairs three edges apart, and all others, since a feature
tells different things of each: whoever has many co-authors is more likely than others to meet a stranger, but
not more likely to write with a given acquaintance.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from kg.graph.measures import Floats, Integers
from kg.graph.recommendation.features import DISTANCE, NAMES, scaled
from kg.graph.recommendation.settings import settings

REGIMES = ("two apart", "three apart", "farther")


@dataclass(frozen=True, slots=True)
class Regression:
    """One logistic regression over standardised features.

    Attributes:
        intercept: the log-odds of a pair that is average in everything.
        means: of the scaled features.
        deviations: their standard deviations.
        weights: what a standard deviation more adds to the log-odds.
    """

    intercept: float
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]

    def log_odds(self, rows: Floats) -> Floats:
        """The log-odds of pairs, given their scaled features."""
        standard = (rows - np.array(self.means)) / np.array(self.deviations)
        return np.asarray(standard @ np.array(self.weights) + self.intercept, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Model:
    """The regressions of all regimes.

    Attributes:
        features: the names of the features, in the order of the weights.
        regressions: as many as :data:`REGIMES`.
    """

    features: tuple[str, ...]
    regressions: tuple[Regression, ...]

    def probability(self, found: Mapping[str, Floats]) -> Floats:
        """The probability of pairs to write together in the time to come; in (0, 1), more is likelier.

        "The time to come" is as long as the period that the weights were learnt on.

        Args:
            found: as from :func:`kg.graph.recommendation.features.features`.
        """
        rows, regime = scaled(found, self.features), regimes(found)
        odds = np.zeros(len(regime))
        for number, regression in enumerate(self.regressions):
            here = regime == number
            odds[here] = regression.log_odds(rows[here])
        # within the reach of doubles, so that surely is never certainly
        return 1 / (1 + np.exp(-np.clip(odds, -settings().surest, settings().surest)))

    def as_json(self) -> str:
        """The model as it is stored."""
        return json.dumps(asdict(self), indent=1) + "\n"


def regimes(found: Mapping[str, Floats]) -> Integers:
    """The number of each pair's regime: 0 for a common co-author, 1 for three edges, 2 for more."""
    distance = found[DISTANCE]
    return np.where((distance > 0) & (distance <= 2), 0, np.where(distance == 3, 1, 2)).astype(np.int64)


def read_model(text: str) -> Model:
    """The model that :meth:`Model.as_json` wrote.

    Raises:
        ValueError: where it is no such model.
    """
    table = json.loads(text)
    try:
        regressions = tuple(_regression(row) for row in table["regressions"])
        model = Model(tuple(table["features"]), regressions)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no recommendation model: {error}") from error
    if len(regressions) != len(REGIMES) or not set(model.features) <= set(NAMES):
        raise ValueError("a recommendation model of other features; learn it anew")
    return model


def _regression(row: Mapping[str, list[float]]) -> Regression:
    lists = (tuple(map(float, row[name])) for name in ("means", "deviations", "weights"))
    return Regression(float(row["intercept"]), *lists)  # type: ignore[arg-type]


@cache
def shipped_model() -> Model:
    """The model that comes with kg, as ``benchmarks/recommendation.py CORPORA --learn`` wrote it.

    Example:
        >>> len(shipped_model().regressions)
        3
    """
    path = files("kg.graph.recommendation").joinpath("weights.json")
    return read_model(path.read_text(encoding="utf-8"))
