"""What the README promises: its Python runs, its commands work in the order of the page, its files are there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.evaluate.samples import DETR, DIFFWAVE, written
from tests.journeys.command import kg

README = (ROOT / "README.md").read_text(encoding="utf-8")
ENDLESS = ("kg view", "kg serve", "kg mcp")  # they open a page, or serve until they are stopped
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("kg ") and not line.startswith(ENDLESS)
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, seed_folder: Path) -> Path:
    """A folder as a clone is after the first command, with annotations of two papers."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(seed_folder, folder / "exports")
    written(folder, DETR, DIFFWAVE, name="GOLD.jsonl")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works_as_it_stands(room: Path, command: str) -> None:
    result = kg(*shlex.split(command)[1:], folder=room)
    assert result.returncode == 0, result.stderr
    least = 1 if command.startswith(("kg check", "kg export")) else 2
    assert len(result.stdout.splitlines()) >= least, f"{command} found nothing"


def test_the_python_example_runs(
    room: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(room)
    exec(compile(example, "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_a_build_loaded_from_its_files_says_the_same(room: Path, seed_folder: Path) -> None:
    import kg as library

    graph = library.load(room / "exports")
    assert graph.coauthors.number_of_nodes() == 893
    assert graph.query("SELECT (COUNT(?p) AS ?n) { ?p a kg:Paper }").rows == [{"n": 200}]
    assert graph.everything.is_multigraph()
    assert graph.everything.is_directed()


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)]+)\)", README))))
def test_a_file_that_the_readme_links_is_there(link: str) -> None:
    assert (ROOT / link).exists(), f"README.md links {link}, which is missing"


def test_the_picture_is_a_picture() -> None:
    assert (ROOT / "docs" / "page.png").read_bytes().startswith(b"\x89PNG")
