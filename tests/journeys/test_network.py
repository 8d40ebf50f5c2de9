"""A person asks how people are connected, whom to work with, and how sure all that is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.graph.recommending_samples import growing
from tests.journeys.command import kg

RECORDS = re.findall(r"(?ms)^## \[.*?(?=^## \[|\Z)", (SEEDS / "iclr-2021.md").read_text(encoding="utf-8"))
TEXT = """Offline reinforcement learning with latent plans

We train a variational autoencoder for goal-conditioned reinforcement learning on robotic manipulation.
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text to review, papers by some people, and identities of them."""
    folder = tmp_path_factory.mktemp("network")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_text("\n", encoding="utf-8")
    (folder / "few.md").write_text("".join(RECORDS[:8]), encoding="utf-8")
    (folder / "broken.tsv").write_text("# who is who\nsame\tAda\n", encoding="utf-8")
    papers = [
        {"id": "p1", "title": "On parsing", "authors": ["Ann Example", "Bob Example"], "year": 2020},
        {"id": "p2", "title": "On tagging", "authors": ["Ann Example"], "year": 2021},
    ]
    (folder / "papers.jsonl").write_text("".join(json.dumps(p) + "\n" for p in papers), encoding="utf-8")
    known = [("p1", 1, "ann"), ("p1", 2, "bob"), ("p2", 1, "ann")]
    lines = [json.dumps({"paper": paper, "position": i, "person": person}) for paper, i, person in known]
    (folder / "known.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def told(*arguments: str | Path, folder: Path) -> str:
    result = kg(*arguments, folder=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_network_is_described(room: Path, seed_folder: Path) -> None:
    printed = told("network", "-g", seed_folder, "--top", "1", folder=room)
    for words in ("density", "transitivity", "small-world", "First by PageRank", "Sergey Levine"):
        assert words in printed


def test_the_chain_between_two_people_names_papers_with_years(room: Path, seed_folder: Path) -> None:
    printed = told("path", "yoshua bengio", "Bernhard Schölkopf", "-g", seed_folder, folder=room)
    assert "connected by 1 paper" in printed
    assert "(2021)" in printed


def test_people_without_a_chain_are_told_in_one_line_and_in_json(room: Path, seed_folder: Path) -> None:
    ends = ("yoshua-bengio", "kenji-kawaguchi", "-g", seed_folder)
    assert told("path", *ends, folder=room).count("\n") == 1
    found = json.loads(told("path", *ends, "--json", folder=room))
    assert (found["connected"], found["path"]) == (False, [])


def test_collaborators_come_with_reasons_that_hold(room: Path, seed_folder: Path) -> None:
    printed = told("recommend", "Sergey Levine", "-g", seed_folder, "--top", "3", folder=room)
    assert "both work on" in printed
    assert printed.count("\n  ") > 3
    found = json.loads(told("recommend", "Sergey Levine", "-g", seed_folder, "--json", folder=room))
    scores = [one["score"] for one in found["collaborators"]]
    assert scores == sorted(scores, reverse=True)
    chain = json.loads(
        told(
            "path",
            "sergey-levine",
            found["collaborators"][0]["person"]["id"],
            "-g",
            seed_folder,
            "--json",
            folder=room,
        )
    )
    assert len(chain["path"]) == len(found["collaborators"][0]["path"])


def test_reviewers_know_the_text_and_have_no_stake_in_it(room: Path, seed_folder: Path) -> None:
    everyone = json.loads(
        told("recommend", "--reviewers", "text.txt", "-g", seed_folder, "--json", folder=room)
    )
    assert "variational autoencoder" in {concept["name"] for concept in everyone["concepts"]}
    first = everyone["reviewers"][0]
    result = kg(
        "recommend", "--reviewers", "text.txt", "--authors", f"{first['person']['name']}; Ada Nobody",
        "-g", seed_folder, folder=room,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert f". {first['person']['name']}  " not in result.stdout
    assert 'called "Ada Nobody"' in result.stderr


def test_a_text_may_come_from_standard_input(room: Path, seed_folder: Path) -> None:
    command = [sys.executable, "-m", "kg", "recommend", "--reviewers", "-", "-g", str(seed_folder), "--json"]
    piped = subprocess.run(
        command, cwd=room, input=TEXT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert piped.stdout == told(
        "recommend", "--reviewers", "text.txt", "-g", seed_folder, "--json", folder=room
    )


def test_what_the_user_says_about_people_is_obeyed_and_ranks_get_intervals(room: Path) -> None:
    (room / "people.tsv").write_text("same\tBob Example\tAnn Example\tone person\n", encoding="utf-8")
    told(
        "build", "papers.jsonl", "--people", "people.tsv", "--bootstrap", "3", "--extractor", "fast", "-o", "one",
        folder=room,
    )  # fmt: skip
    found = json.loads(told("network", "-g", "one", "--json", folder=room))
    assert found["graph"]["partition_resamples"] == 3
    assert found["graph"]["nodes"] in (1, 2)  # two names of one paper may stay two people, with a notice
    assert found["top"]["paper_count"][0]["low"] == 1


def test_who_is_who_is_measured(room: Path) -> None:
    found = json.loads(told("evaluate", "--people", "known.jsonl", "papers.jsonl", "--json", folder=room))
    (everyone,) = [quality for quality in found if quality["group"] == "everyone"]
    assert (everyone["signatures"], everyone["people"], everyone["b_cubed"]["f1"]) == (3, 2, 1.0)
    assert "everyone" in told("evaluate", "--people", "known.jsonl", "papers.jsonl", folder=room)


def test_recommendation_is_measured_on_what_came_later(room: Path) -> None:
    lines = []
    for paper in growing().papers:
        names = [f"{_letters(name)} Example" for name in paper.authors]
        record = {"id": paper.id, "title": f"On {paper.id}", "authors": names, "year": paper.year}
        lines.append(json.dumps({**record, "venue": paper.venue}))
    (room / "growing.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = json.loads(told("evaluate", "--recommend", "growing.jsonl", "--json", folder=room))
    assert (found["until"], found["papers_before"] + found["papers_after"]) == (2021, len(lines))
    printed = told("evaluate", "--recommend", "growing.jsonl", "--until", "2021", folder=room)
    for row in found["rows"]:
        assert row["method"].replace("_", " ") in printed
        assert f"{row['uniform']['value']:.3f}" in printed


def _letters(name: str) -> str:
    """A made-up name of letters for one with digits: ``p3-11`` gives ``Pdxbb``."""
    return name.replace("-", "x").translate(str.maketrans("0123456789", "abcdefghij")).title()


@pytest.mark.parametrize(
    ("arguments", "says", "status"),
    [
        (["build", "few.md", "--people", "broken.tsv"], r"broken\.tsv:2: not a statement", 1),
        (["build", "few.md", "--people", "nowhere.tsv"], r"nowhere\.tsv: ", 1),
        (["build", "few.md", "--bootstrap", "-1"], "bootstrap", 2),
        (["network", "-g", "nowhere"], "kg build", 1),
        (["network", "-g", "nowhere", "--of", "topics"], "kg build", 1),
        (["network", "--of", "cats"], "cats", 2),
        (["path", "Ada", "Bob", "-g", "nowhere"], "kg build", 1),
        (["path", "Nobody At All", "Sergey Levine", "-g", "SEED"], 'nobody is called "Nobody At All"', 1),
        (["path", "Sergey Levin", "Yoshua Bengio", "-g", "SEED"], 'did you mean "Sergey Levine"', 1),
        (["recommend"], "--reviewers FILE", 2),
        (["recommend", "Ada", "--reviewers", "text.txt"], "give one", 2),
        (["recommend", "Ada", "--authors", "Bob"], "--authors", 2),
        (["recommend", "reinforcement learning", "-g", "SEED"], "is a topic; give the name of a person", 1),
        (["recommend", "--reviewers", "nowhere.txt", "-g", "SEED"], r"nowhere\.txt: ", 1),
        (["recommend", "--reviewers", "empty.txt", "-g", "SEED"], r"empty\.txt: no topic", 1),
        (["evaluate", "--recommend", "few.md"], "no papers later than 2021", 1),
        (["evaluate", "--recommend", "nowhere.md"], r"nowhere\.md", 1),
        (["evaluate", "--people", "nowhere.jsonl", "few.md"], r"nowhere\.jsonl: ", 1),
        (["evaluate", "--people", "papers.jsonl", "papers.jsonl"], r'papers\.jsonl:1: "position"', 1),
        (["evaluate", "--people", "known.jsonl", "few.md"], "none of its 3 signatures", 1),
        (["evaluate", "--people", "known.jsonl", "--recommend", "few.md"], "one thing at a time", 2),
        (["evaluate", "known.jsonl", "--until", "2020"], "--until", 2),
        (["evaluate", "known.jsonl", "few.md"], "one file of annotations", 2),
    ],
)
def test_a_wrong_question_gets_one_line_with_the_remedy(
    room: Path, seed_folder: Path, arguments: list[str], says: str, status: int
) -> None:
    result = kg(*(str(seed_folder) if part == "SEED" else part for part in arguments), folder=room)
    assert result.returncode == status, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert re.search(says, result.stderr), result.stderr
    if status == 1:
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr


@pytest.mark.parametrize("command", ["network", "path", "recommend", "evaluate", "build"])
def test_help_has_an_example(room: Path, command: str) -> None:
    assert f"Example: kg {command}" in told(command, "--help", folder=room)
