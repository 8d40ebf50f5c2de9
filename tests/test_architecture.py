"""The plan of the house, held: who may import whom, how long a module may be, that each says what it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))

SHARED = {"people", "records", "namespaces", "slugs", "resources"}  # what every room may import
ROOMS = (
    "read",
    "extract",
    "resolve",
    "graph",
    "write",
    "query",
    "export",
    "diff",
    "serve",
    "evaluate",
    "train",
)  # from left to right
ABOVE = (
    "knowledge_graph",
    "build",
    "summary",
    "commands",
    "cli",
    "__init__",
    "__main__",
)  # what stands above the rooms
MOST_LINES = 340


def _place(path: Path) -> str:
    """The room of a module, or its own name where it stands beside the rooms."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and place of each import of kg, also of those inside functions."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*start, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, _, rest = name.partition(".")
            if first == "kg":
                place = rest.split(".")[0]
                yield node.lineno, place if place in {*SHARED, *ROOMS, *ABOVE} else "__init__"


def _may_import(place: str) -> set[str]:
    """The places that a module of a place may import from."""
    if place in SHARED:
        return SHARED
    if place in ROOMS:
        return SHARED | set(ROOMS[: ROOMS.index(place) + 1])
    return SHARED | set(ROOMS) | set(ABOVE)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_module_has_a_place_in_the_plan() -> None:
    strangers = {_name(path) for path in MODULES} - {
        _name(path) for path in MODULES if _place(path) in {*SHARED, *ROOMS, *ABOVE}
    }
    assert not strangers, f"name them in this test: {sorted(strangers)}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_the_records_and_rooms_to_its_left_alone(path: Path) -> None:
    allowed = _may_import(_place(path))
    wrong = [
        f"{_name(path)}:{line} imports kg.{place}" for line, place in _imports(path) if place not in allowed
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_but_the_entry_point_imports_the_command_line() -> None:
    wrong = [
        f"{_name(path)}:{line} imports kg.cli"
        for path in MODULES
        for line, place in _imports(path)
        if place == "cli" and path.name != "__main__.py"
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_but_the_command_line_imports_the_commands() -> None:
    wrong = [
        f"{_name(path)}:{line} imports kg.commands"
        for path in MODULES
        for line, place in _imports(path)
        if place == "commands" and _place(path) not in ("commands", "cli")
    ]
    assert not wrong, "\n".join(wrong)


def test_what_stands_above_the_rooms_imports_without_a_circle() -> None:
    order = ("knowledge_graph", "build", "summary", "__init__", "commands", "cli", "__main__")
    wrong = [
        f"{_name(path)}:{line} imports kg.{place}"
        for path in MODULES
        if _place(path) in order
        for line, place in _imports(path)
        if place in order and order.index(place) > order.index(_place(path))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, (
        f"{_name(path)} has {lines} lines; put one of its ideas into a module of its own"
    )


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{_name(path)}:1 has no docstring"


def test_the_rule_finds_an_import_to_the_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "kg" / "read" / "x.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "import os\n"
        "from kg.records import Paper\n"
        "import kg.query.store\n"
        "from ..write import page\n"
        "from . import cleaning\n"
        "def f():\n"
        "    from kg import graph, build\n",
        encoding="utf-8",
    )
    assert list(_imports(path)) == [
        (2, "records"), (3, "query"), (4, "write"), (5, "read"), (7, "graph"), (7, "build"),
    ]  # fmt: skip
