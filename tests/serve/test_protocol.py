"""SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/, on a real server."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from kg.namespaces import BASE, prefixes
from kg.query.store import load_store
from kg.serve.description import SD
from kg.serve.protocol import FORM, QUERY, UPDATE
from kg.serve.sparql import SparqlRequest, sparql
from kg.serve.world import World
from tests.query.small import GRAPH
from tests.serve.conftest import Running

GRAPH_NAME = BASE + "void"
NAMES = "SELECT ?name { ?a a kg:Author ; foaf:name ?name } ORDER BY ?name"
YES, NO = "ASK { ?s a kg:Paper }", "ASK { ?s a kg:Nothing }"
CONSTRUCT = "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p dcterms:title ?t }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES, JSON_LD, RDF_XML = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)


def test_a_query_by_get_is_answered(server: Running) -> None:
    answer = server.get("/sparql", params={"query": YES})
    assert answer.status_code == 200
    assert answer.json()["boolean"] is True
    assert answer.headers["content-type"] == JSON


def test_a_query_by_form_is_answered(server: Running) -> None:
    answer = server.post("/sparql", data={"query": NO})
    assert (answer.status_code, answer.json()["boolean"]) == (200, False)


def test_a_query_by_post_as_it_is_is_answered(server: Running) -> None:
    answer = server.post("/sparql", content=YES, headers={"content-type": QUERY})
    assert (answer.status_code, answer.json()["boolean"]) == (200, True)


def test_the_charset_of_a_query_may_be_named(server: Running) -> None:
    query = 'ASK { ?a foaf:name "René Descartes" }'
    headers = {"content-type": f"{QUERY}; charset=UTF-8"}
    assert server.post("/sparql", content=query.encode(), headers=headers).json()["boolean"] is True


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_default_graph_may_be_named_in_the_request(server: Running, way: str) -> None:
    dataset = {"default-graph-uri": GRAPH_NAME}
    if way == "get":
        answer = server.get("/sparql", params={"query": YES, **dataset})
    elif way == "form":
        answer = server.post("/sparql", data={"query": YES, **dataset})
    else:
        answer = server.post("/sparql", params=dataset, content=YES, headers={"content-type": QUERY})
    assert answer.json()["boolean"] is True


def test_the_graph_may_be_named_twice(server: Running) -> None:
    parameters = [("query", YES), ("default-graph-uri", GRAPH_NAME), ("default-graph-uri", GRAPH_NAME)]
    assert server.get("/sparql", params=parameters).json()["boolean"] is True


def test_the_graph_of_the_request_goes_before_that_of_the_query(server: Running) -> None:
    query = f"ASK FROM <{GRAPH_NAME}> {{ ?s a kg:Paper }}"
    assert server.get("/sparql", params={"query": query, "default-graph-uri": GRAPH_NAME}).json()["boolean"]


@pytest.mark.parametrize(
    "query",
    [
        f"ASK FROM <{GRAPH_NAME}> {{ ?s a kg:Paper }}",
        f"PREFIX g: <{BASE}> ASK FROM g:void WHERE {{ ?s a kg:Paper }}",
        f"BASE <{BASE}x> ASK FROM <void> WHERE {{ ?s a kg:Paper }}",
        f"ASK from<{GRAPH_NAME}>{{ ?s a kg:Paper }}",
    ],
)
def test_a_query_may_name_the_graph_that_is_there(server: Running, query: str) -> None:
    assert server.ask(query).json()["boolean"] is True


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["http://example.org/g", "file:///etc/passwd", "http://127.0.0.1:9/", ""])
def test_a_graph_that_is_not_there_is_refused_with_the_one_that_is(
    server: Running, name: str, graph: str
) -> None:
    answer = server.get("/sparql", params={"query": YES, name: graph})
    assert answer.status_code == 400
    assert GRAPH_NAME in answer.text and answer.text.count("\n") == 1


def test_one_strange_graph_among_known_ones_is_refused(server: Running) -> None:
    parameters = [("query", YES), ("default-graph-uri", GRAPH_NAME), ("default-graph-uri", "http://a.org/")]
    assert server.get("/sparql", params=parameters).status_code == 400


def test_no_graph_is_named_inside_a_query(server: Running) -> None:
    assert server.ask("ASK { GRAPH ?g { ?s ?p ?o } }").json()["boolean"] is False


BAD = {
    "no query by form": ("POST", "", FORM, b"", 400),
    "another parameter alone": ("GET", "q=1", "", b"", 400),
    "two queries by get": ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", "", b"", 400),
    "two queries by form": ("POST", "", FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", 400),
    "two queries, address and form": ("POST", "query=ASK%7B%7D", FORM, b"query=ASK%7B%7D", 400),
    "two queries, address and body": ("POST", "query=ASK%7B%7D", QUERY, b"ASK{}", 400),
    "a form without its type": ("POST", "", "", b"query=ASK%7B%7D", 415),
    "a query without its type": ("POST", "", "", b"ASK{}", 415),
    "a query of another type": ("POST", "", "text/plain", b"ASK{}", 415),
    "a query in JSON": ("POST", "", "application/json", b'{"query": "ASK{}"}', 415),
    "a form in parts": ("POST", "", "multipart/form-data; boundary=x", b"--x--", 415),
    "a query in UTF-16": ("POST", "", f"{QUERY}; charset=utf-16", "ASK{}".encode("utf-16"), 415),
    "a query that is no UTF-8": ("POST", "", QUERY, b'ASK { ?s ?p "\xff" }', 400),
    "a form that is no UTF-8": ("POST", "", FORM, b"query=ASK%7B?s?p%22%FF%22%7D", 400),
    "an address that is no UTF-8": ("GET", "query=ASK%7B%3Fs%20%3Fp%20%22%E9%22%7D", "", b"", 400),
    "an empty query": ("GET", "query=", "", b"", 400),
    "no SPARQL": ("GET", "query=SELECT%20nothing", "", b"", 400),
    "many parameters": ("GET", "&".join(["query=ASK%7B%7D"] + ["a=1"] * 200), "", b"", 400),
    "an update as query": ("GET", "query=INSERT%20DATA%20%7B%7D", "", b"", 400),
    "an update by form": ("POST", "", FORM, b"update=CLEAR%20ALL", 403),
    "an update by get": ("GET", "update=CLEAR%20ALL", "", b"", 403),
    "an update beside a query": ("POST", "", FORM, b"query=ASK%7B%7D&update=CLEAR%20ALL", 403),
    "an update as it is": ("POST", "", UPDATE, b"CLEAR ALL", 403),
    "PUT": ("PUT", "query=ASK%7B%7D", "", b"", 405),
    "DELETE": ("DELETE", "query=ASK%7B%7D", "", b"", 405),
    "PATCH": ("PATCH", "", QUERY, b"ASK{}", 405),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_request_is_refused_with_a_line(server: Running, case: str) -> None:
    method, parameters, kind, content, status = BAD[case]
    headers = {"content-type": kind} if kind else {}
    answer = httpx.request(
        method, f"{server.address}/sparql?{parameters}", content=content, headers=headers, timeout=20
    )
    assert answer.status_code == status, answer.text
    if status != 405:
        assert answer.text.strip() and answer.text.count("\n") == 1
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_wrong_method_is_told_the_right_ones(server: Running) -> None:
    allowed = httpx.put(f"{server.address}/sparql").headers["allow"]
    assert {"GET", "HEAD", "POST"} <= set(allowed.replace(" ", "").split(","))


def test_a_syntax_error_is_told_with_line_and_column(server: Running) -> None:
    answer = server.ask("SELECT *\n{ ?s ?p }")
    assert answer.status_code == 400
    assert answer.text.startswith("line 2, column ")


ROWS = ["Ada Lovelace", "René Descartes"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (JSON, JSON),
        ("application/json", "application/json"),
        ("*/*", JSON),
        (f"{JSON};q=0.1, {CSV}", CSV),
        (CSV, CSV),
        (TSV, TSV),
        ("text/*", CSV),
        (XML, XML),
        (f"{XML};q=0, application/xml", "application/xml"),
    ],
)
def test_rows_come_in_the_form_asked_for(server: Running, accept: str, kind: str) -> None:
    answer = server.ask(NAMES, accept)
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in answer.headers["vary"]
    if "json" in kind:
        names = [row["name"]["value"] for row in answer.json()["results"]["bindings"]]
    elif "xml" in kind:
        names = [str(row[0]) for row in rdflib.query.Result.parse(io.BytesIO(answer.content), format="xml")]
    elif kind == CSV:
        names = [row[0] for row in csv.reader(io.StringIO(answer.content.decode()))][1:]
    else:
        names = [line.strip('"') for line in answer.content.decode().splitlines()][1:]
    assert names == ROWS


def test_a_truth_value_has_no_table(server: Running) -> None:
    assert server.ask(YES, f"{CSV}, {XML};q=0.1").headers["content-type"] == XML
    answer = server.ask(YES, f"{CSV}, {TSV}")
    assert answer.status_code == 406 and JSON in answer.text


@pytest.mark.parametrize(
    ("kind", "form"), [(TURTLE, "turtle"), (N_TRIPLES, "nt"), (JSON_LD, "json-ld"), (RDF_XML, "xml")]
)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE author:ada-lovelace"])
def test_a_graph_comes_in_the_form_asked_for(server: Running, kind: str, form: str, query: str) -> None:
    answer = server.ask(query, kind)
    assert answer.headers["content-type"].partition(";")[0] == kind
    expected = rdflib.Graph().parse(data=server.ask(query, TURTLE).text, format="turtle")
    assert len(expected) > 0
    assert set(rdflib.Graph().parse(data=answer.text, format=form)) == set(expected)


def test_turtle_has_the_prefixes_of_the_graph(server: Running) -> None:
    answer = server.ask(CONSTRUCT, TURTLE).text
    assert f"@prefix paper: <{prefixes()['paper']}> ." in answer
    assert "paper:iclr-2021-0001 dcterms:title" in answer


@pytest.mark.parametrize(("query", "accept"), [(NAMES, TURTLE), (CONSTRUCT, CSV), (YES, "image/png")])
def test_a_form_that_the_answer_has_not_is_refused_with_those_it_has(
    server: Running, query: str, accept: str
) -> None:
    answer = server.ask(query, accept)
    assert answer.status_code == 406
    assert "Accept may name: " in answer.text


def test_a_property_without_a_name_in_xml_is_refused_in_rdf_xml_alone(server: Running) -> None:
    query = 'CONSTRUCT { <http://a.org/x> <http://a.org/1> "1" } {}'
    assert server.ask(query, RDF_XML).status_code == 406
    assert server.ask(query, TURTLE).status_code == 200


def test_xml_is_well_formed_whatever_a_literal_holds(server: Running) -> None:
    query = 'SELECT ("a\\u000Bb<&" AS ?x) {}'
    assert [str(row[0]) for row in rdflib.query.Result.parse(
        io.BytesIO(server.ask(query, XML).content), format="xml"
    )] == ["a\ufffdb<&"]  # fmt: skip
    graph = 'CONSTRUCT { <http://a.org/x> <http://a.org/p> "a\\u000Bb" } {}'
    assert rdflib.Graph().parse(data=server.ask(graph, RDF_XML).content, format="xml")


def test_the_same_query_gives_the_same_bytes(server: Running) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    assert len({server.ask(query, TURTLE).content for _ in range(6)}) == 1


def test_the_head_of_an_answer_can_be_had_alone(server: Running) -> None:
    whole = server.get("/sparql", params={"query": YES})
    head = httpx.head(f"{server.address}/sparql?query={quote(YES)}")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_pages_of_strangers_may_read(server: Running) -> None:
    headers = {"origin": "https://example.org"}
    answer = server.get("/sparql", params={"query": YES}, headers=headers)
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {
        **headers,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    before = httpx.options(f"{server.address}/sparql", headers=asked)
    assert before.status_code == 200 and "POST" in before.headers["access-control-allow-methods"]


def test_the_service_describes_itself_where_no_query_is_sent(server: Running) -> None:
    for kind, form in ((TURTLE, "turtle"), (RDF_XML, "xml"), (JSON_LD, "json-ld"), (N_TRIPLES, "nt")):
        answer = server.get("/sparql", headers={"accept": kind})
        described = rdflib.Graph().parse(data=answer.text, format=form)
        here = rdflib.URIRef(f"{server.address}/sparql")
        assert (here, rdflib.URIRef(SD + "endpoint"), here) in described
        assert (None, rdflib.URIRef(SD + "name"), rdflib.URIRef(GRAPH_NAME)) in described
    assert server.get("/sparql", headers={"accept": "image/png"}).status_code == 406


def test_a_browser_is_led_to_the_editor(server: Running) -> None:
    answer = server.get("/sparql", headers={"accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("kind", [TURTLE, N_TRIPLES, JSON_LD, RDF_XML])
def test_the_data_is_described_at_its_well_known_place(server: Running, kind: str) -> None:
    answer = server.get("/.well-known/void", headers={"accept": kind})
    assert answer.headers["content-type"].partition(";")[0] == kind
    forms = {TURTLE: "turtle", N_TRIPLES: "nt", JSON_LD: "json-ld", RDF_XML: "xml"}
    described = rdflib.Graph().parse(data=answer.text, format=forms[kind])
    where = (rdflib.URIRef(GRAPH_NAME), rdflib.VOID.sparqlEndpoint, rdflib.URIRef(f"{server.address}/sparql"))
    assert where in described


def test_clients_of_the_protocol_can_ask(server: Running) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{server.address}/sparql", returnFormat="json"))
    rows = graph.query("PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT ?n { ?a foaf:name ?n } ORDER BY ?n")
    assert [str(row[0]) for row in rows] == ROWS


def test_a_federated_query_elsewhere_can_reach_it(server: Running) -> None:
    query = f"SELECT ?n {{ SERVICE <{server.address}/sparql> {{ ?a <http://xmlns.com/foaf/0.1/name> ?n }} }}"
    assert {row["n"].value for row in ox.Store().query(query)} == set(ROWS)


def test_every_answer_has_the_headers_that_protect(server: Running) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/.well-known/void", "/nothing"):
        headers = server.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'self'" in headers["content-security-policy"], path
        assert headers["referrer-policy"], path


def test_an_answer_that_is_too_large_is_refused_whole() -> None:
    world = World(load_store(GRAPH.encode()), BASE, b"")
    for query, most in ((NAMES, 50), (CONSTRUCT, 50), ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", 10)):
        reply = sparql(world, SparqlRequest(query, None, most))
        assert reply.status == 413 and reply.content.count(b"\n") == 1


def test_a_page_that_is_known_is_not_sent_again(server: Running) -> None:
    path = "/id/author/ada-lovelace"
    first = server.get(path, headers={"accept": "text/html"})
    assert first.status_code == 200, first.text
    kept = {"accept": "text/html", "if-none-match": first.headers["etag"]}
    assert server.get(path, headers=kept).status_code == 304
    assert server.get(path, headers={**kept, "accept": TURTLE}).status_code == 200


def test_search_suggestions_and_reconciliation_are_at_their_places(server: Running) -> None:
    assert "Ada Lovelace" in server.get("/search", params={"q": "ada"}, headers={"accept": "text/html"}).text
    for path in ("/api/search", "/api/suggest"):
        assert server.get(path, params={"q": "ada"}).json()["results"][0]["id"] == "author/ada-lovelace"
    assert server.get("/api/openapi.json").json()["openapi"].startswith("3.1")
    assert "0.2" in server.get("/reconcile").json()["versions"]
    batch = {"queries": '{"q": {"query": "Ada Lovelace"}}'}
    for answer in (server.get("/reconcile", params=batch), server.post("/reconcile", data=batch)):
        assert answer.json()["q"]["result"][0]["id"] == "author/ada-lovelace"
    preview = server.get("/reconcile/preview", params={"id": "author/ada-lovelace"})
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert server.post("/reconcile", content=b"{}").status_code == 415
    assert server.post("/reconcile", data={"queries": " " * 11_000_000}).status_code == 413
