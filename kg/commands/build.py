"""``kg build``: papers in, every file out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import err, fail, out, plainly, print_json, progress, warn
from kg.commands.options import AsJson, Extractor, MinConfidence, Vocabularies
from kg.query.plain import printable

if TYPE_CHECKING:
    from kg.build import Options, Progress


def build(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files, zip archives or folders of papers in any format that kg read knows; seeds by default."
        ),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the files.")] = Path("exports"),
    extractor: Annotated[
        Extractor, typer.Option(help="How papers are read: fast, or more exactly in more time.")
    ] = Extractor.ACCURATE,
    vocabulary: Vocabularies = None,
    shipped_vocabulary: Annotated[
        bool, typer.Option(help="Use the vocabulary that comes with kg; with --no-... yours alone.")
    ] = True,
    base_iri: Annotated[str | None, typer.Option(help="IRI under which the instances live.")] = None,
    min_confidence: MinConfidence = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Also list concepts that the vocabulary lacks, for review.")
    ] = False,
    people: Annotated[
        Path | None,
        typer.Option(
            help="Who is who as you know it: tab-separated same or different, two people, a reason.",
            metavar="FILE",
        ),
    ] = None,
    bootstrap: Annotated[
        int,
        typer.Option(
            min=0,
            help="Draw papers anew so often to tell how sure ranks and groups are, 100 say.",
            metavar="N",
        ),
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Build the graph of papers and write every file.

    Example: kg build my-papers.md references.bib -o out
    """
    from kg.build import make, write
    from kg.summary import summarise

    options = _options(vocabulary or [], shipped_vocabulary, base_iri, min_confidence, extractor)
    options = replace(options, people=people, bootstrap=bootstrap)
    if suggest:
        options = replace(options, suggest=True)
        _spare_the_reviewed(vocabulary or [], output)
    with plainly():
        with progress() as advance:
            result = make(sources or [Path("seeds")], options, foretelling(extractor, advance, warn))
            write(result, output)
        summary = summarise(result, output)
    if as_json:
        print_json(summary.as_dict())
    else:
        for line in summary.lines():
            out.print(printable(line), markup=False)
        if suggest:
            out.print(printable(f"To review: {output / 'suggestions.ttl'}"), markup=False)
    for notice in summary.notices:
        err.print(printable(notice), markup=False)


def foretelling(extractor: Extractor, advance: Progress, say: Callable[[str], None]) -> Progress:
    """The same progress, which also says at the start of a long extraction how long it takes.

    Args:
        extractor: who extracts.
        advance: told of everything.
        say: told of a long extraction, in one line.
    """

    def step(stage: str, done: int, total: int) -> None:
        if stage == "extract" and done == 0 and (line := _long(extractor, total)):
            say(line)
        advance(stage, done, total)

    return step


def _long(extractor: Extractor, papers: int) -> str | None:
    from kg.extract.words import data

    if extractor is not Extractor.ACCURATE:
        return None
    speed = data("speed")
    minutes = papers / speed["papers_a_second"] / 60
    if minutes <= speed["long_minutes"]:
        return None
    return (
        f"the accurate extractor needs about {minutes:.0f} minutes for {papers} papers; "
        "--extractor fast is quicker and less exact"
    )


def _options(
    vocabularies: list[Path],
    shipped: bool,
    base: str | None,
    confidence: float | None,
    extractor: Extractor,
) -> Options:
    from kg.build import Options
    from kg.namespaces import BASE
    from kg.read.vocabulary import shipped_vocabulary

    if base is not None and not _is_base(base):
        fail(f"--base-iri {base}: give an absolute http(s) IRI that ends with / or #", status=2)
    if not shipped and not vocabularies:
        fail("--no-shipped-vocabulary leaves no concept to find; add --vocabulary FILE.ttl", status=2)
    files = (*([shipped_vocabulary()] if shipped else []), *vocabularies)
    return Options(files, base or BASE, nan if confidence is None else confidence, extractor.value)


def _spare_the_reviewed(vocabularies: list[Path], output: Path) -> None:
    """Refuse to write the new suggestions over a reviewed list that is being read."""
    from kg.write.suggestions import FILE

    target = (output / FILE).resolve()
    if any(path.resolve() == target for path in vocabularies):
        fail(f"--suggest would write over {output / FILE}, which --vocabulary reads; move it first", status=2)


def _is_base(iri: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return iri.startswith(("http://", "https://")) and iri.endswith(("/", "#"))
