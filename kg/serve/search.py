"""Search as jobs: the suggestions under the box of every page, and the page of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox

from kg.namespaces import ONTOLOGY, STANDARD
from kg.serve.index import Found, Hit
from kg.serve.negotiation import choose
from kg.serve.rendering import render
from kg.serve.reply import Reply, refusal
from kg.serve.search_settings import search_settings
from kg.serve.world import World

Parameters = tuple[tuple[str, str], ...]

JSON = "application/json"
_HTML = "text/html"
_LABEL = ox.NamedNode(STANDARD["rdfs"] + "label")
_CONTEXT = {  # what tells things of one name apart, by kind
    "author": ox.NamedNode(ONTOLOGY + "community"),
    "paper": ox.NamedNode(STANDARD["dcterms"] + "isPartOf"),
}


@dataclass(frozen=True, slots=True)
class SuggestRequest:
    """What is typed into the box: the parameters q, kind (any number) and limit of ``/api/suggest``."""

    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: the parameters q, kind, limit and offset of ``/search`` and ``/api/search``.

    Attributes:
        parameters: as they stand in the address, percent signs decoded.
        accept: the Accept header field; ``application/json`` for ``/api/search``.
    """

    parameters: Parameters = ()
    accept: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    kinds: tuple[str, ...]
    limit: int
    offset: int


class _WrongError(Exception):
    """A parameter that cannot be read; the message says what to write."""


def suggest(world: World, request: SuggestRequest) -> Reply:
    """Suggestions for what is typed, as JSON."""
    try:
        asked = _read(request.parameters, search_settings().suggestions)
    except _WrongError as error:
        return refusal(400, str(error))
    hits = world.index.search(asked.text, asked.kinds, asked.limit)
    return json_reply({"query": asked.text, "results": [_entry(world, hit) for hit in hits]})


def search(world: World, request: SearchRequest) -> Reply:
    """Everything found, as JSON or as a page, as Accept has it."""
    form = choose(request.accept, (_HTML, JSON))
    if form is None:
        return refusal(406, f"results are to be had as {_HTML} or {JSON}; ask for one of these in Accept")
    try:
        asked = _read(request.parameters, search_settings().page)
    except _WrongError as error:
        return refusal(400, str(error))
    if form == JSON:
        found = world.index.find(asked.text, asked.kinds, asked.limit, asked.offset)
        return json_reply(
            {
                "query": asked.text,
                "kinds": list(asked.kinds),
                "totals": dict(found.totals),
                "limit": asked.limit,
                "offset": asked.offset,
                "results": [_entry(world, hit) for hit in found.hits],
            }
        )
    return Reply(200, f"{_HTML}; charset=utf-8", _page(world, asked).encode())


def json_reply(content: Mapping[str, Any]) -> Reply:
    """JSON, the members in the order given."""
    return Reply(200, JSON, orjson.dumps(content))


def described(world: World, hit: Hit) -> str:
    """What something is, in a few words that tell it from others of its name."""
    papers = f"{hit.papers:,} paper{'' if hit.papers == 1 else 's'}" if hit.kind != "paper" else ""
    parts = [search_settings().kinds[hit.kind][0], papers, _context(world, hit)]
    return " · ".join(part for part in parts if part)


def _context(world: World, hit: Hit) -> str:
    """The group of a person, the edition of a paper; empty for the rest."""
    if hit.kind not in _CONTEXT:
        return ""
    wholes = world.store.quads_for_pattern(ox.NamedNode(hit.iri), _CONTEXT[hit.kind], None)
    labels = [
        label.object.value
        for whole in wholes
        if isinstance(whole.object, ox.NamedNode)
        for label in world.store.quads_for_pattern(whole.object, _LABEL, None)
        if isinstance(label.object, ox.Literal)
    ]
    return ", ".join(sorted(labels))


def _entry(world: World, hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.path,
        "iri": hit.iri,
        "path": f"/id/{hit.path}",
        "label": hit.label,
        "matched": hit.matched,
        "kind": hit.kind,
        "papers": hit.papers,
        "description": described(world, hit),
    }


def _page(world: World, asked: _Asked) -> str:
    """The page: some of every kind, or the hits of one kind in pages."""
    kind = asked.kinds[0] if len(asked.kinds) == 1 else ""
    each = world.index.find_each(asked.text, search_settings().per_kind)
    shown = {kind: world.index.find(asked.text, (kind,), asked.limit, asked.offset)} if kind else each
    total = shown[kind].totals.get(kind, 0) if kind else 0
    after = asked.offset + asked.limit
    return render(
        "search.html.j2",
        text=asked.text,
        kind=kind,
        kinds=search_settings().kinds,
        totals={name: found.totals[name] for name, found in each.items()},
        groups=[(name, _lines(world, found)) for name, found in shown.items() if found.hits],
        limit=asked.limit,
        offset=asked.offset,
        before=max(asked.offset - asked.limit, 0) if kind and asked.offset else None,
        after=after if after < total and after <= search_settings().last else None,
    )


def _lines(world: World, found: Found) -> list[tuple[Hit, str]]:
    return [(hit, described(world, hit)) for hit in found.hits]


def _read(parameters: Parameters, limit: int) -> _Asked:
    settings = search_settings()
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    text = values.get("q", [""])[-1].strip()
    if len(text) > settings.characters:
        raise _WrongError(f"q is longer than {settings.characters} characters; search for less")
    kinds = tuple(dict.fromkeys(kind for kind in values.get("kind", []) if kind))
    if not set(kinds) <= set(settings.kinds):
        raise _WrongError(f"kind is one of {', '.join(settings.kinds)}; leave it out for all")
    return _Asked(
        text,
        kinds,
        _number("limit", values, limit, 1, settings.most),
        _number("offset", values, 0, 0, settings.last),
    )


def _number(name: str, values: Mapping[str, list[str]], default: int, least: int, most: int) -> int:
    text = values.get(name, [""])[-1] or str(default)
    if not (
        text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most
    ):
        raise _WrongError(f"{name} is a number from {least} to {most}")
    return int(text)
