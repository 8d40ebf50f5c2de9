"""What annotators say of groups of candidates, and that folds judge each example once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tokenizers import Tokenizer

from kg.extract.classifier import OUTCOMES
from kg.extract.roles import ROLES
from kg.records import Kind, Role
from kg.train.examples import NOTHING, UNKNOWN, Example, folds
from kg.train.lessons import annotated_lessons

from .samples import GOLD


def verdict(annotated: Sequence[Example], name: str) -> tuple[int, int]:
    """Outcome and role of the one group of that name."""
    ((outcome, role),) = [
        (int(example.outcomes[i]), int(example.roles[i]))
        for example in annotated
        for i, group in enumerate(example.groups)
        if group.name == name
    ]
    return outcome, role


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("object detection", Kind.TOPIC),
        ("deformable detr", Kind.METHOD),
        ("coco", Kind.DATASET),
        ("mos", Kind.METRIC),
        ("reinforcement learning", Kind.TOPIC),
    ],
)
def test_what_the_paper_is_about_has_its_kind(annotated: list[Example], name: str, kind: Kind) -> None:
    assert OUTCOMES[verdict(annotated, name)[0]] == kind


@pytest.mark.parametrize("name", ["slow convergence", "deep learning"])
def test_a_passing_mention_is_left_open(annotated: list[Example], name: str) -> None:
    assert verdict(annotated, name) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize("name", ["small set", "convergence", "magnitude faster", "end to end object"])
def test_what_nobody_annotated_is_nothing(annotated: list[Example], name: str) -> None:
    assert verdict(annotated, name) == (NOTHING, UNKNOWN)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("deformable detr", Role.INTRODUCES),
        ("detr", Role.COMPARES_WITH),
        ("attention module", Role.USES),
        ("coco", Role.USES),
        ("recurrent neural network", Role.USES),
        ("risk seeking policy gradient", Role.INTRODUCES),
    ],
)
def test_a_method_or_data_set_has_its_role(annotated: list[Example], name: str, role: Role) -> None:
    assert ROLES[verdict(annotated, name)[1]] is role


@pytest.mark.parametrize("name", ["object detection", "mos", "wavenet"])
def test_topics_metrics_and_background_have_no_role(annotated: list[Example], name: str) -> None:
    assert verdict(annotated, name)[1] == UNKNOWN


def test_every_group_has_features_a_vector_an_outcome_and_a_role(annotated: list[Example]) -> None:
    assert [example.gold for example in annotated] == list(GOLD)
    for example in annotated:
        rows = {len(example.described), len(example.vectors), len(example.outcomes), len(example.roles)}
        assert rows == {len(example.groups)}, example.gold.paper.id


@pytest.mark.parametrize(("count", "number"), [(10, 3), (9, 3), (3, 3), (7, 2)])
def test_folds_judge_each_once_and_never_what_they_learnt(count: int, number: int) -> None:
    every = list(folds(count, number))
    assert sorted(i for _, held in every for i in held) == list(range(count))
    for rest, held in every:
        assert sorted([*rest, *held]) == list(range(count))


def test_lessons_are_certain_where_the_annotation_is(annotated: list[Example], tokenizer: Tokenizer) -> None:
    for example, lesson in zip(annotated, annotated_lessons(annotated, tokenizer), strict=True):
        for row, group in enumerate(lesson.encoded.groups):
            outcome = example.outcomes[group]
            wanted = [float(number == outcome) for number in range(len(OUTCOMES))]
            assert lesson.outcomes[row].tolist() == wanted, example.groups[group].name
