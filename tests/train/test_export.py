"""The exported network says what the model says, of each text for itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from kg.extract.encoder import Encoder
from kg.extract.judges import Said
from kg.train.encoder import Lesson, pretrained
from kg.train.examples import Example
from kg.train.export import INPUTS, OUTPUTS, export
from kg.train.lessons import said_by
from kg.train.network import SpanClassifier

from .samples import GOLD

QUANTISATION = 3e-3  # of probabilities, on texts of which the model says little yet
WEIGHT_BYTES = 1.1  # a weight, names and scales included


@pytest.fixture(scope="module")
def network(taught: SpanClassifier) -> bytes:
    return export([taught])


@pytest.fixture(scope="module")
def encoder(network: bytes, base: Path) -> Encoder:
    return Encoder(network, (base / "tokenizer.json").read_text(encoding="utf-8"))


def read(encoder: Encoder, example: Example) -> Said:
    return encoder.read(example.doc, example.groups, example.described)


def test_the_network_agrees_with_the_model_within_the_error_of_quantisation(
    taught: SpanClassifier, encoder: Encoder, annotated: list[Example], lessons: list[Lesson]
) -> None:
    for example, lesson in zip(annotated, lessons, strict=True):
        said, meant = read(encoder, example), said_by([taught], lesson.encoded)
        assert said.groups.tolist() == meant.groups.tolist()
        assert np.ptp(meant.outcomes, axis=0).max() > 10 * QUANTISATION, "it says the same of all groups"
        assert said.outcomes == pytest.approx(meant.outcomes, abs=QUANTISATION), example.gold.paper.id
        assert said.roles == pytest.approx(meant.roles, abs=QUANTISATION), example.gold.paper.id


def test_what_is_said_of_a_text_depends_on_no_other(encoder: Encoder, annotated: list[Example]) -> None:
    alone = [read(encoder, annotated[0]).outcomes.tobytes()]
    among = [read(encoder, example).outcomes.tobytes() for example in reversed(annotated)]
    assert among[-1:] == alone
    assert len(set(among)) == len(GOLD)


def test_probabilities_sum_to_one(encoder: Encoder, annotated: list[Example]) -> None:
    said = read(encoder, annotated[1])
    assert said.outcomes.sum(axis=1) == pytest.approx(np.ones(len(said.groups)), abs=1e-5)
    assert said.roles.sum(axis=1) == pytest.approx(np.ones(len(said.groups)), abs=1e-5)


def test_a_text_without_candidates_is_read_as_nothing(encoder: Encoder, annotated: list[Example]) -> None:
    said = encoder.read(annotated[0].doc, [], [])
    assert (said.outcomes.shape, said.roles.shape) == ((0, 5), (0, 4))


def test_the_weights_of_the_trunk_are_bytes(taught: SpanClassifier, network: bytes) -> None:
    trunk = sum(weight.numel() for weight in taught.trunk.parameters())
    head = sum(4 * weight.numel() for weight in taught.head.parameters())
    assert len(network) < WEIGHT_BYTES * trunk + head


@pytest.mark.usefixtures("one_layer")
def test_several_models_tell_the_mean_of_what_each_tells_and_always_in_the_same_bytes(
    base: Path, annotated: list[Example], lessons: list[Lesson]
) -> None:
    models = [pretrained(base / "model.safetensors", 0, seed).eval() for seed in (1, 2)]
    network = export(models)
    said = read(Encoder(network, (base / "tokenizer.json").read_text(encoding="utf-8")), annotated[0])
    meant = said_by(models, lessons[0].encoded)
    alone = [said_by([model], lessons[0].encoded).outcomes for model in models]
    assert min(abs(one - meant.outcomes).max() for one in alone) > 3 * QUANTISATION, "they say the same"
    assert said.outcomes == pytest.approx(meant.outcomes, abs=QUANTISATION)
    assert export(models) == network


def test_the_network_names_what_it_is_given_and_what_it_tells(network: bytes) -> None:
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    assert tuple(given.name for given in session.get_inputs()) == INPUTS
    assert tuple(told.name for told in session.get_outputs()) == OUTPUTS
