from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.naming import Group, names, naming_settings


def _names(*groups: Group) -> dict[str, str]:
    return names(groups, naming_settings())


def test_a_group_is_named_after_its_first_two_concepts() -> None:
    assert _names(Group("a", ("parsing", "tagging", "treebanks"), ("Ann",))) == {"a": "parsing · tagging"}


def test_groups_that_would_share_a_name_get_a_further_concept() -> None:
    found = _names(
        Group("a", ("parsing", "tagging", "treebanks"), ("Ann",)),
        Group("b", ("parsing", "tagging", "speech"), ("Bob",)),
    )
    assert found == {"a": "parsing · tagging · treebanks", "b": "parsing · tagging · speech"}


def test_without_a_further_concept_the_most_connected_member_tells_them_apart() -> None:
    found = _names(Group("a", ("parsing",), ("Ann", "Abe")), Group("b", ("parsing",), ("Bob",)))
    assert found == {"a": "parsing (Ann)", "b": "parsing (Bob)"}


def test_people_of_the_same_name_are_told_apart_by_id() -> None:
    found = _names(Group("jun-li", (), ("Jun Li",)), Group("jun-li-2", (), ("Jun Li",)))
    assert found == {"jun-li": "Jun Li (jun-li)", "jun-li-2": "Jun Li (jun-li-2)"}


def test_names_that_differ_in_case_alone_are_the_same() -> None:
    assert set(_names(Group("a", ("Parsing",), ("Ann",)), Group("b", ("parsing",), ("Bob",))).values()) == {
        "Parsing (Ann)",
        "parsing (Bob)",
    }


def test_a_group_on_nothing_is_named_as_citations_name_people() -> None:
    found = _names(
        Group("a", (), ("Ann",)), Group("b", (), ("Bob", "Bea")), Group("c", (), ("Cyd", "Col", "Cat"))
    )
    assert found == {"a": "Ann", "b": "Bob and Bea", "c": "Cyd et al."}


_WORDS = st.sampled_from(
    ["parsing", "Parsing", "Ann", "a", "Ann (a)", "parsing (b)", "parsing · tagging", "x"]
)
_GROUPS = st.lists(
    st.tuples(st.lists(_WORDS, max_size=3), st.lists(_WORDS, min_size=1, max_size=3)), max_size=6
).map(lambda told: [Group("abcdef"[n], tuple(c), tuple(m)) for n, (c, m) in enumerate(told)])


@given(groups=_GROUPS, seed=st.integers(0, 3))
def test_names_are_unique_and_do_not_hang_on_the_order_of_groups(groups: list[Group], seed: int) -> None:
    found = _names(*groups)
    assert len({name.casefold() for name in found.values()}) == len(groups), found
    mixed = random.Random(seed).sample(groups, len(groups))
    assert _names(*mixed) == found
