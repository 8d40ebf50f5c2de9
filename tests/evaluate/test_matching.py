from __future__ import annotations

from kg.evaluate.gold import GoldPaper
from kg.evaluate.matching import introductions, match, role_score, scores
from kg.evaluate.roles import GoldRole

from .samples import asked, gold_paper, said


def test_any_name_of_either_side_makes_a_match() -> None:
    gold = gold_paper(asked("method", "DETR", aliases=("detection transformer",)))
    for prediction in (said("method", "detr"), said("method", "x", "Detection Transformers")):
        assert match(gold, [prediction]).pairs == ((prediction, gold.concepts[0]),)


def test_a_predicted_label_counts_as_a_name() -> None:
    gold = gold_paper(asked("metric", "FID", aliases=("Fréchet inception distance",)))
    assert not match(gold, [said("metric", "Fréchet Inception Distance", "that distance")]).missed


def test_the_kind_must_agree_where_it_is_asked_for() -> None:
    gold = gold_paper(asked("method", "self-training"))
    prediction = said("topic", "self-training")
    assert match(gold, [prediction], typed=True).wrong == (prediction,)
    assert not match(gold, [prediction], typed=False).wrong


def test_what_is_not_salient_is_neither_missed_nor_wrong() -> None:
    gold = gold_paper(asked("topic", "slow convergence", salient=False))
    for predictions in ([], [said("topic", "slow convergence")], [said("topic", "slow convergence")] * 2):
        matching = match(gold, predictions)
        assert not matching.right and not matching.wrong and not matching.missed


def test_a_second_prediction_of_one_concept_is_wrong() -> None:
    gold = gold_paper(asked("method", "generative adversarial network", "GAN"))
    first, second = said("method", "GAN"), said("method", "generative adversarial networks")
    matching = match(gold, [first, second])
    assert [p for p, _ in matching.right] == [first] and matching.wrong == (second,)


def test_a_salient_concept_is_matched_before_another() -> None:
    gold = gold_paper(asked("topic", "RL", salient=False), asked("topic", "reinforcement learning", "RL"))
    assert not match(gold, [said("topic", "RL")]).missed


def test_scores_count_by_kind_and_in_all(gold: tuple[GoldPaper, ...]) -> None:
    matching = match(
        gold[0], [said("topic", "object detection"), said("method", "DETR"), said("method", "IoU")]
    )
    by_name = {score.name: score for score in scores([matching])}
    assert list(by_name) == ["topic", "method", "dataset", "metric", "all"]
    method = by_name["method"]
    assert (method.right, method.wrong, method.missed) == (1, 1, 2)
    assert (method.precision, method.recall, method.f1) == (1 / 2, 1 / 3, 0.4)
    assert (by_name["all"].right, by_name["all"].wrong, by_name["all"].missed) == (2, 1, 3)


def test_measures_of_nothing_are_zero() -> None:
    score = scores([])[-1]
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_roles_are_compared_where_both_sides_have_one(gold: tuple[GoldPaper, ...]) -> None:
    predictions = [
        said("method", "Deformable DETR", role="introduces"),
        said("method", "DETR", role="uses"),
        said("dataset", "COCO"),
        said("topic", "object detection"),
    ]
    found = role_score([match(gold[0], predictions)])
    assert (found.right, found.of, found.accuracy) == (1, 2, 0.5)
    assert found.confusion == (
        (GoldRole.INTRODUCES, GoldRole.INTRODUCES, 1),
        (GoldRole.COMPARES, GoldRole.USES, 1),
    )


def test_an_introduction_is_right_by_name_whatever_its_kind() -> None:
    gold = gold_paper(asked("method", "Cache", role="introduces"), asked("method", "DETR", role="uses"))
    found = introductions(
        [(gold, [said("dataset", "cache", role="introduces"), said("method", "DETR", role="introduces")])]
    )
    assert (found.said, found.right, found.annotated, found.found) == (2, 1, 1, 1)
    assert (found.precision, found.recall) == (0.5, 1.0)


def test_every_annotated_introduction_counts_for_recall_salient_or_not() -> None:
    gold = gold_paper(
        asked("method", "A", role="introduces"), asked("method", "B", role="introduces", salient=False)
    )
    found = introductions([(gold, [said("method", "a", role="introduces")])])
    assert (found.found, found.annotated, found.f1) == (1, 2, 2 / 3)


def test_two_names_of_one_introduction_find_it_once() -> None:
    gold = gold_paper(asked("method", "A", "AA", role="introduces"), asked("method", "B", role="introduces"))
    found = introductions(
        [(gold, [said("method", "A", role="introduces"), said("method", "AA", role="introduces")])]
    )
    assert (found.right, found.found) == (2, 1)
