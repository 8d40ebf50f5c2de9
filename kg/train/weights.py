"""The weights of the fast extractor: of outcomes and of roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from kg.extract.classifier import OUTCOMES, Classifier
from kg.extract.logistic import Features
from kg.extract.roles import ROLES, role_features
from kg.train.examples import UNKNOWN, Example
from kg.train.recipe import recipe
from kg.train.softmax import fit, fit_classifier

_Array = np.ndarray[Any, np.dtype[Any]]
_DIGITS = 4  # of weights in files


def outcome_weights(examples: Sequence[Example]) -> Classifier:
    """Fit the classifier of groups; what a paper only mentions in passing teaches nothing.

    Args:
        examples: annotated abstracts, with one group at least whose outcome is known.
    """
    used = [(example, i) for example in examples for i in np.flatnonzero(example.outcomes != UNKNOWN)]
    return fit_classifier(
        [example.described[i] for example, i in used],
        np.array([example.vectors[i] for example, i in used]),
        np.array([example.outcomes[i] for example, i in used]),
        **recipe("classifier"),
    )


def role_weights(examples: Sequence[Example]) -> dict[str, list[float]]:
    """Fit the weights of roles.

    Args:
        examples: annotated abstracts, with one group at least whose role is known.

    Returns:
        For each feature, by name, its weight for each of :data:`kg.extract.roles.ROLES`, to four digits.
    """
    used = [(example, i) for example in examples for i in np.flatnonzero(example.roles != UNKNOWN)]
    described: list[Features] = [
        role_features(example.groups[i], example.described[i]) for example, i in used
    ]
    roles = np.array([example.roles[i] for example, i in used])
    rows, weights = fit(described, np.zeros((len(used), 0)), roles, len(ROLES), **recipe("roles"))
    return {name: [round(float(w), _DIGITS) for w in weights[row]] for name, row in rows.items()}


def classifier_table(classifier: Classifier) -> pa.Table:
    """The classifier as :func:`kg.extract.classifier.shipped_classifier` reads it.

    Returns:
        A row a feature, the dimensions of the vector last and without a name; beside ``feature`` a column an
        outcome, in single precision to four digits.
    """
    nameless = len(classifier.weights) - len(classifier.rows)
    columns = {"feature": pa.array([*classifier.rows, *[None] * nameless], pa.string())}
    for number, outcome in enumerate(OUTCOMES):
        columns[str(outcome)] = pa.array(classifier.weights[:, number].astype(np.float32).round(_DIGITS))
    return pa.table(columns)
