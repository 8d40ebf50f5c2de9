"""Predictions from a built graph, by SPARQL: the concepts that a paper is linked to, and its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.evaluate.predictions import PaperPredictions, PredictedRelation, Prediction, surest_first
from kg.evaluate.roles import annotated
from kg.query.store import Value, answer, load_graph
from kg.records import Kind, Predicate, Role

_PAPERS = "SELECT ?paper ?title WHERE { ?paper a kg:Paper ; dcterms:title ?title } ORDER BY ?paper"

_MENTIONED = """
SELECT ?paper ?concept ?class (STR(?name) AS ?label) ?edge ?role ?exact ?confidence WHERE {
  ?paper kg:mention ?mention .
  ?mention kg:concept ?concept ; kg:exact ?exact ; kg:role ?role ; kg:confidence ?confidence .
  ?concept skos:prefLabel ?name ; a ?class .
  FILTER(?class IN (kg:Topic, kg:Method, kg:Dataset, kg:Metric))
  OPTIONAL {
    ?paper ?edge ?concept .
    FILTER(?edge IN (kg:hasTopic, kg:introduces, kg:uses, kg:comparesWith, kg:studies, kg:evaluatesWith))
  }
}
ORDER BY ?paper ?concept DESC(?confidence) ?exact ?edge ?role"""

# A claim counts where the graph has its flat edge: the rest was too unsure for one.
_CLAIMED = """
SELECT ?paper ?predicate ?subject ?object (MAX(?confidence) AS ?surest) WHERE {
  ?paper kg:claim ?claim .
  ?claim kg:subject ?subject ; kg:predicate ?predicate ; kg:object ?object ; kg:confidence ?confidence .
  ?subject ?predicate ?object .
}
GROUP BY ?paper ?predicate ?subject ?object
ORDER BY ?paper DESC(?surest) ?predicate ?subject ?object"""

_Row = Mapping[str, Value]


def of_build(folder: Path) -> tuple[PaperPredictions, ...]:
    """What a built graph says of each paper, by the paper's id.

    Args:
        folder: the folder of a build, or its ``graph.ttl``.

    Raises:
        kg.query.store.QueryError: where there is no graph, or none that can be read.
    """
    store = load_graph(folder)
    mentioned = _by_paper(answer(store, _MENTIONED).rows)
    claimed = _by_paper(answer(store, _CLAIMED).rows)
    titles = {str(row["paper"]): str(row["title"]) for row in answer(store, _PAPERS).rows}
    return tuple(
        _paper(iri, title, mentioned.get(iri, ()), claimed.get(iri, ())) for iri, title in titles.items()
    )


def _by_paper(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    papers: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        papers[str(row["paper"])].append(row)
    return papers


def _paper(iri: str, title: str, mentioned: Sequence[_Row], claimed: Sequence[_Row]) -> PaperPredictions:
    by_concept: dict[str, list[_Row]] = defaultdict(list)
    for row in mentioned:
        by_concept[str(row["concept"])].append(row)
    concepts = {concept: _concept(rows) for concept, rows in by_concept.items()}
    return PaperPredictions(
        iri.rpartition("/")[2], title, surest_first(concepts.values()), tuple(_relations(claimed, concepts))
    )


def _concept(rows: Sequence[_Row]) -> Prediction:
    """The concept of these rows, the surest mention first."""
    edges = {Role(_local(row["edge"])) for row in rows if row["edge"] is not None}
    surest = Role(_local(rows[0]["role"]))
    role = min(edges, key=lambda edge: (edge is not Role.INTRODUCES, edge)) if edges else surest
    return Prediction(
        kind=Kind(_local(rows[0]["class"]).lower()),
        label=str(rows[0]["label"]),
        surfaces=tuple(dict.fromkeys(str(row["exact"]) for row in rows)),
        role=annotated(role),
        confidence=_number(rows[0]["confidence"]),
        asserted=bool(edges),
    )


def _relations(rows: Iterable[_Row], concepts: Mapping[str, Prediction]) -> Iterator[PredictedRelation]:
    for row in rows:
        subject, object_ = concepts.get(str(row["subject"])), concepts.get(str(row["object"]))
        if subject and object_:
            yield PredictedRelation(
                Predicate(_local(row["predicate"])),
                (subject.label, *subject.surfaces),
                (object_.label, *object_.surfaces),
                _number(row["surest"]),
            )


def _local(iri: Value) -> str:
    return str(iri).rpartition("#")[2]


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
