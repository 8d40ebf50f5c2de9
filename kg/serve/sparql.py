"""A stranger's query, answered in the form that the client asked for.

SPARQL 1.1 Query Language, https://www.w3.org/TR/sparql11-query/; the results' formats are those of
https://www.w3.org/TR/sparql11-results-json/, https://www.w3.org/TR/rdf-sparql-XMLres/ and
https://www.w3.org/TR/sparql11-results-csv-tsv/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from kg.namespaces import prefixes
from kg.query.guard import objection
from kg.query.results import legal_xml
from kg.query.store import explained
from kg.serve import graphs
from kg.serve.capped import Capped, TooLargeError
from kg.serve.negotiation import choose
from kg.serve.reply import Reply, refusal
from kg.serve.world import World

_JSON, _XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML

ASK_FORMATS: Mapping[str, ox.QueryResultsFormat] = MappingProxyType(
    {
        "application/sparql-results+json": _JSON,
        "application/sparql-results+xml": _XML,
        "application/json": _JSON,
        "application/xml": _XML,
    }
)
SELECT_FORMATS: Mapping[str, ox.QueryResultsFormat] = MappingProxyType(
    {
        **ASK_FORMATS,
        "text/csv": ox.QueryResultsFormat.CSV,
        "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    }
)
_CHARSET = {"text/csv", "text/tab-separated-values", "text/turtle"}  # else UTF-8 goes without saying
_NEGOTIATED = (("vary", "Accept"),)


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query as it came over the protocol.

    Attributes:
        query: its text.
        accept: the Accept header; None where there was none.
        most: how large the answer may be, in bytes.
        default_graphs: the IRIs of the graphs that shall make up the default graph; none for the server's own.
        named_graphs: the IRIs of the graphs that shall be named.
    """

    query: str
    accept: str | None
    most: int
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def graph_name(base: str) -> str:
    """The name of the one graph that a server has: that of the data set in its ``void.ttl``.

    Example:
        >>> graph_name("https://w3id.org/paperkg/id/")
        'https://w3id.org/paperkg/id/void'
    """
    return base + "void"


def sparql(world: World, asked: SparqlRequest) -> Reply:
    """Answer a query, or say in one line why not.

    The dataset is always the server's graph as default graph, whatever FROM says, and no named graph: what
    FROM and the protocol's parameters name is checked, never followed.
    """
    graph, known = graph_name(world.base), prefixes(world.base)
    refused = _dataset_objection(asked, graph) or objection(asked.query, frozenset({graph}), known)
    if refused:
        return refusal(400, refused)
    used = {name: iri for name, iri in known.items() if f"{name}:" in asked.query}  # the engine reads each
    try:
        found = world.store.query(
            asked.query, prefixes=used, default_graph=[ox.DefaultGraph()], named_graphs=[]
        )
        if isinstance(found, ox.QueryTriples):
            return _graph(found, asked, known)
        return _results(found, asked)
    except TooLargeError:
        return refusal(
            413, f"the answer is larger than {asked.most >> 20} MiB; add LIMIT, or ask for less at a time"
        )
    except graphs.NoSuchFormError as error:
        return refusal(406, str(error))
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return refusal(400, explained(str(error)))


def _dataset_objection(asked: SparqlRequest, graph: str) -> str | None:
    """Why the graphs that the protocol's parameters name cannot be had."""
    strange = next((name for name in asked.default_graphs if name != graph), None)
    if strange is not None:
        return f"default-graph-uri names a graph that is not here; the only one is {graph}"
    if asked.named_graphs:
        return f"there are no named graphs here; write default-graph-uri={graph}, or neither"
    return None


def _results(found: ox.QuerySolutions | ox.QueryBoolean, asked: SparqlRequest) -> Reply:
    offered = SELECT_FORMATS if isinstance(found, ox.QuerySolutions) else ASK_FORMATS
    media_type = choose(asked.accept, tuple(offered))
    if media_type is None:
        return not_acceptable(offered)
    buffer = Capped(asked.most)
    found.serialize(buffer, format=offered[media_type])
    content = buffer.getvalue()
    return negotiated(media_type, legal_xml(content) if offered[media_type] == _XML else content)


def _graph(found: ox.QueryTriples, asked: SparqlRequest, known: Mapping[str, str]) -> Reply:
    media_type = choose(asked.accept, tuple(graphs.FORMATS))
    if media_type is None:
        return not_acceptable(graphs.FORMATS)
    return negotiated(media_type, graphs.serialise(found, media_type, known, asked.most))


def negotiated(media_type: str, content: bytes) -> Reply:
    """An answer in the form that was chosen for the client."""
    charset = "; charset=utf-8" if media_type in _CHARSET else ""
    return Reply(200, media_type + charset, content, _NEGOTIATED)


def not_acceptable(offered: Mapping[str, object]) -> Reply:
    """That none of the forms offered is among those the client takes.

    Example:
        >>> not_acceptable({"text/csv": 0}).content
        b'nothing in the form asked for; Accept may name: text/csv\\n'
    """
    said = refusal(406, f"nothing in the form asked for; Accept may name: {', '.join(offered)}")
    return Reply(said.status, said.media_type, said.content, _NEGOTIATED)
