"""``kg show`` and ``kg view``: one thing of the graph, and its page."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import err, fail, out, plainly, print_json
from kg.commands.options import AsJson, Folder, Graph
from kg.query.plain import printable


def show(
    name: Annotated[str, typer.Argument(help="An author, topic, method, data set or paper.")],
    graph: Graph = Path("exports"),
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(help="Also write the marked text of a paper as a page.", metavar="FILE")
    ] = None,
) -> None:
    """Show the card of an author, topic, method, data set or paper.

    Example: kg show "Sergey Levine"
    """
    from kg.query import show as shown

    with plainly():
        views = shown.look_up(graph, name)
        if html is not None:
            shown.write_page(views, html)
            err.print(f"wrote {printable(str(html))}", markup=False)
    if as_json:
        print_json([view.as_dict() for view in views])
        return
    for view in views:
        shown.print_view(out, view)


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
