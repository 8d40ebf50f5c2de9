"""The command line: arguments in, one library call, a table out."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

app = typer.Typer(
    name="kg",
    help="Research papers in, a knowledge graph out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Folder = Annotated[Path, typer.Argument(help="The folder of a build.", metavar="DIR")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Format(StrEnum):
    """How ``kg query`` prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"


def fail(message: str, status: int = 1) -> NoReturn:
    """End with one line on standard error."""
    err.print(f"kg: {printable(message)}", markup=False)
    raise typer.Exit(status)


def printable(text: str) -> str:
    """One line without control characters, so that no name can steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the errors that a user can mend into one line and exit status 1."""
    from kg.knowledge_graph import NotABuildError
    from kg.query.check import CheckError
    from kg.query.store import QueryError
    from kg.read.source import ReadError

    try:
        yield
    except (ReadError, QueryError, NotABuildError, CheckError) as error:
        fail(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}; check that the folder exists and can be written")
    except MemoryError:
        fail("out of memory; build fewer papers at a time")


def _version(asked: bool) -> None:
    if asked:
        out.print(f"kg {version('paperkg')}")
        raise typer.Exit


@app.callback()
def main_options(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Research papers in, a knowledge graph out.

    Example: kg build seeds -o exports
    """


@app.command()
def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders: Markdown lists, BibTeX, JSON Lines; seeds by default."),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the files.")] = Path("exports"),
    vocabulary: Annotated[
        list[Path] | None, typer.Option(help="Turtle file with more SKOS concepts; may be repeated.")
    ] = None,
    shipped_vocabulary: Annotated[
        bool, typer.Option(help="Use the vocabulary that comes with kg; with --no-... yours alone.")
    ] = True,
    base_iri: Annotated[str | None, typer.Option(help="IRI under which the instances live.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Readings below it stay mentions.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build the graph of papers and write every file.

    Example: kg build my-papers.md references.bib -o out
    """
    from kg.build import make, write
    from kg.summary import summarise

    options = _options(vocabulary or [], shipped_vocabulary, base_iri, min_confidence)
    with plainly():
        with _progress() as progress:
            result = make(sources or [Path("seeds")], options, progress)
            write(result, output)
        summary = summarise(result, output)
    if as_json:
        _print_json(summary.as_dict())
    else:
        for line in summary.lines():
            out.print(printable(line), markup=False)
    for notice in summary.notices:
        err.print(printable(notice), markup=False)


def _options(vocabularies: list[Path], shipped: bool, base: str | None, confidence: float | None) -> Any:
    from kg.build import Options
    from kg.read.vocabulary import shipped_vocabulary

    if base is not None and not _is_base(base):
        fail(f"--base-iri {base}: give an absolute http(s) IRI that ends with / or #", status=2)
    if not shipped and not vocabularies:
        fail("--no-shipped-vocabulary leaves no concept to find; add --vocabulary FILE.ttl", status=2)
    files = (*([shipped_vocabulary()] if shipped else []), *vocabularies)
    default = Options()
    return Options(
        files, base or default.base, default.minimum_confidence if confidence is None else confidence
    )


def _is_base(iri: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return iri.startswith(("http://", "https://")) and iri.endswith(("/", "#"))


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on a terminal, silence in a pipe."""
    if not err.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done)

        yield advance


@app.command()
def query(
    question: Annotated[
        str | None, typer.Argument(help="A .rq file, or the name of a shipped question.", metavar="[QUERY]")
    ] = None,
    sparql: Annotated[str | None, typer.Option("-e", "--execute", help="SPARQL, as it is.")] = None,
    graph: Annotated[Path, typer.Option("-g", "--graph", help="graph.ttl, or its folder.")] = Path("exports"),
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
            _print_questions(questions.questions())
            return
        if (question is None) == (sparql is None):
            fail("give one question: a name (see kg query --list), a .rq file, or -e SPARQL", status=2)
        values = _parameters(parameter or [])
        text = sparql if sparql is not None else questions.prepare(question or "", values)
        found = store.answer(store.load_graph(graph), text, values)
        shape = form or (_default_format(found) if out.is_terminal else _piped_format(found))
        if shape is Format.TABLE:
            _print_table(results.header(found), results.table(found))
        else:
            sys.stdout.write(results.serialise(found, shape).decode("utf-8"))


def _parameters(given: list[str]) -> dict[str, str]:
    for item in given:
        if "=" not in item:
            fail(f"-p {item}: write it as name=value", status=2)
    return dict(item.split("=", 1) for item in given)


def _default_format(found: Any) -> Format:
    return Format.TURTLE if found.kind == "graph" else Format.TABLE


def _piped_format(found: Any) -> Format:
    return {"graph": Format.TURTLE, "ask": Format.JSON}.get(found.kind, Format.CSV)


def _print_questions(every: Any) -> None:
    for item in every:
        out.print(item.name, style="bold")
        out.print(f"    {item.text}", markup=False)
        for parameter in item.parameters:
            out.print(f"    -p {parameter.name}=...  {parameter.description}", markup=False, style="dim")


def _print_table(header: list[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for name in header:
        table.add_column(Text(printable(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    Console(highlight=False).print(table)
    out.print(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="An author, topic, method, data set or paper.")],
    graph: Annotated[Path, typer.Option("-g", "--graph", help="graph.ttl, or its folder.")] = Path("exports"),
    as_json: AsJson = False,
) -> None:
    """Show the card of an author, topic, method, data set or paper.

    Example: kg show "Sergey Levine"
    """
    from kg.query import cards, store

    with plainly():
        loaded = store.load_graph(graph)
        found = cards.find(loaded, name)
        if not found.exact:
            near = ", ".join(f'"{f.label}"' for f in found.near[:5])
            fail(f'nothing is called "{name}"' + (f"; did you mean {near}?" if near else " in this graph"))
        shown = [cards.card(loaded, match.iri) for match in found.exact]
    if as_json:
        _print_json([card.as_dict() for card in shown])
        return
    for card in shown:
        _print_card(card)


def _print_card(card: Any) -> None:
    out.print(printable(card.title), style="bold", markup=False)
    out.print(f"{card.kind}  {card.iri}", style="dim", markup=False)
    for label, value in card.facts:
        out.print(f"  {label}: {printable(value)}", markup=False)
    for heading, rows in card.sections:
        out.print(f"\n  {heading}", style="bold", markup=False)
        for row in rows:
            out.print(f"    {printable(row)}", markup=False)
    out.print()


@app.command()
def view(folder: Folder = Path("exports")) -> None:
    """Open the page in the browser.

    Example: kg view exports
    """
    page = folder if folder.suffix == ".html" else folder / "graph.html"
    if not page.is_file():
        fail(f"{page}: no page here; run: kg build SOURCE -o {folder}")
    if webbrowser.open(page.resolve().as_uri()):
        out.print(f"opened {page}", markup=False)
    else:
        out.print(f"no browser to be found here; open this file in one: {page.resolve()}", markup=False)


@app.command()
def check(folder: Folder = Path("exports"), as_json: AsJson = False) -> None:
    """Check a build: its shapes, and every offset against its text.

    Example: kg check exports
    """
    from kg.query.check import check as check_build

    with plainly():
        result = check_build(folder)
    if as_json:
        _print_json(result.as_dict())
    else:
        for violation in result.violations:
            out.print(printable(f"{violation.focus}: {violation.message}"), markup=False)
        verdict = "clean" if result.conforms else f"{len(result.violations)} violations"
        out.print(f"{folder}: {verdict}; {result.replayed} mentions and claims replayed", markup=False)
    if not result.conforms:
        raise typer.Exit(1)


def _print_json(content: Any) -> None:
    sys.stdout.write(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode() + "\n")


def main() -> None:
    """The command ``kg``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit("kg: stopped; the files of the last build are as they were")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
