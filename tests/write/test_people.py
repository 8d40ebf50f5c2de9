from __future__ import annotations

import networkx as nx
import pytest

from kg.graph.resampling import Measure
from kg.namespaces import ONTOLOGY, prefixes
from kg.query.store import answer, load_store
from kg.records import Author, IdentityDecision, Knowledge, PossibleIdentity, Verdict
from kg.write.measures import MEASURES, measured
from kg.write.people import describe_people, identified
from kg.write.rdf import Iri
from kg.write.turtle import turtle

BASE = "https://example.org/"
MERGED = IdentityDecision(
    Verdict.MERGED,
    ("A. Courville", "Aaron C. Courville"),
    "compatible names (an initial for a given name), 3 shared co-authors",
    0.93,
)
COURVILLE = Author(
    "aaron-c-courville", "Aaron C. Courville", ("A. Courville", "Aaron C. Courville"), (MERGED,)
)
BENGIO = Author("yoshua-bengio", "Yoshua Bengio", ("Yoshua Bengio",))
MAYBE = PossibleIdentity("aaron-c-courville", "yoshua-bengio", 0.25, "one printed name")


def _knowledge(*authors: Author, maybe: tuple[PossibleIdentity, ...] = ()) -> Knowledge:
    return Knowledge((), (), (), (), (), authors, (), possible_identities=maybe)


def _graph(knowledge: Knowledge, **measures: object) -> nx.Graph:
    graph = nx.Graph()
    for author in knowledge.authors:
        graph.add_node(author.id, community="group", **measures)
    return graph


def _described(knowledge: Knowledge, **measures: object) -> dict[str, dict[str, list[str]]]:
    """Objects by subject and predicate, under the last parts of their IRIs."""
    return {
        d.subject.value.removeprefix(BASE): {
            predicate.value.replace("#", "/").rpartition("/")[2]: [
                o.value.removeprefix(BASE) if isinstance(o, Iri) else o.text for o in objects
            ]
            for predicate, objects in d.properties
            if objects
        }
        for d in describe_people(knowledge, _graph(knowledge, **measures), BASE)
    }


def test_a_decision_is_a_thing_of_its_own_with_its_names_reason_and_confidence() -> None:
    assert _described(_knowledge(COURVILLE))["decision/aaron-c-courville-1"] == {
        "type": [ONTOLOGY + "IdentityDecision"],
        "author": ["author/aaron-c-courville"],
        "verdict": ["merged"],
        "nameAsPrinted": ["A. Courville", "Aaron C. Courville"],
        "reason": [MERGED.reason],
        "confidence": ["0.93"],
    }


def test_an_author_is_as_sure_as_the_least_sure_decision() -> None:
    told = _described(_knowledge(COURVILLE, BENGIO))
    assert told["author/aaron-c-courville"]["identityConfidence"] == ["0.93"]
    assert told["author/yoshua-bengio"]["identityConfidence"] == ["1.0"]


def test_a_possible_identity_links_both_ways_and_is_told_once() -> None:
    told = _described(_knowledge(COURVILLE, BENGIO, maybe=(MAYBE,)))
    assert told["author/aaron-c-courville"]["mayBeSameAs"] == ["author/yoshua-bengio"]
    assert told["author/yoshua-bengio"]["mayBeSameAs"] == ["author/aaron-c-courville"]
    assert told["identity/aaron-c-courville--yoshua-bengio"] == {
        "type": [ONTOLOGY + "PossibleIdentity"],
        "person": ["author/aaron-c-courville", "author/yoshua-bengio"],
        "score": ["0.25"],
        "reason": ["one printed name"],
    }
    assert len([name for name in told if name.startswith("identity/")]) == 1


def test_pairs_whose_ids_run_together_alike_stay_two() -> None:
    authors = [Author(i, i, (i,)) for i in ("a", "a-b", "b-c", "c")]
    pairs = (PossibleIdentity("a", "b-c", 0.1, "r"), PossibleIdentity("a-b", "c", 0.2, "r"))
    told = _described(_knowledge(*authors, maybe=pairs))
    assert len([name for name in told if name.startswith("identity/")]) == 2


@pytest.mark.parametrize(
    ("identifier", "iri"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("HTTP://example.org:8080/x", "HTTP://example.org:8080/x"),
        ('https://example.org/a b"<c>\n', "https://example.org/a%20b%22%3Cc%3E%0A"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("dblp:homepages/b/YoshuaBengio", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://a b/", None),
        ("http://x:port/", None),
        ("http://[::1/", None),
        ('http://a">/', None),
    ],
)
def test_only_a_sound_web_address_is_the_same_thing(identifier: str, iri: str | None) -> None:
    (_, same), (_, other) = identified([identifier])
    assert [term.value for term in same if isinstance(term, Iri)] == ([iri] if iri else [])
    assert len(other) == (0 if iri else 1)


@pytest.mark.parametrize("hostile", ['"""', "\\", "a\nb", '" . kg:x kg:y "', "> .", "\u202e", "\u2028"])
def test_hostile_names_reasons_and_identifiers_stay_text(hostile: str) -> None:
    decision = IdentityDecision(Verdict.MERGED, (hostile,), hostile, 0.5)
    author = Author("a", hostile, (hostile,), (decision,), (hostile, f"https://example.org/{hostile}"))
    knowledge = _knowledge(author)
    document = "".join(turtle(describe_people(knowledge, _graph(knowledge), BASE), prefixes(BASE)))
    (row,) = answer(
        load_store(document.encode()),
        "SELECT ?name ?printed ?reason ?identifier { ?d kg:author ?a ; kg:nameAsPrinted ?printed ;"
        " kg:reason ?reason . ?a foaf:name ?name ; dcterms:identifier ?identifier ; owl:sameAs ?same }",
    ).rows
    assert set(row.values()) == {hostile}


# Measures


def test_every_measure_that_people_of_the_seeds_have_is_written(seed_build: object) -> None:
    told = {column.attribute for column in MEASURES} | {"label", "community"}
    graph: nx.Graph = seed_build.coauthors  # type: ignore[attr-defined]
    assert {name for _, node in graph.nodes(data=True) for name in node} - told == set()


def test_no_two_measures_share_an_attribute_or_a_property() -> None:
    assert len({c.attribute for c in MEASURES}) == len({c.property for c in MEASURES}) == len(MEASURES)


def test_every_measure_that_people_can_be_ranked_by_has_rank_and_interval() -> None:
    assert {f"{m}_rank{end}" for m in Measure for end in ("", "_low", "_high")} <= {
        column.attribute for column in MEASURES
    }


def test_a_measure_has_the_datatype_of_its_numbers() -> None:
    node = {"first_year": 2021, "within_module_degree": -0.5, "in_core": 0, "pagerank_rank": 3}
    told = {p.value.partition("#")[2]: objects for p, objects in measured(node)}
    document = "".join(
        f"{name} {o.text} {o.datatype.partition('#')[2]}\n"  # type: ignore[union-attr]
        for name, objects in told.items()
        for o in objects
    )
    assert document == (
        "firstYear 2021 gYear\ninCore false boolean\nwithinModuleDegree -0.5 decimal\nrankByPageRank 3 integer\n"
    )


def test_a_measure_of_nobody_is_left_out() -> None:
    assert not list(measured({"constraint": None, "label": "Ada", "papers": 3}))
