"""``kg diff`` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.diff.graphs import other
from tests.journeys.command import kg
from tests.query.small import GRAPH


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two builds, ``old`` and ``new``, whose titles differ and mean no good."""
    for name, graph in (("old", GRAPH), ("new", other(('"Adam beats SGD"', '"[red]Adam\\u001B[31m beats"')))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "graph.ttl").write_text(graph, encoding="utf-8")
    return tmp_path


def test_differences_are_told_and_are_no_failure(folder: Path) -> None:
    done = kg("diff", "old", "new", folder=folder)
    assert done.returncode == 0, done.stderr
    assert "text changed" in done.stdout and "Adam beats SGD → [red]Adam [31m beats" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_script_may_ask_for_a_status(folder: Path) -> None:
    assert kg("diff", "old", "new", "--exit-code", folder=folder).returncode == 1
    same = kg("diff", "old", "old/graph.ttl", "--exit-code", folder=folder)
    assert (same.returncode, same.stdout.split(";")[0]) == (0, "no difference")


def test_json_tells_all(folder: Path) -> None:
    done = kg("diff", "old", "new", "--json", folder=folder)
    assert [cause["cause"] for cause in json.loads(done.stdout)["causes"]] == ["text changed"]


def test_page_and_patch_are_written_whole_and_the_same_each_time(folder: Path) -> None:
    written = []
    for seed in ("1", "2"):
        done = kg(
            "diff", "old", "new", "--html", "d.html", "--patch", "d.rdfp", folder=folder, PYTHONHASHSEED=seed
        )
        assert done.returncode == 0, done.stderr
        written.append([(folder / name).read_bytes() for name in ("d.html", "d.rdfp")])
    assert written[0] == written[1]
    assert written[0][1].startswith(b"TX .\nD ") and written[0][1].endswith(b"TC .\n")
    assert sorted(path.name for path in folder.iterdir()) == ["d.html", "d.rdfp", "new", "old"]


def test_a_missing_build_is_one_line_with_the_remedy(folder: Path) -> None:
    done = kg("diff", "old", "nowhere", "--patch", "d.rdfp", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: nowhere: no graph here; run: kg build SOURCE -o nowhere\n"
    assert not (folder / "d.rdfp").exists()


def test_page_and_patch_in_one_file_are_wrong_usage(folder: Path) -> None:
    assert kg("diff", "old", "new", "--html", "x", "--patch", "x", folder=folder).returncode == 2
