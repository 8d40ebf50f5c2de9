"""Printed names become people: ids that stay, decisions with their reasons, doubt told, users obeyed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import read_sources
from kg.records import Authorship, Paper, Verdict
from kg.resolve.model import identity_model
from kg.resolve.names import name_key
from kg.resolve.people import People, resolve_people

from .conftest import paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def people(*names: str) -> int:
    """How many people these printed names are, each on a paper of its own."""
    return len(resolve_people(paper(f"p{i}", name) for i, name in enumerate(names)).authors)


def ids(found: People) -> dict[tuple[str, int], str]:
    """The author of each place on each paper."""
    return {(one.paper, one.position): one.author for one in found.authorships}


@pytest.fixture(scope="module")
def seeds() -> list[Paper]:
    return list(read_sources([SEEDS / "iclr-2021.md"]).papers)


@pytest.mark.parametrize(
    "names",
    [
        ("Raphaël Marinier", "Raphael Marinier", "Raphae\u0308l Marinier", "RAPHAEL MARINIER"),
        ("Léonard Hussenot", "Léonard  Hussenot", " Leonard Hussenot"),
        ("D. P. Kingma", "D.P. Kingma", "D P Kingma", "d.p. kingma"),
        ("Jean-Luc Picard", "Jean Luc Picard", "Jean‐Luc Picard"),
        ("Łukasz Kaiser", "Lukasz Kaiser"),
        ("Philipp Krähenbühl", "Philipp Krahenbuhl"),
        ("Adébáyọ̀ Ọlọ́run", "Adebayo Olorun"),  # accents that no single letter holds
        ("T. Nathan Mundhenk", "T Nathan Mundhenk"),
        ("Miles O’Brien", "Miles O'Brien"),
        ("Lukasz Kai\u00adser", "Lukasz Kaiser"),  # a soft hyphen
        ("Kingma, Diederik", "Diederik Kingma"),
        ("Dr. Ada Lovelace", "Ada Lovelace, PhD"),
    ],
)
def test_accents_dots_spaces_case_and_order_make_no_other_person(names: tuple[str, ...]) -> None:
    assert people(*names) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Wei Li", "Wei Liu"),
        ("Wei Li", "Li Wei"),
        ("Aaron Courville", "Anna Courville"),
        ("D. P. Kingma", "D. Q. Kingma"),
        ("Yang Song 0001", "Yang Song 0002"),
        ("王伟", "李娜"),
        ("Иван Петров", "Пётр Иванов"),
        ("José García", "Jose Garcia Lopez"),
    ],
)
def test_different_names_are_different_people(names: tuple[str, ...]) -> None:
    assert people(*names) == len(names)


def test_no_papers_have_no_people() -> None:
    assert resolve_people([]) == People((), (), (), ())


def test_papers_without_authors_have_no_people() -> None:
    assert resolve_people([paper("p1"), paper("p2")]) == People((), (), (), ())


def test_the_name_shown_is_the_one_printed_most_often() -> None:
    names = ("Leonard Hussenot", "Léonard Hussenot", "Léonard Hussenot")
    (author,) = resolve_people(paper(f"p{i}", name) for i, name in enumerate(names)).authors
    assert (author.id, author.name) == ("leonard-hussenot", "Léonard Hussenot")
    assert author.variants == ("Leonard Hussenot", "Léonard Hussenot")
    assert (author.decisions, author.confidence) == ((), 1.0)


def test_every_printed_name_stays_in_its_place() -> None:
    found = resolve_people([paper("p2", "Ada Lovelace", "Diederik Kingma"), paper("p1", "DIEDERIK KINGMA")])
    assert found.authorships == (
        Authorship("p1", 1, "diederik-kingma", "DIEDERIK KINGMA"),
        Authorship("p2", 1, "ada-lovelace", "Ada Lovelace"),
        Authorship("p2", 2, "diederik-kingma", "Diederik Kingma"),
    )


# One person of two spellings, by the evidence.
COURVILLE = [
    paper("p1", "Aaron C. Courville", "Yoshua Bengio", "Ian Goodfellow", "David Warde-Farley"),
    paper("p2", "Aaron Courville", "Yoshua Bengio", "Ian Goodfellow", "David Warde-Farley"),
    paper("p3", "Aaron Courville", "Yoshua Bengio", "Ian Goodfellow"),
]
# Two people of one common name, by the evidence.
WANG = [
    paper("w1", "Wei Wang", "Ann Arbor", "Ben Nevis", title="Parsing cats", year=1998, venue="acl"),
    paper("w2", "Wei Wang", "Cat Island", "Dan Dare", title="Teaching dogs", year=2021, venue="icml"),
    paper("w3", "Wei Wang", "Cat Island", "Dan Dare", title="Teaching dogs", year=2021, venue="icml"),
]


def test_two_spellings_with_shared_co_authors_are_one_person_for_a_reason() -> None:
    found = resolve_people(COURVILLE)
    (author,) = [author for author in found.authors if "courville" in author.id]
    assert (author.id, author.name) == ("aaron-c-courville", "Aaron Courville")
    assert author.variants == ("Aaron C. Courville", "Aaron Courville")
    (decision,) = author.decisions
    assert (decision.verdict, decision.names) == (Verdict.MERGED, author.variants)
    assert decision.reason == "compatible names (a middle name more), 3 shared co-authors"
    assert identity_model().variants.threshold <= decision.confidence < 1


def test_two_who_signed_one_paper_are_two_people() -> None:
    found = resolve_people([*COURVILLE, paper("p4", "Aaron C. Courville", "Aaron Courville")])
    assert {"aaron-c-courville", "aaron-courville"} <= {author.id for author in found.authors}


def test_people_of_one_name_are_told_apart_by_their_earliest_papers() -> None:
    found = resolve_people(WANG)
    assert ids(found)["w1", 1] == "wei-wang-w1"
    assert ids(found)["w2", 1] == ids(found)["w3", 1] == "wei-wang-w2"
    for author in found.authors:
        if author.name == "Wei Wang":
            (decision,) = author.decisions
            assert decision.verdict is Verdict.PARTED
            assert decision.reason.startswith("a common name (")
            assert "parted among 2 people" in decision.reason
            assert 0.5 < decision.confidence < 1


def test_the_least_sure_decision_gives_the_confidence() -> None:
    found = resolve_people([*COURVILLE, paper("p5", "A. Courville", "Yoshua Bengio", "Ian Goodfellow")])
    several = [author for author in found.authors if len(author.decisions) > 1]
    assert several, "three spellings make three decisions"
    for author in several:
        sure = [decision.confidence for decision in author.decisions]
        assert sure == sorted(sure)
        assert author.confidence == sure[0]


def test_in_doubt_there_are_two_people_that_are_perhaps_one() -> None:
    found = resolve_people([paper("p1", "José García"), paper("p2", "Jose Garcia Lopez")])
    assert len(found.authors) == 2
    model = identity_model().variants
    for doubt in found.possible_identities:
        assert (doubt.one, doubt.other) == ("jose-garcia", "jose-garcia-lopez")
        assert model.doubt <= doubt.score < model.threshold
        assert doubt.reason == "compatible names (a part of the family name), no shared co-author"


def assert_sound(found: People, papers: list[Paper]) -> None:
    """What holds of people whatever the papers."""
    printed = {(p.id, position): n for p in papers for position, n in enumerate(p.authors, start=1)}
    assert {(a.paper, a.position): a.name_as_printed for a in found.authorships} == printed
    known = [author.id for author in found.authors]
    assert known == sorted(set(known)), "ids are sorted and each is one person's"
    assert {a.author for a in found.authorships} == set(known)
    places = [(a.paper, a.position) for a in found.authorships]
    assert places == sorted(places)
    for author in found.authors:
        names = {a.name_as_printed for a in found.authorships if a.author == author.id}
        assert author.variants == tuple(sorted(names))
        assert author.name in names
        assert 0 <= author.confidence <= 1
        assert all(set(decision.names) <= names for decision in author.decisions)
    for doubt in found.possible_identities:
        assert doubt.one < doubt.other
        assert {doubt.one, doubt.other} <= set(known)
        assert 0 <= doubt.score <= 1
        assert doubt.reason


def test_seed_people_are_sound_and_do_not_depend_on_the_order_of_papers(seeds: list[Paper]) -> None:
    expected = resolve_people(seeds)
    assert_sound(expected, seeds)
    shuffled = list(seeds)
    random.Random(3).shuffle(shuffled)
    assert resolve_people(shuffled) == expected


def test_seed_people_are_few_more_than_their_names(seeds: list[Paper]) -> None:
    keys = {name_key(name) for source in seeds for name in source.authors}
    assert 0.97 * len(keys) <= len(resolve_people(seeds).authors) <= 1.03 * len(keys)


# Names that nobody of COURVILLE and WANG bears, none of them common.
OTHERS = [
    "Zuzana Grznarova",
    "Ignatius Quillfeather",
    "Thorbjorn Askeland",
    "Oluwaseun Adeyemi-Quist",
    "Xiomara",
]


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3, unique=True), max_size=6))
def test_papers_of_other_people_change_no_id(added: list[list[str]]) -> None:
    papers = [*COURVILLE, *WANG]
    before = ids(resolve_people(papers))
    more = [paper(f"a{i}", *names, title="On things", year=1980) for i, names in enumerate(added)]
    after = ids(resolve_people([*more, *papers]))
    assert {place: after[place] for place in before} == before


@settings(max_examples=25)
@given(st.permutations([*COURVILLE, *WANG]))
def test_the_order_of_papers_changes_nothing(papers: list[Paper]) -> None:
    assert resolve_people(papers) == resolve_people([*WANG, *COURVILLE])


def test_a_spelling_less_full_changes_no_id() -> None:
    before = ids(resolve_people(COURVILLE))
    after = resolve_people([*COURVILLE, paper("p0", "A. Courville", "Yoshua Bengio", "Ian Goodfellow")])
    assert {place: ids(after)[place] for place in before} == before


def test_a_later_paper_of_one_of_two_bearers_changes_no_id() -> None:
    before = ids(resolve_people(WANG))
    later = paper("w0", "Wei Wang", "Cat Island", "Dan Dare", title="Teaching dogs", year=2022, venue="icml")
    after = ids(resolve_people([*WANG, later]))
    assert {place: after[place] for place in before} == before
    assert after["w0", 1] == "wei-wang-w2"


@settings(max_examples=50)
@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_name_finds_a_person(names: list[str]) -> None:
    found = resolve_people([paper("p1", *names)])
    assert [a.name_as_printed for a in found.authorships] == names
    assert all(set(author.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for author in found.authors)
    assert all(author.id and author.name in author.variants for author in found.authors)
    assert len({author.id for author in found.authors}) == len(found.authors)
