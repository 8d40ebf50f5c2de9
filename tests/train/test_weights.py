"""The fast extractor's weights come back from their files as they were fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from kg.extract import classifier
from kg.extract.classifier import OUTCOMES, shipped_classifier
from kg.extract.roles import ROLES, fitted_roles, likely_roles
from kg.records import Kind
from kg.train.examples import UNKNOWN, Example
from kg.train.weights import classifier_table, outcome_weights, role_weights


def test_a_classifier_read_from_its_table_judges_as_before(
    annotated: list[Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = outcome_weights(annotated)
    (tmp_path / "data").mkdir()
    pq.write_table(classifier_table(fitted), tmp_path / "data" / "concepts.parquet")
    monkeypatch.setattr(classifier, "files", lambda package: tmp_path)
    read = shipped_classifier.__wrapped__()
    assert dict(read.rows) == dict(fitted.rows)
    for example in annotated:
        described, vectors = example.described, list(example.vectors)
        said, before = (each.probabilities(described, vectors) for each in (read, fitted))
        assert said == pytest.approx(before, abs=1e-3), example.gold.paper.id


def test_the_table_has_a_row_a_feature_and_a_column_an_outcome(annotated: list[Example]) -> None:
    table = classifier_table(outcome_weights(annotated))
    names = table["feature"].to_pylist()
    dimensions = annotated[0].vectors.shape[1]
    assert names[:-dimensions] == sorted(filter(None, names))
    assert names[-dimensions:] == [None] * dimensions
    assert table.column_names == ["feature", *map(str, OUTCOMES)]


def test_what_is_mentioned_in_passing_teaches_nothing(annotated: list[Example]) -> None:
    kept = [np.flatnonzero(example.outcomes != UNKNOWN) for example in annotated]
    without = [
        Example(
            gold=example.gold,
            doc=example.doc,
            groups=tuple(example.groups[i] for i in some),
            described=tuple(example.described[i] for i in some),
            vectors=example.vectors[some],
            outcomes=example.outcomes[some],
            roles=example.roles[some],
        )
        for example, some in zip(annotated, kept, strict=True)
    ]
    assert sum(map(len, kept)) < sum(len(example.groups) for example in annotated)
    assert outcome_weights(without).weights.tobytes() == outcome_weights(annotated).weights.tobytes()


def test_roles_are_told_by_how_a_name_stands_not_by_the_name(annotated: list[Example]) -> None:
    weights = role_weights(annotated)
    assert weights
    assert not [name for name in weights if name.startswith(("name=", "concept=", "head="))]
    assert {len(row) for row in weights.values()} == {len(ROLES)}


def test_fitted_roles_tell_what_was_annotated(annotated: list[Example]) -> None:
    weights = fitted_roles(role_weights(annotated))
    told: list[float] = []
    for example in annotated:
        surely = np.tile(np.eye(len(OUTCOMES))[OUTCOMES.index(Kind.METHOD)], (len(example.groups), 1))
        likely = likely_roles(example.groups, example.described, surely, weights)
        told += [likely[i, example.roles[i]] for i in np.flatnonzero(example.roles != UNKNOWN)]
    assert np.log(told).mean() > np.log(1 / len(ROLES)), "no better than chance on what was learnt"
