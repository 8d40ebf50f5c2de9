"""What the answers of a reconciliation service must look like, as JSON Schema in our own words.

After https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/, and stricter: what this
service never sends is not allowed.
"""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https?://"}
TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TYPE = record({"id": TEXT, "name": TEXT})
SERVICE = record({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}})
SETTING = record(
    {"name": TEXT, "label": TEXT, "type": {"enum": ["number", "text", "checkbox", "select"]}},
    {"default": {}, "help_text": TEXT},
)

MANIFEST = record(
    {
        "versions": {**several({"enum": ["0.1", "0.2"]}), "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": URL,
        "schemaSpace": URL,
        "defaultTypes": {**several(TYPE), "uniqueItems": True},
        "view": record({"url": TEMPLATE}),
        "preview": record({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": record({"entity": SERVICE, "type": SERVICE, "property": SERVICE}),
        "extend": record({"propose_properties": SERVICE, "property_settings": several(SETTING)}),
    },
    {"documentation": URL},
)

FEATURE = record({"id": TEXT, "value": {"type": ["number", "boolean"]}})
CANDIDATE = record(
    {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {**several(TYPE), "minItems": 1},
        "features": several(FEATURE),
    }
)
RESULTS = {"type": "object", "additionalProperties": record({"result": several(CANDIDATE)})}

ENTITIES = record(
    {"result": several(record({"id": TEXT, "name": TEXT, "description": TEXT, "notable": several(TYPE)}))}
)
NAMED = record({"result": several(TYPE)})

VALUE = {
    "oneOf": [
        record({"str": {"type": "string"}}),
        record({"int": {"type": "integer"}}),
        record({"float": {"type": "number"}}),
        record({"id": TEXT, "name": TEXT}),
    ]
}
EXTENSION = record(
    {
        "meta": several(record({"id": TEXT, "name": TEXT}, {"type": TYPE})),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": several(VALUE)},
        },
    }
)
PROPOSAL = record({"properties": several(TYPE)}, {"type": TEXT, "limit": {"type": "integer"}})
