from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.evaluate.gold import GoldPaper, read_gold
from kg.evaluate.roles import GoldRole
from kg.read.source import ReadError
from kg.records import Kind, Predicate

from .samples import DETR, DIFFWAVE, annotation, written


def refusal(path: Path) -> str:
    """The message with which a file is refused; one line."""
    with pytest.raises(ReadError) as caught:
        read_gold(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_paper_is_read_with_its_text_concepts_and_relations(gold: tuple[GoldPaper, ...]) -> None:
    detr = gold[0]
    assert (detr.paper.id, detr.paper.title) == ("iclr-2021-0036", DETR["title"])
    concept = detr.concepts[2]
    assert (concept.kind, concept.label, concept.role) == (Kind.METHOD, "DETR", GoldRole.COMPARES)
    assert concept.names == {"detr", "detection transformer"}
    assert detr.concepts[5].salient is False
    assert detr.relations[0].predicate is Predicate.USED_FOR
    assert detr.relations[0].object == {"object detection", "end to end object detection"}


def test_an_id_stays_as_it_is_written(tmp_path: Path) -> None:
    (paper,) = read_gold(written(tmp_path, {**DETR, "id": "doi:10.1/X Y"}))
    assert paper.paper.id == "doi:10.1/X Y"


def test_what_may_be_missing_has_its_default(tmp_path: Path) -> None:
    concept = {"type": "topic", "label": "vision", "surfaces": ["vision"]}
    (paper,) = read_gold(written(tmp_path, {"id": "p", "title": "T", "abstract": "", "concepts": [concept]}))
    assert paper.concepts[0].salient and paper.concepts[0].role is None and not paper.concepts[0].aliases
    assert not paper.relations


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, DETR)
    path.write_text("\n" + path.read_text() + "\n  \n")
    assert len(read_gold(path)) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x"', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not valid JSON"),
        ('{"id": "\\ud800"}', "not valid JSON"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = written(tmp_path, DETR)
    path.write_text(path.read_text() + line + "\n")
    message = refusal(path)
    assert message.startswith(f"{path}:2: {reason}") and len(message) < len(str(path)) + 160


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": 7}, '"id" must be a string, not 7'),
        ({"title": None}, '"title" must be a string, not null or missing'),
        ({"title": "  "}, "no title"),
        ({"concepts": {}}, '"concepts" must be a list of objects'),
        ({"concepts": [{"label": "x", "surfaces": []}]}, 'a concept without "type"'),
        ({"concepts": [annotation("idea", "x")]}, '"type" must be one of topic, method, dataset, metric'),
        ({"concepts": [annotation("topic", "x", surfaces="x")]}, '"surfaces" must be a list of strings'),
        ({"concepts": [annotation("method", "x", role="likes")]}, '"role" must be one of introduces, uses'),
        ({"concepts": [annotation("method", "x", salient="yes")]}, '"salient" must be true or false'),
        ({"relations": [["usedFor", "DETR"]]}, '"relations" must hold lists of three strings'),
        ({"relations": [["likes", "DETR", "COCO"]]}, "a relation 'likes'; use one of usedFor"),
        ({"relations": [["usedFor", "DETR", "chess"]]}, "a relation of 'chess', which is the label of no concept"),
        ({"id": "iclr-2021-0030"}, "the id of line 1 again"),
    ],
)  # fmt: skip
def test_a_line_of_another_form_is_named(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = written(tmp_path, DIFFWAVE, {**DETR, **change})
    assert refusal(path).startswith(f"{path}:2: {reason}")


def test_a_file_without_a_paper_is_refused(tmp_path: Path) -> None:
    assert "no annotated paper" in refusal(written(tmp_path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.jsonl")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n')
    assert refusal(path).startswith(f"{path}:1: bytes that are not UTF-8")


def test_annotations_without_a_text_take_it_from_the_paper_of_their_id(tmp_path: Path) -> None:
    (whole,) = read_gold(written(tmp_path, DETR))
    path = written(tmp_path, {key: DETR[key] for key in DETR if key not in ("title", "abstract")})
    assert read_gold(path, [whole.paper]) == (whole,)
    with pytest.raises(ReadError, match="no paper of this id among the texts"):
        read_gold(path)
