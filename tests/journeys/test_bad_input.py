"""Bad input: one clear line or a clear record in the report, the right exit status, the last good build untouched."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.evaluate.samples import DETR, written
from tests.journeys.command import kg

RECORDS = re.findall(r"(?ms)^## \[.*?(?=^## \[|\Z)", (SEEDS / "iclr-2021.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with five real papers and a good build of them, and good and bad annotations."""
    folder = tmp_path_factory.mktemp("bad")
    written(folder, DETR)
    written(folder, {**DETR, "id": "other", "title": "Another"}, name="other.jsonl")
    written(folder, {**DETR, "concepts": [{"type": "method"}]}, name="unnamed.jsonl")
    (folder / "broken.jsonl").write_text(json.dumps(DETR) + '\n{"id": \n', encoding="utf-8")
    (folder / "good.md").write_text("".join(RECORDS[:5]), encoding="utf-8")
    built = kg("build", "good.md", "-o", "out", folder=folder)
    assert built.returncode == 0, built.stderr
    return folder


def fingerprint(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def refused(room: Path, *arguments: str, says: str, status: int = 1) -> None:
    """The command ends with one line on standard error, and the last good build is as it was."""
    before = fingerprint(room / "out")
    result = kg(*arguments, folder=room)
    assert result.returncode == status, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert re.search(says, result.stderr), result.stderr
    if status == 1:
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert fingerprint(room / "out") == before
    assert sorted(path.name for path in room.iterdir() if path.name.startswith((".", "out"))) == ["out"]


def report(folder: Path) -> dict[str, list[dict[str, object]]]:
    content: dict[str, list[dict[str, object]]] = json.loads(
        (folder / "report.json").read_text(encoding="utf-8")
    )
    return content


def test_a_missing_file_is_named(room: Path) -> None:
    refused(room, "build", "nowhere.md", "-o", "out", says=r"nowhere\.md")


def test_a_folder_without_papers_is_named_with_what_kg_reads(room: Path) -> None:
    (room / "empty").mkdir()
    (room / "empty" / "notes.txt").write_text("buy milk", encoding="utf-8")
    refused(room, "build", "empty", "-o", "out", says=r"empty: .*BibTeX")


def test_a_binary_file_is_named(room: Path) -> None:
    (room / "photo.md").write_bytes(bytes(range(256)) * 64)
    refused(room, "build", "photo.md", "-o", "out", says=r"photo\.md: ")


def test_a_line_of_50_megabytes_is_rejected_and_the_rest_is_read(room: Path) -> None:
    long = json.dumps({"title": "Too long", "abstract": "x" * 50_000_000})
    short = json.dumps(
        {"title": "A Survey of Graph Neural Networks", "authors": ["Ada Lovelace"], "id": "short"}
    )
    (room / "long.jsonl").write_text(f"{long}\n{short}\n", encoding="utf-8")
    result = kg("build", "long.jsonl", "-o", "long", folder=room)
    assert result.returncode == 0, result.stderr
    (rejected,) = report(room / "long")["rejected"]
    assert (rejected["file"], rejected["line"]) == ("long.jsonl", 1)
    assert "long.jsonl:1: rejected" in result.stderr
    assert "paper:short a kg:Paper" in (room / "long" / "graph.ttl").read_text(encoding="utf-8")


def test_a_title_of_script_reaches_the_page_as_text(room: Path) -> None:
    title = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    (room / "script.jsonl").write_text(
        json.dumps({"title": title, "authors": [title]}) + "\n", encoding="utf-8"
    )
    result = kg("build", "script.jsonl", "-o", "script", folder=room)
    assert result.returncode == 0, result.stderr
    page = (room / "script" / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_quotes_and_backslashes_in_an_abstract_survive_and_check_is_clean(room: Path) -> None:
    abstract = 'We say """ and "\\u0041" and \'\'\' about deep learning. "'
    (room / "quotes.jsonl").write_text(
        json.dumps({"title": "Quotes in deep learning", "authors": ["A B"], "abstract": abstract}) + "\n",
        encoding="utf-8",
    )
    result = kg("build", "quotes.jsonl", "-o", "quotes", folder=room)
    assert result.returncode == 0, result.stderr
    asked = kg(
        "query", "-g", "quotes", "-f", "json", "-e", "SELECT ?a { ?p dcterms:abstract ?a }", folder=room
    )
    assert json.loads(asked.stdout)["results"]["bindings"][0]["a"]["value"] == abstract
    checked = kg("check", "quotes", folder=room)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_paper_with_3000_authors_is_kept_whole(room: Path) -> None:
    authors = [
        f"Person{chr(97 + i // 676)}{chr(97 + i // 26 % 26)}{chr(97 + i % 26)} Name" for i in range(3000)
    ]
    (room / "many.jsonl").write_text(
        json.dumps({"title": "Observation", "authors": authors}) + "\n", encoding="utf-8"
    )
    result = kg("build", "many.jsonl", "-o", "many", folder=room)
    assert result.returncode == 0, result.stderr
    query = "SELECT (COUNT(?s) AS ?n) { ?p kg:authorship ?s }"
    asked = kg("query", "-g", "many", "-f", "csv", "-e", query, folder=room)
    assert asked.stdout.split() == ["n", "3000"]


def test_an_output_folder_that_cannot_be_written_is_named(room: Path) -> None:
    closed = room / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    target = closed / "exports"
    if os.access(closed, os.W_OK):  # root may write anywhere; a file in the way stops everybody
        target = room / "good.md" / "exports"
    refused(room, "build", "good.md", "-o", str(target), says=re.escape(str(target.parent.name)))


def test_an_unknown_vocabulary_file_is_named(room: Path) -> None:
    refused(room, "build", "good.md", "-o", "out", "--vocabulary", "words.ttl", says=r"words\.ttl: .*SKOS")


def test_a_vocabulary_that_is_no_turtle_is_named_with_its_line(room: Path) -> None:
    (room / "broken.ttl").write_text("@prefix a: <http://a.org/> .\na:b a .\n", encoding="utf-8")
    refused(room, "build", "good.md", "-o", "out", "--vocabulary", "broken.ttl", says=r"broken\.ttl:2: ")


def test_a_broken_query_is_named_with_its_place(room: Path) -> None:
    (room / "broken.rq").write_text("SELECT ?x WHERE { ?x a kg:Paper\n", encoding="utf-8")
    refused(room, "query", "broken.rq", "-g", "out", says=r"line 2")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["query", "no-such-question", "-g", "out"], "kg query --list"),
        (["query", "papers-of", "-g", "out"], "-p author="),
        (["query", "-g", "out", "-e", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], "SERVICE"),
        (["query", "papers-of", "-p", "author=x", "-g", "nowhere"], "kg build"),
        (["show", "Nobody At All", "-g", "out"], "Nobody At All"),
        (["view", "nowhere"], "kg build"),
        (["check", "nowhere"], "kg build"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl: "),
        (["evaluate", "gold.jsonl", "--build", "nowhere"], "kg build"),
        (["evaluate", "gold.jsonl", "--build", "out"], "none of the 1 papers"),
        (["evaluate", "gold.jsonl", "--predictions", "nowhere.jsonl"], "nowhere.jsonl: "),
        (["evaluate", "gold.jsonl", "--predictions", "other.jsonl"], "none of the 1 papers"),
        (["evaluate", "gold.jsonl", "--vocabulary", "nowhere.ttl"], "nowhere.ttl: "),
        (["evaluate", "broken.jsonl"], "broken.jsonl:2: "),
        (["evaluate", "unnamed.jsonl"], 'unnamed.jsonl:1: "label"'),
        (["train", "nowhere.jsonl", "--only", "fast"], "nowhere.jsonl: "),
    ],
)
def test_a_wrong_question_gets_one_line_with_the_remedy(room: Path, arguments: list[str], says: str) -> None:
    refused(room, *arguments, says=re.escape(says))


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--no-such-option"],
        ["frobnicate"],
        ["build", "--min-confidence", "2"],
        ["query", "-p", "author"],
        ["build", "good.md", "--extractor", "slow"],
        ["evaluate"],
        ["evaluate", "gold.jsonl", "--extractor", "slow"],
        ["evaluate", "gold.jsonl", "--build", "out", "--predictions", "other.jsonl"],
        ["evaluate", "gold.jsonl", "--build", "out", "--min-confidence", "0.9"],
        ["train", "gold.jsonl"],
        ["train", "gold.jsonl", "--only", "nothing"],
    ],
)
def test_wrong_usage_ends_with_status_2(room: Path, arguments: list[str]) -> None:
    refused(room, *arguments, says=".", status=2)


def test_records_with_faults_are_reported_with_file_and_line(room: Path) -> None:
    nameless = re.sub(r"\*\*Authors\*\*: \*.*\*", "**Authors**: **", RECORDS[5])
    untitled = re.sub(r"## \[6\] .*", "## [6] ", RECORDS[6])
    (room / "faults.md").write_text(nameless + untitled + RECORDS[7].rstrip().rstrip("-"), encoding="utf-8")
    result = kg("build", "faults.md", "-o", "faults", folder=room)
    assert result.returncode == 0, result.stderr
    told = report(room / "faults")
    assert [(n["file"], n["line"]) for n in told["rejected"]] == [("faults.md", nameless.count("\n") + 1)]
    assert ("faults.md", 1) in [(n["file"], n["line"]) for n in told["warnings"]]


def test_a_build_is_not_replaced_by_one_of_nothing(tmp_path: Path) -> None:
    """A download that was cut short must not cost the graph that is there."""
    (tmp_path / "cut.json").write_text(
        '{"results": [{"id": "https://openalex.org/W1", "display_name": "A pap', encoding="utf-8"
    )
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.ttl").write_text("# an earlier build", encoding="utf-8")
    result = kg("build", "cut.json", "-o", "out", folder=tmp_path)
    assert result.returncode == 1 and result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("kg: no paper could be read; cut.json:1: ")
    assert (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8") == "# an earlier build"


def test_who_has_read_enough_of_a_result_hears_no_complaint(seed_folder: Path) -> None:
    import subprocess
    import sys

    command = f"{sys.executable} -m kg export -g {seed_folder} --format nt -o - | head -c 100"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, check=False)
    assert len(result.stdout) == 100 and result.stderr == ""
