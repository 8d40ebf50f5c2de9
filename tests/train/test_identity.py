"""Author identity is learnt from curated people, the same at every run, and never from what measures it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.evaluate.identity import evaluate_identity, read_signatures
from kg.read import read_sources
from kg.records import Location, Paper
from kg.resolve.names import parse_name
from kg.resolve.people import resolve_people
from kg.resolve.signatures import Signatures, signatures
from kg.train.identity import (
    count_names,
    fit,
    judge_variants,
    judged_homonyms,
    shared_names,
    thrown_together,
)
from kg.train.recipe import recipe

YEARS = (1998, 2002)  # of the slice of the Anthology that is resolved here


def paper(identifier: str, *authors: str) -> Paper:
    """A paper of which nothing but the authors matters."""
    return Paper(identifier, "A Title", authors, "", 2021, "iclr", None, None, Location("papers.md", 1))


def counts(*printed: str) -> dict[tuple[str, str], int]:
    table = count_names([parse_name(name) for name in printed])
    rows = zip(*(table[column].to_pylist() for column in ("part", "name", "count")), strict=True)
    return {(part, name): count for part, name, count in rows}


def test_names_are_counted_by_what_they_share() -> None:
    assert counts("Yang Liu", "Wei Liu", "Yang Song", "Aaron Courville") == {
        ("names", ""): 4,
        ("surname", "liu"): 2,
        ("given", "yang"): 2,
    }


def test_initials_and_single_names_are_not_counted() -> None:
    assert counts("Y. Liu", "W. Liu", "Mausam") == {("names", ""): 0}


def test_one_name_in_two_forms_is_counted_once() -> None:
    assert counts("Yang Liu", "Yang Liu 0003", "LIU Yang", "Wei Liu")["surname", "liu"] == 2


def test_names_given_in_another_order_are_counted_alike() -> None:
    names = ["Yang Liu", "Wei Liu", "Yang Song"]
    assert counts(*names) == counts(*reversed(names))


def test_a_model_finds_what_parts_the_same_from_others() -> None:
    chance = np.random.default_rng(0)
    same = (np.arange(400) % 2).astype(np.float64)
    evidence = {
        "one": np.ones(400),
        "telling": same + chance.normal(0, 0.2, 400),
        "noise": chance.normal(0, 1, 400),
    }
    weights = fit(evidence, same, np.ones(400), penalty=1.0)
    assert list(weights.weights) == ["one", "telling", "noise"]
    assert weights.weights["telling"] > 10 * abs(weights.weights["noise"])
    assert ((weights.log_odds(evidence) > 0) == (same > 0)).mean() > 0.97


def test_a_pair_of_more_weight_counts_more() -> None:
    evidence, same = {"one": np.ones(2)}, np.array([0.0, 1.0])
    for weight in ([3.0, 1.0], [1.0, 3.0]):
        odds = fit(evidence, same, np.array(weight), penalty=1.0).weights["one"]
        assert odds == pytest.approx(np.log(weight[1] / weight[0]), abs=1e-3)


def test_a_column_that_never_varies_is_fitted_all_the_same() -> None:
    evidence = {"one": np.ones(4), "none": np.zeros(4)}
    weights = fit(evidence, np.array([0.0, 1.0, 1.0, 1.0]), np.ones(4), penalty=1.0).weights
    assert weights["none"] == 0
    assert weights["one"] == pytest.approx(np.log(3), abs=1e-3)


FAMILIES = ("Bengio", "Courville", "Hinton", "Manning", "Smith", "Jurafsky", "Liu", "Wang")
GIVEN = ("Aaron", "Barbara", "Christopher", "Dan")


@pytest.fixture(scope="module")
def signed() -> Signatures:
    """Eight families of four people, each of whom signed three papers with a friend of their own."""
    names = [(given, family) for family in FAMILIES for given in GIVEN]
    papers = [
        paper(f"p{number}-{copy}", f"{given} {family}", f"Friend{number} Of{family}")
        for number, (given, family) in enumerate(names)
        for copy in range(3)
    ]
    return signatures(papers)


def test_people_of_one_family_name_are_thrown_together(signed: Signatures) -> None:
    groups = list(thrown_together(signed, set(), half=0))
    assert len(groups) == recipe("identity")["groups"]
    for group in groups:
        assert len(group.papers) == len(group.people) > 1
        assert len({signed.names[unit].surname for unit in group.people.tolist()}) == 1
        wrote = set(zip(signed.paper.tolist(), signed.unit.tolist(), strict=True))
        assert set(zip(group.papers.tolist(), group.people.tolist(), strict=True)) <= wrote


def test_the_same_people_are_thrown_together_at_every_run(signed: Signatures) -> None:
    one, other = (
        [(group.papers.tolist(), group.people.tolist()) for group in thrown_together(signed, set(), half=1)]
        for _ in range(2)
    )
    assert one == other


def test_no_family_name_is_in_both_halves(signed: Signatures) -> None:
    here, there = (
        {
            signed.names[unit].surname
            for group in thrown_together(signed, set(), half)
            for unit in group.people.tolist()
        }
        for half in (0, 1)
    )
    assert here
    assert there
    assert not here & there


def test_names_left_out_are_not_thrown_together(signed: Signatures) -> None:
    left_out = {"aaron bengio", "aaron smith", "aaron liu", "aaron hinton", "aaron wang"}
    for half in (0, 1):
        for group in thrown_together(signed, left_out, half):
            names = {
                " ".join((*name.given, *name.family))
                for name in (signed.names[u] for u in group.people.tolist())
            }
            assert not names & left_out


def test_who_signs_with_initials_is_nobody_to_learn_from(signed: Signatures) -> None:
    papers = [paper(f"i{number}", f"{letter}. Abney") for number, letter in enumerate("ABCDEFGH")]
    more = signatures([*signed.papers, *papers])
    groups = [group for half in (0, 1) for group in thrown_together(more, set(), half)]
    assert "abney" not in {more.names[unit].surname for group in groups for unit in group.people.tolist()}


def test_two_papers_thrown_together_are_the_same_where_one_unit_signed_both(signed: Signatures) -> None:
    group = next(
        group for group in thrown_together(signed, set(), half=0) if len(set(group.people.tolist())) > 1
    )
    ((evidence, same),) = judged_homonyms(signed, [group])
    one, other = np.triu_indices(len(group.papers), 1)
    assert same.tolist() == [
        float(group.people[a] == group.people[b]) for a, b in zip(one, other, strict=True)
    ]
    assert {len(column) for column in evidence.values()} == {len(same)}
    joined = evidence["shared co-authors > 0"]
    assert joined.tolist() == same.tolist(), "each signed with a friend of their own, and names are left out"


def test_names_that_several_curated_people_share_are_found() -> None:
    papers = [
        paper("p1", "Yang Liu", "Aaron Courville"),
        paper("p2", "YANG LIU"),
        paper("p3", "Aaron Courville"),
    ]
    curated = {("p1", 1): "yang-liu-ict", ("p2", 1): "yang-liu-umich", ("p1", 2): "aaron", ("p3", 1): "aaron"}
    assert shared_names(signatures(papers), curated) == {"yang liu"}


def test_two_names_are_judged_where_curators_know_one_of_them() -> None:
    papers = [
        paper("p1", "A. Courville"),
        paper("p2", "Aaron Courville"),
        paper("p3", "Albert Courville"),
        paper("p4", "C. Manning"),
        paper("p5", "Christopher Manning"),
    ]
    curated = {("p1", 1): "aaron", ("p2", 1): "aaron"}
    units = signatures(papers)
    judged = judge_variants(units, curated)
    one, other = (side[judged.rows].tolist() for side in judged.found.pairs)
    told = {
        (units.names[a].first, units.names[b].first): same
        for a, b, same in zip(one, other, judged.same.tolist(), strict=True)
    }
    assert told == {("a", "aaron"): 1.0, ("a", "albert"): 0.0}
    assert len(judged.fold) == len(judged.found.pairs[0])
    assert len(set(judged.fold[judged.rows].tolist())) == 1, "a family name is in one fold"


@pytest.fixture(scope="module")
def curated_slice(shared: Path) -> tuple[list[Paper], dict[tuple[str, int], str]]:
    """Some years of the Anthology, and who its curators say signed them."""
    folder = shared / "authors"
    if not folder.is_dir():
        pytest.skip("needs the curated people of the ACL Anthology in shared/authors beside the checkout")
    papers = read_sources([folder / "acl-papers.jsonl.gz"]).papers
    chosen = [one for one in papers if one.year is not None and YEARS[0] <= one.year <= YEARS[1]]
    return chosen, read_signatures(folder / "acl-train.jsonl.gz")


def test_curated_people_are_resolved_well(
    curated_slice: tuple[list[Paper], dict[tuple[str, int], str]],
) -> None:
    papers, curated = curated_slice
    quality = {one.group: one for one in evaluate_identity(resolve_people(papers).authorships, curated)}
    several, everyone = quality["several spellings"], quality["everyone"]
    assert several.signatures > 100, "the ids of papers are those of the curated file"
    assert several.b_cubed.precision > 0.95
    assert several.b_cubed.recall > 0.75
    assert everyone.b_cubed.f1 > 0.95
