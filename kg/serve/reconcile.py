"""Reconciliation as a job: OpenRefine and other tools match the rows of a table to things of the graph.

Reconciliation Service API, version 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/,
which clients of 0.1 understand too: the service manifest, batches of queries, suggestions of things, types and
properties, previews, and the extension of a table by properties. JSONP is not offered, as the specification advises;
every site may read the answers (CORS).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kg.namespaces import ONTOLOGY
from kg.serve.index import Hit
from kg.serve.labels import folded
from kg.serve.reconcile_match import Candidate, candidates
from kg.serve.reconcile_read import WrongError, extension, number, queries
from kg.serve.reconcile_settings import Property, Type, reconcile_settings
from kg.serve.reconcile_values import values
from kg.serve.rendering import render
from kg.serve.reply import Reply, refusal
from kg.serve.search import Parameters, described, json_reply
from kg.serve.world import World

BATCHES = frozenset({"queries", "extend"})
"""The parameters that ask for work in proportion to their length."""


@dataclass(frozen=True, slots=True)
class ReconcileRequest:
    """A request to the service.

    Attributes:
        path: below ``/reconcile``, without slashes at its ends: empty, ``suggest/entity``, ``preview``.
        parameters: of the address and of the form.
        origin: the server's, ``http://127.0.0.1:8000``.
    """

    path: str = ""
    parameters: Parameters = ()
    origin: str = ""


def reconcile(world: World, request: ReconcileRequest) -> Reply:
    """The answer of the service."""
    given = dict(request.parameters)
    service = _SERVICES.get(request.path)
    if service is None:
        return refusal(404, "no such service; /reconcile names those that there are")
    try:
        return service(world, given, request.origin)
    except WrongError as error:
        return refusal(error.status, str(error))


def _root(world: World, given: Mapping[str, str], origin: str) -> Reply:
    if "queries" in given:
        batch = queries(given["queries"])
        return json_reply(
            {
                key: {"result": [_candidate(world, c) for c in candidates(world, query)]}
                for key, query in batch
            }
        )
    if "extend" in given:
        return _extended(world, given["extend"])
    return json_reply(_manifest(world, origin))


def _manifest(world: World, origin: str) -> dict[str, Any]:
    settings = reconcile_settings()
    here = f"{origin}/reconcile"
    return {
        "versions": list(settings.versions),
        "name": settings.name,
        "identifierSpace": world.base,
        "schemaSpace": ONTOLOGY,
        "documentation": f"{origin}/api/openapi.json",
        "defaultTypes": [_type(type_) for type_ in settings.types.values()],
        "view": {"url": f"{origin}/id/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **settings.preview},
        "suggest": {
            part: {"service_url": here, "service_path": f"/suggest/{part}"}
            for part in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Most values",
                    "type": "number",
                    "default": 0,
                    "help_text": "The most values of the property to fetch for each row; 0 for all of them",
                }
            ],
        },
    }


def _candidate(world: World, candidate: Candidate) -> dict[str, Any]:
    hit = candidate.hit
    return {
        "id": hit.path,
        "name": hit.label,
        "description": described(world, hit),
        "score": candidate.score,
        "match": candidate.match,
        "type": [_type(type_) for type_ in reconcile_settings().types_of(hit.kind)],
        "features": [
            {"id": "name", "value": candidate.name},
            *({"id": of, "value": fits} for of, fits in candidate.evidence),
        ],
    }


def _type(type_: Type) -> dict[str, str]:
    return {"id": type_.id, "name": type_.name}


def _extended(world: World, text: str) -> Reply:
    ids, columns = extension(text)
    rows: dict[str, dict[str, list[Any]]] = {}
    for id_ in ids:
        path = id_.removeprefix(world.base)
        known = world.index.get(path) is not None
        rows[id_] = {
            of.id: [v.as_json() for v in values(world, path, of)[: most or None]] if known else []
            for of, most in columns
        }
    return json_reply({"meta": [_meta(of) for of, _ in columns], "rows": rows})


def _meta(of: Property) -> dict[str, Any]:
    type_ = reconcile_settings().types.get(of.type)
    return {"id": of.id, "name": of.name, **({"type": _type(type_)} if type_ else {})}


def _suggest_entity(world: World, given: Mapping[str, str], origin: str) -> Reply:
    first = number(given, "cursor", 0)
    hits = world.index.find(
        given.get("prefix", ""), (), reconcile_settings().limits["suggestions"], first
    ).hits
    return json_reply({"result": [_entity(world, hit) for hit in hits]})


def _entity(world: World, hit: Hit) -> dict[str, Any]:
    notable = [_type(type_) for type_ in reconcile_settings().types_of(hit.kind)]
    return {"id": hit.path, "name": hit.label, "description": described(world, hit), "notable": notable}


def _suggest_type(world: World, given: Mapping[str, str], origin: str) -> Reply:
    return _named(given, [(type_.id, type_.name) for type_ in reconcile_settings().types.values()])


def _suggest_property(world: World, given: Mapping[str, str], origin: str) -> Reply:
    return _named(given, [(of.id, of.name) for of in reconcile_settings().properties.values()])


def _named(given: Mapping[str, str], known: list[tuple[str, str]]) -> Reply:
    """Those with a word that begins so; all for an empty prefix."""
    wanted = folded(given.get("prefix", ""))
    found = [
        {"id": id_, "name": name}
        for id_, name in known
        if f" {wanted}" in f" {folded(name)}" or folded(id_).startswith(wanted)
    ]
    first = number(given, "cursor", 0)
    return json_reply({"result": found[first : first + reconcile_settings().limits["suggestions"]]})


def _propose(world: World, given: Mapping[str, str], origin: str) -> Reply:
    """The properties that things of a type have; all for none or an unknown one."""
    settings = reconcile_settings()
    type_ = settings.types.get(given.get("type", "").removeprefix(ONTOLOGY))
    found = [
        {"id": of.id, "name": of.name}
        for of in settings.properties.values()
        if type_ is None or set(type_.kinds) & set(of.kinds)
    ]
    limit = number(given, "limit", 0)
    answer: dict[str, Any] = {"properties": found[: limit or None]}
    if type_:
        answer["type"] = type_.id
    if limit:
        answer["limit"] = limit
    return json_reply(answer)


def _preview(world: World, given: Mapping[str, str], origin: str) -> Reply:
    """A small page for a frame in the client, which may come from anywhere."""
    path = given.get("id", "").removeprefix(world.base)
    hit = world.index.get(path)
    if hit is None:
        return refusal(404, "the graph has no such thing; ids are as in author/ada-lovelace")
    settings = reconcile_settings()
    shown = ("variant", "topic", "edition", "author", "broader")
    facts = [
        (of.name, names)
        for of in map(settings.properties.__getitem__, shown)
        if hit.kind in of.kinds and (names := [v.text for v in values(world, path, of)])
    ]
    page = render(
        "reconcile_preview.html.j2", hit=hit, description=described(world, hit), facts=facts, origin=origin
    )
    return Reply(200, "text/html; charset=utf-8", page.encode(), (("content-security-policy", _FRAMED),))


_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_SERVICES: Mapping[str, Callable[[World, Mapping[str, str], str], Reply]] = MappingProxyType(
    {
        "": _root,
        "suggest/entity": _suggest_entity,
        "suggest/type": _suggest_type,
        "suggest/property": _suggest_property,
        "properties": _propose,
        "preview": _preview,
    }
)
