from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest

from kg.read import ReadError, read_sources
from kg.read.source import source_of

from .conftest import ReadText, reasons, record

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"


def test_a_gzip_file_reads_like_the_plain_one(read_text: ReadText) -> None:
    content = SEEDS.read_bytes()
    plain, packed = read_text(content), read_text(gzip.compress(content), "list.md.gz")
    assert [(p.id, p.abstract) for p in plain.papers] == [(p.id, p.abstract) for p in packed.papers]


def test_gzip_is_known_by_its_bytes_not_its_name(read_text: ReadText) -> None:
    assert len(read_text(gzip.compress(record().encode()), "list.md").papers) == 1


def test_a_gzip_bomb_is_refused_before_it_fills_memory() -> None:
    bomb = gzip.compress(b" " * 200_000_000, 9)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(
        ReadError, match=r"bomb.md.gz: expands to more than .* bytes; decompress and split it"
    ):
        source_of(bomb, "bomb.md.gz")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


@pytest.mark.parametrize("cut", [12, -4])
def test_a_broken_gzip_is_refused(cut: int) -> None:
    with pytest.raises(ReadError, match="broken gzip"):
        source_of(gzip.compress(record().encode())[:cut], "list.md.gz")


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings_make_no_difference(read_text: ReadText, ending: str) -> None:
    text = record(1, abstract="One\ntwo.\n\nThree.") + record(2, title="Another")
    papers = read_text(text.replace("\n", ending)).papers
    assert papers[0].abstract == "One\ntwo.\n\nThree."
    assert [paper.location.line for paper in papers] == [1, 18]


def test_a_byte_order_mark_is_no_part_of_the_text(read_text: ReadText) -> None:
    assert len(read_text(b"\xef\xbb\xbf" + record().encode()).papers) == 1


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_line_feeds_end_a_line(separator: str) -> None:
    assert len(list(source_of(f"one{separator}## [1] two\nthree".encode(), "a.md").lines())) == 2


def test_bytes_that_are_not_utf8_are_replaced_and_told(read_text: ReadText) -> None:
    reading = read_text(record(authors="Philipp Krähenbühl").encode("latin-1"))
    assert reading.papers[0].authors == ("Philipp Kr\ufffdhenb\ufffdhl",)
    assert reasons(reading) == [
        "3 warning: bytes that are not UTF-8, replaced by U+FFFD; save the file as UTF-8"
    ]


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01", bytes(range(256)) * 9]
)
def test_a_binary_file_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError, match=r"^cat\.md: not a text file; kg reads papers as text"):
        source_of(content, "cat.md")


def test_utf16_is_refused_with_the_remedy() -> None:
    with pytest.raises(ReadError, match="save it as UTF-8"):
        source_of(record().encode("utf-16"), "list.md")


def test_an_overlong_line_is_left_out_and_the_rest_read(read_text: ReadText) -> None:
    papers = [
        '{"title": "A", "authors": ["X"]}',
        '{"title": "' + "b" * 50_000_000,
        '{"title": "C", "authors": ["X"]}',
    ]
    content = "\n".join(papers).encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_text(content, "a.jsonl")
    assert {paper.title for paper in reading.papers} == {"A", "C"}
    assert reasons(reading) == ["2 rejected: line of 50,000,011 bytes, more than 10,000,000; left out"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


@pytest.mark.parametrize("name", ["missing.md", "nul\0.md"])
def test_a_missing_file_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError) as error:
        read_sources([tmp_path / name])
    assert "\n" not in str(error.value)
    assert str(error.value).endswith("; name a file or folder that exists")


@pytest.mark.parametrize("name", ["empty.md", "empty.bib", "empty.jsonl"])
def test_a_file_without_papers_is_refused(read_text: ReadText, name: str) -> None:
    with pytest.raises(ReadError, match="no papers here; kg reads Markdown, BibTeX, RIS"):
        read_text("", name)


def test_an_unknown_format_is_refused(read_text: ReadText) -> None:
    with pytest.raises(ReadError, match=r"notes.rtf: unknown format; kg reads"):
        read_text("{\\rtf1 Hello}", "notes.rtf")


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "utf-8", "UTF-8"])
def test_an_xml_document_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<author>Bernhard Schölkopf</author>'
    assert source_of(text.encode(encoding), "a.xml").text == text


@pytest.mark.parametrize("encoding", ["klingon", "ascii", "hex", "rot13", "idna", "utf-16", "cp037"])
def test_an_xml_document_in_another_encoding_than_declared_is_refused_in_one_line(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<author>Schölkopf</author>'
    with pytest.raises(ReadError, match="^a.xml: not in the encoding that it declares"):
        source_of(text.encode(), "a.xml")
