"""``kg recommend``: whom to work with, or who could review a text, with the reasons."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import fail, out, plainly, print_json, warn
from kg.commands.options import AsJson, Graph, Top, Vocabularies
from kg.query.plain import printable

if TYPE_CHECKING:
    from kg.query.recommend import Collaborator, Collaborators, Named, Review, Reviewer
    from kg.read.source import Source


def recommend(
    name: Annotated[
        str | None, typer.Argument(help="The person to find collaborators for.", metavar="[NAME]")
    ] = None,
    reviewers: Annotated[
        str | None,
        typer.Option(
            help="Find reviewers of this text instead, title and abstract; - is standard input.",
            metavar="FILE",
        ),
    ] = None,
    authors: Annotated[
        str | None,
        typer.Option(
            help="Authors of the text, parted by ;. They and their co-authors are left out.", metavar="NAMES"
        ),
    ] = None,
    graph: Graph = Path("exports"),
    top: Top = 10,
    vocabulary: Vocabularies = None,
    as_json: AsJson = False,
) -> None:
    """Recommend people to work with, or reviewers of a text, with the reasons.

    Example: kg recommend "Sergey Levine"

    Example: kg recommend --reviewers abstract.txt --authors "Ada Lovelace; Yoshua Bengio"
    """
    if (name is None) == (reviewers is None):
        fail(
            'give one: the name of a person, as in kg recommend "Ada Lovelace", or --reviewers FILE', status=2
        )
    if reviewers is None:
        if authors is not None or vocabulary:
            fail("--authors and --vocabulary go with --reviewers FILE; leave them out", status=2)
        _collaborators(graph, name or "", top, as_json)
    else:
        named = [part.strip() for part in (authors or "").split(";") if part.strip()]
        _reviewers(graph, reviewers, named, top, vocabulary or [], as_json)


def _collaborators(graph: Path, name: str, top: int, as_json: bool) -> None:
    from kg.query.recommend import recommend as recommended

    with plainly():
        found = recommended(graph, name, top)
    if as_json:
        print_json(asdict(found))
        return
    if not found.collaborators:
        _say(f"nobody to recommend to {found.person.name}: this graph has no others but co-authors")
        return
    _say(f"To work with {found.person.name}:")
    for place, one in enumerate(found.collaborators, start=1):
        _say(f"{place:>3}. {one.person.name}  {one.score:.3g}", style="bold")
        for line in _reasons(found, one):
            _say(f"     {line}")


def _reasons(found: Collaborators, one: Collaborator) -> list[str]:
    """What speaks for somebody, in words, a line each."""
    person, other = found.person.name, one.person.name
    lines = [
        f"{label}: {_names(things)}"
        for label, things in (
            ("both wrote with", one.common_collaborators),
            ("both work on", one.shared_topics),
            (f"{other} brings", one.brought),
            (f"{person} brings", one.offered),
        )
        if things
    ]
    if one.path:
        steps = (f"{_titled(step.title, step.year)} with {step.person.name}" for step in one.path)
        lines.append("connected by " + ", ".join(steps))
    return lines or ["no common co-author or topic; alike in venues, years and words"]


def _reviewers(
    graph: Path, file: str, authors: Sequence[str], top: int, vocabularies: Sequence[Path], as_json: bool
) -> None:
    from kg.query.recommend import review

    with plainly():
        found = review(graph, _text(file), authors, top, vocabularies)
    for stranger in found.strangers:
        warn(f'nobody in this graph is called "{stranger}"; nobody is left out for them')
    if as_json:
        print_json(asdict(found))
    else:
        _print_review(found)


def _text(file: str) -> Source:
    from kg.read.source import open_source, source_of

    return (
        source_of(sys.stdin.buffer.read(), "standard input") if file == "-" else open_source(Path(file), file)
    )


def _print_review(found: Review) -> None:
    _say(f"The text is about {_names(found.concepts)}.")
    if found.unknown:
        _say(f"No paper of this graph is about {_names(found.unknown)}.")
    if not found.reviewers:
        _say(
            "nobody in this graph could review it: no paper without its authors and their co-authors is on the same"
        )
        return
    for place, one in enumerate(found.reviewers, start=1):
        _say(f"{place:>3}. {one.person.name}  {one.score:.3g}", style="bold")
        for line in _expertise(one):
            _say(f"     {line}")


def _expertise(one: Reviewer) -> list[str]:
    papers = [f"{_titled(paper.title, paper.year)}: {_names(paper.concepts)}" for paper in one.papers]
    return [f"knows {_names(one.concepts)}", *papers]


def _names(things: Sequence[Named]) -> str:
    return ", ".join(thing.name for thing in things)


def _titled(title: str, year: int | None) -> str:
    return f'"{title}"' + (f" ({year})" if year is not None else "")


def _say(line: str, style: str | None = None) -> None:
    out.print(printable(line), markup=False, style=style)
