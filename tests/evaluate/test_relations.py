from __future__ import annotations

from kg.evaluate.gold import GoldPaper
from kg.evaluate.predictions import PredictedRelation
from kg.evaluate.relations import relation_scores
from kg.records import Predicate


def counts(gold: GoldPaper, *predicted: PredictedRelation) -> dict[str, tuple[int, int, int]]:
    """Right, wrong and missed by predicate."""
    return {s.name: (s.right, s.wrong, s.missed) for s in relation_scores([(gold, predicted)])}


def test_a_relation_is_right_where_both_ends_are_named(gold: tuple[GoldPaper, ...]) -> None:
    found = counts(
        gold[0],
        PredictedRelation(Predicate.USED_FOR, ("deformable DETR",), ("Object Detection",)),
        PredictedRelation(Predicate.COMPARED_WITH, ("Deformable DETR",), ("Detection Transformer",)),
        PredictedRelation(Predicate.EVALUATED_ON, ("DETR",), ("COCO",)),
    )
    assert found == {
        "usedFor": (1, 0, 0),
        "basedOn": (0, 0, 1),
        "comparedWith": (1, 0, 0),
        "evaluatedOn": (0, 1, 1),
        "all": (2, 1, 2),
    }


def test_the_direction_matters(gold: tuple[GoldPaper, ...]) -> None:
    turned = PredictedRelation(Predicate.COMPARED_WITH, ("DETR",), ("Deformable DETR",))
    assert counts(gold[0], turned)["comparedWith"] == (0, 1, 1)


def test_the_predicate_matters(gold: tuple[GoldPaper, ...]) -> None:
    other = PredictedRelation(Predicate.BASED_ON, ("Deformable DETR",), ("DETR",))
    assert counts(gold[0], other)["basedOn"] == (0, 1, 1)


def test_a_second_prediction_of_one_relation_is_wrong(gold: tuple[GoldPaper, ...]) -> None:
    one = PredictedRelation(Predicate.USED_FOR, ("Deformable DETR",), ("object detection",))
    other = PredictedRelation(Predicate.USED_FOR, ("Deformable DETR",), ("end-to-end object detection",))
    assert counts(gold[0], one, other)["usedFor"] == (1, 1, 0)
