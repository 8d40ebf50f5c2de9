"""``kg query``: a question in SPARQL, or one that comes with kg."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import fail, out, plainly, print_table
from kg.commands.options import Graph

if TYPE_CHECKING:
    from kg.query.questions import Group
    from kg.query.store import Answer


class Format(StrEnum):
    """How ``kg query`` prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"


def query(
    question: Annotated[
        str | None, typer.Argument(help="A .rq file, or the name of a shipped question.", metavar="[QUERY]")
    ] = None,
    sparql: Annotated[str | None, typer.Option("-e", "--execute", help="SPARQL, as it is.")] = None,
    graph: Graph = Path("exports"),
    form: Annotated[
        Format | None, typer.Option("-f", "--format", help="table on a terminal, csv in a pipe.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="name=value; may be repeated.")
    ] = None,
    list_questions: Annotated[bool, typer.Option("--list", help="List the shipped questions.")] = False,
) -> None:
    """Ask the graph a question.

    Example: kg query who-works-on -p topic="reinforcement learning"
    """
    from kg.query import questions, results, store

    with plainly():
        if list_questions:
            _print_questions(questions.groups())
            return
        if (question is None) == (sparql is None):
            fail("give one question: a name (see kg query --list), a .rq file, or -e SPARQL", status=2)
        values = _parameters(parameter or [])
        text = sparql if sparql is not None else questions.prepare(question or "", values)
        found = store.answer(store.load_graph(graph), text, values)
        shape = form or (_default_format(found) if out.is_terminal else _piped_format(found))
        if shape is Format.TABLE:
            print_table(results.header(found), results.table(found))
        else:
            sys.stdout.write(results.serialise(found, shape).decode("utf-8"))


def _parameters(given: list[str]) -> dict[str, str]:
    for item in given:
        if "=" not in item:
            fail(f"-p {item}: write it as name=value", status=2)
    return dict(item.split("=", 1) for item in given)


def _default_format(found: Answer) -> Format:
    return Format.TURTLE if found.kind == "graph" else Format.TABLE


def _piped_format(found: Answer) -> Format:
    return {"graph": Format.TURTLE, "ask": Format.JSON}.get(found.kind, Format.CSV)


def _print_questions(groups: Iterable[Group]) -> None:
    for group in groups:
        out.print(group.heading, markup=False, style="bold underline")
        for item in group.questions:
            out.print(f"  {item.name}", markup=False, style="bold")
            out.print(f"    {item.text}", markup=False)
            for parameter in item.parameters:
                out.print(f"    -p {parameter.name}=...  {parameter.description}", markup=False, style="dim")
