"""A person builds with either extractor, measures both, and asks what training needs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.evaluate.samples import DETR, DIFFWAVE, written
from tests.journeys.command import kg

EXTRACTORS = ("fast", "accurate")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two real papers, their annotations, and a build by each extractor."""
    folder = tmp_path_factory.mktemp("extractors")
    papers = ({key: gold[key] for key in ("id", "title", "abstract")} for gold in (DETR, DIFFWAVE))
    written(folder, *({**paper, "authors": ["Ada Lovelace"]} for paper in papers), name="two.jsonl")
    written(folder, DETR, DIFFWAVE)
    for extractor in EXTRACTORS:
        built = kg("build", "two.jsonl", "--extractor", extractor, "-o", extractor, "--json", folder=folder)
        assert built.returncode == 0, built.stderr
        (folder / f"{extractor}.json").write_text(built.stdout, encoding="utf-8")
    return folder


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_summary_report_and_graph_say_which_extractor_read(room: Path, extractor: str) -> None:
    told = json.loads((room / f"{extractor}.json").read_text(encoding="utf-8"))["extractor"]
    assert re.fullmatch(rf"{extractor}-[0-9a-f]{{12}}", told), told
    report = json.loads((room / extractor / "report.json").read_text(encoding="utf-8"))
    assert report["run"]["extractor"] == told
    query = "SELECT ?e { ?run a kg:Run ; kg:extractor ?e }"
    asked = kg("query", "-g", extractor, "-f", "csv", "-e", query, folder=room)
    assert asked.stdout.split() == ["e", told]


def test_the_two_are_different_runs(room: Path) -> None:
    runs = [json.loads((room / e / "report.json").read_text(encoding="utf-8"))["run"] for e in EXTRACTORS]
    assert runs[0]["id"] != runs[1]["id"]
    assert runs[0]["corpus"] == runs[1]["corpus"]


def test_a_build_without_a_name_is_read_by_the_accurate_one_and_says_so(room: Path) -> None:
    built = kg("build", "two.jsonl", "-o", "unnamed", folder=room)
    told = json.loads((room / "accurate.json").read_text(encoding="utf-8"))["extractor"]
    assert f"Read by the extractor {told}." in built.stdout
    assert built.stderr == ""
    assert (room / "unnamed" / "graph.ttl").read_bytes() == (room / "accurate" / "graph.ttl").read_bytes()


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_build_has_the_figures_of_its_extractor(room: Path, extractor: str) -> None:
    of_build, of_extraction = (
        json.loads(kg("evaluate", "gold.jsonl", "--json", *more, folder=room).stdout)
        for more in (("--build", extractor), ("--extractor", extractor))
    )
    assert of_extraction["papers"] == of_extraction["predicted"] == 2
    for figure in ("typed", "roles", "introduces"):
        assert of_build[figure] == of_extraction[figure], figure


def test_the_figures_are_told_in_tables(room: Path) -> None:
    told = kg("evaluate", "gold.jsonl", "--build", "fast", folder=room)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("2 papers annotated, 2 of them predicted\n")
    assert re.search(r"(?m)^ *all +[01]\.\d{3} +[01]\.\d{3} +[01]\.\d{3}", told.stdout), told.stdout


def test_a_file_that_says_what_is_annotated_is_right_throughout(room: Path) -> None:
    records = [
        {**paper, "concepts": [c for c in paper["concepts"] if c["salient"]]} for paper in (DETR, DIFFWAVE)
    ]
    written(room, *records, name="said.jsonl")
    told = kg("evaluate", "gold.jsonl", "--predictions", "said.jsonl", "--json", folder=room)
    assert json.loads(told.stdout)["typed"]["all"]["f1"] == 1.0, told.stderr


def test_a_higher_threshold_says_less(room: Path) -> None:
    arguments = ("evaluate", "gold.jsonl", "--json", "--extractor", "fast", "--min-confidence")
    few, many = (
        json.loads(kg(*arguments, least, folder=room).stdout)["typed"]["all"] for least in ("0.9", "0.1")
    )
    assert few["right"] + few["wrong"] < many["right"] + many["wrong"]


def test_training_without_anything_says_what_it_needs(room: Path) -> None:
    told = kg("train", folder=room)
    assert told.returncode == 2
    for need in ("JSON Lines", "--texts", "--base", "model.safetensors", "tokenizer.json", "paperkg[train]"):
        assert need in told.stderr, need


def test_training_names_everything_that_is_missing(room: Path) -> None:
    told = kg(
        "train", "nogold.jsonl", "--texts", "two.jsonl", "--texts", "notexts", "--base", "fast", folder=room
    )
    assert told.returncode == 1
    assert [line.split(": ")[1] for line in told.stderr.splitlines()] == ["nogold.jsonl", "notexts", "fast"]
    assert "two.jsonl" not in told.stderr
    assert "Traceback" not in told.stderr


def test_a_build_says_where_its_suggestions_lie(room: Path) -> None:
    built = kg("build", "two.jsonl", "--extractor", "fast", "--suggest", "-o", "suggesting", folder=room)
    assert built.returncode == 0, built.stderr
    assert "To review: suggesting/suggestions.ttl" in built.stdout
    assert (room / "suggesting" / "suggestions.ttl").is_file()
