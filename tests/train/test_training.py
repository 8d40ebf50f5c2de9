"""The stages of training: what they write and where, what they refuse, and how they go on after a stop."""

from __future__ import annotations

import json
import shutil
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from kg.extract.classifier import OUTCOMES
from kg.extract.confidence import Scale
from kg.extract.words import data
from kg.read.source import ReadError
from kg.train import accurate, training
from kg.train.accurate import train_encoder
from kg.train.encoder import Lesson, Schedule
from kg.train.examples import Example, folds
from kg.train.network import SpanClassifier
from kg.train.recipe import recipe
from kg.train.training import STAGES, held_out_by_features, train

from .samples import ACTOR_CRITIC, DETR, DIFFWAVE

TEACHERS = len(recipe("teachers"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder that training writes to."""
    copy = tmp_path / "data"
    copy.mkdir()
    shipped = Path(str(files("kg.extract").joinpath("data")))
    for name in ("heads.toml", "confidence.json"):
        shutil.copy(shipped / name, copy / name)
    monkeypatch.setattr(training, "_folder", lambda: copy)
    return copy


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    """Two annotated papers whose methods end in one word."""
    labels = ["recurrent neural network", "graph neural network", "bayesian network"]
    concepts = [{"type": "method", "label": label, "surfaces": [label], "role": "uses"} for label in labels]
    lines = [
        {"id": gold.paper.id, "title": gold.paper.title, "abstract": gold.paper.abstract, "concepts": some}
        for gold, some in ((DETR, concepts[:2]), (DIFFWAVE, concepts[2:]))
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_the_stage_of_heads_writes_their_table_and_nothing_else(folder: Path, gold_file: Path) -> None:
    said: list[str] = []
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    train([gold_file], (), (), None, stages=("heads",), say=said.append)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert tomllib.loads(after["heads.toml"].decode("utf-8")) == {"network": "method"}
    assert {name for name in after if after[name] != before.get(name)} == {"heads.toml"}
    assert said == ["heads"]


def test_the_same_annotations_give_the_same_bytes(folder: Path, gold_file: Path) -> None:
    tables = []
    for _ in range(2):
        train([gold_file], (), (), None, stages=("heads",), say=lambda line: None)
        tables.append((folder / "heads.toml").read_bytes())
    assert tables[0] == tables[1]


def test_what_is_written_is_read_anew(folder: Path) -> None:
    before = data("heads")
    training._write("heads.toml", b"")
    assert data("heads") is not before


def test_an_unknown_stage_is_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no stage 'hats'; use heads, terms"):
        train([tmp_path / "no-such.jsonl"], (), (), None, stages=("heads", "hats"))


def test_stages_run_in_their_order_whatever_the_order_given(
    gold_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "_STAGES", {stage: lambda materials: None for stage in STAGES})
    said: list[str] = []
    train([gold_file], (), (), None, stages=STAGES[::-1], say=said.append)
    assert tuple(said) == STAGES


def test_an_encoder_without_a_base_is_refused_in_words(folder: Path, gold_file: Path) -> None:
    with pytest.raises(ReadError, match=r"model\.safetensors and tokenizer\.json"):
        train([gold_file], (), (), None, stages=("accurate",), say=lambda line: None)


def test_a_missing_file_of_annotations_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no-such\.jsonl"):
        train([tmp_path / "no-such.jsonl"], (), (), None, stages=("heads",), say=lambda line: None)


def test_what_one_extractor_is_worth_stands_beside_the_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = json.loads((folder / "confidence.json").read_text(encoding="utf-8"))
    fitted = Scale({"bias": -1.5}, {"role": 2.0}, threshold=0.5, introduced=0.6)
    monkeypatch.setattr(training, "calibrate", lambda judged: fitted)
    training._calibrate("fast", [], lambda line: None)
    after = json.loads((folder / "confidence.json").read_text(encoding="utf-8"))
    assert after["accurate"] == before["accurate"]
    assert Scale(**after["fast"]) == fitted
    assert after["floor"] == recipe("calibration")["floor"]


def test_each_example_is_judged_by_weights_that_never_saw_it(
    annotated: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    class Taught:
        def __init__(self, taught: list[Example]) -> None:
            self.ids = [example.gold.paper.id for example in taught]

        def probabilities(self, described: Any, vectors: Any) -> np.ndarray:
            seen.append(self.ids)
            return np.zeros((len(described), len(OUTCOMES)))

    monkeypatch.setattr(training, "outcome_weights", Taught)
    monkeypatch.setattr(training, "role_weights", lambda taught: {})
    judged = held_out_by_features(annotated)
    assert [example for example, _, _ in judged] == annotated
    assert len(seen) == len(annotated)
    order = [i for _, held in folds(len(annotated), recipe("calibration")["folds"]) for i in held]
    for i, ids in zip(order, seen, strict=True):
        assert annotated[i].gold.paper.id not in ids


class StoppedError(Exception):
    """What ends a training on its way."""


class Teaching:
    """Stands in for ``teach``: marks the model with the number of the call, and stops at one."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.calls, self.stop_at = 0, stop_at

    def __call__(
        self, model: SpanClassifier, lessons: list[Lesson], schedule: Schedule, say: Any
    ) -> SpanClassifier:
        self.calls += 1
        if self.calls == self.stop_at:
            raise StoppedError
        model.head.outcome.bias.data.fill_(float(self.calls))
        return model.eval()


@pytest.mark.usefixtures("one_layer")
def test_an_interrupted_training_goes_on_from_the_models_that_it_kept(
    annotated: list[Example], base: Path, nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, kept = [ACTOR_CRITIC.paper], tmp_path / "kept"

    def run(teaching: Teaching) -> SpanClassifier:
        monkeypatch.setattr(accurate, "teach", teaching)
        return train_encoder(annotated, papers, nlp, base, kept, lambda line: None)[0]

    with pytest.raises(StoppedError):
        run(Teaching(stop_at=TEACHERS + 1))
    teachers = [f"teacher-{number}.safetensors" for number in range(TEACHERS)]
    assert sorted(path.name for path in kept.iterdir()) == teachers
    resumed = Teaching()
    student = run(resumed)
    assert resumed.calls == 1, "the teachers were taught again"
    again = Teaching()
    assert run(again).state_dict().keys() == student.state_dict().keys()
    assert again.calls == 0, "the student was taught again"
    assert run(again).head.outcome.bias.tolist() == student.head.outcome.bias.tolist()
