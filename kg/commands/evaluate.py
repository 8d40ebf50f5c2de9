"""``kg evaluate``: extraction, a build, predictions, recommendation or identity, held against what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import fail, grid, out, plainly, print_columns, print_json
from kg.commands.options import AsJson, Extractor, MinConfidence, Vocabularies

if TYPE_CHECKING:
    from kg.evaluate import Evaluation
    from kg.evaluate.identity import Agreement, Quality
    from kg.evaluate.recommending import Figure, RecommendationBacktest

_UNTIL = 2021


def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Annotated abstracts, JSON Lines, one paper a line; papers with --recommend and --people.",
            metavar="GOLD.jsonl|SOURCE...",
        ),
    ],
    build: Annotated[
        Path | None, typer.Option(help="Measure what this build says of them.", metavar="DIR")
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Measure what this JSON Lines file says of them.", metavar="FILE")
    ] = None,
    recommend: Annotated[
        bool,
        typer.Option(
            "--recommend", help="Measure how well papers up to a year foretell who writes together."
        ),
    ] = False,
    until: Annotated[
        int | None,
        typer.Option(help=f"The last year that --recommend knows; {_UNTIL} by default.", metavar="YEAR"),
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option(
            help="Measure who is who by curated identities: JSON Lines of paper, position, person.",
            metavar="SIGNATURES.jsonl",
        ),
    ] = None,
    extractor: Annotated[
        Extractor | None,
        typer.Option(help="The extractor that is measured; accurate by default, fast with --recommend."),
    ] = None,
    vocabulary: Vocabularies = None,
    min_confidence: MinConfidence = None,
    as_json: AsJson = False,
) -> None:
    """Measure how well extraction, recommendation or who is who agrees with what is known.

    Example: kg evaluate GOLD.jsonl --build exports

    Example: kg evaluate --recommend papers --until 2021

    Example: kg evaluate --people SIGNATURES.jsonl papers
    """
    _refuse_two_things(build, predictions, recommend, people)
    if build is not None or predictions is not None or people is not None:
        _refuse_options_of_extraction(extractor, vocabulary, min_confidence)
    if until is not None and not recommend:
        fail("--until goes with --recommend; leave it out", status=2)
    if people is not None:
        _identity(people, files, as_json)
    elif recommend:
        kind = extractor or Extractor.FAST
        _recommendation(files, until or _UNTIL, kind, vocabulary or [], min_confidence, as_json)
    elif len(files) > 1:
        fail("give one file of annotations; several go with --recommend and --people", status=2)
    else:
        kind = extractor or Extractor.ACCURATE
        _annotations(files[0], build, predictions, kind, vocabulary or [], min_confidence, as_json)


def _annotations(
    gold: Path,
    build: Path | None,
    predictions: Path | None,
    extractor: Extractor,
    vocabularies: list[Path],
    confidence: float | None,
    as_json: bool,
) -> None:
    from kg.evaluate import as_json as as_plain
    from kg.evaluate import tables
    from kg.evaluate.runs import evaluate_build, evaluate_predictions

    with plainly():
        if build is not None:
            result = evaluate_build(gold, build)
        elif predictions is not None:
            result = evaluate_predictions(gold, predictions)
        else:
            result = _extraction(gold, extractor, vocabularies, confidence)
    if as_json:
        print_json(as_plain(result))
        return
    for table in tables(result):
        grid.print(table)


def _extraction(
    gold: Path, extractor: Extractor, vocabularies: list[Path], confidence: float | None
) -> Evaluation:
    from kg.evaluate.runs import evaluate_extraction
    from kg.read.vocabulary import shipped_vocabulary

    return evaluate_extraction(gold, (shipped_vocabulary(), *vocabularies), confidence, extractor.value)


def _recommendation(
    sources: Sequence[Path],
    until: int,
    extractor: Extractor,
    vocabularies: Sequence[Path],
    confidence: float | None,
    as_json: bool,
) -> None:
    from kg.evaluate.sources import recommendation_on
    from kg.read.vocabulary import shipped_vocabulary

    with plainly():
        files = (shipped_vocabulary(), *vocabularies)
        found = recommendation_on(sources, until, files, confidence, extractor.value)
    if as_json:
        print_json(asdict(found))
    else:
        _print_backtest(found)


def _print_backtest(found: RecommendationBacktest) -> None:
    out.print(
        f"{found.papers_before} papers by {found.people} people up to {found.until} foretell {found.papers_after} "
        f"later ones, in which {found.pairs} pairs of them first write together, {found.pairs_near} of those with "
        f"a common co-author before.",
        markup=False,
    )
    out.print(
        f"Drawn against them: {found.drawn} pairs (uniform), {found.drawn_near} pairs with a common co-author "
        f"(hard). Of {found.active} people with a new co-author, {found.reachable:.1%} have one among the candidates. "
        "Gains are over the index of Adamic and Adar.",
        markup=False,
    )
    for title, figure_of in (
        ("AUC, new pairs against pairs drawn uniformly", attrgetter("uniform")),
        ("AUC, new pairs against pairs with a common co-author", attrgetter("hard")),
        (f"Hits@{found.hits_at}, people whose list holds a new co-author", attrgetter("hits")),
    ):
        rows = [_figures(row.method, figure_of(row)) for row in found.rows]
        level = f"{found.rows[0].hits.interval.level:.0%}"
        header = ("method", "", f"{level} interval", "gain", f"{level} interval")
        print_columns(title, header, rows, numbers=4)


def _figures(method: str, figure: Figure) -> tuple[str, ...]:
    """A method, its figure, and by how much it is above the reference, with intervals."""
    here, gain = figure.interval, figure.gain_interval
    return (
        method.replace("_", " "),
        f"{figure.value:.3f}",
        f"{here.low:.3f} to {here.high:.3f}",
        f"{figure.gain:+.3f}",
        f"{gain.low:+.3f} to {gain.high:+.3f}",
    )


def _identity(signatures: Path, sources: Sequence[Path], as_json: bool) -> None:
    from kg.evaluate.sources import identity_on

    with plainly():
        found = identity_on(signatures, sources)
    if as_json:
        print_json([_as_plain(quality) for quality in found])
    else:
        _print_identity(found)


def _as_plain(quality: Quality) -> dict[str, object]:
    """The quality as JSON has it, F1 included."""
    agreements = {"b_cubed": quality.b_cubed, "pairwise": quality.pairwise}
    return asdict(quality) | {name: asdict(one) | {"f1": one.f1} for name, one in agreements.items()}


def _print_identity(found: Iterable[Quality]) -> None:
    header = ("group", "counted by", "signatures", "people", "P", "R", "F1")
    rows = [
        (q.group, by, str(q.signatures), str(q.people), *_three(one))
        for q in found
        for by, one in (("signature", q.b_cubed), ("pair", q.pairwise))
    ]
    print_columns("Who is who: B-cubed (by signature) and pairwise", header, rows, numbers=5)


def _three(agreement: Agreement) -> tuple[str, str, str]:
    return f"{agreement.precision:.3f}", f"{agreement.recall:.3f}", f"{agreement.f1:.3f}"


def _refuse_two_things(
    build: Path | None, predictions: Path | None, recommend: bool, people: Path | None
) -> None:
    if sum((build is not None, predictions is not None, recommend, people is not None)) > 1:
        fail("measure one thing at a time: --build, --predictions, --recommend or --people", status=2)


def _refuse_options_of_extraction(
    extractor: Extractor | None, vocabulary: list[Path] | None, confidence: float | None
) -> None:
    given = {"--extractor": extractor, "--vocabulary": vocabulary or None, "--min-confidence": confidence}
    for option, value in given.items():
        if value is not None:
            fail(
                f"{option} is for extraction; leave it out with --build, --predictions and --people", status=2
            )
