from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from kg.evaluate.gold import GoldPaper, read_gold
from kg.evaluate.predictions import PaperPredictions
from kg.evaluate.report import Evaluation, as_json, evaluate
from kg.evaluate.tables import tables

from .samples import DETR, annotation, said, written

PREDICTIONS = (
    PaperPredictions(
        "iclr-2021-0036",
        "",
        (
            said("method", "Deformable DETR", role="introduces", confidence=0.95),
            said("method", "DETR", role="uses", confidence=0.9),
            said("topic", "object detection", confidence=0.8),
            said("topic", "COCO", confidence=0.4),
        ),
    ),
    PaperPredictions("elsewhere", "", (said("topic", "chess", confidence=0.9),)),
)


@pytest.fixture(scope="module")
def evaluation(gold: tuple[GoldPaper, ...]) -> Evaluation:
    """The annotations of two papers against predictions for one of them."""
    return evaluate(gold, PREDICTIONS)


def printed(evaluation: Evaluation, width: int = 120) -> str:
    """The tables as a terminal without colours shows them."""
    out = StringIO()
    console = Console(file=out, width=width, highlight=False)
    for table in tables(evaluation):
        console.print(table)
    return out.getvalue()


def test_a_paper_without_predictions_counts_as_silent(evaluation: Evaluation) -> None:
    assert (evaluation.papers, evaluation.predicted) == (2, 1)
    assert (evaluation.typed[-1].right, evaluation.typed[-1].wrong, evaluation.typed[-1].missed) == (3, 1, 7)
    assert (evaluation.untyped[-1].right, evaluation.untyped[-1].wrong, evaluation.untyped[-1].missed) == (
        4,
        0,
        6,
    )


def test_json_is_plain_and_the_same_each_time(evaluation: Evaluation, gold: tuple[GoldPaper, ...]) -> None:
    told = json.dumps(as_json(evaluation))
    assert json.loads(told) == as_json(evaluation)
    assert told == json.dumps(as_json(evaluate(gold, PREDICTIONS[::-1])))


def test_json_has_every_figure(evaluation: Evaluation) -> None:
    told = as_json(evaluation)
    assert list(told) == [
        "papers", "predicted", "typed", "untyped", "typed_f1_interval", "roles", "introduces", "relations",
        "calibration", "mistakes", "worst_papers", "frequent_mistakes",
    ]  # fmt: skip
    assert told["typed"]["all"] == {
        "precision": 0.75, "recall": 0.3, "f1": 0.428571, "right": 3, "wrong": 1, "missed": 7,
    }  # fmt: skip
    assert told["roles"]["accuracy"] == 0.5
    assert told["introduces"]["recall"] == 0.5
    assert told["mistakes"] == {"kind": 1, "boundary": 0, "wrong": 0, "missed": 6, "duplicate": 0}


def test_without_confidences_json_keeps_its_keys(gold: tuple[GoldPaper, ...]) -> None:
    told = as_json(evaluate(gold, [PaperPredictions("iclr-2021-0036", "", (said("method", "DETR"),))]))
    assert told["calibration"] is None


def test_the_terminal_shows_figures_papers_and_mistakes(evaluation: Evaluation) -> None:
    shown = printed(evaluation)
    for expected in (
        "2 papers annotated, 1 of them predicted",
        "0.750   0.300   0.429",
        "Roles: 0.500 of 2",
        "Brier score",
        "Deformable DETR: Deformable Transformers",
        "topic, not dataset",
        "experiments on the COCO benchmark",
    ):
        assert expected in shown, f"{expected!r} is missing from:\n{shown}"


def test_no_text_of_a_paper_steers_the_terminal(tmp_path: Path) -> None:
    wicked = "[bold]Sly[/bold]\x1b]0;owned\x07\u202e"
    record = {**DETR, "title": wicked, "abstract": f"We use {wicked} here.", "relations": [],
              "concepts": [annotation("method", wicked, role="uses")]}  # fmt: skip
    predicted = PaperPredictions(DETR["id"], "", (said("topic", "[/] " + wicked, confidence=0.7),))
    shown = printed(evaluate(read_gold(written(tmp_path, record)), [predicted]))
    assert "[bold]Sly[/bold]" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_predictions_that_are_all_right_leave_no_mistake_to_tell(tmp_path: Path) -> None:
    record = {**DETR, "concepts": [annotation("dataset", "COCO", role="uses")], "relations": []}
    result = evaluate(
        read_gold(written(tmp_path, record)),
        [PaperPredictions(DETR["id"], "", (said("dataset", "COCO", role="uses", confidence=1.0),))],
    )
    assert not result.worst and not result.frequent and result.typed[-1].f1 == 1.0
    assert printed(result)
