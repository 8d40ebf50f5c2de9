from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

Call = tuple[tuple[Path, ...], tuple[Path, ...], tuple[Path, ...], Path | None, tuple[str, ...]]


@pytest.fixture
def materials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file for everything that training asks for."""
    (tmp_path / "base").mkdir()
    for name in ("gold.jsonl", "texts.jsonl", "base/model.safetensors", "base/tokenizer.json"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What training was called with; it only says that it was."""
    called: list[Call] = []

    def train(
        gold: Sequence[Path],
        texts: Sequence[Path],
        held_out: Sequence[Path],
        base: Path | None,
        stages: Sequence[str],
        say: Callable[[str], None],
    ) -> None:
        called.append((tuple(gold), tuple(texts), tuple(held_out), base, tuple(stages)))
        say("learned \x1b[31mmuch")

    monkeypatch.setattr("kg.train.training.train", train)
    monkeypatch.setattr("kg.train.training.STAGES", ("one", "two"))
    monkeypatch.setattr("kg.commands.train.find_spec", lambda name: name)
    return called


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_everything_given_reaches_training_and_its_words_the_terminal(
    materials: Path, calls: list[Call]
) -> None:
    sources = ("--texts", "texts.jsonl", "--texts", "base", "--held-out", "texts.jsonl", "--base", "base")
    result = kg("train", "gold.jsonl", "texts.jsonl", *sources)
    assert result.exit_code == 0, result.output
    gold, texts, base = Path("gold.jsonl"), Path("texts.jsonl"), Path("base")
    assert calls == [((gold, texts), (texts, base), (texts,), base, ("one", "two"))]
    assert result.output == "learned  [31mmuch\n"


def test_one_stage_needs_no_more_than_the_annotations_at_the_outset(
    materials: Path, calls: list[Call]
) -> None:
    result = kg("train", "gold.jsonl", "--only", "two")
    assert result.exit_code == 0, result.output
    assert calls == [((Path("gold.jsonl"),), (), (), None, ("two",))]


def test_a_stage_that_there_is_not_is_refused_with_those_there_are(
    materials: Path, calls: list[Call]
) -> None:
    result = kg("train", "gold.jsonl", "--only", "three")
    assert (result.exit_code, calls) == (2, [])
    assert result.output == "kg: --only three: no such stage; use one, two\n"


def test_a_package_that_is_not_installed_is_named_with_the_remedy(
    materials: Path, calls: list[Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.commands.train.find_spec", lambda name: None if name == "torch" else name)
    result = kg("train", "gold.jsonl", "--texts", "texts.jsonl", "--base", "base")
    assert (result.exit_code, calls) == (1, [])
    (line,) = result.output.splitlines()
    assert "torch, not installed" in line
    assert "pip install 'paperkg[train]'" in line
