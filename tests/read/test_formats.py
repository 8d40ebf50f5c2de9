from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg.read import formats as installed_formats
from kg.read import reading
from kg.read.drafts import Draft
from kg.read.formats import GENERAL, GROUP, SPECIFIC, Formats, _with_added
from kg.read.reading import read_source, read_sources
from kg.read.source import Source, source_of
from kg.records import Notice

DATA = Path(__file__).parent / "data"
SAMPLES = sorted(path for path in DATA.iterdir() if path.is_file())


class EndNote:
    """A reader as another package would have it."""

    NAME = "EndNote"
    EXTENSIONS = (".enw",)

    @staticmethod
    def sniff(head: str) -> bool:
        if head.startswith("%B"):
            raise ValueError("cannot tell")
        return head.startswith("%0")

    @staticmethod
    def read(source: Source) -> Iterator[Draft | Notice]:
        for line, text in source.lines():
            if text.startswith("%T "):
                yield Draft(line=line, title=text[3:], authors=("Ada Lovelace",))
            if text == "%!":
                raise RuntimeError("two\nlines")


class Silly(EndNote):
    NAME = "Silly"
    EXTENSIONS = (".silly",)

    @staticmethod
    def sniff(head: str) -> bool:
        return head.startswith("silly")

    @staticmethod
    def read(source: Source) -> Iterator[Draft | Notice]:
        yield "no draft"  # type: ignore[misc]


def added(monkeypatch: pytest.MonkeyPatch, *names: str) -> Formats:
    found = _with_added([EntryPoint(name, f"{__name__}:{name}", GROUP) for name in names])
    monkeypatch.setattr(reading, "formats", lambda: found)
    return found


def test_every_shipped_format_has_a_name_of_its_own_and_extensions() -> None:
    names = [each.NAME for each in (*SPECIFIC, *GENERAL)]
    assert len(set(names)) == len(names)
    for each in (*SPECIFIC, *GENERAL):
        assert each.EXTENSIONS and all(e.startswith(".") and e == e.lower() for e in each.EXTENSIONS)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_known_by_one_format_and_gives_papers(path: Path) -> None:
    source = source_of(path.read_bytes(), path.name)
    claimed = [each.NAME for each in SPECIFIC if each.sniff(source.head)]
    assert len(claimed) == 1 or (not claimed and any(each.sniff(source.head) for each in GENERAL))
    assert read_source(source).papers
    if not claimed:
        return
    nameless = source_of(path.read_bytes(), "nameless")
    told, also = read_source(source).input, read_source(nameless).input
    assert told is not None and also is not None and told.format == also.format


def test_an_added_reader_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = added(monkeypatch, "EndNote")
    assert ".enw" in found.extensions
    (tmp_path / "a.enw").write_text("%0 Journal Article\n%T A Title\n%T Another\n")
    assert [paper.title for paper in read_sources([tmp_path]).papers] in (
        ["A Title", "Another"],
        ["Another", "A Title"],
    )


def test_a_reader_that_fails_costs_the_rest_of_its_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    added(monkeypatch, "EndNote", "Silly")
    found = read_source(source_of(b"%0 x\n%T A Title\n%!\n%T Lost", "a.enw"))
    assert [paper.title for paper in found.papers] == ["A Title"]
    assert [f"{n.location} {n.reason}" for n in found.notices] == [
        "a.enw:2 the reader of EndNote failed after here (RuntimeError: two lines)"
    ]
    (silly,) = read_source(source_of(b"silly", "b.silly")).notices
    assert silly.reason.endswith("(TypeError: gave str, neither a draft nor a notice)")


def test_a_reader_that_cannot_tell_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = added(monkeypatch, "EndNote")
    assert found.of(source_of(b"%B", "nameless")) is None


def test_a_reader_that_cannot_be_loaded_is_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = added(monkeypatch, "Missing", "Path")
    assert found.specific == SPECIFIC
    (tmp_path / "a.jsonl").write_text('{"title": "A", "authors": ["X"]}')
    notices = read_sources([tmp_path]).notices
    assert [n.location.file for n in notices] == [f"{GROUP}:Missing", f"{GROUP}:Path"]
    assert all("this reader cannot be loaded" in n.reason and "\n" not in n.reason for n in notices)


def test_what_is_installed_gives_no_warning() -> None:
    assert installed_formats().notices == ()
