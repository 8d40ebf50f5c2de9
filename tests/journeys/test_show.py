"""A person looks a paper up: on a terminal, without colours, in a pipe, as a page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.journeys.command import kg
from tests.query.small import ABSTRACT, GRAPH, TITLE

RECORDS = re.findall(r"(?ms)^## \[.*?(?=^## \[|\Z)", (SEEDS / "iclr-2021.md").read_text(encoding="utf-8"))
HOSTILE = "<script>alert(1)</script> [bold]:cat:[/bold]"
MARKED = f"{ABSTRACT[:38]}[ImageNet](data set). 🙂 [Adam](method) wins."
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graph of one paper, and the same with a hostile title."""
    folder = tmp_path_factory.mktemp("show")
    (folder / "small.ttl").write_text(GRAPH, encoding="utf-8")
    (folder / "hostile.ttl").write_text(GRAPH.replace(TITLE, HOSTILE), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(room: Path) -> str:
    """The name of a build of three real papers."""
    (room / "three.md").write_text("".join(RECORDS[:3]), encoding="utf-8")
    result = kg("build", "three.md", "-o", "out", folder=room)
    assert result.returncode == 0, result.stderr
    return "out"


def on_a_terminal(*arguments: str, folder: Path, columns: int, **variables: str) -> str:
    """What ``kg`` writes to a terminal of so many columns."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    leader, follower = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment = {
        **plain, "TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(columns), **variables,
    }  # fmt: skip
    command = [sys.executable, "-m", "kg", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=follower, stderr=follower) as process:
        os.close(follower)
        written = b""
        while chunk := _read(leader):
            written += chunk
        assert process.wait(timeout=120) == 0, written.decode()
    os.close(leader)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux tells that the other side has closed
        return b""


def test_in_a_pipe_the_mentions_stand_in_brackets_with_their_kind(room: Path) -> None:
    shown = kg("show", TITLE, "-g", "small.ttl", folder=room, FORCE_COLOR="", NO_COLOR="")
    assert shown.returncode == 0, shown.stderr
    assert "\x1b" not in shown.stdout
    assert f"    {MARKED}\n" in shown.stdout
    assert "(kind, introduced)" in shown.stdout


def test_on_a_terminal_they_are_coloured_and_the_text_is_wrapped(room: Path) -> None:
    shown = on_a_terminal("show", TITLE, "-g", "small.ttl", folder=room, columns=40)
    assert re.search(r"\x1b\[[0-9;]*48;2;[0-9;]+mImageNet", shown), shown
    text = SGR.sub("", shown.partition("Title and abstract")[2].partition("Uses")[0])
    assert max(len(line) for line in text.splitlines()) <= 40
    assert " ".join(ABSTRACT.split()) in " ".join(text.split())


def test_on_a_terminal_with_no_color_they_stand_in_brackets(room: Path) -> None:
    shown = on_a_terminal("show", TITLE, "-g", "small.ttl", folder=room, columns=60, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*[34]8;", shown)
    assert MARKED in " ".join(SGR.sub("", shown).split())


def test_a_real_paper_is_shown_as_its_graph_has_it(room: Path, built: str) -> None:
    (title,) = re.findall(r"(?m)\A## \[\d+\] (.*)$", RECORDS[0])
    said = kg("show", title, "-g", built, "--json", folder=room)
    (paper,) = json.loads(said.stdout)
    fields = {"title": paper["title"], "abstract": paper["abstract"]}
    assert paper["mentions"], "nothing was read from this paper"
    for mention in paper["mentions"]:
        assert fields[mention["field"]][mention["start"] : mention["end"]] == mention["exact"]
    shown = kg("show", title, "-g", built, folder=room).stdout
    for mention in paper["mentions"]:
        assert f"[{mention['exact']}](" in shown, mention


def test_the_page_is_written_whole_and_the_card_is_shown_beside_it(room: Path) -> None:
    shown = kg("show", HOSTILE, "-g", "hostile.ttl", "--html", "pages/paper.html", folder=room)
    assert shown.returncode == 0, shown.stderr
    assert "paper.html" in shown.stderr
    assert HOSTILE in shown.stdout
    page = (room / "pages" / "paper.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert [path.name for path in (room / "pages").iterdir()] == ["paper.html"]


def test_a_page_of_something_that_is_no_paper_is_refused_with_one_line(room: Path) -> None:
    shown = kg("show", "Adam", "-g", "small.ttl", "--html", "adam.html", folder=room)
    assert shown.returncode == 1
    assert re.fullmatch(r"kg: --html shows a paper, and \"Adam\" is a method; .*\n", shown.stderr)
    assert not (room / "adam.html").exists()


def test_a_card_of_something_else_is_as_it_was(room: Path) -> None:
    shown = kg("show", "Adam", "-g", "small.ttl", folder=room)
    assert shown.stdout.startswith("Adam\nmethod  https://")
    assert "Title and abstract" not in shown.stdout
