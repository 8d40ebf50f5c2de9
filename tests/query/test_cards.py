from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kg.build import Build
from kg.namespaces import BASE
from kg.query.about import Card
from kg.query.cards import card, find
from kg.query.store import answer, load_store
from kg.records import Verdict

from .small import ABSTRACT, GRAPH, changed


@pytest.fixture(scope="module")
def small() -> ox.Store:
    return load_store(GRAPH.encode())


def _card(store: ox.Store, name: str) -> Card:
    return card(store, BASE + name)


def _exact(store: ox.Store, name: str) -> list[str]:
    return [found.iri.removeprefix(BASE) for found in find(store, name).exact]


# Finding


@pytest.mark.parametrize(
    "name",
    [
        "René Descartes",
        "rene descartes",
        "RENE DESCARTES",
        "Rene\u0301 Descartes",
        "  René   Descartes ",
        "René-Descartes",
        "R. Descartes",
        "rene-descartes",
        f"{BASE}author/rene-descartes",
    ],
)
def test_a_person_is_found_whatever_the_case_accents_spaces_or_variant(small: ox.Store, name: str) -> None:
    assert _exact(small, name) == ["author/rene-descartes"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Adam", "method/adam"),
        ("adaptive moments", "method/adam"),
        ("imagenet", "dataset/imagenet"),
        ("adam BEATS sgd", "paper/iclr-2021-0001"),
        ("iclr-2021-0001", "paper/iclr-2021-0001"),
        (f"{BASE}paper/iclr-2021-0001", "paper/iclr-2021-0001"),
        ("ICLR", "venue/iclr"),
        ("iclr 2021", "edition/iclr-2021"),
        ("optimisation", "community/ada-lovelace"),
    ],
)
def test_each_kind_of_thing_is_found_by_name_id_and_iri(small: ox.Store, name: str, found: str) -> None:
    assert _exact(small, name) == [found]


def test_an_id_that_two_things_have_finds_both(small: ox.Store) -> None:
    assert _exact(small, "ada-lovelace") == ["author/ada-lovelace", "community/ada-lovelace"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Lovelace", "Ada Lovelace"),
        ("Ada Lovelase", "Ada Lovelace"),
        ("descartes", "R. Descartes"),
        ("image net", "ImageNet"),
    ],
)
def test_a_name_that_nothing_has_is_answered_with_those_near(small: ox.Store, name: str, near: str) -> None:
    matches = find(small, name)
    assert not matches.exact and near in [found.label for found in matches.near]


@pytest.mark.parametrize("name", ["", " ", "xyzzy", '"', "}", "\ud800", "?x", "\x00"])
def test_a_name_like_nothing_finds_nothing_and_harms_nothing(small: ox.Store, name: str) -> None:
    assert find(small, name).exact == () == find(small, name).near


def test_every_seed_paper_is_found_by_its_title(seed_build: Build, seed_store: ox.Store) -> None:
    for paper in seed_build.knowledge.papers[::40]:
        assert f"paper/{paper.id}" in _exact(seed_store, paper.title.upper())


def test_seed_people_with_accents_are_found_without_them(seed_build: Build, seed_store: ox.Store) -> None:
    assert "Raphaël Marinier" in {a.name for a in seed_build.knowledge.authors}
    assert _exact(seed_store, "raphael marinier") == ["author/raphael-marinier"]


# Cards


def test_a_persons_card(small: ox.Store) -> None:
    told = _card(small, "author/rene-descartes")
    assert (told.title, told.kind) == ("René Descartes", "author")
    assert dict(told.facts) == {
        "papers": "1",
        "collaborators": "1",
        "group": "optimisation",
        "also printed as": "R. Descartes",
        "one person with a probability of": "0.61",
    }
    assert dict(told.sections) == {
        "Decisions on the names (confidence)": (
            "merged: R. Descartes and René Descartes, compatible names, 3 shared co-authors (0.61)",
        ),
        "May be the same person as (probability)": (
            "Ada Lovelace (0.40): one printed name, kept apart by the evidence; ada-lovelace",
        ),
        "Papers": ("Adam beats SGD (2021)",),
        "Collaborators (joint papers)": ("Ada Lovelace (1)",),
        "Methods used (papers)": ("Adam (1)",),
        "Data sets (papers)": ("ImageNet (1)",),
        "Place in the network": (
            "papers 1: rank 1 of 2",
            "collaborators 1: rank 1 of 2",
            "PageRank 0.25: rank 2 of 2 (1 to 2 when papers are drawn anew)",
        ),
    }


def test_the_card_of_someone_of_one_name_tells_of_no_decision(small: ox.Store) -> None:
    told = _card(small, "author/ada-lovelace")
    assert "one person with a probability of" not in dict(told.facts)
    assert "Decisions on the names (confidence)" not in dict(told.sections)


def test_what_sources_identify_a_person_by_stands_on_the_card(small: ox.Store) -> None:
    assert dict(_card(small, "author/ada-lovelace").facts)["identified by"] == (
        "https://orcid.org/0000-0002-1825-0097, dblp:lovelace"
    )


def test_a_measure_that_is_zero_ranks_nobody() -> None:
    store = load_store(changed("kg:pageRank 0.5", "kg:pageRank 0.5 ; kg:betweenness 0.0").encode())
    lines = dict(_card(store, "author/ada-lovelace").sections)["Place in the network"]
    assert "PageRank 0.5: rank 1 of 2" in lines and not [line for line in lines if "betweenness" in line]


def test_a_parted_name_is_told_with_the_other_bearer(seed_build: Build, seed_store: ox.Store) -> None:
    parted = [a for a in seed_build.knowledge.authors for d in a.decisions if d.verdict is Verdict.PARTED]
    for author in parted:
        lines = dict(_card(seed_store, f"author/{author.id}").sections)["Decisions on the names (confidence)"]
        assert [line for line in lines if line.startswith(f"parted: {author.name}")], author.id


def test_a_methods_card(small: ox.Store) -> None:
    told = _card(small, "method/adam")
    assert (told.title, told.kind) == ("Adam", "method")
    assert dict(told.facts) == {"papers": "1", "also called": "adaptive moments", "broader": "SGD"}
    sections = dict(told.sections)
    assert sections["Papers"] == ("Adam beats SGD (2021)",)
    assert sections["People (papers)"] == ("Ada Lovelace (1)", "René Descartes (1)")
    assert sections["Said of it"] == (
        "Adam comparedWith SGD: We prove that Adam outperforms SGD on ImageNet.",
    )


def test_a_broader_methods_card_names_the_narrower(small: ox.Store) -> None:
    assert dict(_card(small, "method/sgd").facts)["narrower"] == "Adam"


def test_a_data_sets_card(small: ox.Store) -> None:
    told = _card(small, "dataset/imagenet")
    assert (told.title, told.kind) == ("ImageNet", "data set")
    assert dict(told.sections)["Papers"] == ("Adam beats SGD (2021)",)


def test_a_papers_card_has_its_authors_as_printed_and_a_sentence_a_concept(small: ox.Store) -> None:
    told = _card(small, "paper/iclr-2021-0001")
    assert told.title == "Adam beats SGD" and told.kind == "paper"
    assert dict(told.facts) == {
        "authors": "Ada Lovelace, R. Descartes",
        "in": "iclr 2021",
        "page": "https://example.org/1",
    }
    (heading, lines), *others = told.sections
    assert heading == "Uses" and not others
    assert lines == ("Adam (0.90): Adam wins.", f"ImageNet (0.80): {ABSTRACT[:47]}")


def test_the_authors_on_a_seed_papers_card_stand_in_their_printed_order(
    seed_build: Build, seed_store: ox.Store
) -> None:
    for paper in seed_build.knowledge.papers[::20]:
        told = dict(_card(seed_store, f"paper/{paper.id}").facts)
        assert told["authors"] == ", ".join(paper.authors), paper.id


def test_a_venues_and_an_editions_card_count_their_papers(small: ox.Store) -> None:
    for name, title in (("venue/iclr", "iclr"), ("edition/iclr-2021", "iclr 2021")):
        told = _card(small, name)
        assert told.title == title and dict(told.facts) == {"papers": "1"}


def test_a_venue_that_papers_belong_to_without_a_year_counts_them_too() -> None:
    store = load_store(
        GRAPH.replace(
            "dcterms:isPartOf edition:iclr-2021 ; foaf", "dcterms:isPartOf venue:iclr ; foaf"
        ).encode()
    )
    assert dict(_card(store, "venue/iclr").facts) == {"papers": "1"}


def test_a_groups_card(small: ox.Store) -> None:
    told = _card(small, "community/ada-lovelace")
    assert (told.title, told.kind) == ("optimisation", "group")
    assert dict(told.facts) == {"people": "2", "papers": "1"}
    assert dict(told.sections) == {
        "People": ("Ada Lovelace", "René Descartes"),
        "Set apart by": ("Adam",),
    }


@pytest.mark.parametrize(
    "iri", [f"{BASE}author/nobody", f"{BASE}run/r", f"{BASE}mention/iclr-2021-0001-1", "urn:x"]
)
def test_what_has_no_card_is_a_key_error(small: ox.Store, iri: str) -> None:
    with pytest.raises(KeyError):
        card(small, iri)


def test_a_long_section_is_cut_and_says_by_how_much(seed_store: ox.Store, seed_build: Build) -> None:
    busiest = max(seed_build.coauthors.degree, key=lambda item: item[1])[0]
    lines = dict(_card(seed_store, f"author/{busiest}").sections)["Collaborators (joint papers)"]
    degree = seed_build.coauthors.degree[busiest]
    assert len(lines) == 13 and lines[-1] == f"and {degree - 12} more"


def test_the_first_by_pagerank_has_rank_one(seed_store: ox.Store) -> None:
    (row,) = answer(seed_store, "SELECT ?a { ?a kg:pageRank ?r } ORDER BY DESC(?r) ?a LIMIT 1").rows
    assert dict(card(seed_store, str(row["a"])).sections)["Place in the network"][4].startswith("PageRank ")
    assert "rank 1 of 893" in str(dict(card(seed_store, str(row["a"])).sections)["Place in the network"])


def test_a_card_is_told_as_json(small: ox.Store) -> None:
    told = _card(small, "author/ada-lovelace").as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["facts"]["papers"] == "1" and told["sections"]["Papers"] == ["Adam beats SGD (2021)"]


@pytest.mark.parametrize(
    "kind", ["Author", "Topic", "Method", "Dataset", "Metric", "Paper", "Venue", "Edition", "Community"]
)
def test_things_of_every_kind_in_the_seeds_have_a_card_with_something_on_it(
    seed_store: ox.Store, kind: str
) -> None:
    rows = answer(seed_store, f"SELECT ?x {{ ?x a kg:{kind} }} ORDER BY ?x").rows
    assert rows
    for row in rows[:: max(1, len(rows) // 5)]:
        told = card(seed_store, str(row["x"]))
        assert told.title and told.facts, row["x"]
