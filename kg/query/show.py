"""What ``kg show`` shows of a name: cards, and the text of papers with its mentions marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from kg.query.about import Card
from kg.query.cards import card, find
from kg.query.marked import MarkedPaper, marked_paper
from kg.query.marked_text import print_marked
from kg.query.plain import printable
from kg.query.store import QueryError, load_graph
from kg.write.aside import aside


@dataclass(frozen=True, slots=True)
class View:
    """A card, and the marked text where it is the card of a paper."""

    card: Card
    text: MarkedPaper | None

    def as_dict(self) -> dict[str, Any]:
        """The view as JSON has it."""
        return {**self.card.as_dict(), **(self.text.as_dict() if self.text else {})}


def look_up(graph: Path, name: str) -> list[View]:
    """Everything that is called so in a graph.

    Args:
        graph: ``graph.ttl`` or its folder.
        name: a name, an id or an IRI.

    Raises:
        QueryError: where the graph cannot be read, or nothing in it is called so.
    """
    store = load_graph(graph)
    found = find(store, name)
    if not found.exact:
        near = ", ".join(f'"{match.label}"' for match in found.near[:5])
        raise QueryError(
            f'nothing is called "{name}"' + (f"; did you mean {near}?" if near else " in this graph")
        )
    return [
        View(card(store, match.iri), marked_paper(store, match.iri) if match.kind == "paper" else None)
        for match in found.exact
    ]


def write_page(views: Sequence[View], file: Path) -> None:
    """Write the marked text of the papers among the views as one HTML page.

    Raises:
        QueryError: where none of them is a paper.
        OSError: where the file cannot be written; an older one then stays as it was.
    """
    texts = [view.text for view in views if view.text]
    if not texts:
        kinds = " or ".join(sorted({view.card.kind for view in views}))
        raise QueryError(
            f'--html shows a paper, and "{views[0].card.title}" is a {kinds}; give a paper\'s title'
        )
    from kg.query.marked_html import page  # spaCy takes a second to load

    with aside(file.parent) as folder:
        (folder / file.name).write_text(page(texts), encoding="utf-8", newline="\n")


def print_view(console: Console, view: View) -> None:
    """Print a card, for people."""
    shown = view.card
    console.print(printable(shown.title), style="bold", markup=False)
    console.print(f"{shown.kind}  {printable(shown.iri)}", style="dim", markup=False)
    for label, value in shown.facts:
        console.print(f"  {label}: {printable(value)}", markup=False)
    if view.text:
        console.print("\n  Title and abstract", style="bold", markup=False)
        print_marked(console, view.text)
    for heading, rows in shown.sections:
        console.print(f"\n  {heading}", style="bold", markup=False)
        for row in rows:
            console.print(f"    {printable(row)}", markup=False)
    console.print()
