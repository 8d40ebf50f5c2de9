"""The formats that a graph is exported in, by name.

A format is a function of its own module that takes a :class:`kg.export.source.Source` and gives the text in
parts. It is imported when it is asked for, so that the list of names costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from kg.export.source import Source

File: TypeAlias = tuple[str, Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: what users call it.
        title: what it is.
        media_type: of its file; empty where it has several.
        path: the file's name, or the folder's where there are several.
        module: where it is written.
        function: by what.
        is_folder: whether it has several files.
    """

    name: str
    title: str
    media_type: str
    path: str
    module: str
    function: str
    is_folder: bool = False

    def text(self, source: Source) -> Iterator[str]:
        """The text of a format with one file, in parts."""
        return cast("Callable[[Source], Iterator[str]]", self._function())(source)

    def files(self, source: Source) -> Iterator[File]:
        """The files, each with its text in parts; the text of one is read before the next is asked for."""
        if self.is_folder:
            return cast("Callable[[Source], Iterator[File]]", self._function())(source)
        return iter([(self.path, self.text(source))])

    def _function(self) -> object:
        return getattr(import_module(f"kg.export.{self.module}"), self.function)


_ALL = (
    Format("nt", "N-Triples, sorted", "application/n-triples", "graph.nt", "ntriples", "ntriples"),
    Format("nq", "N-Quads, sorted", "application/n-quads", "graph.nq", "ntriples", "nquads"),
    Format("jsonld", "JSON-LD", "application/ld+json", "graph.jsonld", "json_ld", "json_ld"),
    Format("rdfxml", "RDF/XML", "application/rdf+xml", "graph.rdf", "rdf_xml", "rdf_xml"),
    Format("ttl12", "RDF 1.2 Turtle with reifiers", "text/turtle", "graph-1.2.ttl", "rdf12", "rdf12_turtle"),
    Format(
        "nanopub",
        "nanopublications of the claims, TriG",
        "application/trig",
        "nanopublications.trig",
        "nanopub",
        "nanopublications",
    ),
    Format("cskg", "the model of CS-KG, Turtle", "text/turtle", "cskg.ttl", "cskg", "cskg"),
    Format("neo4j", "CSV for Neo4j, a folder", "", "neo4j", "neo4j", "neo4j", is_folder=True),
)

FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in _ALL})
"""The formats by name, in the order in which they are told."""
