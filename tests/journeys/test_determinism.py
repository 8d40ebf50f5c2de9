"""Same papers, same bytes: whatever the hash seed, the number of files and their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.journeys.command import kg

FILES = ("graph.ttl", "graph.html", "graph.graphml", "coauthors.graphml", "coauthors.gexf", "void.ttl")
TABLES = ("papers", "authors", "authorships", "mentions", "concepts", "claims", "collaborations")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A build of seeds/ as it is, and one of its records in reverse, split into four files, named backwards."""
    root = tmp_path_factory.mktemp("determinism")
    text = (SEEDS / "iclr-2021.md").read_text(encoding="utf-8")
    records = re.findall(r"(?ms)^## \[.*?(?=^## \[|\Z)", text)[::-1]
    split = root / "split"
    split.mkdir()
    for number in range(4):
        part = records[number * 50 : (number + 1) * 50]
        (split / f"part-{number}.md").write_text("\n".join(part), encoding="utf-8", newline="")
    parts = [split / f"part-{number}.md" for number in (2, 0, 3, 1)]
    one = kg("build", SEEDS, "-o", root / "one", folder=root, PYTHONHASHSEED="1")
    other = kg(
        "build", *parts, "-o", root / "other", folder=root, PYTHONHASHSEED="2", LC_ALL="C", TZ="Asia/Tokyo"
    )
    assert one.returncode == 0, one.stderr
    assert other.returncode == 0, other.stderr
    return root / "one", root / "other"


@pytest.mark.parametrize("name", [*FILES, *(f"tables/{table}.parquet" for table in TABLES)])
def test_a_file_is_the_same_byte_for_byte(folders: tuple[Path, Path], name: str) -> None:
    one, other = ((folder / name).read_bytes() for folder in folders)
    assert one == other, f"{name} differs between two builds of the same papers"
