from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.build import Build
from kg.query.store import answer, load_store
from kg.records import (
    Author,
    Authorship,
    Claim,
    Concept,
    Field,
    Kind,
    Knowledge,
    Location,
    Mention,
    Paper,
    Polarity,
    Predicate,
    Role,
    Run,
    Span,
)
from kg.write.describe import describe, text_hash
from kg.write.rdf import Iri
from kg.write.turtle import turtle

from ..read.independent import Printed, printed_papers, reads_as_printed

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
BASE = "https://example.org/"
RUN = Run("0" * 12, "0.1.0", "fast-0", "1" * 12, "2" * 12)


@pytest.fixture(scope="module")
def printed() -> dict[str, Printed]:
    """The seed papers, read by another reader than ours."""
    return printed_papers(SEEDS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(seed_store: ox.Store) -> dict[str, dict[str, object]]:
    """What the seed graph tells of each paper, by id."""
    rows = answer(
        seed_store,
        """SELECT (STRAFTER(STR(?p), "/paper/") AS ?id) ?title ?abstract ?year ?edition ?venue ?page {
             ?p a kg:Paper ; dcterms:title ?title ; dcterms:abstract ?abstract ; dcterms:issued ?year ;
               foaf:page ?page ; dcterms:isPartOf ?e .
             ?e rdfs:label ?edition ; dcterms:isPartOf/rdfs:label ?venue }""",
    ).rows
    return {str(row["id"]): row for row in rows}


def test_every_seed_paper_stands_in_the_graph_once(
    printed: dict[str, Printed], told: dict[str, object]
) -> None:
    assert len(printed) == 200
    assert sorted(told) == sorted(printed)


def test_title_year_venue_address_and_abstract_are_as_printed(
    printed: dict[str, Printed], told: dict[str, dict[str, object]]
) -> None:
    for paper, expected in printed.items():
        abstract = str(told[paper]["abstract"])
        assert reads_as_printed(abstract, expected.abstract), paper
        assert told[paper] == {
            "id": paper,
            "title": expected.title,
            "abstract": abstract,
            "year": expected.year,
            "edition": f"{expected.venue} {expected.year}",
            "venue": expected.venue,
            "page": expected.url,
        }, paper


def test_authors_stand_in_their_printed_order(printed: dict[str, Printed], seed_store: ox.Store) -> None:
    rows = answer(
        seed_store,
        """SELECT (STRAFTER(STR(?p), "/paper/") AS ?id) ?position ?name {
             ?p kg:authorship ?a . ?a kg:position ?position ; kg:nameAsPrinted ?name } ORDER BY ?id ?position""",
    ).rows
    found: dict[str, list[tuple[object, object]]] = {}
    for row in rows:
        found.setdefault(str(row["id"]), []).append((row["position"], row["name"]))
    for paper, expected in printed.items():
        assert found[paper] == list(enumerate(expected.authors, start=1)), paper


def test_the_seed_graph_has_892_names_as_printed(printed: dict[str, Printed], seed_store: ox.Store) -> None:
    names = {
        row["name"] for row in answer(seed_store, "SELECT DISTINCT ?name { ?a kg:nameAsPrinted ?name }").rows
    }
    assert names == {name for paper in printed.values() for name in paper.authors}
    assert len(names) == 892


def test_the_creators_of_a_paper_are_the_authors_of_its_authorships(seed_store: ox.Store) -> None:
    flat = answer(seed_store, "SELECT ?p ?a { ?p dcterms:creator ?a } ORDER BY ?p ?a").rows
    full = answer(seed_store, "SELECT DISTINCT ?p ?a { ?p kg:authorship/kg:author ?a } ORDER BY ?p ?a").rows
    assert flat == full and len(flat) > 900


def test_every_printed_name_is_the_name_or_a_variant_of_its_author(seed_store: ox.Store) -> None:
    strangers = answer(
        seed_store,
        """SELECT ?name ?author { ?s kg:author ?author ; kg:nameAsPrinted ?name
             FILTER NOT EXISTS { ?author foaf:name|kg:nameVariant ?name } }""",
    ).rows
    assert not strangers


def test_coauthors_are_those_who_share_a_paper_both_ways(seed_store: ox.Store) -> None:
    said = answer(seed_store, "SELECT ?a ?b { ?a kg:coauthor ?b } ORDER BY ?a ?b").rows
    shared = answer(
        seed_store, "SELECT DISTINCT ?a ?b { ?p dcterms:creator ?a, ?b FILTER(?a != ?b) } ORDER BY ?a ?b"
    ).rows
    assert said == shared and said
    assert {(row["a"], row["b"]) for row in said} == {(row["b"], row["a"]) for row in said}


def test_an_authors_counts_are_those_of_the_graph(seed_store: ox.Store) -> None:
    wrong = answer(
        seed_store,
        """SELECT ?a ?told ?counted { ?a kg:paperCount ?told
             { SELECT ?a (COUNT(DISTINCT ?p) AS ?counted) { ?p dcterms:creator ?a } GROUP BY ?a }
             FILTER(?told != ?counted) }""",
    ).rows
    wrong += answer(
        seed_store,
        """SELECT ?a ?told ?counted { ?a kg:collaboratorCount ?told
             { SELECT ?a (COUNT(DISTINCT ?b) AS ?counted)
               { ?a a kg:Author OPTIONAL { ?a kg:coauthor ?b } } GROUP BY ?a }
             FILTER(?told != ?counted) }""",
    ).rows
    assert not wrong


def test_a_concepts_count_is_that_of_the_papers_linked_to_it(seed_store: ox.Store) -> None:
    rows = answer(
        seed_store,
        """SELECT ?c ?told (COUNT(DISTINCT ?p) AS ?counted) { ?c skos:prefLabel ?l ; kg:paperCount ?told
             OPTIONAL { ?p kg:hasTopic|kg:introduces|kg:uses|kg:comparesWith|kg:studies|kg:evaluatesWith ?c } }
           GROUP BY ?c ?told""",
    ).rows
    assert len(rows) > 100
    assert not [row for row in rows if row["told"] != row["counted"]]


def test_a_communitys_counts_and_leader_are_those_of_its_members(seed_store: ox.Store) -> None:
    rows = answer(
        seed_store,
        """SELECT ?c ?told (COUNT(DISTINCT ?a) AS ?counted) (MAX(?a = ?leader) AS ?led)
           { ?c a kg:Community ; kg:memberCount ?told ; kg:leader ?leader . ?a kg:community ?c } GROUP BY ?c ?told""",
    ).rows
    assert rows
    assert not [row for row in rows if row["told"] != row["counted"] or row["led"] is not True]


def test_mentions_and_claims_of_a_paper_are_as_many_as_were_read(
    seed_build: Build, seed_store: ox.Store
) -> None:
    for name, records in (("mention", seed_build.knowledge.mentions), ("claim", seed_build.knowledge.claims)):
        rows = answer(
            seed_store,
            f"""SELECT (STRAFTER(STR(?p), "/paper/") AS ?id) (COUNT(?r) AS ?n)
                {{ ?p kg:{name} ?r . ?r kg:sentence ?s }} GROUP BY ?p""",
        ).rows
        assert {row["id"]: row["n"] for row in rows} == Counter(record.paper for record in records)


def test_every_mention_reads_the_words_that_stand_at_its_offsets(
    told: dict[str, dict[str, object]], seed_store: ox.Store
) -> None:
    rows = answer(
        seed_store,
        """SELECT ?m (STRAFTER(STR(?p), "/paper/") AS ?id) ?field ?start ?end ?exact ?sentence
           { ?p kg:mention ?m . ?m kg:field ?field ; kg:start ?start ; kg:end ?end ; kg:exact ?exact ;
             kg:sentence ?sentence }""",
    ).rows
    assert rows
    for row in rows:
        text = str(told[str(row["id"])][str(row["field"])])
        assert text[row["start"] : row["end"]] == row["exact"], row["m"]
        assert str(row["exact"]) in str(row["sentence"]) and str(row["sentence"]) in text, row["m"]


def test_every_claim_reads_the_sentence_that_stands_at_its_offsets(
    told: dict[str, dict[str, object]], seed_store: ox.Store
) -> None:
    rows = answer(
        seed_store,
        """SELECT ?c (STRAFTER(STR(?p), "/paper/") AS ?id) ?field ?start ?end ?sentence
           { ?p kg:claim ?c . ?c kg:field ?field ; kg:start ?start ; kg:end ?end ; kg:sentence ?sentence }""",
    ).rows
    assert rows
    for row in rows:
        text = str(told[str(row["id"])][str(row["field"])])
        assert text[row["start"] : row["end"]] == row["sentence"], row["c"]


def test_the_hash_of_a_papers_text_is_that_of_title_two_line_feeds_and_abstract(
    told: dict[str, dict[str, object]], seed_store: ox.Store
) -> None:
    rows = answer(
        seed_store, 'SELECT (STRAFTER(STR(?p), "/paper/") AS ?id) ?hash { ?p kg:textHash ?hash }'
    ).rows
    assert {row["id"]: row["hash"] for row in rows} == {
        paper: sha256(f"{text['title']}\n\n{text['abstract']}".encode()).hexdigest()[:16]
        for paper, text in told.items()
    }


def test_title_and_abstract_are_told_apart_by_the_hash() -> None:
    assert text_hash("a", "b") != text_hash("a\n", "b") != text_hash("", "a\n\nb")


# A small world of its own


def _paper(**changes: object) -> Paper:
    paper = Paper(
        id="p-1",
        title="Adam beats SGD",
        authors=("Ada B", "Ada B"),
        abstract="We show that Adam outperforms SGD.",
        year=2021,
        venue="iclr",
        url="https://example.org/1",
        doi="10.1000/xyz",
        location=Location("a.md", 1),
    )
    return replace(paper, **changes)  # type: ignore[arg-type]


_SENTENCE = Span(Field.ABSTRACT, 0, 34)
_MENTION = Mention(
    "p-1", Span(Field.TITLE, 0, 4), "Adam", Span(Field.TITLE, 0, 14), Kind.METHOD, "Adam", "method/adam",
    Role.USES, 0.876,
)  # fmt: skip
_CLAIM = Claim(
    "p-1", "method/adam", Predicate.COMPARED_WITH, "method/sgd", _SENTENCE, Polarity.OUTPERFORMS, 0.5
)


def world(paper: Paper | None = None) -> Knowledge:
    """One paper by one person, printed twice, with a mention and a claim."""
    paper = paper or _paper()
    return Knowledge(
        papers=(paper,),
        concepts=(
            Concept("adam", Kind.METHOD, "Adam", ("ADAM",), ("sgd",), curated=True),
            Concept("sgd", Kind.METHOD, "SGD"),
        ),
        mentions=(_MENTION,),
        assertions=(),
        claims=(_CLAIM,),
        authors=(Author("ada-b", "Ada B", ("A. B", "Ada B")),),
        authorships=tuple(Authorship("p-1", n, "ada-b", "Ada B") for n in (1, 2)),
    )


def coauthors(**measures: object) -> nx.Graph:
    """The network of that one person."""
    graph = nx.Graph()
    graph.add_node("ada-b", community="ada-b", paper_count=1, degree=0, core=0, **measures)
    return graph


def described(
    knowledge: Knowledge, minimum: float = 0.4, **measures: object
) -> dict[str, dict[str, list[str]]]:
    """Objects by subject and predicate, under the last parts of their IRIs."""
    found: dict[str, dict[str, list[str]]] = {}
    for description in describe(knowledge, coauthors(**measures), RUN, minimum, BASE):
        subject = description.subject.value.removeprefix(BASE)
        assert subject not in found, f"{subject} is described twice"
        found[subject] = {
            predicate.value.replace("#", "/").rsplit("/", 1)[-1]: [
                o.value.removeprefix(BASE) if isinstance(o, Iri) else o.text for o in objects
            ]
            for predicate, objects in description.properties
            if objects
        }
    return found


def test_the_run_comes_first_and_papers_last() -> None:
    order = [name.split("/")[0] for name in described(world())]
    above = ["run", "venue", "edition", "method", "method", "author"]
    assert order == [*above, "paper", "authorship", "authorship", "mention", "claim"]


def test_what_a_source_does_not_tell_is_left_out() -> None:
    told = described(world(_paper(year=None, venue=None, url=None, doi=None, abstract="")))["paper/p-1"]
    assert not {"issued", "isPartOf", "page", "identifier", "abstract"} & set(told)


def test_a_paper_without_a_year_is_part_of_the_venue_itself() -> None:
    told = described(world(_paper(year=None)))
    assert told["paper/p-1"]["isPartOf"] == ["venue/iclr"]
    assert not [name for name in told if name.startswith("edition/")]


def test_a_doi_is_an_identifier() -> None:
    assert described(world())["paper/p-1"]["identifier"] == ["doi:10.1000/xyz"]


def test_further_ids_are_the_same_thing_where_an_address_leads_there_and_else_texts() -> None:
    told = described(world(_paper(identifiers=("https://arxiv.org/abs/2010.04159", "wos:000268312800015"))))
    assert told["paper/p-1"]["sameAs"] == ["https://arxiv.org/abs/2010.04159"]
    assert told["paper/p-1"]["identifier"] == ["doi:10.1000/xyz", "wos:000268312800015"]


def test_someone_printed_twice_has_two_authorships() -> None:
    told = described(world())
    assert told["paper/p-1"]["authorship"] == ["authorship/p-1-1", "authorship/p-1-2"]
    assert [told[f"authorship/p-1-{n}"]["position"] for n in (1, 2)] == [["1"], ["2"]]


def test_other_spellings_of_a_venue_share_one_description() -> None:
    knowledge = replace(world(), papers=(_paper(), _paper(id="p-2", venue="ICLR", year=2022)))
    told = described(knowledge)
    assert told["venue/iclr"]["label"] == ["ICLR"]
    assert told["edition/iclr-2021"]["label"] == ["ICLR 2021"]
    assert told["edition/iclr-2022"]["isPartOf"] == ["venue/iclr"]


def test_a_curated_concept_is_in_the_vocabulary_scheme() -> None:
    told = described(world())
    assert told["method/adam"]["inScheme"] == ["https://w3id.org/paperkg/vocabulary"]
    assert told["method/adam"]["broader"] == ["method/sgd"]
    assert "inScheme" not in told["method/sgd"]


def test_a_data_set_is_data_of_those_of_its_topics_that_the_graph_describes() -> None:
    knowledge = replace(
        world(),
        concepts=(
            Concept(
                "imagenet", Kind.DATASET, "ImageNet", data_of=("absent", "image-classification"), curated=True
            ),
            Concept("image-classification", Kind.TOPIC, "image classification", curated=True),
        ),
        mentions=(),
        claims=(),
    )
    told = described(knowledge)
    assert told["dataset/imagenet"]["dataOf"] == ["topic/image-classification"]
    assert "topic/absent" not in told


def test_a_claim_below_the_threshold_stays_without_the_flat_edge() -> None:
    assert described(world(), minimum=0.5)["method/adam"]["comparedWith"] == ["method/sgd"]
    told = described(world(), minimum=0.51)
    assert "comparedWith" not in told["method/adam"] and "claim/p-1-1" in told


def test_a_confidence_is_rounded_to_two_places() -> None:
    assert described(world())["mention/p-1-1"]["confidence"] == ["0.88"]


def test_a_measure_that_is_not_known_is_left_out() -> None:
    told = described(world(), pagerank=0.25, constraint=None)["author/ada-b"]
    assert told["pageRank"] == ["0.25"] and "constraint" not in told and "betweenness" not in told


def test_the_name_itself_is_no_variant() -> None:
    assert described(world())["author/ada-b"]["nameVariant"] == ["A. B"]


def test_instances_live_under_the_base_that_was_asked_for() -> None:
    for description in describe(world(), coauthors(), RUN, 0.4, BASE):
        assert description.subject.value.startswith(BASE)


@pytest.mark.parametrize(
    "hostile", ['"""', "\\", "a\nb", "\u2028", "</script>", "\u202e", '" . kg:x kg:y "', "é\u0301"]
)
def test_hostile_titles_and_names_stay_text(hostile: str) -> None:
    knowledge = replace(
        world(_paper(title=hostile, abstract=hostile, venue=hostile, url=f"https://example.org/{hostile}")),
        authors=(Author("ada-b", hostile, (hostile,)),),
        mentions=(),
        claims=(),
    )
    document = "".join(turtle(describe(knowledge, coauthors(), RUN, 0.4), {}))
    (row,) = answer(
        load_store(document.encode()),
        "SELECT ?title ?abstract ?venue { ?p dcterms:title ?title ; dcterms:abstract ?abstract ;"
        " dcterms:isPartOf/dcterms:isPartOf/rdfs:label ?venue }",
    ).rows
    assert set(row.values()) == {hostile}
