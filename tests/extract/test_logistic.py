from __future__ import annotations

import pytest

from kg.extract.logistic import model


@pytest.mark.parametrize("name", ["confidence", "roles"])
def test_a_shipped_model_is_read_once_and_holds_something(name: str) -> None:
    assert model(name)
    assert model(name) is model(name)


def test_a_model_that_does_not_come_with_kg_is_told() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.json"):
        model("nothing")
