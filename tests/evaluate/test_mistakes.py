from __future__ import annotations

from kg.evaluate.gold import GoldPaper
from kg.evaluate.matching import match
from kg.evaluate.mistakes import Form, Mistake, frequent_mistakes, mistakes, worst_papers
from kg.evaluate.predictions import Prediction
from kg.evaluate.settings import settings
from kg.records import Kind

from .samples import asked, gold_paper, said

EVERYTHING = (
    said("topic", "object detection"), said("method", "Deformable DETR"), said("method", "DETR"),
    said("method", "attention modules"), said("dataset", "COCO"),
)  # fmt: skip


def made(gold: GoldPaper, *predictions: Prediction) -> list[Mistake]:
    """The mistakes of these predictions."""
    return list(mistakes(match(gold, predictions)))


def test_what_is_all_right_has_no_mistake(gold: tuple[GoldPaper, ...]) -> None:
    assert made(gold[0], *EVERYTHING) == []


def test_a_missed_concept_stands_with_its_sentence(gold: tuple[GoldPaper, ...]) -> None:
    (mistake,) = made(gold[0], *EVERYTHING[:-1])
    assert (mistake.form, mistake.kind, mistake.name) == (Form.MISSED, Kind.DATASET, "COCO")
    passage = mistake.passage
    assert passage.text[passage.start : passage.end] == "COCO"
    assert "experiments on the COCO benchmark demonstrate" in passage.text


def test_the_text_around_a_name_begins_and_ends_with_whole_words(gold: tuple[GoldPaper, ...]) -> None:
    (mistake,) = made(gold[0], *EVERYTHING[:-1])
    words = gold[0].paper.abstract.split()
    assert set(mistake.passage.text.split()) <= set(words)


def test_a_wrong_prediction_is_told_with_the_predicted_kind(gold: tuple[GoldPaper, ...]) -> None:
    (mistake,) = made(gold[0], *EVERYTHING, said("topic", "hand-designed components"))
    assert (mistake.form, mistake.kind, mistake.meant) == (Form.WRONG, Kind.TOPIC, "")


def test_the_right_name_with_another_kind_is_one_mistake(gold: tuple[GoldPaper, ...]) -> None:
    (mistake,) = made(gold[0], *EVERYTHING[:-1], said("metric", "COCO"))
    assert (mistake.form, mistake.kind, mistake.meant_kind) == (Form.KIND, Kind.METRIC, Kind.DATASET)


def test_a_prediction_that_overlaps_a_missed_concept_is_a_boundary_error(gold: tuple[GoldPaper, ...]) -> None:
    (mistake,) = made(gold[0], *EVERYTHING[:-1], said("dataset", "COCO benchmark"))
    assert (mistake.form, mistake.name, mistake.meant) == (Form.BOUNDARY, "COCO benchmark", "COCO")


def test_a_boundary_error_is_told_of_the_concept_that_overlaps_most() -> None:
    gold = gold_paper(
        asked("topic", "learning"), asked("topic", "offline reinforcement learning"),
        abstract="We study offline reinforcement learning.",
    )  # fmt: skip
    found = made(gold, said("topic", "reinforcement learning"))
    assert [(m.form, m.name, m.meant) for m in found] == [
        (Form.BOUNDARY, "reinforcement learning", "offline reinforcement learning"),
        (Form.MISSED, "learning", ""),
    ]


def test_letters_inside_a_word_are_no_overlap() -> None:
    gold = gold_paper(asked("method", "Adam"), abstract="Adamant users of Adam.")
    assert [m.form for m in made(gold, said("topic", "Adamant users"))] == [Form.WRONG, Form.MISSED]


def test_a_second_prediction_of_a_concept_is_a_duplicate(gold: tuple[GoldPaper, ...]) -> None:
    (mistake,) = made(gold[0], *EVERYTHING, said("method", "Transformer attention module"))
    assert (mistake.form, mistake.meant) == (Form.DUPLICATE, "attention module")


def test_a_name_that_stands_nowhere_has_no_passage() -> None:
    (mistake,) = made(gold_paper(asked("topic", "vision"), abstract="We see."))
    assert mistake.passage.text == ""


def test_names_are_looked_for_as_they_are_and_not_as_patterns() -> None:
    gold = gold_paper(asked("method", "C++ (.*)"), abstract="We write C++ (.*) here.")
    passage = made(gold)[0].passage
    assert passage.text[passage.start : passage.end] == "C++ (.*)"


def test_the_worst_papers_come_first_and_faultless_ones_not_at_all() -> None:
    concept = asked("topic", "vision")
    papers = {
        "right": [said("topic", "vision")],
        "half": [said("topic", "vision"), said("topic", "chess")],
        "empty": [],
        "wrong": [said("topic", "chess")],
    }
    found = worst_papers(
        match(gold_paper(concept, identifier=name), concepts) for name, concepts in papers.items()
    )
    assert [paper.paper.id for paper in found] == ["wrong", "empty", "half"]
    assert [m.form for m in found[0].mistakes] == [Form.WRONG, Form.MISSED]


def test_mistakes_are_counted_over_papers_by_the_normal_form_of_their_name() -> None:
    names = ("neural networks", "Neural Network", "chess")
    every = [
        m for n, name in enumerate(names) for m in made(gold_paper(identifier=f"p{n}"), said("method", name))
    ]
    first, second = frequent_mistakes(every)
    assert (first.count, first.example.name) == (2, "neural networks")
    assert [passage.paper for passage in first.passages] == ["p0", "p1"]
    assert second.count == 1


def test_each_form_has_its_most_frequent_mistakes() -> None:
    kept = settings().mistakes.groups
    wrong = [m for n in range(kept + 3) for m in made(gold_paper(), said("method", f"name {n:02}"))]
    missed = made(gold_paper(asked("topic", "vision")))
    found = [r.example.form for r in frequent_mistakes(missed + wrong)]
    assert found == [Form.WRONG] * kept + [Form.MISSED]
