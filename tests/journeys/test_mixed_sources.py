"""One library in four formats and a zip archive: each paper once, with its ids, a preprint linked to what it became."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.query.store import answer, load_graph
from tests.journeys.command import kg

TITLE = "Deformable DETR: Deformable Transformers for End-to-End Object Detection"
AUTHORS = ["Xizhou Zhu", "Weijie Su", "Lewei Lu", "Bin Li", "Xiaogang Wang", "Jifeng Dai"]
BIBTEX = (
    "@inproceedings{zhu, title={" + TITLE + "}, author={" + " and ".join(AUTHORS) + "}, year={2021},"
    " booktitle={ICLR}, doi={10.9999/iclr.2021.36}}\n"
)
RIS = (
    "TY  - CONF\nTI  - "
    + TITLE
    + "\n"
    + "".join(f"AU  - {n.split()[-1]}, {n.split()[0]}\n" for n in AUTHORS)
    + ("PY  - 2021\nDO  - 10.9999/ICLR.2021.36\nER  - \n")
)
PREPRINT = {
    "id": "https://openalex.org/W3092462694",
    "doi": "https://doi.org/10.48550/arxiv.2010.04159",
    "title": TITLE,
    "publication_year": 2020,
    "type": "preprint",
    "authorships": [
        {"author": {"display_name": name, "id": f"https://openalex.org/A{n}"}}
        for n, name in enumerate(AUTHORS)
    ],
    "ids": {"openalex": "https://openalex.org/W3092462694"},
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "library").mkdir()
    (folder / "library" / "zotero.bib").write_text(BIBTEX, encoding="utf-8")
    (folder / "library" / "works.jsonl").write_text(json.dumps(PREPRINT) + "\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "library" / "export.zip", "w") as archive:
        archive.writestr("export.ris", RIS)
    return folder


@pytest.fixture(scope="module")
def store(library: Path) -> ox.Store:
    built = kg("build", "library", "--extractor", "fast", "-o", "out", folder=library)
    assert built.returncode == 0, built.stderr
    return load_graph(library / "out")


def test_kg_read_tells_each_file_with_its_format(library: Path) -> None:
    told = json.loads(kg("read", "library", "--json", folder=library).stdout)
    assert sorted(file["format"] for file in told["files"]) == ["BibTeX", "OpenAlex", "RIS"]


def test_the_paper_of_two_sources_is_one_and_its_preprint_another(store: ox.Store) -> None:
    rows = answer(
        store,
        "SELECT ?year ?of { ?p a kg:Paper ; dcterms:issued ?year OPTIONAL { ?p dcterms:isVersionOf/dcterms:issued ?of } } ORDER BY ?year",
    ).rows
    assert rows == [{"year": 2020, "of": 2021}, {"year": 2021, "of": None}]


def test_further_ids_are_kept_as_links(store: ox.Store) -> None:
    found = answer(store, "SELECT (STR(?same) AS ?to) { ?p a kg:Paper ; owl:sameAs ?same }").rows
    assert {"to": "https://openalex.org/W3092462694"} in found


def test_the_build_is_sound(library: Path, store: ox.Store) -> None:
    checked = kg("check", "out", folder=library)
    assert checked.returncode == 0, checked.stdout + checked.stderr
