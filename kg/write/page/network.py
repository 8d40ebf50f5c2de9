"""The map as a pyvis network: every position computed beforehand, no physics in the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import networkx as nx

from kg.write.page.layout import Map

_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "borderWidth": 1, "chosen": False},
    "edges": {"smooth": {"enabled": False}, "chosen": False, "arrowStrikethrough": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "selectable": False,
        "keyboard": {"enabled": False},
        "tooltipDelay": 0,
    },
}


def vis_network(
    laid: Map, coauthors: nx.Graph, numbers: Mapping[str, int], bridges: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options for vis-network, from a pyvis ``Network``.

    The network's lists are filled directly, since ``add_edge`` walks all edges at each call.

    Args:
        laid: people with their positions.
        coauthors: the co-authorship graph.
        numbers: the node's id by author.
        bridges: how many edges between groups are drawn at once; the others are marked ``quiet``.
    """
    from pyvis.network import Network  # brings IPython along, which costs a second

    network = Network()
    dots = {member: dot for group in laid.groups for member, dot in group.dots.items()}
    for member, dot in dots.items():
        network.nodes.append({"id": numbers[member], "x": dot.x, "y": dot.y, "size": dot.radius})
    home = {member: group.group.id for group in laid.groups for member in group.dots}
    for one, other, papers in coauthors.edges.data("paper_count", default=1):
        if one in dots and other in dots:
            source, target = sorted((numbers[one], numbers[other]))
            edge = {"from": source, "to": target, "papers": int(papers), "bridge": home[one] != home[other]}
            network.edges.append(edge)
    network.nodes.sort(key=lambda node: node["id"])
    network.edges.sort(key=lambda edge: (edge["from"], edge["to"]))
    between = [edge for edge in network.edges if edge["bridge"]]
    between.sort(key=lambda edge: -edge["papers"])
    for edge in between[bridges:]:
        edge["quiet"] = True
    network.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_, options = network.get_network_data()
    return nodes, edges, json.loads(options)


@cache
def vis_script() -> str:
    """The source of vis-network that pyvis carries, fit to stand inside a ``script`` element."""
    source = files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js")
    text = source.read_text(encoding="utf-8").replace("\r\n", "\n")
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
