from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.confidence import confidence, default_threshold, floor
from kg.extract.logistic import model


@given(st.dictionaries(st.sampled_from(sorted(model("confidence")["weights"])), st.floats(0, 10)))
def test_a_confidence_is_a_probability(values: dict[str, float]) -> None:
    assert 0.0 <= confidence(values) <= 1.0


def test_what_is_asserted_is_surer_than_what_is_mentioned() -> None:
    assert 0.0 < floor() <= default_threshold() < 1.0
