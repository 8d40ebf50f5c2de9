"""The documentation page of the ontology tells every term, is up to date, and opens without a network."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from html import unescape
from pathlib import Path
from types import ModuleType

import html5lib
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

from kg.namespaces import ONTOLOGY
from kg.resources import ontology

_ROOT = Path(__file__).resolve().parents[2]
_PAGE = _ROOT / "docs" / "ontology.html"
_SCRIPT = _ROOT / "scripts" / "ontology.py"
_REMEDY = "run python scripts/ontology.py ontology/kg.ttl docs/ontology.html"

pytestmark = pytest.mark.skipif(not _PAGE.is_file(), reason="the page lies in a checkout alone")


@pytest.fixture(scope="module")
def page() -> str:
    return _PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def terms() -> dict[str, rdflib.URIRef]:
    graph = rdflib.Graph().parse(ontology("kg.ttl"))
    ours = {s for s in graph.subjects(RDF.type) if str(s).startswith(ONTOLOGY)}
    return {str(s).removeprefix(ONTOLOGY): rdflib.URIRef(str(s)) for s in ours}


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ontology_page", _SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_of_the_ontology_as_it_is(page: str) -> None:
    digest = hashlib.sha256(ontology("kg.ttl").read_bytes()).hexdigest()
    assert f'name="ontology-sha256" content="{digest}"' in page, _REMEDY


def test_the_page_is_what_the_script_writes(page: str) -> None:
    pytest.importorskip("pylode", reason="needs pylode==3.2.3")
    assert _script().page(ontology("kg.ttl")) == page, _REMEDY


def test_the_iri_of_each_term_leads_to_its_place_on_the_page(
    page: str, terms: dict[str, rdflib.URIRef]
) -> None:
    anchors = re.findall(r'\sid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)), "an id stands twice"
    assert set(terms) <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors), "a link leads nowhere"


def test_the_page_tells_definition_and_example_of_each_term(
    page: str, terms: dict[str, rdflib.URIRef]
) -> None:
    graph = rdflib.Graph().parse(ontology("kg.ttl"))
    text = " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())
    for name, term in terms.items():
        for told in (graph.value(term, RDFS.comment), graph.value(term, SKOS.example)):
            assert " ".join(str(told).split()) in text, name


def test_the_page_asks_nothing_of_any_other_host(page: str) -> None:
    document = html5lib.parse(page, namespaceHTMLElements=False)
    for element in document.iter():
        if isinstance(element.tag, str):
            assert element.tag not in {"iframe", "img", "object", "embed", "form"}
            assert "src" not in element.attrib, element.attrib
        if element.tag == "link":
            assert element.attrib["href"].startswith("data:")
        if element.tag == "script":
            assert element.attrib["type"] == "application/ld+json", "nothing on the page is run"
    styles = " ".join("".join(e.itertext()) for e in document.iter("style"))
    assert "url(" not in styles and "@import" not in styles


def test_the_page_leaves_out_the_declarations_of_other_vocabularies() -> None:
    shown = _script().shown(rdflib.Graph().parse(ontology("kg.ttl")))
    assert {str(s).partition("#")[0] for s in shown.subjects()} == {ONTOLOGY.rstrip("#")}


def test_a_functional_property_and_a_close_match_are_told_in_words() -> None:
    shown = _script().shown(rdflib.Graph().parse(ontology("kg.ttl")))
    note = str(shown.value(rdflib.URIRef(ONTOLOGY + "author"), SKOS.note))
    assert note.startswith("There is at most one value for each subject. Close to [")
    assert "[soa:hasAuthor](https://semopenalex.org/ontology/hasAuthor)" in note
