from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read import read_sources
from kg.records import Authorship
from kg.resolve.authors import name_key, resolve_authors

from .conftest import paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def people(*names: str) -> int:
    """How many people these printed names are, each on a paper of its own."""
    authors, _ = resolve_authors(paper(f"p{i}", name) for i, name in enumerate(names))
    return len(authors)


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
    ],
)
def test_accents_dots_spaces_and_case_make_no_other_person(names: tuple[str, ...]) -> None:
    assert people(*names) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Wei Li", "Wei Liu"),
        ("Wei Li", "Li Wei"),
        ("D. P. Kingma", "D. Kingma"),
        ("Diederik Kingma", "D. Kingma"),
        ("Yang Song", "Yang Song 0002"),
        ("王伟", "李娜"),
        ("Иван Петров", "Пётр Иванов"),
        ("José García", "Jose Garcia Lopez"),
    ],
)
def test_different_names_are_different_people(names: tuple[str, ...]) -> None:
    assert people(*names) == len(names)


def test_the_name_shown_is_the_one_printed_most_often() -> None:
    names = ("Leonard Hussenot", "Léonard Hussenot", "Léonard Hussenot")
    (author,), _ = resolve_authors(paper(f"p{i}", name) for i, name in enumerate(names))
    assert (author.id, author.name) == ("leonard-hussenot", "Léonard Hussenot")
    assert author.variants == ("Leonard Hussenot", "Léonard Hussenot")


def test_every_printed_name_stays_in_its_place() -> None:
    _, authorships = resolve_authors(
        [paper("p2", "Ada Lovelace", "D.P. Kingma"), paper("p1", "D. P. Kingma")]
    )
    assert authorships == (
        Authorship("p1", 1, "d-p-kingma", "D. P. Kingma"),
        Authorship("p2", 1, "ada-lovelace", "Ada Lovelace"),
        Authorship("p2", 2, "d-p-kingma", "D.P. Kingma"),
    )


def test_seed_people_do_not_depend_on_the_order_of_papers() -> None:
    papers = list(read_sources([SEEDS / "iclr-2021.md"]).papers)
    expected = resolve_authors(papers)
    random.Random(3).shuffle(papers)
    assert resolve_authors(papers) == expected
    authors, authorships = expected
    assert len(authorships) == sum(len(source.authors) for source in papers)
    printed = {(p.id, position): n for p in papers for position, n in enumerate(p.authors, start=1)}
    assert {(a.paper, a.position): a.name_as_printed for a in authorships} == printed
    assert {a.author for a in authorships} == {author.id for author in authors}


def test_no_two_seed_names_with_other_letters_are_merged() -> None:
    authors, _ = resolve_authors(read_sources([SEEDS / "iclr-2021.md"]).papers)
    merged = [author.variants for author in authors if len(author.variants) > 1]
    assert all(len({name_key(name) for name in variants}) == 1 for variants in merged)


@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_name_finds_a_person(names: list[str]) -> None:
    authors, authorships = resolve_authors([paper("p1", *names)])
    assert [a.name_as_printed for a in authorships] == names
    assert all(set(author.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for author in authors)
    assert all(author.id and author.name in author.variants for author in authors)


@given(st.text())
def test_a_name_key_does_not_depend_on_case_and_outer_space(name: str) -> None:
    assert name_key(f"  {name} ") == name_key(name)
    assert name_key(name) == " ".join(name_key(name).split())
