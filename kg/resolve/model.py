"""The learnt part of author identity: weights of evidence and thresholds, from ``identity.json``.

:mod:`kg.train.identity` makes the file from curated identities.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.resolve.signatures import Floats

Table = Mapping[str, Floats]
"""Columns of evidence, one row a pair."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model.

    Attributes:
        weights: of each column.
    """

    weights: Mapping[str, float]

    def log_odds(self, evidence: Table) -> Floats:
        """The log-odds, one a row, that two are the same person.

        Raises:
            KeyError: where the evidence lacks a column.
        """
        columns = [weight * evidence[name] for name, weight in self.weights.items()]
        return sum(columns[1:], start=columns[0])


@dataclass(frozen=True, slots=True)
class Homonyms:
    """When a name is parted.

    Attributes:
        weights: of evidence for two papers of one name.
        bearers: expected bearers of a name from which it is looked at.
        threshold: mean log-odds below which groups of papers stay apart.
        doubt: probability from which two groups that stay apart may yet be one person, and are told as such.
    """

    weights: Weights
    bearers: float
    threshold: float
    doubt: float


@dataclass(frozen=True, slots=True)
class Variants:
    """When two names are merged.

    Attributes:
        weights: of evidence for two names.
        threshold: probability from which they are one person.
        bearers: expected of the commoner name, up to which letters alone, without shared company, can make them one.
        doubt: probability from which they may be, and are told as such.
    """

    weights: Weights
    threshold: float
    bearers: float
    doubt: float


@dataclass(frozen=True, slots=True)
class IdentityModel:
    """All that was learnt.

    Attributes:
        homonyms: one name, several people.
        variants: several names, one person.
    """

    homonyms: Homonyms
    variants: Variants


@cache
def identity_model() -> IdentityModel:
    """The shipped model."""
    table = json.loads(files("kg.resolve").joinpath("identity.json").read_text(encoding="utf-8"))
    homonyms, variants = table["homonyms"], table["variants"]
    return IdentityModel(
        Homonyms(Weights(homonyms["weights"]), homonyms["bearers"], homonyms["threshold"], homonyms["doubt"]),
        Variants(Weights(variants["weights"]), variants["threshold"], variants["bearers"], variants["doubt"]),
    )
