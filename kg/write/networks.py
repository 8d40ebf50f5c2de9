"""networkx graphs as GraphML and GEXF."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx

_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')


def write_graphml(graph: nx.Graph, path: Path) -> None:
    """Write a graph as GraphML, http://graphml.graphdrawing.org/specification.html."""
    nx.write_graphml_xml(graph, path, named_key_ids=True, prettyprint=True)


def write_gexf(graph: nx.Graph, path: Path) -> None:
    """Write a graph as GEXF 1.2, https://gexf.net, without the day of writing, so that bytes repeat."""
    writer = nx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    text = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    path.write_bytes(_MODIFIED.sub(b"", text, count=1))
