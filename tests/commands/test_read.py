from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from kg.commands.read import read

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def test_what_would_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    read([SEEDS])
    told = capsys.readouterr().out
    assert "Markdown" in told and "200 papers" in told
    assert "What Matters for On-Policy Deep Actor-Critic Methods? A Large-Scale Study" in told


def test_json_tells_files_and_notices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "A", "authors": [{"name": "X", "orcid": "0000-0002-1825-0097"}], "year": 2020, "doi": "10.1000/x"}\n'
        '{"title": "B", "authors": ["Y"], "abstract": "Text."}\n{}\n'
    )
    read([tmp_path / "a.jsonl"], True)
    told = json.loads(capsys.readouterr().out)
    assert told["papers"] == 2
    (file,) = told["files"]
    assert (file["format"], file["years"], file["titles"]) == ("JSON Lines", [2020, 2020], ["A", "B"])
    assert (file["with_abstract"], file["with_doi"], file["with_orcid"]) == (0.5, 0.5, 0.5)
    assert [(n["line"], n["severity"]) for n in told["notices"]] == [(3, "rejected")]


def test_one_unreadable_file_is_told_and_the_rest_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.rtf").write_text("{\\rtf1 [red]Hello\x1b[31m}")
    read([tmp_path / "x.rtf", SEEDS])
    told = capsys.readouterr()
    assert "unknown format" in told.err and "200 papers" in told.out and "\x1b[31m" not in told.err


def test_where_nothing_can_be_read_the_status_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.rtf").write_text("{\\rtf1 Hello}")
    for sources in ([tmp_path / "x.rtf"], [tmp_path], [tmp_path / "missing"]):
        with pytest.raises(typer.Exit) as end:
            read(sources)
        assert end.value.exit_code == 1
    with pytest.raises(typer.Exit):
        read([tmp_path / "x.rtf"], True)
    assert "Traceback" not in capsys.readouterr().err
