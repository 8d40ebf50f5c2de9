"""What the tests of training share: two annotated seed papers as examples, and a tiny base of the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from spacy.language import Language
from tokenizers import Tokenizer

from kg.extract.encoder import load_tokenizer
from kg.extract.pipeline import finders
from kg.train import network
from kg.train.encoder import Lesson, Schedule, pretrained, teach
from kg.train.examples import Example, examples
from kg.train.lessons import annotated_lessons
from kg.train.network import SpanClassifier

from . import samples, small_base


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline up to its candidates, over the shipped vocabulary."""
    return finders()


@pytest.fixture(scope="session")
def annotated(nlp: Language) -> list[Example]:
    """The annotated seed papers with their candidates."""
    return list(examples(samples.GOLD, nlp))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with random weights and a tokenizer of a few hundred pieces."""
    folder = tmp_path_factory.mktemp("base")
    texts = [text for gold in samples.GOLD for text in (gold.paper.title, gold.paper.abstract)]
    small_base.write(folder, texts)
    return folder


@pytest.fixture(scope="session")
def tokenizer(base: Path) -> Tokenizer:
    """The tokenizer of the tiny base."""
    return load_tokenizer((base / "tokenizer.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lessons(annotated: Sequence[Example], tokenizer: Tokenizer) -> list[Lesson]:
    """The annotated seed papers as lessons."""
    return annotated_lessons(annotated, tokenizer)


@pytest.fixture(scope="session")
def schedule() -> Schedule:
    """Enough to learn the annotated seed papers a little."""
    return Schedule(rate=1e-4, head_rate=2e-3, epochs=3, batch=2, role_weight=0.05, seed=0)


@pytest.fixture(scope="session")
def told() -> list[str]:
    """What teaching ``taught`` said."""
    return []


@pytest.fixture(scope="session")
def taught(base: Path, lessons: list[Lesson], schedule: Schedule, told: list[str]) -> SpanClassifier:
    """The tiny base, taught the annotated seed papers; not to be changed."""
    torch.set_num_threads(1)
    return teach(pretrained(base / "model.safetensors", 0), lessons, schedule, told.append)


@pytest.fixture
def one_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encoders of one layer, where the number of them matters nothing."""
    monkeypatch.setattr(network, "LAYERS", 1)
