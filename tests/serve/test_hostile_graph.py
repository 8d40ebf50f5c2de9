"""A graph whose every text is an attack: no page runs it, and no format breaks on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib
import pyoxigraph as ox
import pytest
import rdflib

from kg.namespaces import BASE
from kg.query.store import load_store
from kg.serve.editor_page import EditorRequest
from kg.serve.jobs import JOBS, warm
from kg.serve.pages import PageRequest
from kg.serve.reply import Reply
from kg.serve.search import SearchRequest
from kg.serve.world import World
from tests.query.small import GRAPH

ORIGIN = "http://127.0.0.1:8000"
ATTACK = "</title></script><script>alert(1)</script>\\\"'><img src=x onerror=alert(1)>{{7*7}}"
DATA = {"application/ld+json", "application/json"}  # blocks that browsers do not run


def _hostile() -> str:
    """The small graph with the attack in every plain text, and links that would run."""
    head, _, facts = GRAPH.partition("\nrun:r")
    facts = re.sub(r'"([^"\n]*)"(?!\^\^)', lambda found: f'"{found[1]}{ATTACK}"', "run:r" + facts)
    facts = facts.replace("<https://example.org/1>", "<javascript:alert(1)>, <data:text/html,x>")
    return head + "\n" + facts.replace("<https://orcid.org/0000-0002-1825-0097>", "<javascript:alert(2)>")


@pytest.fixture(scope="module")
def world() -> World:
    found = World(load_store(_hostile().encode()), BASE, b"")
    warm(found)
    return found


def _paths(world: World) -> list[str]:
    subjects = {quad.subject.value for quad in world.store if isinstance(quad.subject, ox.NamedNode)}
    return sorted(subject.removeprefix(BASE) for subject in subjects)


def _dangers(html: bytes) -> Iterator[str]:
    """What would run, or lead to what runs."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and "src" not in element.attrib and element.get("type") not in DATA:
            yield f"a script: {element.text}"
        if element.tag == "style" or "style" in element.attrib:
            yield f"a style on {element.tag}"
        for name, value in element.attrib.items():
            if str(name).startswith("on"):
                yield f"{name} on {element.tag}"
            bad = str(value).strip().lower().startswith(("javascript:", "data:", "vbscript:"))
            if bad and str(name) in ("href", "src", "action", "formaction"):
                yield f"{name}={value} on {element.tag}"


def _assert_harmless(reply: Reply, where: str) -> None:
    assert reply.media_type.startswith("text/html"), where
    assert list(_dangers(reply.content)) == [], where
    assert b"49" not in re.findall(rb"&gt;(\d+)", reply.content), (
        f"{where}: a template in a text was filled in"
    )
    assert not any("\n" in value or "\r" in value for _, value in reply.headers), where


def test_no_page_of_a_thing_runs_what_a_text_holds(world: World) -> None:
    for path in _paths(world):
        reply = JOBS["page"](world, PageRequest(path, "text/html", ORIGIN))
        assert reply.status == 200, path
        _assert_harmless(reply, path)


def test_the_pages_beside_run_nothing_either(world: World) -> None:
    attack = ATTACK.replace("\\", "")
    _assert_harmless(JOBS["start"](world, ORIGIN), "the first page")
    for text in ("Ada", attack):
        for kind in ("", "author"):
            asked = SearchRequest((("q", text[:80]), ("kind", kind)), "text/html")
            _assert_harmless(JOBS["search"](world, asked), "search")
    _assert_harmless(JOBS["query"](world, EditorRequest(attack, attack)), "the editor")
    _assert_harmless(
        JOBS["page"](world, PageRequest(f"author/{attack}", "text/html", ORIGIN)), "no such thing"
    )


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_every_format_of_data_can_be_read(world: World, suffix: str) -> None:
    form = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}[suffix]
    for path in _paths(world):
        reply = JOBS["page"](world, PageRequest(f"{path}.{suffix}", None, ORIGIN))
        assert reply.status == 200, path
        assert len(rdflib.Graph().parse(data=reply.content, format=form)) > 0, path
