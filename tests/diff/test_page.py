"""The page is one file that is sound, offline and without script, whatever the titles say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib
import pytest

from kg.diff.page import page
from kg.diff.settings import settings
from kg.diff.summary import as_dict, groups, top
from tests.diff.graphs import difference, other
from tests.query.small import GRAPH

HOSTILE = "<script>alert(1)</script><img src=//evil.example onerror=x> & \\u001B[31m \\u202E"


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    found = difference(
        tmp_path, other(('"Adam beats SGD"', f'"{HOSTILE}"'), ("kg:confidence 0.9 ;", "kg:confidence 0.8 ;"))
    )
    return page(found, "<b>old</b>", "new")


def test_the_page_is_sound_html(hostile: str) -> None:
    html5lib.HTMLParser(strict=True).parse(hostile)


def test_strangers_words_stay_words(hostile: str) -> None:
    document: Any = html5lib.parse(hostile, namespaceHTMLElements=False)
    assert {element.tag for element in document.iter()} & {"script", "img", "b", "link", "iframe"} == set()
    assert "<script>alert(1)</script>" in "".join(document.itertext())
    assert "\x1b" not in hostile and "\u202e" not in hostile


def test_the_page_asks_nobody_for_anything(hostile: str) -> None:
    document: Any = html5lib.parse(hostile, namespaceHTMLElements=False)
    assert "default-src 'none'" in hostile
    links = {element.get("href") for element in document.iter() if element.get("href")}
    assert links and all(link.startswith("#") for link in links)
    assert not [element for element in document.iter() if element.get("src")]


def test_the_page_of_equal_graphs_says_so(tmp_path: Path) -> None:
    assert "No statement differs" in page(difference(tmp_path, GRAPH), "old", "new")


def test_the_page_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    pages = {page(difference(tmp_path, other(("0.5 ;", "0.4 ;"))), "old", "new") for _ in range(2)}
    assert len(pages) == 1


def test_a_long_list_is_cut_and_says_how_much_is_missing(tmp_path: Path) -> None:
    most = settings().limits.page_rows
    many = "".join(f'topic:t-{n} a kg:Topic ; skos:prefLabel "t {n}"@en .\n' for n in range(most))
    assert f"{most} more" in page(difference(tmp_path, GRAPH + many), "old", "new")


def test_a_change_is_told_by_names_with_its_old_and_new_value(tmp_path: Path) -> None:
    found = as_dict(difference(tmp_path, other(("kg:pageRank 0.5", "kg:pageRank 0.4"))))
    (cause,) = found["causes"]
    assert cause["changes"] == [
        {
            "kind": "changed",
            "about": "https://w3id.org/paperkg/id/author/ada-lovelace",
            "name": "Ada Lovelace",
            "predicate": "https://w3id.org/paperkg/ontology#pageRank",
            "label": "PageRank",
            "what": "",
            "old": {"PageRank": "0.5"},
            "new": {"PageRank": "0.4"},
        }
    ]
    assert found["triples"] == {"added": 1, "removed": 1}


def test_of_measures_those_that_moved_furthest_come_first(tmp_path: Path) -> None:
    found = difference(
        tmp_path, other(("kg:pageRank 0.5", "kg:pageRank 0.49"), ("kg:pageRank 0.25", "kg:pageRank 0.01"))
    )
    (group,) = groups(found)
    assert [change.subject.about.rpartition("/")[2] for change in group.changes] == [
        "rene-descartes",
        "ada-lovelace",
    ]
    assert len(list(top(group, 8, 1))) == 1
