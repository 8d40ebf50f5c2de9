"""``kg export`` writes where it is told and says in one line what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kg.commands.export import export
from tests.query.small import GRAPH

RUNNER = CliRunner()


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(export)
    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graph.ttl").write_text(GRAPH, encoding="utf-8")
    return tmp_path


def test_the_export_lies_beside_the_graph(app: typer.Typer, folder: Path) -> None:
    result = RUNNER.invoke(app, ["-g", str(folder), "--format", "jsonld"])
    assert result.exit_code == 0
    assert result.output.strip() == str(folder / "graph.jsonld")
    assert (folder / "graph.jsonld").is_file()


def test_several_files_make_a_folder(app: typer.Typer, folder: Path) -> None:
    assert RUNNER.invoke(app, ["-g", str(folder), "-f", "neo4j", "-o", str(folder / "n")]).exit_code == 0
    assert (folder / "n" / "README.md").is_file()


def test_a_dash_is_standard_output(app: typer.Typer, folder: Path) -> None:
    result = RUNNER.invoke(app, ["-g", str(folder), "-f", "nt", "-o", "-"])
    assert result.stdout.splitlines() == sorted(result.stdout.splitlines())
    assert not (folder / "graph.nt").exists()


def test_the_date_comes_from_the_environment_too(
    app: typer.Typer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    RUNNER.invoke(app, ["-g", str(folder), "-f", "nanopub"])
    assert '"1970-01-01T00:00:00Z"^^xsd:dateTime' in (folder / "nanopublications.trig").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words", "status"),
    [
        (["--format", "csv"], "no format 'csv'; there are nt, nq", 2),
        (["-f", "nanopub", "--created", "soon"], "'soon' is no date", 2),
        (["-f", "nanopub", "--creator", "javascript:x"], "is no web address", 2),
        (["-f", "neo4j", "-o", "-"], "name a folder", 1),
        (["-g", "/nowhere"], "no graph here", 1),
    ],
)
def test_faults_are_one_line(
    app: typer.Typer, folder: Path, arguments: list[str], words: str, status: int
) -> None:
    result = RUNNER.invoke(app, ["-g", str(folder), *arguments])
    assert result.exit_code == status
    assert words in result.output
    assert len(result.output.splitlines()) == 1
