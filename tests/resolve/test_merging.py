"""Names are merged the surest first, and never against what is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.merging import Merging, merge
from kg.resolve.names import parse_name

PRINTED = ("A. Courville", "Aaron Courville", "Aaron C. Courville", "Anna Courville", "Aaron K. Courville")
NAMES = [parse_name(printed) for printed in PRINTED]
A, AARON, AARON_C, ANNA, AARON_K = range(5)


def test_nobody_is_merged_without_evidence() -> None:
    assert merge(NAMES, {}, apart=[]) == [0, 1, 2, 3, 4]


def test_a_chain_of_mergers_makes_one_person() -> None:
    assert merge(NAMES, {(A, AARON): 0.9, (AARON, AARON_C): 0.8}, apart=[]) == [0, 0, 0, 3, 4]


def test_an_initial_goes_to_the_surer_of_two_names_that_contradict_each_other() -> None:
    assert merge(NAMES, {(A, AARON): 0.7, (A, ANNA): 0.8}, apart=[]) == [0, 1, 2, 0, 4]


def test_a_merger_that_would_join_contradicting_middle_names_is_refused() -> None:
    likely = {(AARON, AARON_C): 0.9, (AARON, AARON_K): 0.8, (A, AARON_K): 0.7}
    names = [parse_name(name) for name in (*PRINTED[:4], "Aaron Kent Courville")]
    names[AARON_C] = parse_name("Aaron Charles Courville")
    assert merge(names, likely, apart=[]) == [0, 1, 1, 3, 0]


def test_two_who_signed_one_paper_are_never_one_person() -> None:
    assert merge(NAMES, {(A, AARON): 0.99}, apart=[(A, AARON)]) == [0, 1, 2, 3, 4]


def test_two_who_signed_one_paper_are_not_joined_through_a_third() -> None:
    likely = {(A, AARON): 0.9, (AARON, AARON_C): 0.8}
    assert merge(NAMES, likely, apart=[(AARON_C, A)]) == [0, 0, 2, 3, 4]


def test_units_of_one_name_that_were_parted_never_meet_by_evidence() -> None:
    names = [parse_name(name) for name in ("Wei Wang", "Wei Wang", "W. Wang")]
    assert merge(names, {(0, 2): 0.9, (1, 2): 0.8}, apart=[]) == [0, 1, 0]


def test_what_is_given_as_one_person_is_one_whatever_the_letters() -> None:
    assert merge(NAMES, {}, apart=[], same=[(A, ANNA), (AARON, ANNA)]) == [0, 0, 2, 0, 4]


def test_what_is_given_goes_before_evidence() -> None:
    assert merge(NAMES, {(A, AARON): 0.99}, apart=[], same=[(A, ANNA)]) == [0, 1, 2, 0, 4]


def test_one_person_is_as_well_joined_twice() -> None:
    merging = Merging(NAMES, apart=[])
    assert merging.join(AARON_C, A)
    assert merging.join(A, AARON_C)
    assert merging.people == [0, 1, 0, 3, 4]


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.7, 0.8, 0.9]),
)


@given(PAIRS, PAIRS, st.permutations(range(10)))
def test_the_order_in_which_pairs_are_told_changes_nothing(
    likely: dict[tuple[int, int], float], apart: dict[tuple[int, int], float], order: list[int]
) -> None:
    told = list(likely.items())
    shuffled = dict(told[place] for place in order if place < len(told))
    here = merge(NAMES, likely, apart)
    assert merge(NAMES, shuffled, [pair[::-1] for pair in reversed(apart)]) == here


@given(PAIRS, PAIRS)
def test_nobody_is_merged_with_someone_held_apart(
    likely: dict[tuple[int, int], float], apart: dict[tuple[int, int], float]
) -> None:
    people = merge(NAMES, likely, apart)
    assert not [pair for pair in apart if people[pair[0]] == people[pair[1]]]
    assert all(people[person] == person <= unit for unit, person in enumerate(people))


@pytest.mark.parametrize("names", [[], NAMES[:1]])
def test_few_names_are_as_many_people(names: list[object]) -> None:
    assert merge(NAMES[: len(names)], {}, apart=[]) == list(range(len(names)))
