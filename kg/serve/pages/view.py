"""What every kind of page hands on: a template with what fills it, and what machines read of the thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.serve.pages.facts import Facts
from kg.serve.pages.survey import Survey


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing that a page is about, and where to look things up.

    Attributes:
        facts: of the graph.
        survey: of the graph as a whole.
        iri: of the thing.
        kind: the local name of its class.
        page: which page of its list of papers, from 1.
    """

    facts: Facts
    survey: Survey
    iri: str
    kind: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class View:
    """A page before it is written.

    Attributes:
        template: the name of its template.
        title: of the thing.
        context: what the template reads besides.
        schema: the thing in schema.org's words, without its IRI and context.
        authors: IRIs of those who wrote it.
        collections: IRIs of what it is part of.
        items: IRIs of what is part of it, as far as this page shows it.
    """

    template: str
    title: str
    context: Mapping[str, object]
    schema: Mapping[str, Any]
    authors: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    items: tuple[str, ...] = field(default=())
