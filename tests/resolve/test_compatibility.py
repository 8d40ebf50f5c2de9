"""Whether letters allow two names to be one person's, and in which way the names differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.compatibility import Family, Given, likeness
from kg.resolve.names import parse_name

# Two names that may be one person's, how given and family names differ, and how many given names one has more.
MAY = [
    ("Maria-Jose Grau", "Mariajose Grau", Given.SAME, Family.SAME, 0),
    ("Raphaël Marinier", "RAPHAEL MARINIER", Given.SAME, Family.SAME, 0),
    ("D. P. Kingma", "Diederik Pieter Kingma", Given.SPELLED_OUT, Family.SAME, 0),
    ("Diederik P. Kingma", "Diederik Pieter Kingma", Given.SPELLED_OUT, Family.SAME, 0),
    ("Aaron Courville", "Aaron C. Courville", Given.MIDDLE, Family.SAME, 1),
    ("Diederik Kingma", "Diederik Pieter Kingma", Given.MIDDLE, Family.SAME, 1),
    ("A. Courville", "Aaron Courville", Given.INITIAL, Family.SAME, 0),
    ("A. Courville", "Aaron C. Courville", Given.INITIAL, Family.SAME, 1),
    ("D. Kingma", "D. P. Kingma", Given.INITIAL, Family.SAME, 1),
    ("Chris Manning", "Christopher Manning", Given.SHORT, Family.SAME, 0),
    ("Bill Dolan", "William Dolan", Given.SHORT, Family.SAME, 0),
    ("Mike Lewis", "Michael Lewis", Given.SHORT, Family.SAME, 0),
    ("Chris Manning", "Christopher D. Manning", Given.SHORT, Family.SAME, 1),
    ("Andrew Schwartz", "H. Andrew Schwartz", Given.LATER, Family.SAME, 1),
    ("Nathan Mundhenk", "T. Nathan Mundhenk", Given.LATER, Family.SAME, 1),
    ("Aleksandar Savkov", "Alexsandar Savkov", Given.SLIP, Family.SAME, 0),
    ("Kristina Toutanova", "Kristna Toutanova", Given.SLIP, Family.SAME, 0),
    ("Karin Kipper", "Karin Kipper Schuler", Given.SAME, Family.PART, 0),
    ("Maria Calzolari", "Maria Calzolari-Rossi", Given.SAME, Family.PART, 0),
    ("José García", "José García López", Given.SAME, Family.PART, 0),
    ("Bernhard Schölkopf", "Bernhard Schoelkopf", Given.SAME, Family.SLIP, 0),
    ("Eneko Agirre", "Eneko Aguirre", Given.SAME, Family.SLIP, 0),
    ("Willem van Hage", "Willem Hage", Given.SAME, Family.SAME, 0),
    ("Liu Yang", "Yang Liu", Given.SAME, Family.TURNED, 0),
    ("Yang Song", "Yang Song 0002", Given.SAME, Family.SAME, 0),
    ("Hal Daumé", "Hal Daumé III", Given.SAME, Family.SAME, 0),
    ("S. Y. Kung", "Sun Yuan Kung", Given.SPELLED_OUT, Family.SAME, 0),
]
# Two names that cannot be one person's.
MAY_NOT = [
    ("Aaron Courville", "Anna Courville"),
    ("Wei Li", "Wei Liu"),
    ("D. P. Kingma", "D. Q. Kingma"),
    ("D. Kingma", "P. Kingma"),
    ("Yang Liu 0001", "Yang Liu 0003"),
    ("Hal Daumé III", "Hal Daumé Jr."),
    ("John Smith", "Jane Smith"),
    ("Jun Li", "Jin Li"),  # a letter of few is no slip
    ("A. Courville", "A. Courvile-Smith"),
    ("王伟", "李娜"),
    ("Иван Петров", "Пётр Иванов"),
    ("Mausam", "Mausam Gupta"),
    ("Mausam", "Madonna"),
    ("Yoshua Bengio", "Samy Bengio"),
    ("Yoshua Bengio", "Geoffrey Hinton"),
    ("Kristna Toutanova", "Kristina Toutanowa"),  # two slips
]


@pytest.mark.parametrize(("one", "other", "given_names", "family", "extra"), MAY)
def test_two_names_may_be_one_person_and_differ_so(
    one: str, other: str, given_names: Given, family: Family, extra: int
) -> None:
    found = likeness(parse_name(one), parse_name(other))
    assert found is not None
    assert (found.given, found.family, found.extra) == (given_names, family, extra)


@pytest.mark.parametrize(("one", "other"), MAY_NOT)
def test_two_names_cannot_be_one_person(one: str, other: str) -> None:
    assert likeness(parse_name(one), parse_name(other)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Diederik P. Kingma", "Diederik Q. Kingma"), ("James A. Smith", "James B. Smith")],
)
def test_middle_initials_that_contradict_each_other_are_no_slip(one: str, other: str) -> None:
    assert likeness(parse_name(one), parse_name(other)) is None


def test_a_name_turned_round_is_seen_from_both_sides() -> None:
    a, b = parse_name("Wei Li"), parse_name("Li Xia Wei")
    assert (likeness(a, b) is None) == (likeness(b, a) is None)


# Few words, so that they meet often; as names they are of all kinds.
WORDS = [
    "Li",
    "Wei",
    "L.",
    "W.",
    "Xia",
    "Alexander",
    "Alex",
    "Aleksander",
    "Garcia",
    "Lopez",
    "Gracia",
    "van",
    "AL",
]
PRINTED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@given(PRINTED, PRINTED)
def test_it_does_not_matter_which_name_comes_first(one: str, other: str) -> None:
    a, b = parse_name(one), parse_name(other)
    here, there = likeness(a, b), likeness(b, a)
    assert (here is None) == (there is None)
    if here and there:
        assert (here.given, here.family, here.extra) == (there.given, there.family, there.extra)


@given(PRINTED)
def test_every_name_is_like_itself(printed: str) -> None:
    name = parse_name(printed)
    found = likeness(name, name)
    assert found is not None
    assert (found.given, found.family, found.extra) == (Given.SAME, Family.SAME, 0)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = parse_name(one), parse_name(other)
    assert (likeness(a, b) is None) == (likeness(b, a) is None)
