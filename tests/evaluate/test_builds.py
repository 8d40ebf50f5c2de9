from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate.builds import of_build
from kg.evaluate.predictions import PaperPredictions, Prediction
from kg.evaluate.roles import GoldRole
from kg.evaluate.runs import evaluate_build
from kg.namespaces import prefixes
from kg.query.store import QueryError
from kg.read.source import ReadError
from kg.records import Kind

from .samples import DETR, DETR_TITLE, DIFFWAVE, written

BASE = "https://example.org/paper/"  # a base that looks like the IRI of a paper


def mention(number: int, concept: str, exact: str, role: str, confidence: float) -> str:
    """A mention in Turtle."""
    return (
        f'mention:m-{number} a kg:Mention ; kg:concept {concept} ; kg:exact "{exact}" ; kg:role kg:{role} ;'
        f" kg:confidence {confidence} .\n"
    )


GRAPH = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes(BASE).items())
    + f"""
run:r a kg:Run .
method:detr a kg:Method ; skos:prefLabel "DETR"@en .
method:deformable-detr a kg:Method ; skos:prefLabel "Deformable DETR"@en ; kg:comparedWith method:detr .
dataset:coco a kg:Dataset ; skos:prefLabel "COCO"@en .
topic:object-detection a kg:Topic ; skos:prefLabel "object detection"@en .
paper:detr a kg:Paper ; dcterms:title "{DETR_TITLE}"@en ;
    kg:introduces method:deformable-detr ; kg:comparesWith method:detr ; kg:hasTopic topic:object-detection ;
    kg:mention mention:m-1, mention:m-2, mention:m-3, mention:m-4, mention:m-5 ; kg:claim claim:c-1, claim:c-2, claim:c-3 .
paper:silent a kg:Paper ; dcterms:title "Nothing to see"@en .
claim:c-1 a kg:Claim ; kg:subject method:deformable-detr ; kg:predicate kg:comparedWith ; kg:object method:detr ;
    kg:confidence 0.7 .
claim:c-2 a kg:Claim ; kg:subject method:deformable-detr ; kg:predicate kg:comparedWith ; kg:object method:detr ;
    kg:confidence 0.8 .
claim:c-3 a kg:Claim ; kg:subject method:deformable-detr ; kg:predicate kg:evaluatedOn ; kg:object dataset:coco ;
    kg:confidence 0.1 .
"""
    + mention(1, "method:deformable-detr", "Deformable DETR", "introduces", 0.95)
    + mention(2, "method:detr", "DETR", "comparesWith", 0.9)
    + mention(3, "topic:object-detection", "Object Detection", "hasTopic", 0.8)
    + mention(4, "topic:object-detection", "object detection", "hasTopic", 0.85)
    + mention(5, "dataset:coco", "COCO", "uses", 0.2)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of two papers."""
    path = tmp_path_factory.mktemp("build")
    (path / "graph.ttl").write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(folder: Path) -> PaperPredictions:
    """What the graph says of the first paper."""
    return of_build(folder)[0]


def test_every_paper_of_the_graph_is_told_of_with_its_title(folder: Path) -> None:
    assert [(p.id, p.title) for p in of_build(folder)] == [("detr", DETR_TITLE), ("silent", "Nothing to see")]
    assert not of_build(folder)[1].concepts


def test_a_paper_is_said_to_speak_of_the_concepts_it_is_linked_to(found: PaperPredictions) -> None:
    assert found.asserted == (
        Prediction(Kind.METHOD, "Deformable DETR", ("Deformable DETR",), GoldRole.INTRODUCES, 0.95),
        Prediction(Kind.METHOD, "DETR", ("DETR",), GoldRole.COMPARES, 0.9),
        Prediction(Kind.TOPIC, "object detection", ("object detection", "Object Detection"), None, 0.85),
    )


def test_a_mention_without_a_link_is_a_prediction_that_is_not_asserted(found: PaperPredictions) -> None:
    coco = Prediction(Kind.DATASET, "COCO", ("COCO",), GoldRole.USES, 0.2, asserted=False)
    assert found.concepts[-1] == coco


def test_claims_with_an_edge_are_relations_each_once(found: PaperPredictions) -> None:
    (relation,) = found.relations
    assert (relation.subject[0], relation.object[0], relation.confidence) == ("Deformable DETR", "DETR", 0.8)


def test_a_build_is_measured_on_the_papers_that_it_has(folder: Path, tmp_path: Path) -> None:
    result = evaluate_build(written(tmp_path, DETR, DIFFWAVE), folder)
    assert (result.papers, result.predicted) == (2, 1)
    assert (result.typed[-1].right, result.typed[-1].wrong, result.typed[-1].missed) == (3, 0, 2 + 5)
    assert (result.relations[-1].right, result.relations[-1].wrong) == (1, 0)


def test_a_build_of_other_papers_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="none of the 1 papers"):
        evaluate_build(written(tmp_path, DIFFWAVE), folder)


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no graph here"):
        evaluate_build(written(tmp_path, DETR), tmp_path)
