"""What company tells of two people never passes through these people themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kg.resolve.company import company, second_hand, shared, together, within_name
from kg.resolve.homonyms import weighed
from kg.resolve.names import parse_name
from kg.resolve.signatures import Integers, Signatures, signatures

from .conftest import paper

NOBODY = np.array([], np.int64)


def unit(signed: Signatures, printed: str) -> int:
    return signed.names.index(parse_name(printed))


def pair(signed: Signatures, one: str, other: str) -> tuple[Integers, Integers]:
    return np.array([unit(signed, one)]), np.array([unit(signed, other)])


# Two people called Wei Wang, who share nobody: what joins their co-authors is their name alone.
PARTED = [
    paper("p1", "Wei Wang", "Ann Arbor", "Ben Nevis"),
    paper("p2", "Wei Wang", "Cat Island", "Dan Dare"),
    paper("p3", "Ann Arbor", "Ben Nevis"),
    paper("p4", "Cat Island", "Dan Dare"),
]


def near(signed: Signatures, left_out: Integers, papers: tuple[int, int] = (0, 1)) -> float:
    """How alike the company of two papers is."""
    incidence = signed.incidence()
    rarity = company(incidence).rarity
    return float(within_name(incidence, np.array(papers), rarity, left_out)[2][0, 1])


def test_a_path_through_the_shared_name_alone_is_no_company() -> None:
    signed = signatures(PARTED)
    assert near(signed, np.array([unit(signed, "Wei Wang")])) == 0
    assert near(signed, NOBODY) > 0.1, "with the name left in, the same papers would seem near"


def test_a_path_through_another_paper_of_the_shared_name_is_no_company() -> None:
    signed = signatures([*PARTED, paper("p5", "Wei Wang", "Ann Arbor", "Cat Island")])
    assert near(signed, np.array([unit(signed, "Wei Wang")])) == 0
    assert near(signed, NOBODY) > 0.1, "with the name's papers left in, the same papers would seem near"


def test_a_path_through_a_paper_of_others_is_company() -> None:
    signed = signatures([*PARTED, paper("p5", "Ann Arbor", "Cat Island")])
    assert near(signed, np.array([unit(signed, "Wei Wang")])) > 0


def test_the_shared_name_is_no_shared_co_author() -> None:
    signed = signatures([*PARTED, paper("p5", "Wei Wang", "Ann Arbor")])
    incidence = signed.incidence()
    found = within_name(
        incidence, np.array([0, 1, 4]), company(incidence).rarity, np.array([unit(signed, "Wei Wang")])
    )
    count, rare = found[0], found[1]
    assert count[0, 1] == count[1, 2] == rare[0, 1] == 0
    assert count[0, 2] == 1
    assert 0 < rare[0, 2] <= 1


def test_papers_that_share_but_a_name_have_no_evidence_of_company() -> None:
    signed = signatures(PARTED)
    incidence = signed.incidence()
    left_out = np.array([unit(signed, "Wei Wang")])
    evidence = weighed(signed, np.array([0, 1]), incidence, company(incidence).rarity, left_out)
    for name, column in evidence.items():
        if name.startswith(("shared co-authors", "near company", "rarity")):
            assert column.tolist() == [0], name


def test_rarity_falls_from_one_to_nothing() -> None:
    signed = signatures(
        [paper("p1", "Everyone", "Ann Arbor"), paper("p2", "Everyone"), paper("p3", "Everyone")]
    )
    rarity = company(signed.incidence()).rarity
    assert rarity[unit(signed, "Ann Arbor")] == pytest.approx(1)
    assert 0 <= rarity[unit(signed, "Everyone")] < 1


CORPUS = [
    paper("p1", "A. Courville", "Yoshua Bengio", "Ian Goodfellow"),
    paper("p2", "Aaron Courville", "Yoshua Bengio"),
    paper("p3", "Aaron Courville", "Ian Goodfellow"),
    paper("p4", "Anna Courville", "Ben Nevis"),
    paper("p5", "A. Courville", "Aaron Courville", "Dan Dare"),
]


def test_shared_co_authors_are_counted_once_each() -> None:
    signed = signatures(CORPUS)
    who = company(signed.incidence())
    count, rare = shared(who, pair(signed, "A. Courville", "Aaron Courville"))
    assert count.tolist() == [3]
    assert 0 < rare[0] < 3
    assert shared(who, pair(signed, "A. Courville", "Anna Courville"))[0].tolist() == [0]


def test_two_who_signed_one_paper_are_seen_side_by_side() -> None:
    signed = signatures(CORPUS)
    who = company(signed.incidence())
    assert together(who, pair(signed, "A. Courville", "Aaron Courville")).tolist() == [True]
    assert together(who, pair(signed, "A. Courville", "Anna Courville")).tolist() == [False]


def test_no_pairs_have_no_company() -> None:
    who = company(signatures(CORPUS).incidence())
    assert len(together(who, (NOBODY, NOBODY))) == 0
    assert len(second_hand(who, (NOBODY, NOBODY))) == 0
    assert len(shared(who, (NOBODY, NOBODY))[0]) == 0


def test_two_names_whose_co_authors_write_together_keep_like_company() -> None:
    apart = [paper("p1", "A. Courville", "Ann Arbor"), paper("p2", "Aaron Courville", "Ben Nevis")]
    signed = signatures(apart)
    who, two = company(signed.incidence()), pair(signed, "A. Courville", "Aaron Courville")
    assert second_hand(who, two).tolist() == [0]
    signed = signatures([*apart, paper("p3", "Ann Arbor", "Ben Nevis")])
    who, two = company(signed.incidence()), pair(signed, "A. Courville", "Aaron Courville")
    assert 0 < second_hand(who, two)[0] < 1


def test_writing_with_each_other_is_no_like_company() -> None:
    signed = signatures([paper("p1", "A. Courville", "Aaron Courville")])
    two = pair(signed, "A. Courville", "Aaron Courville")
    assert second_hand(company(signed.incidence()), two).tolist() == [0]


@given(st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=1, max_size=8))
def test_company_is_a_cosine_that_is_the_same_from_both_sides(papers: list[set[int]]) -> None:
    table = np.array([[float(who in paper) for who in range(6)] for paper in papers])
    who = company(csr_array(table))
    one, other = np.triu_indices(6, 1)
    here, there = second_hand(who, (one, other)), second_hand(who, (other, one))
    assert here == pytest.approx(there)
    assert ((here >= 0) & (here <= 1)).all()
    assert who.joint.diagonal().tolist() == [0] * 6
