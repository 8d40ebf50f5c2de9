"""Teaching an encoder: it learns, and nothing but its input and the seed decides what."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from kg.train.encoder import Lesson, Schedule, _batches, pretrained, probabilities, teach
from kg.train.network import SpanClassifier, batch_of
from kg.train.recipe import recipe


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def weights(model: SpanClassifier) -> dict[str, bytes]:
    return {name: tensor.numpy().tobytes() for name, tensor in model.state_dict().items()}


@pytest.mark.usefixtures("taught")
def test_teaching_lowers_the_loss(told: list[str], schedule: Schedule) -> None:
    losses = [float(line.rpartition(" ")[2]) for line in told]
    assert len(losses) == schedule.epochs
    assert losses[-1] < 0.7 * losses[0]


def test_the_same_seed_gives_the_same_weights_whatever_was_drawn_before(
    base: Path, lessons: list[Lesson], schedule: Schedule
) -> None:
    once = replace(schedule, epochs=1)
    models = []
    for drawn in (1, 2):
        torch.manual_seed(drawn)
        fresh = pretrained(base / "model.safetensors", 3, seed=5)
        torch.manual_seed(drawn)
        models.append(weights(teach(fresh, lessons[:2], once, lambda line: None)))
    assert [name for name in models[0] if models[0][name] != models[1][name]] == []


def test_frozen_layers_stay_as_they_were_and_the_others_learn(
    base: Path, lessons: list[Lesson], schedule: Schedule
) -> None:
    model = pretrained(base / "model.safetensors", 3)
    before = weights(model)
    after = weights(teach(model, lessons[:2], replace(schedule, epochs=1), lambda line: None))
    changed = {name for name in before if before[name] != after[name]}
    still = ("trunk.word.", "trunk.place.", "trunk.norm.", *(f"trunk.layers.{n}." for n in range(3)))
    assert [name for name in changed if name.startswith(still)] == []
    assert {"trunk.layers.3.qkv.weight", "trunk.shape.weight", "head.outcome.weight"} <= changed


def test_what_is_said_of_a_text_is_the_same_alone_and_among_others(
    taught: SpanClassifier, lessons: list[Lesson]
) -> None:
    texts = [lesson.encoded for lesson in lessons]
    with torch.no_grad():
        together = torch.cat([part.softmax(-1) for part in taught(batch_of(texts))], 1)
        alone = torch.cat(
            [torch.cat([part.softmax(-1) for part in taught(batch_of([text]))], 1) for text in texts]
        )
    assert len({len(text.ids) for text in texts}) > 1, "no text is padded"
    assert together.numpy() == pytest.approx(alone.numpy(), abs=1e-4)


def test_probabilities_are_a_row_a_group_and_sum_to_one(
    taught: SpanClassifier, lessons: list[Lesson]
) -> None:
    for lesson in lessons:
        for table in probabilities(taught, lesson.encoded):
            assert len(table) == len(lesson.encoded.groups)
            assert table.sum(axis=1) == pytest.approx(np.ones(len(table)), abs=1e-5)


def test_what_was_taught_is_said(taught: SpanClassifier, lessons: list[Lesson]) -> None:
    """Most groups are nothing; those that are something must have become likelier than the others."""
    something, nothing = [], []
    for lesson in lessons:
        concept = 1 - probabilities(taught, lesson.encoded)[0][:, 0]
        something += concept[lesson.outcomes[:, 1:].sum(axis=1) > 0].tolist()
        nothing += concept[lesson.outcomes[:, 0] > 0].tolist()
    assert np.mean(something) > np.mean(nothing)


@pytest.mark.parametrize("count", [1, 7, 100])
def test_every_lesson_is_given_once_an_epoch_with_those_of_like_length(
    lessons: list[Lesson], count: int
) -> None:
    ids = np.random.default_rng(0).integers(5, 300, count)
    given = [
        replace(lessons[0], encoded=replace(lessons[0].encoded, ids=np.full(n, i))) for i, n in enumerate(ids)
    ]
    batches = list(_batches(given, 4, np.random.default_rng(1)))
    assert sorted(int(lesson.encoded.ids[0]) for batch in batches for lesson in batch) == list(range(count))
    assert max(map(len, batches)) <= 4
    if count > recipe("optimizer")["bucket"]:
        spread = [np.ptp([len(lesson.encoded.ids) for lesson in batch]) for batch in batches]
        assert np.mean(spread) < 0.25 * np.ptp(ids)


@pytest.mark.usefixtures("one_layer")
def test_a_base_that_lacks_a_tensor_is_refused_by_its_name(base: Path, tmp_path: Path) -> None:
    lacking = "encoder.layer.0.output.dense.bias"
    found = load_file(base / "model.safetensors")
    save_file(
        {
            name: tensor
            for name, tensor in found.items()
            if name != lacking and not re.search("layer.[1-9]", name)
        },
        tmp_path / "m",
    )
    with pytest.raises(KeyError, match=lacking):
        pretrained(tmp_path / "m", 0)
