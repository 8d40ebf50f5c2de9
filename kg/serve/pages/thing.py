"""The plain page of anything else: mentions, statements, authorships, decisions, runs; all that is said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.namespaces import STANDARD
from kg.query.plain import printable
from kg.serve.pages.claims import statement
from kg.serve.pages.facts import Facts, Link
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import Subject, View

_TITLED_BY = ("kg:exact", "kg:nameAsPrinted", "kg:reason", "kg:sentence")


def thing(subject: Subject) -> View:
    """The view of a thing without a page of its own kind."""
    facts, iri = subject.facts, subject.iri
    title = _title(facts, iri, subject.kind)
    rows = (*_incoming(facts, iri), *_rows(facts, iri))
    schema: dict[str, Any] = {"@type": "Thing", "name": title}
    return View("thing.html.j2", title, {"rows": rows}, schema)


def _title(facts: Facts, iri: str, kind: str) -> str:
    """What a thing says, for such things have no names."""
    if kind == "Claim":
        said = statement(facts, iri)
        if said.first and said.second:
            return f"{said.first.text} {said.says} {said.second.text}"
    people = [link.text for link in facts.links(facts.iris(iri, "kg:person"))]
    said_of = (text for name in _TITLED_BY for text in facts.texts(iri, name)[:1])
    return " and ".join(people) or next(said_of, facts.name(iri))


def _rows(facts: Facts, iri: str) -> Iterator[tuple[str, tuple[Link, ...], int]]:
    """Property, values, and how many more there are."""
    found: dict[str, list[Link]] = defaultdict(list)
    for quad in facts.store.quads_for_pattern(ox.NamedNode(iri), None, None):
        found[_shortened(quad.predicate.value)].append(_shown(facts, quad.object))
    order = {name: place for place, name in enumerate(SETTINGS.words["properties"])}
    for name in sorted(found, key=lambda name: (order.get(name, len(order)), name)):
        yield _worded("properties", name), *_cut(found[name])


def _incoming(facts: Facts, iri: str) -> Iterator[tuple[str, tuple[Link, ...], int]]:
    found: dict[str, list[Link]] = defaultdict(list)
    more: dict[str, int] = defaultdict(int)
    most, scanned = SETTINGS.limits["rows"], SETTINGS.description["scanned"]
    for place, quad in enumerate(facts.store.quads_for_pattern(None, None, ox.NamedNode(iri))):
        name = _shortened(quad.predicate.value)
        if place >= scanned:
            break
        if len(found[name]) >= most or not isinstance(quad.subject, ox.NamedNode):
            more[name] += 1
        else:
            found[name].append(facts.link(quad.subject.value))
    for name in sorted(found):
        links, _ = _cut(found[name])
        yield _worded("incoming", name), links, more[name]


def _cut(links: list[Link]) -> tuple[tuple[Link, ...], int]:
    most = SETTINGS.limits["rows"]
    ordered = sorted(links, key=lambda link: (link.text.casefold(), link.iri))
    return tuple(ordered[:most]), max(0, len(ordered) - most)


def _shown(facts: Facts, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Link:
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(STANDARD["kg"]):
            return Link(_plain(term.value.rpartition("#")[2]), "", term.value)
        return facts.link(term.value)
    text = term.value if isinstance(term, ox.Literal) else str(term)
    return Link(printable(text), "", "")


def _shortened(iri: str) -> str:
    """An IRI as a prefixed name, where a standard namespace fits.

    Example:
        >>> _shortened("http://purl.org/dc/terms/title")
        'dcterms:title'
    """
    prefix = next((name for name, space in STANDARD.items() if iri.startswith(space)), None)
    return iri if prefix is None else f"{prefix}:{iri.removeprefix(STANDARD[prefix])}"


def _worded(table: str, name: str) -> str:
    words = SETTINGS.words[table].get(name)
    if words is not None:
        return words
    local = _plain(name.replace("#", "/").rpartition("/")[2].rpartition(":")[2])
    return f"{local} of" if table == "incoming" else local


def _plain(local: str) -> str:
    """A local name in words.

    Example:
        >>> _plain("comparedWith"), _plain("Topic")
        ('compared with', 'topic')
    """
    for table in ("kinds", "says", "roles"):
        if local in SETTINGS.words[table]:
            return SETTINGS.words[table][local].lower()
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in local).strip()
