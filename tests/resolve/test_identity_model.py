"""The shipped weights, thresholds and counts of names are there, in range, and of the evidence that is weighed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kg.resolve.commonness import Commonness, commonness
from kg.resolve.model import Weights, identity_model
from kg.resolve.names import parse_name
from kg.resolve.signatures import signatures
from kg.resolve.variants import compatible

from .conftest import paper


def test_thresholds_are_in_range() -> None:
    model = identity_model()
    assert 0 < model.homonyms.bearers < 100
    assert -5 < model.homonyms.threshold < 5
    assert 0 < model.homonyms.doubt < 1
    assert 0 < model.variants.doubt < model.variants.threshold <= 1


def test_all_weights_are_numbers() -> None:
    model = identity_model()
    for weights in (model.homonyms.weights.weights, model.variants.weights.weights):
        assert weights["one"] != 0
        assert all(math.isfinite(weight) for weight in weights.values())


def test_evidence_for_two_names_has_the_columns_of_the_shipped_weights() -> None:
    papers = [paper("p1", "A. Courville", "Yoshua Bengio"), paper("p2", "Aaron Courville", year=None)]
    evidence = compatible(signatures(papers)).evidence
    assert list(evidence) == list(identity_model().variants.weights.weights)
    assert all(np.isfinite(column).all() for column in evidence.values())


def test_shared_co_authors_and_near_company_speak_for_one_person() -> None:
    apart = [
        paper("p1", "A. Courville", "Ann Arbor", "Ben Nevis"),
        paper("p2", "Aaron Courville", "Cat Island"),
    ]
    close = [apart[0], paper("p2", "Aaron Courville", "Ann Arbor", "Ben Nevis")]
    weights = identity_model().variants.weights
    here, there = (weights.log_odds(compatible(signatures(papers)).evidence)[0] for papers in (close, apart))
    assert here > there


def test_no_two_names_alike_make_no_pairs() -> None:
    found = compatible(signatures([paper("p1", "Yoshua Bengio", "Wei Wang")]))
    assert (found.likeness, len(found.pairs[0]), found.evidence) == ((), 0, {})


def test_the_odds_are_the_weighted_sum_of_the_evidence() -> None:
    weights = Weights({"one": -1.0, "shared": 2.0})
    table = {"shared": np.array([0.0, 3.0]), "one": np.ones(2), "unused": np.ones(2)}
    assert weights.log_odds(table).tolist() == [-1.0, 5.0]


def test_evidence_that_lacks_a_column_is_refused() -> None:
    with pytest.raises(KeyError, match="shared"):
        Weights({"one": 1.0, "shared": 2.0}).log_odds({"one": np.ones(1)})


def test_counts_of_names_are_shipped() -> None:
    known = commonness()
    assert known.names > 10_000
    assert all(count > 1 for count in (*known.surnames.values(), *known.given.values()))


def test_some_names_are_more_common_than_others() -> None:
    known = commonness()
    order = ["Wei Wang", "Christopher Manning", "Isabelle Augenstein"]
    bearers = [known.bearers(parse_name(name)) for name in order]
    assert bearers == sorted(bearers, reverse=True)


def test_a_name_never_seen_counts_once() -> None:
    known = Commonness({"liu": 1000}, {"yang": 100}, 50_000)
    name = parse_name("Zzyzx Qwfpgj")
    assert (known.surname(name), known.given_name(name)) == (1, 1)
    assert known.bearers(name) == 1 / 50_000


@pytest.mark.parametrize("printed", ["D. Kingma", "D. P. Kingma", "W. Wang"])
def test_who_prints_initials_may_be_anyone(printed: str) -> None:
    assert commonness().bearers(parse_name(printed)) == math.inf


def test_a_single_name_is_counted_as_a_family_name() -> None:
    assert commonness().bearers(parse_name("Mausam")) < math.inf
