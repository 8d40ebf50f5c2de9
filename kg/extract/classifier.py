"""Which groups of candidates are concepts, and of what kind: multinomial logistic regression.

The weights lie in ``data/concepts.parquet`` and are fitted by ``kg train`` on annotated abstracts: a group is
right where a careful librarian indexes the paper under that concept, with that kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from kg.extract.logistic import Features
from kg.records import Kind

OUTCOMES = ("none", Kind.TOPIC, Kind.METHOD, Kind.DATASET, Kind.METRIC)

_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Classifier:
    """Weights by feature and outcome.

    Attributes:
        rows: the row of each feature, by its name; the features of the vector follow the named ones.
        weights: one row a feature, one column an outcome.
    """

    rows: Mapping[str, int]
    weights: _Array

    def probabilities(self, described: Sequence[Features], vectors: Sequence[_Array]) -> _Array:
        """The probability of each outcome, one row a group, each row summing to one.

        Args:
            described: the features of each group.
            vectors: where the term table places its name.
        """
        if not described:
            return np.zeros((0, len(OUTCOMES)))
        known: list[int] = []
        values: list[float] = []
        starts: list[int] = []
        for features in described:
            start = len(known)
            for name, value in features.items():
                row = self.rows.get(name)
                if row is not None:
                    known.append(row)
                    values.append(value)
            if len(known) == start:  # reduceat would take the next group's first row for the sum of no rows
                known.append(0)
                values.append(0.0)
            starts.append(start)
        weighed = self.weights[known] * np.asarray(values)[:, None]
        logits = np.add.reduceat(weighed, starts, axis=0)
        logits += np.asarray(vectors) @ self.weights[len(self.rows) :]
        return softmax(logits)


def softmax(logits: _Array) -> _Array:
    """Each row as probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@cache
def shipped_classifier() -> Classifier:
    """The classifier that comes with kg."""
    with as_file(files("kg.extract").joinpath("data", "concepts.parquet")) as path:
        table = pq.ParquetFile(path).read(use_threads=False)
    names = [name for name in table["feature"].to_pylist() if name is not None]
    weights = np.stack([table[str(outcome)].to_numpy() for outcome in OUTCOMES], axis=1)
    return Classifier({name: row for row, name in enumerate(names)}, weights.astype(np.float64))
