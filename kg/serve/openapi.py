"""The description of the server's interfaces for programs, at ``/api/openapi.json``.

OpenAPI Specification 3.1.0, https://spec.openapis.org/oas/v3.1.0. Limits and kinds come from the settings that the
server itself reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import orjson

from kg.serve.reconcile_settings import reconcile_settings
from kg.serve.reply import Reply
from kg.serve.search_settings import search_settings

JSON = "application/json"
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_RESULTS = {
    "application/sparql-results+json": "SELECT and ASK",
    "application/sparql-results+xml": "SELECT and ASK",
    "text/csv": "SELECT",
    "text/tab-separated-values": "SELECT",
    "text/turtle": "CONSTRUCT and DESCRIBE",
    "application/n-triples": "CONSTRUCT and DESCRIBE",
    "application/ld+json": "CONSTRUCT and DESCRIBE",
    "application/rdf+xml": "CONSTRUCT and DESCRIBE",
}
_PAGES = ("text/html", "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
_SPEC = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"


def openapi_reply() -> Reply:
    """The description as it is sent."""
    return Reply(200, "application/json", orjson.dumps(openapi(), option=orjson.OPT_INDENT_2))


@cache
def openapi() -> Mapping[str, Any]:
    """The description as data.

    Example:
        >>> openapi()["openapi"], sorted(openapi()["paths"])[0]
        ('3.1.0', '/api/search')
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "summary": "A knowledge graph of research papers.",
            "description": "SPARQL, the data of every thing, search, and the reconciliation of tables.",
            "version": version("paperkg"),
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/sparql": _sparql(),
            "/api/search": {"get": _search()},
            "/api/suggest": {"get": _suggest()},
            "/reconcile": _reconcile(),
            "/reconcile/suggest/{what}": {"get": _reconcile_suggest()},
            "/reconcile/properties": {"get": _reconcile_properties()},
            "/reconcile/preview": {"get": _reconcile_preview()},
            "/id/{kind}/{slug}": {"get": _thing()},
        },
        "components": {"schemas": _schemas(), "responses": _failures()},
    }


def _sparql() -> dict[str, Any]:
    answers = {
        "200": {
            "description": "The answer, in the form that Accept asks for.",
            "content": {
                kind: {"schema": {"type": "string", "description": f"Of {of}."}}
                for kind, of in _RESULTS.items()
            },
        },
        **_refused("400", "406", "413", "429", "503", "504", "507"),
    }
    query = {"type": "string", "description": "A query in SPARQL 1.1; SERVICE and FROM are refused."}
    form = {"type": "object", "properties": {"query": query}, "required": ["query"]}
    return {
        "get": {
            "operationId": "querySparql",
            "summary": "Put a query to the graph; without one, the description of the service.",
            "externalDocs": {"url": "https://www.w3.org/TR/sparql11-protocol/"},
            "parameters": [_parameter("query", query)],
            "responses": answers,
        },
        "post": {
            "operationId": "postSparql",
            "summary": "Put a query to the graph.",
            "requestBody": _body(
                {"application/x-www-form-urlencoded": form, "application/sparql-query": query}
            ),
            "responses": {**answers, **_refused("415")},
        },
    }


def _search() -> dict[str, Any]:
    settings = search_settings()
    return {
        "operationId": "search",
        "summary": "Find things by what they are called, also by half a name or one typed wrong.",
        "parameters": [
            _text("q", "What is searched for.", required=True),
            _kinds(),
            _parameter("limit", _range(1, settings.most, settings.page)),
            _parameter("offset", _range(0, settings.last, 0)),
        ],
        "responses": {
            "200": _answer("What was found, the best first.", "Found"),
            **_refused("400", "429", "503"),
        },
    }


def _suggest() -> dict[str, Any]:
    settings = search_settings()
    return {
        "operationId": "suggest",
        "summary": "Suggestions for what is typed.",
        "parameters": [
            _text("q", "What is typed so far.", required=True),
            _kinds(),
            _parameter("limit", _range(1, settings.most, settings.suggestions)),
        ],
        "responses": {
            "200": _answer("Suggestions, the best first.", "Suggestions"),
            **_refused("400", "429", "503"),
        },
    }


def _reconcile() -> dict[str, Any]:
    limits = reconcile_settings().limits
    queries = {"type": "string", "description": f"Up to {limits['queries']} queries by key, in JSON."}
    extend = {
        "type": "string",
        "description": f"Up to {limits['ids']} ids and the properties to fetch, in JSON.",
    }
    answers = {
        "200": _answer("The manifest, the candidates by key, or the properties.", "Reconciled"),
        **_refused("400", "413", "429", "503", "504"),
    }
    form = {"type": "object", "properties": {"queries": queries, "extend": extend}}
    return {
        "get": {
            "operationId": "reconcile",
            "summary": "Match rows of a table to things of the graph; without parameters, the service's manifest.",
            "externalDocs": {"url": _SPEC},
            "parameters": [_parameter("queries", queries), _parameter("extend", extend)],
            "responses": answers,
        },
        "post": {
            "operationId": "postReconcile",
            "summary": "Match rows of a table to things of the graph, or fetch properties of things.",
            "requestBody": _body({"application/x-www-form-urlencoded": form}),
            "responses": answers,
        },
    }


def _reconcile_suggest() -> dict[str, Any]:
    what = {"type": "string", "enum": ["entity", "type", "property"]}
    return {
        "operationId": "reconcileSuggest",
        "summary": "Things, types or properties whose names begin so, for people who reconcile.",
        "parameters": [
            {"name": "what", "in": "path", "required": True, "schema": what},
            _text("prefix", "What is typed so far."),
            _parameter("cursor", _COUNT),
        ],
        "responses": {"200": _answer("What there is.", "Reconciled"), **_refused("400", "404", "429", "503")},
    }


def _reconcile_properties() -> dict[str, Any]:
    return {
        "operationId": "reconcileProperties",
        "summary": "The properties that things of a type have.",
        "parameters": [_text("type", "The id of a type, such as Author."), _parameter("limit", _COUNT)],
        "responses": {"200": _answer("The properties.", "Reconciled"), **_refused("400", "429", "503")},
    }


def _reconcile_preview() -> dict[str, Any]:
    page = {"description": "A small page.", "content": {"text/html": {"schema": _TEXT}}}
    return {
        "operationId": "reconcilePreview",
        "summary": "A thing at a glance.",
        "parameters": [_text("id", "As in author/ada-lovelace.", required=True)],
        "responses": {"200": page, **_refused("404", "429", "503")},
    }


def _thing() -> dict[str, Any]:
    kinds = ", ".join(search_settings().kinds)
    answer = {
        "description": "What the graph says of the thing; a suffix (.ttl, .jsonld, .nt, .rdf) goes before Accept.",
        "content": {kind: {"schema": _TEXT} for kind in _PAGES},
    }
    return {
        "operationId": "describe",
        "summary": "The page or the data of a thing.",
        "parameters": [
            _path("kind", f"One of {kinds}, or a part of these such as claim and mention."),
            _path("slug", "The last part of the thing's IRI."),
        ],
        "responses": {"200": answer, **_refused("404", "406", "429", "503")},
    }


def _schemas() -> dict[str, Any]:
    thing = {
        "id": {"type": "string", "description": "The end of the IRI, as in author/ada-lovelace."},
        "iri": {"type": "string", "format": "uri"},
        "path": {"type": "string", "description": "Where this server has the page."},
        "label": _TEXT,
        "matched": {"type": "string", "description": "The name by which it was found."},
        "kind": {"type": "string", "enum": list(search_settings().kinds)},
        "papers": _COUNT,
        "description": _TEXT,
    }
    results = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
    totals = {"type": "object", "additionalProperties": _COUNT, "description": "How many of each kind."}
    kinds = {"type": "array", "items": _TEXT}
    return {
        "Thing": _record(thing),
        "Suggestions": _record({"query": _TEXT, "results": results}),
        "Found": _record(
            {
                "query": _TEXT,
                "kinds": kinds,
                "totals": totals,
                "limit": _COUNT,
                "offset": _COUNT,
                "results": results,
            }
        ),
        "Reconciled": {"type": "object", "externalDocs": {"url": _SPEC}},
    }


def _failures() -> dict[str, Any]:
    said = {
        "400": "The request cannot be read; the line says what to write.",
        "404": "There is no such thing.",
        "406": "It is not to be had in a form that Accept names.",
        "413": "Too much is asked at once, or the answer is too large.",
        "415": "The body is of a type that is not read.",
        "429": "Too many requests; Retry-After says when to come back.",
        "503": "The server is busy; Retry-After says when to come back.",
        "504": "It took too long.",
        "507": "It took too much memory.",
    }
    return {
        f"Refused{status}": {"description": line, "content": {"text/plain": {"schema": _TEXT}}}
        for status, line in said.items()
    }


def _refused(*statuses: str) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/Refused{status}"} for status in statuses}


def _answer(description: str, schema: str) -> dict[str, Any]:
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _body(schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": schema} for kind, schema in schemas.items()}}


def _record(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _parameter(name: str, schema: Mapping[str, Any], required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _text(name: str, description: str, required: bool = False) -> dict[str, Any]:
    return {**_parameter(name, _TEXT, required), "description": description}


def _path(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT, "description": description}


def _kinds() -> dict[str, Any]:
    one: Sequence[str] = list(search_settings().kinds)
    schema = {"type": "array", "items": {"type": "string", "enum": one}}
    return {**_parameter("kind", schema), "description": "Kinds that count, each a parameter; all for none."}


def _range(least: int, most: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}
