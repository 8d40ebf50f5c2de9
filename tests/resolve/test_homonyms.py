"""One printed name is several people where it is common and its papers fall apart, or where that is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Paper
from kg.resolve.commonness import commonness
from kg.resolve.homonyms import grouped, part_homonyms, weighed
from kg.resolve.model import identity_model
from kg.resolve.names import parse_name
from kg.resolve.signatures import signatures

from .conftest import paper

CATS = "Parsing cats by dependency"
DOGS = "Reinforcement of dogs in continuous control"


def people(papers: list[Paper], printed: str, anchors: dict[str, str] | None = None) -> list[set[str]]:
    """The papers of each person who bears a name, by the first paper; anchors are told by the paper's id."""
    signed = signatures(papers)
    told = {
        place: anchors[signed.papers[number].id]
        for place, number in enumerate(signed.paper.tolist())
        if anchors and signed.papers[number].id in anchors and signed.printed[place] == printed
    }
    parted, _ = part_homonyms(signed, told)
    found: dict[int, set[str]] = {}
    rows = zip(parted.unit.tolist(), parted.paper.tolist(), parted.printed, strict=True)
    for unit, number, name in rows:
        if name == printed:
            found.setdefault(unit, set()).add(parted.papers[number].id)
    return sorted(found.values(), key=min)


def fallen_apart(name: str, *names: str) -> list[Paper]:
    """Two papers under one name that share nothing else, and a third."""
    second, third = names or (name, name)
    return [
        paper("p1", name, "Ann Arbor", "Ben Nevis", title=CATS, year=1998, venue="acl"),
        paper("p2", second, "Cat Island", "Dan Dare", title=DOGS, year=2021, venue="icml"),
        paper("p3", third, "Cat Island", "Dan Dare", title=DOGS, year=2021, venue="icml"),
        paper("p4", "Ann Arbor", "Eve Online", title="Cats again", year=1999, venue="acl"),
    ]


def test_a_common_name_is_parted_where_its_papers_fall_apart() -> None:
    assert people(fallen_apart("Wei Wang"), "Wei Wang") == [{"p1"}, {"p2", "p3"}]


def test_a_rare_name_is_one_person_whatever_the_evidence() -> None:
    assert people(fallen_apart("Isabelle Augenstein"), "Isabelle Augenstein") == [{"p1", "p2", "p3"}]


def test_a_common_name_is_one_person_where_co_authors_are_the_same() -> None:
    papers = [paper(f"p{i}", "Wei Wang", "Ann Arbor", "Ben Nevis", title=CATS) for i in range(4)]
    assert people(papers, "Wei Wang") == [{"p0", "p1", "p2", "p3"}]


def test_initials_alone_are_as_good_as_a_common_name() -> None:
    assert people(fallen_apart("D. Kingma"), "D. Kingma") == [{"p1"}, {"p2", "p3"}]


def test_a_name_on_one_paper_is_one_person() -> None:
    assert people(fallen_apart("Wei Wang")[:1], "Wei Wang") == [{"p1"}]


def test_a_number_of_dblp_settles_who_it_is() -> None:
    assert people(fallen_apart("Wei Wang 0001"), "Wei Wang 0001") == [{"p1", "p2", "p3"}]
    numbered = fallen_apart("Wei Wang 0001", "Wei Wang 0002", "Wei Wang 0002")
    assert people(numbered, "Wei Wang 0001") == [{"p1"}]
    assert people(numbered, "Wei Wang 0002") == [{"p2", "p3"}]


def test_what_is_given_parts_even_a_rare_name() -> None:
    papers = fallen_apart("Isabelle Augenstein")
    assert people(papers, "Isabelle Augenstein", {"p1": "A", "p2": "B"}) == [{"p1"}, {"p2", "p3"}]


def test_what_is_given_goes_before_the_evidence() -> None:
    papers = fallen_apart("Wei Wang")
    assert people(papers, "Wei Wang", {"p2": "A", "p3": "B"})[-2:] == [{"p2"}, {"p3"}]
    found = people(papers, "Wei Wang", {"p1": "A", "p3": "A", "p2": "B"})
    assert found == [{"p1", "p3"}, {"p2"}]


def test_what_is_given_of_one_person_alone_parts_nothing() -> None:
    papers = fallen_apart("Isabelle Augenstein")
    assert people(papers, "Isabelle Augenstein", {"p1": "A"}) == [{"p1", "p2", "p3"}]


def test_whoever_is_parted_is_told_with_the_nearest_and_a_probability() -> None:
    signed = signatures(fallen_apart("Wei Wang"))
    units, parted = part_homonyms(signed, {})
    assert len(parted) == 2
    for piece in parted:
        assert units.names[piece.one] == units.names[piece.nearest] == parse_name("Wei Wang")
        assert piece.one != piece.nearest
        assert 0 <= piece.probability < 0.5
        assert not piece.given


def test_two_given_apart_are_told_as_given_whichever_paper_comes_first() -> None:
    signed = signatures([paper(f"p{i}", "Isabelle Augenstein") for i in (1, 2, 3)])
    _, parted = part_homonyms(signed, {1: "A", 2: "B"})
    assert [piece.given for piece in parted] == [True, True]


def test_every_signature_stays_in_one_unit_of_its_own_name() -> None:
    signed = signatures(fallen_apart("Wei Wang"))
    units, _ = part_homonyms(signed, {})
    assert units.printed == signed.printed
    assert sorted(set(units.unit.tolist())) == list(range(len(units.names)))
    assert [units.names[u] for u in units.unit.tolist()] == [parse_name(name) for name in units.printed]


def test_nobody_is_parted_among_no_papers() -> None:
    units, parted = part_homonyms(signatures([]), {})
    assert (len(units.unit), parted) == (0, ())


def test_evidence_has_the_columns_of_the_shipped_weights() -> None:
    signed = signatures(fallen_apart("Wei Wang"))
    number = signed.names.index(parse_name("Wei Wang"))
    evidence = weighed(
        signed, np.array([0, 1, 2]), signed.incidence(), np.ones(len(signed.names)), np.array([number])
    )
    assert list(evidence) == list(identity_model().homonyms.weights.weights)
    assert {len(column) for column in evidence.values()} == {3}
    assert all(np.isfinite(column).all() for column in evidence.values())


def test_evidence_of_papers_without_years_is_finite() -> None:
    papers = [paper(f"p{i}", "Wei Wang", title="", year=None) for i in range(3)]
    assert sum(map(len, people(papers, "Wei Wang"))) == 3


def test_the_names_of_these_tests_are_as_common_as_they_should_be() -> None:
    known, least = commonness(), identity_model().homonyms.bearers
    assert known.bearers(parse_name("Wei Wang")) >= least
    assert known.bearers(parse_name("Isabelle Augenstein")) < least


@pytest.mark.parametrize(
    ("odds", "threshold", "wanted"),
    [
        ([2.0, -3.0, -3.0], 0.0, [0, 0, 1]),
        ([-3.0, 2.0, -3.0], 0.0, [0, 1, 0]),
        ([-3.0, -3.0, 2.0], 0.0, [0, 1, 1]),
        ([-1.0, -1.0, -1.0], 0.0, [0, 1, 2]),
        ([-1.0, -1.0, -1.0], -1.5, [0, 0, 0]),
        ([3.0, -2.0, 0.5], 0.0, [0, 0, 1]),  # the mean of -2 and 0.5 is below
        ([3.0, -0.4, 0.5], 0.0, [0, 0, 0]),  # that of -0.4 and 0.5 is above
    ],
)
def test_papers_are_joined_while_the_mean_of_their_odds_is_above_the_threshold(
    odds: list[float], threshold: float, wanted: list[int]
) -> None:
    assert grouped(3, np.array(odds), threshold).tolist() == wanted


@pytest.mark.parametrize("count", [0, 1])
def test_few_papers_are_as_many_groups(count: int) -> None:
    assert grouped(count, np.zeros(0), 0.0).tolist() == list(range(count))


@given(st.lists(st.floats(-5, 5), min_size=10, max_size=10), st.floats(-4, 4))
def test_groups_are_numbered_by_their_first_members(odds: list[float], threshold: float) -> None:
    groups = grouped(5, np.array(odds), threshold).tolist()
    assert list(dict.fromkeys(groups)) == list(range(max(groups) + 1))
