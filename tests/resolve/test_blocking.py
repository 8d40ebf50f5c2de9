"""Names that may be one person's are found without comparing each with each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.blocking import candidates
from kg.resolve.compatibility import likeness
from kg.resolve.names import parse_name

from .test_compatibility import MAY, PRINTED

FOUND = [(one, other) for one, other, *_ in MAY]


@pytest.mark.parametrize(("one", "other"), FOUND)
def test_names_that_may_be_one_person_are_compared(one: str, other: str) -> None:
    names = [parse_name(one), parse_name(other)]
    assert names[0] == names[1] or list(candidates(names)) == [(0, 1)]


def test_a_name_in_full_is_not_compared_with_every_name_of_its_initial() -> None:
    names = [parse_name(name) for name in ("Aaron Courville", "Anna Courville", "Albert Courville")]
    assert list(candidates(names)) == []


def test_an_initial_is_compared_with_every_name_that_it_may_stand_for() -> None:
    names = [
        parse_name(name) for name in ("Aaron Courville", "Anna Courville", "A. Courville", "B. Courville")
    ]
    assert list(candidates(names)) == [(0, 2), (1, 2)]


def test_no_names_make_no_pairs() -> None:
    assert list(candidates([])) == []
    assert list(candidates([parse_name("Yoshua Bengio")])) == []


@given(st.lists(PRINTED, max_size=12))
def test_pairs_come_ordered_and_once(printed: list[str]) -> None:
    names = list(dict.fromkeys(map(parse_name, printed)))
    pairs = list(candidates(names))
    assert pairs == sorted(set(pairs))
    assert all(0 <= one < other < len(names) for one, other in pairs)


@given(st.lists(PRINTED, max_size=8))
def test_which_names_are_compared_does_not_depend_on_their_order(printed: list[str]) -> None:
    names = list(dict.fromkeys(map(parse_name, printed)))
    shuffled = sorted(names, key=repr, reverse=True)
    here = {frozenset((names[a], names[b])) for a, b in candidates(names)}
    there = {frozenset((shuffled[a], shuffled[b])) for a, b in candidates(shuffled)}
    assert here == there


@given(PRINTED, PRINTED)
def test_the_same_family_name_and_an_initial_that_agrees_are_never_missed(one: str, other: str) -> None:
    a, b = parse_name(one), parse_name(other)
    alike = likeness(a, b)
    if (
        a != b
        and alike
        and alike.family == "same"
        and alike.given in {"same", "spelled out", "middle", "initial"}
    ):
        assert list(candidates([a, b])) == [(0, 1)]
