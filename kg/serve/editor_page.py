"""The page with the query editor: the shipped questions beside it, and the ontology's terms for its completion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import pyoxigraph as ox

from kg.namespaces import STANDARD, prefixes
from kg.query.inlining import inlined
from kg.query.questions import Question, groups
from kg.resources import ontology
from kg.serve.rendering import render
from kg.serve.reply import Reply
from kg.serve.world import World

# The editor sets styles inside markup that it makes itself, which a stricter policy would undo.
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_FIRST_QUERY = """SELECT ?person ?papers WHERE {
  ?id a kg:Author ; foaf:name ?person ; kg:paperCount ?papers .
}
ORDER BY DESC(?papers) ?person
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class EditorRequest:
    """A request for the page.

    Attributes:
        question: the name of a shipped question to start with; empty for none.
        query: a query to start with; goes before the question.
    """

    question: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A question beside the editor: its name, what it asks, and the query with example values written in."""

    name: str
    text: str
    sparql: str


@cache
def examples() -> tuple[tuple[str, tuple[Example, ...]], ...]:
    """The shipped questions under the headings of their groups, as queries that any endpoint answers."""
    return tuple((group.heading, tuple(map(_example, group.questions))) for group in groups())


def _example(asked: Question) -> Example:
    values = {parameter.name: parameter.example for parameter in asked.parameters}
    return Example(asked.name, asked.text, inlined(_without_comments(asked), values))


def _without_comments(asked: Question) -> str:
    """The query without the parameters' lines, which hold of ``kg query`` alone."""
    lines = asked.sparql.split("\n")
    body = [line for line in lines if not line.startswith("#")]
    return "\n".join([f"# {asked.text}", *body]).strip() + "\n"


@cache
def _terms() -> dict[str, list[str]]:
    """Classes and properties of the ontology, and those that graphs use beside it."""
    kinds = {"Class": "classes", "ObjectProperty": "properties", "DatatypeProperty": "properties"}
    found: dict[str, set[str]] = {"classes": set(), "properties": set()}
    for quad in ox.parse(path=str(ontology("kg.ttl")), format=ox.RdfFormat.TURTLE):
        kind = kinds.get(quad.object.value.removeprefix(STANDARD["owl"])) if _is_type(quad) else None
        if kind and isinstance(quad.subject, ox.NamedNode):
            found[kind].add(quad.subject.value)
    return {kind: sorted(iris) for kind, iris in found.items()}


def _is_type(quad: ox.Quad) -> bool:
    return quad.predicate.value == STANDARD["rdf"] + "type" and isinstance(quad.object, ox.NamedNode)


def editor_page(world: World, asked: EditorRequest) -> Reply:
    """The page.

    Args:
        world: the graph whose prefixes the editor completes.
        asked: what it starts with.
    """
    every = [example for _, members in examples() for example in members]
    chosen = next((example for example in every if example.name == asked.question), None)
    query = asked.query or (chosen.sparql if chosen else _FIRST_QUERY)
    known = prefixes(world.base)
    terms: dict[str, Any] = {
        "endpoint": "/sparql",
        "base": world.base,
        "prefixes": known,
        **_terms(),
        "query": query,
        "run": bool(chosen and not asked.query),
    }
    page = render(
        "query.html.j2",
        groups=examples(),
        chosen=chosen,
        query=query,
        terms=orjson.dumps(terms).decode().replace("<", "\\u003c"),
    )
    return Reply(200, "text/html; charset=utf-8", page.encode(), (("content-security-policy", _POLICY),))
