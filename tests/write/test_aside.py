from __future__ import annotations

import importlib
import os
import stat
from pathlib import Path

import pytest

from kg.build import Build, write
from kg.write.aside import aside


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with the files of an earlier build."""
    folder = tmp_path / "exports"
    (folder / "tables").mkdir(parents=True)
    (folder / "graph.ttl").write_text("old", encoding="utf-8")
    (folder / "tables" / "papers.parquet").write_text("old", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return folder


def test_files_move_into_place_when_all_went_well(old: Path) -> None:
    with aside(old) as temporary:
        (temporary / "tables").mkdir()
        (temporary / "tables" / "papers.parquet").write_text("new", encoding="utf-8")
        (temporary / "graph.ttl").write_text("new", encoding="utf-8")
    assert _contents(old) == {"graph.ttl": b"new", "tables/papers.parquet": b"new", "notes.txt": b"mine"}


def test_nothing_is_seen_before_all_is_written(old: Path) -> None:
    with aside(old) as temporary:
        (temporary / "graph.ttl").write_text("new", encoding="utf-8")
        assert (old / "graph.ttl").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("failure", [ValueError, OSError, KeyboardInterrupt])
def test_a_failure_half_way_leaves_the_old_files_whole_and_nothing_else(
    old: Path, failure: type[BaseException]
) -> None:
    before = _contents(old)
    with pytest.raises(failure), aside(old) as temporary:
        (temporary / "graph.ttl").write_text("half", encoding="utf-8")
        raise failure
    assert _contents(old) == before
    assert not list(old.glob(".kg-*"))


def test_a_build_that_fails_while_writing_leaves_the_old_folder_whole(
    old: Path, seed_build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(importlib.import_module("kg.build"), "write_gexf", fail)
    before = _contents(old)
    with pytest.raises(RuntimeError, match="disk full"):
        write(seed_build, old)
    assert _contents(old) == before
    assert sorted(path.name for path in old.iterdir()) == ["graph.ttl", "notes.txt", "tables"]


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    with aside(tmp_path / "a" / "b") as temporary:
        (temporary / "x").write_text("new", encoding="utf-8")
    assert _contents(tmp_path) == {"a/b/x": b"new"}


def test_a_target_that_is_a_file_gives_an_oserror(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError), aside(tmp_path / "exports"):  # noqa: PT011 - which one depends on the system
        pytest.fail("went on")


def test_a_read_only_target_gives_an_oserror(old: Path) -> None:
    before = _contents(old)
    old.chmod(0o500)
    try:
        if os.access(old, os.W_OK):  # the superuser may write everywhere but here
            old.chmod(0o700)
            old = Path("/proc/kg")
            before = {}
        with pytest.raises(OSError), aside(old):  # noqa: PT011
            pytest.fail("went on")
        assert (_contents(old) if old.exists() else {}) == before
    finally:
        if old.exists():
            old.chmod(0o700)


def test_files_get_the_rights_that_others_get(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        with aside(tmp_path) as temporary:
            (temporary / "x").write_text("new", encoding="utf-8")
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o644
    finally:
        os.umask(mask)
