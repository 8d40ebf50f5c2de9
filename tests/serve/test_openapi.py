"""The description of the interfaces: that it keeps to OpenAPI 3.1, and that the server keeps to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kg.serve.openapi import openapi, openapi_reply
from kg.serve.search import JSON, SearchRequest, SuggestRequest, search, suggest
from kg.serve.search_settings import search_settings
from tests.serve.conftest import Running
from tests.serve.people import people

TEXT = {"type": "string", "minLength": 1}
REFERENCE = {
    "type": "object",
    "properties": {"$ref": {"type": "string", "pattern": "^#/components/"}},
    "required": ["$ref"],
    "additionalProperties": False,
}
MEDIA = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-z]+/[a-z0-9.+-]+$"},
    "additionalProperties": {
        "type": "object",
        "properties": {"schema": {"type": "object"}},
        "required": ["schema"],
        "additionalProperties": False,
    },
    "minProperties": 1,
}
RESPONSE = {
    "oneOf": [
        REFERENCE,
        {
            "type": "object",
            "properties": {"description": TEXT, "content": MEDIA},
            "required": ["description"],
            "additionalProperties": False,
        },
    ]
}
PARAMETER = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "in": {"enum": ["path", "query"]},
        "required": {"type": "boolean"},
        "schema": {"type": "object"},
        "description": TEXT,
    },
    "required": ["name", "in", "schema"],
    "additionalProperties": False,
    "if": {"properties": {"in": {"const": "path"}}},
    "then": {"properties": {"required": {"const": True}}, "required": ["required"]},
}
OPERATION = {
    "type": "object",
    "properties": {
        "operationId": {"type": "string", "pattern": "^[a-z][A-Za-z]+$"},
        "summary": TEXT,
        "externalDocs": {"type": "object", "required": ["url"]},
        "parameters": {"type": "array", "items": PARAMETER},
        "requestBody": {
            "type": "object",
            "properties": {"required": {"type": "boolean"}, "content": MEDIA},
            "required": ["content"],
            "additionalProperties": False,
        },
        "responses": {
            "type": "object",
            "propertyNames": {"pattern": "^[1-5][0-9][0-9]$"},
            "additionalProperties": RESPONSE,
            "minProperties": 1,
        },
    },
    "required": ["operationId", "summary", "responses"],
    "additionalProperties": False,
}
DOCUMENT = {
    "type": "object",
    "properties": {
        "openapi": {"type": "string", "pattern": r"^3\.1\.\d+$"},
        "info": {
            "type": "object",
            "properties": {"title": TEXT, "summary": TEXT, "description": TEXT, "version": TEXT},
            "required": ["title", "version"],
            "additionalProperties": False,
        },
        "servers": {"type": "array", "items": {"type": "object", "required": ["url"]}},
        "paths": {
            "type": "object",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": {
                "type": "object",
                "properties": {"get": OPERATION, "post": OPERATION},
                "additionalProperties": False,
                "minProperties": 1,
            },
        },
        "components": {
            "type": "object",
            "properties": {
                "schemas": {"type": "object"},
                "responses": {"type": "object", "additionalProperties": RESPONSE},
            },
            "additionalProperties": False,
        },
    },
    "required": ["openapi", "info", "paths"],
    "additionalProperties": False,
}


def description() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(openapi_reply().content)
    return read


def parts(value: object) -> Iterator[Mapping[str, Any]]:
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from parts(member)
    elif isinstance(value, list):
        for item in value:
            yield from parts(item)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in description()["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_the_document_has_the_structure_of_openapi_3_1() -> None:
    Draft202012Validator.check_schema(DOCUMENT)
    Draft202012Validator(DOCUMENT).validate(description())


def test_every_reference_leads_somewhere_and_every_component_is_used() -> None:
    document = description()
    references = {part["$ref"] for part in parts(document) if "$ref" in part}
    components = {
        f"#/components/{group}/{name}"
        for group, members in document["components"].items()
        for name in members
    }
    assert references == components


def test_every_schema_is_a_json_schema() -> None:
    document = description()
    schemas = [
        *document["components"]["schemas"].values(),
        *(p["schema"] for p in parts(document) if "schema" in p),
    ]
    for schema in schemas:
        Draft202012Validator.check_schema(schema)


def test_operations_have_ids_of_their_own() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))


def test_the_parts_of_a_path_are_its_parameters() -> None:
    for path, _, operation in operations():
        named = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path)), path


def test_every_path_described_is_served(server: Running) -> None:
    examples = {"what": "entity", "kind": "author", "slug": "ada-lovelace"}
    parameters = {"q": "ada", "id": "author/ada-lovelace"}
    for path, method, operation in operations():
        if method == "get":
            address = path.format_map(examples)
            answer = server.get(address, params=parameters, follow_redirects=True)
            kind = answer.headers["content-type"].partition(";")[0]
            assert answer.status_code == 200 or path == "/sparql", path
            assert path == "/sparql" or kind in operation["responses"]["200"]["content"], path
    assert server.get("/api/openapi.json").json() == description()


def test_refusals_are_of_the_statuses_described(server: Running) -> None:
    wrong = {
        "/sparql": {"query": "nonsense"},
        "/api/search": {"q": "a", "limit": "x"},
        "/api/suggest": {"q": "a", "kind": "x"},
        "/reconcile": {"queries": "{"},
        "/reconcile/preview": {"id": "nobody"},
    }
    for path, parameters in wrong.items():
        status = str(server.get(path, params=parameters).status_code)
        assert status[0] == "4" and status in description()["paths"][path]["get"]["responses"], path


@pytest.mark.parametrize("name", ["Found", "Suggestions"])
def test_answers_of_search_are_as_described(name: str) -> None:
    document = description()
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    world = people()
    for text in ("wang", "", "adam", "levien"):
        parameters = (("q", text),)
        given = (
            search(world, SearchRequest(parameters, JSON))
            if name == "Found"
            else suggest(world, SuggestRequest(parameters))
        )
        Draft202012Validator(schema).validate(json.loads(given.content))


def test_the_limits_described_are_those_that_hold() -> None:
    parameters = {p["name"]: p["schema"] for p in openapi()["paths"]["/api/search"]["get"]["parameters"]}
    assert parameters["limit"]["maximum"] == search_settings().most
    world = people()
    for limit, status in ((search_settings().most, 200), (search_settings().most + 1, 400)):
        assert search(world, SearchRequest((("q", "a"), ("limit", str(limit))), JSON)).status == status
