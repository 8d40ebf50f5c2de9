from __future__ import annotations

from typing import Any

import pytest

from kg.extract import roles
from kg.extract.roles import role_features, role_of
from kg.records import Kind, Role

FITTED = {
    "threshold": 0.7,
    "weights": {
        "introduces": {"announced": 1.0},
        "uses": {"cue uses": 1.0},
        "comparesWith": {"cue comparesWith": 1.0},
        "studies": {},
    },
}


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model whose decisions can be done in the head."""

    def model(name: str) -> dict[str, Any]:
        return {"roles": FITTED}[name]

    monkeypatch.setattr(roles, "model", model)


@pytest.mark.parametrize("values", [{}, {"announced": 9.0}, {"cue uses": 9.0}])
def test_a_topic_is_a_topic_and_a_metric_measures(values: dict[str, float]) -> None:
    assert role_of(Kind.TOPIC, values) is Role.HAS_TOPIC
    assert role_of(Kind.METRIC, values) is Role.EVALUATES_WITH


@pytest.mark.usefixtures("fitted")
@pytest.mark.parametrize("kind", [Kind.METHOD, Kind.DATASET])
def test_a_method_or_data_set_is_introduced_from_the_threshold_on(kind: Kind) -> None:
    assert role_of(kind, {"announced": 3.0, "cue uses": 9.0}) is Role.INTRODUCES
    assert role_of(kind, {"announced": 0.5, "cue uses": 0.1}) is Role.USES


@pytest.mark.usefixtures("fitted")
def test_below_the_threshold_the_likeliest_other_role_holds() -> None:
    assert role_of(Kind.METHOD, {"cue comparesWith": 2.0, "cue uses": 1.0}) is Role.COMPARES_WITH
    assert role_of(Kind.METHOD, {"cue comparesWith": -1.0, "cue uses": -1.0}) is Role.STUDIES


@pytest.mark.usefixtures("fitted")
def test_equal_roles_are_parted_the_same_way_every_time() -> None:
    assert role_of(Kind.METHOD, {}) is Role.COMPARES_WITH


def test_the_name_itself_tells_no_role() -> None:
    values = {
        "name=adam": 1.0,
        "concept=method/adam": 1.0,
        "first=adam": 1.0,
        "head=adam,True": 1.0,
        "title": 1.0,
    }
    assert role_features(values) == {"title": 1.0}
