from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.build import Build, Options, make, write
from kg.extract.judges import FAST
from kg.graph.suggestions import Example, Related, Suggestion
from kg.namespaces import BASE as INSTANCES
from kg.namespaces import prefixes
from kg.query.store import answer, load_store
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.records import Concept, Kind
from kg.write.suggestions import describe_suggestions
from kg.write.turtle import turtle

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
BASE = "https://example.org/"
GRAPH_TRANSFORMER = Suggestion(
    Concept("graph-transformer", Kind.METHOD, "Graph Transformer", ("GT", 'g"t\n')),
    3,
    (Example("p-1", 'We use a "Graph Transformer".'), Example("p-2", "GT \\ helps </script>.")),
    "method/transformer",
    None,
)
ZED = Suggestion(Concept("zed", Kind.DATASET, "Zed"), 2, (), None, Related("dataset/imagenet", 2, 0.62194))


def written(*suggestions: Suggestion) -> str:
    return "".join(turtle(describe_suggestions(suggestions, BASE), prefixes(BASE)))


def rows(query: str) -> list[dict[str, object]]:
    store: ox.Store = load_store(written(GRAPH_TRANSFORMER, ZED).encode())
    return [dict(row) for row in answer(store, query).rows]


def test_a_suggestion_tells_names_class_papers_and_sentences_with_their_papers() -> None:
    (row,) = rows(
        """SELECT ?label ?papers ?note (GROUP_CONCAT(DISTINCT STR(?source)) AS ?sources)
                  (COUNT(DISTINCT ?example) AS ?examples) (COUNT(DISTINCT ?alt) AS ?alts)
           { ?c a skos:Concept, kg:Method ; skos:prefLabel ?label ; kg:paperCount ?papers ; skos:altLabel ?alt ;
             skos:example ?example ; dcterms:source ?source ; skos:editorialNote ?note
             FILTER(STR(?note) = "to be reviewed") } GROUP BY ?label ?papers ?note"""
    )
    assert (row["label"], row["papers"], row["examples"], row["alts"]) == ("Graph Transformer", 3, 2, 2)
    assert sorted(str(row["sources"]).split()) == [f"{BASE}paper/p-1", f"{BASE}paper/p-2"]


def test_an_ending_is_a_broader_match_and_shared_papers_a_related_one_each_with_its_reason() -> None:
    matches = rows(
        "SELECT ?c ?p ?o { ?c ?p ?o FILTER(?p IN (skos:broadMatch, skos:relatedMatch)) } ORDER BY ?p"
    )
    assert [str(row["o"]) for row in matches] == [f"{BASE}method/transformer", f"{BASE}dataset/imagenet"]
    notes = {str(row["note"]) for row in rows("SELECT ?note { ?c skos:editorialNote ?note }")}
    assert notes == {
        "to be reviewed",
        "broadMatch: its name ends in a name of that concept",
        "relatedMatch: 2 papers are about both (association 0.62 of 1)",
    }


def test_a_reviewed_list_is_a_vocabulary(tmp_path: Path) -> None:
    path = tmp_path / "suggestions.ttl"
    path.write_text(
        written(GRAPH_TRANSFORMER, ZED).replace("skos:broadMatch", "skos:broader"), encoding="utf-8"
    )
    zed, transformer = read_vocabulary((path,)).concepts
    assert (zed.key, zed.pref_label, zed.curated) == ("dataset/zed", "Zed", True)
    assert (transformer.key, transformer.broader) == ("method/graph-transformer", ("transformer",))
    assert transformer.alt_labels == ("GT", 'g"t\n')


def test_a_list_without_suggestions_is_still_turtle() -> None:
    assert "skos:ConceptScheme" in written()
    load_store(written().encode())


def test_a_build_lists_what_the_next_build_knows(tmp_path: Path, seed_build: Build) -> None:
    """The seed papers, built with suggestions, and the papers of the examples once more with these."""
    asked = replace(seed_build, options=replace(seed_build.options, suggest=True))
    write(asked, tmp_path)
    path = tmp_path / "suggestions.ttl"
    suggested = {concept.key for concept in read_vocabulary((path,)).concepts}
    assert suggested
    assert not suggested & {concept.key for concept in read_vocabulary((shipped_vocabulary(),)).concepts}
    again = make([SEEDS], Options((shipped_vocabulary(), path), extractor=FAST, suggest=True))
    known = {concept.key for concept in again.knowledge.concepts if concept.curated}
    assert suggested & known
    write(again, tmp_path / "again")
    left = load_store((tmp_path / "again" / "suggestions.ttl").read_bytes())
    rows_left = answer(left, "SELECT ?c { ?c a skos:Concept }").rows
    assert not suggested & {str(row["c"]).removeprefix(INSTANCES) for row in rows_left}


def test_a_build_that_is_not_asked_lists_nothing(seed_folder: Path) -> None:
    assert not (seed_folder / "suggestions.ttl").exists()
