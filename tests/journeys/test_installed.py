"""The wheel holds everything: installed elsewhere, it builds from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        ROOT,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (path,) = folder.glob("paperkg-*.whl")
    return path


def test_it_carries_ontology_vocabulary_questions_and_page(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        "kg/ontology/kg.ttl",
        "kg/ontology/shapes.ttl",
        "kg/ontology/vocabulary.ttl",
        "kg/ontology/questions/people/who-works-on.rq",
        "kg/extract/data/confidence.json",
        "kg/read/limits.toml",
        "kg/write/page/page.toml",
        "kg/export/neo4j.md",
        "kg/py.typed",
        "kg/serve/static/editor.js",
        "kg/serve/templates/base.html.j2",
    }
    assert expected - names == set()
    assert not [name for name in names if name.startswith(("tests/", "seeds/"))]


def test_it_builds_from_any_folder_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    script = (
        "import kg, sys; from kg.cli import main; site, *sys.argv[1:] = sys.argv[1:];"
        "assert kg.__file__.startswith(site), kg.__file__; main()"
    )
    built = subprocess.run(
        [sys.executable, "-c", script, str(site), "build", str(SEEDS / "iclr-2021.md"), "-o", "out"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert "200 papers by 893 people" in built.stdout
    assert (elsewhere / "out" / "graph.html").is_file()
