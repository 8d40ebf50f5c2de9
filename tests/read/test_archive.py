from __future__ import annotations

import io
import resource
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read import ReadError, read_sources
from kg.read.archive import members

from .conftest import record

MEMORY = "Memory Optimization for Deep Networks"


def packed(**files: str | bytes) -> bytes:
    """An archive of these files; ``__`` stands for a slash, ``_`` for a dot."""
    return packed_as({name.replace("__", "/").replace("_", "."): text for name, text in files.items()})


def packed_as(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_member_is_a_source_of_its_own(folder: Path) -> None:
    (folder / "a.zip").write_bytes(
        packed(sub__list_md=record(), b_jsonl='{"title": "Packed", "authors": ["X"]}', README_md="# Hi")
    )
    reading = read_sources(["a.zip"])
    assert {str(paper.location): paper.title for paper in reading.papers} == {
        "a.zip/b.jsonl:1": "Packed",
        "a.zip/sub/list.md:1": MEMORY,
    }
    assert [(i.path, i.format) for i in reading.inputs] == [
        ("a.zip/b.jsonl", "JSON Lines"),
        ("a.zip/sub/list.md", "Markdown"),
    ]
    assert (reading.notices, read_sources([folder]).papers[0].title) == ((), reading.papers[0].title)


def test_names_that_climb_are_names_and_no_paths(folder: Path) -> None:
    (folder / "a.zip").write_bytes(
        packed_as({"../../etc/x\n.md": record(), "/etc/y.md": record(2, title="Y")})
    )
    assert [i.path for i in read_sources(["a.zip"]).inputs] == ["a.zip/etc/x\ufffd.md", "a.zip/etc/y.md"]
    assert [path.name for path in folder.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (packed(in_zip=packed(a_md=record())), "an archive or compressed file within an archive"),
        (packed(a_md_gz=b"\x1f\x8b\x08\x00"), "an archive or compressed file within an archive"),
        (packed_as({"a.md": record()}, zipfile.ZIP_BZIP2), "compressed in another way than deflate"),
        (packed(a_md=b" " * 100_000_000), "expands to more than"),
        (packed(a_md=bytes(range(256)) * 9), "not a text file"),
    ],
)
def test_a_member_that_cannot_be_read_is_told_and_the_archive_read_on(
    folder: Path, content: bytes, reason: str
) -> None:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("z.md", record())
    (folder / "a.zip").write_bytes(out.getvalue())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_sources(["a.zip"])
    assert [paper.title for paper in reading.papers] == [MEMORY]
    assert len(reading.notices) == 1 and reading.notices[0].reason.startswith(f"file left out: {reason}")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_a_symbolic_link_and_an_encrypted_member_are_left_out(folder: Path) -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.md", record())
    content = bytearray(out.getvalue())
    (folder / "a.zip").write_bytes(content)
    assert [n.reason for n in read_sources(["a.zip"]).notices] == [
        "file left out: a symbolic link; links are not followed"
    ]
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(content)
    found = list(members(bytes(content), "a.zip", [".md"]))
    assert getattr(found[0], "reason", "") == "file left out: encrypted; unpack the archive"


def test_an_archive_of_too_many_files_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a\.zip: more than 10,000 files in one archive; unpack or split it"):
        list(members(packed_as({f"{n}.md": "" for n in range(10_001)}, zipfile.ZIP_STORED), "a.zip", [".md"]))


def test_a_list_of_files_that_would_fill_memory_is_refused_unread() -> None:
    end = b"PK\x05\x06" + b"\0" * 8 + (500_000_000).to_bytes(4, "little") + b"\0" * 6
    with pytest.raises(ReadError, match="too many files"):
        list(members(b"PK\x03\x04" + b"\0" * 90 + end, "a.zip", [".md"]))


def test_an_archive_without_papers_is_refused(folder: Path) -> None:
    (folder / "a.zip").write_bytes(packed(README_md="# Hi", x_py="import os"))
    with pytest.raises(ReadError, match=r"^a\.zip: no papers here"):
        read_sources(["a.zip"])


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_no_bytes_whatever_break_it(tail: bytes, place: int, byte: int) -> None:
    whole = bytearray(packed(a_md=record(), b_md=record(2)))
    whole[place % len(whole)] = byte
    told: list[str] = []
    for content in (bytes(whole), b"PK\x03\x04" + tail, bytes(whole) + tail, bytes(whole)[:place]):
        try:
            list(members(content, "a.zip", [".md"]))
        except ReadError as error:
            told.append(str(error))
    assert not [message for message in told if "\n" in message]
