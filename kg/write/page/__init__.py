"""graph.html: the whole of it in one file that opens offline and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files

import networkx as nx
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from kg.records import Knowledge
from kg.write.page.data import facts, page_data
from kg.write.page.network import vis_script
from kg.write.page.settings import Fields, settings

__all__ = ["render"]

_SCRIPTS = ("records.js", "dom.js", "map.js", "labels.js", "cards.js", "panel.js", "search.js", "main.js")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def render(knowledge: Knowledge, coauthors: nx.Graph, generated_by: str) -> str:
    """The page: a map of who works with whom, and a card for everything in the graph.

    The page carries its data, its styles and its scripts, and a content security policy that lets nothing
    else run and nothing be fetched.

    Args:
        knowledge: all records.
        coauthors: the co-authorship graph of ``kg.graph``.
        generated_by: the program and its version, for the foot of the page.

    Returns:
        HTML in one string; the same for the same records.
    """
    how = settings()
    styles = _palette(how.fields) + _read("page.css")
    scripts = [vis_script(), _page_script()]
    page = _template().render(
        title=how.names.title,
        facts=facts(knowledge),
        generated_by=generated_by,
        policy=_policy(scripts, [styles]),
        styles=Markup(styles),
        scripts=[Markup(script) for script in scripts],
        data=Markup(script_json(page_data(knowledge, coauthors, how))),
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def script_json(value: object) -> str:
    """JSON that is safe inside a ``script`` element: ASCII, and without ``<``, ``>`` and ``&``.

    Example:
        >>> script_json("</script>")
        '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """A content security policy (https://www.w3.org/TR/CSP3/) that allows these texts and nothing else."""
    allowed = " ".join(map(_source, scripts))
    styled = " ".join(map(_source, styles))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {styled}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _palette(fields: Fields) -> str:
    """The colours of the fields as custom properties, for light and dark."""
    light = _properties([*fields.light[: fields.at_most], fields.rest_light])
    dark = _properties([*fields.dark[: fields.at_most], fields.rest_dark])
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _properties(colours: list[str]) -> str:
    assert all(_COLOUR.fullmatch(colour) for colour in colours)
    return "".join(
        f"--field-{name}:{colour};"
        for name, colour in zip([*range(len(colours) - 1), "rest"], colours, strict=True)
    )


@cache
def _page_script() -> str:
    parts = "\n".join(_read(f"script/{name}") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


@cache
def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("template.html.j2")
