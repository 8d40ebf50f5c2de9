from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read import ReadError, Reading, formats, read_sources
from kg.read.reading import read_source
from kg.read.source import source_of
from kg.records import Location, Paper

from .conftest import ReadText, record

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
RECORDS = re.split(r"(?<=\n----\n)\n", SEEDS.read_text(encoding="utf-8"))


def placeless(reading: Reading) -> list[Paper]:
    return [replace(paper, location=Location("", 0)) for paper in reading.papers]


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_splitting_and_reversing_the_records_changes_nothing(tmp_path: Path) -> None:
    whole = read_sources([SEEDS])
    for number, part in enumerate([RECORDS[150:], RECORDS[:70][::-1], RECORDS[70:150]]):
        (tmp_path / f"part{number}.md").write_text("\n".join(part), encoding="utf-8")
    parts = sorted(tmp_path.iterdir())
    assert placeless(read_sources(parts)) == placeless(whole)
    assert read_sources(parts[::-1]) == read_sources(parts)
    assert placeless(read_sources([tmp_path])) == placeless(whole)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, list_md=record())
    path = tmp_path / "list.md"
    reading = read_sources([path, str(path), tmp_path, tmp_path / "." / "list.md"])
    assert (len(reading.papers), len(reading.inputs), reading.notices) == (1, 1, ())
    assert reading == read_sources([tmp_path, path])


def test_inputs_tell_path_hash_format_and_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        papers__b_jsonl='{"title": "T", "authors": ["X"]}',
        papers__deep__a_md=record() + record(2, title="B"),
    )
    told = [(i.path, i.format, i.papers) for i in read_sources(["papers"]).inputs]
    assert told == [("papers/b.jsonl", "JSON Lines", 1), ("papers/deep/a.md", "Markdown", 2)]
    content = Path("papers/b.jsonl").read_bytes()
    assert read_sources(["papers"]).inputs[0].sha256 == hashlib.sha256(content).hexdigest()


def test_a_folder_reads_what_holds_papers_and_passes_over_the_rest(tmp_path: Path) -> None:
    readme = "# My papers\n\n## Install\n\n```bibtex\n\n@article{me, title={Cite me}}\n```\n"
    write(
        tmp_path, list_md=record(), README_md=readme, LICENSE_txt="MIT", setup_py="import os", hidden__x_md=""
    )
    (tmp_path / ".git").mkdir()
    write(tmp_path / ".git", other_md=record(2, title="Hidden"))
    (tmp_path / "more.jsonl.gz").write_bytes(gzip.compress(b'{"title": "Packed", "authors": ["X"]}'))
    reading = read_sources([tmp_path])
    assert {paper.title for paper in reading.papers} == {"Memory Optimization for Deep Networks", "Packed"}
    assert not reading.notices


def test_a_broken_file_in_a_folder_is_told_and_the_rest_read(tmp_path: Path) -> None:
    write(tmp_path, list_md=record())
    (tmp_path / "broken.bib").write_bytes(bytes(range(256)))
    reading = read_sources([tmp_path])
    assert len(reading.papers) == 1
    assert [n.reason[:36] for n in reading.notices] == ["file left out: not a text file; kg r"]


def test_a_folder_without_papers_is_refused(tmp_path: Path) -> None:
    write(tmp_path, README_md="# Nothing", data_csv="a,b")
    with pytest.raises(ReadError, match="no papers here; kg reads Markdown, BibTeX, RIS"):
        read_sources([tmp_path])


def test_a_folder_of_rejected_records_tells_why_each_was(tmp_path: Path) -> None:
    write(tmp_path, a_jsonl="{}\n[]")
    assert len(read_sources([tmp_path]).notices) == 2


def test_no_source_is_refused() -> None:
    with pytest.raises(ReadError, match="no source named"):
        read_sources([])


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", record(), "Markdown"),
        ("a", '{"title": "T", "authors": ["X"]}', "JSON Lines"),
        ("a.dat", "@article{k, title={T}}", "BibTeX"),
        ("wrong.md", "\n@article{k, title={T}}", "BibTeX"),
        ("wrong.bib", record(), "Markdown"),
        ("a.JSONL", '{"title": "T"}', "JSON Lines"),
        ("long-preamble.md", "word " * 20_000 + "\n\n" + record(), "Markdown"),
    ],
)
def test_the_format_is_found(read_text: ReadText, name: str, text: str, format: str) -> None:
    assert [i.format for i in read_text(text, name).inputs] == [format]


def test_the_same_paper_in_two_formats_is_one(tmp_path: Path) -> None:
    abstract = "Deep learning is slowly, but steadily, hitting a memory bottleneck."
    bib = (
        "@article{k, title={Memory Optimization for Deep Networks}, year={2021}, "
        'author={Shah, Aashaka and Kr{\\"a}henb{\\"u}hl, Philipp}, abstract={' + abstract + "}}"
    )
    reading = read_sources([write(tmp_path, a_md=record(), b_bib=bib)])
    assert [paper.id for paper in reading.papers] == ["iclr-2021-0161"]
    assert [(n.location.file[-5:], n.reason[:18]) for n in reading.notices] == [
        ("b.bib", "the same paper as ")
    ]


names = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=",*;"),
    min_size=1,
    max_size=12,
)
MARKUP = "\\$~{}<>&`"
lines = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=MARKUP),
        min_size=1,
        max_size=9,
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
abstracts = (
    st.lists(lines, min_size=1, max_size=4)
    .map("\n\n".join)
    .filter(lambda t: "----" not in t and "##" not in t)
)
papers = st.fixed_dictionaries(
    {"title": lines, "authors": st.lists(names, min_size=1, max_size=5), "abstract": abstracts}
)


@given(papers, st.integers(0, 9999), st.integers(1000, 2100))
def test_a_record_written_as_markdown_reads_back_the_same(
    paper: dict[str, Any], number: int, year: int
) -> None:
    text = record(
        number, paper["title"], ", ".join(paper["authors"]), f"iclr {year}", abstract=paper["abstract"]
    )
    (found,) = read_source(source_of(text.encode(), "a.md")).papers
    assert {"title": found.title, "authors": list(found.authors), "abstract": found.abstract} == paper
    assert (found.id, found.year) == (f"iclr-{year}-{number:04}", year)


@given(papers, st.none() | st.integers(1000, 2100))
def test_a_record_written_as_json_reads_back_the_same(paper: dict[str, Any], year: int | None) -> None:
    text = json.dumps({**paper, "year": year}, ensure_ascii=False)
    (found,) = read_source(source_of(text.encode(), "a.jsonl")).papers
    assert {"title": found.title, "authors": list(found.authors), "abstract": found.abstract} == paper
    assert found.year == year


PIECES = (
    '## [1] |## |\n|\n\n|**Authors**: *|**Abstract**:|**URL**: [|](|*|----|@article{|@string{|title = {|}|"|,|author = '
    '| and |\\|$|{\\\'e}|\\frac|%|{"title": |[|]|null|1e999|"a"|\u2028|\x00|é|#|=|(|\\begin{a}|\\end{a}|\\verb|^'
)
pieces = st.sampled_from(PIECES.split("|"))


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(pieces | st.text(max_size=5), max_size=40).map("".join),
    st.sampled_from([".md", ".bib", ".jsonl", ""]),
)
def test_no_text_whatever_breaks_reading(text: str, extension: str) -> None:
    try:
        source = source_of(text.encode("utf-8", "surrogatepass"), f"a{extension}")
        found = read_source(source)
    except ReadError:
        return
    for notice in found.notices:
        assert 1 <= notice.location.line <= source.text.count("\n") + 1
        assert "\n" not in notice.reason
    for paper in found.papers:
        assert re.fullmatch("[a-z0-9-]+", paper.id)
        assert paper.title == " ".join(paper.title.split()) != ""


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_sniffing(text: str) -> None:
    for format in formats().all:
        assert format.sniff(text) in (True, False)
