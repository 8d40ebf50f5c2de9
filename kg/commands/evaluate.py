"""``kg evaluate``: extraction, a build or a file of predictions, held against annotated abstracts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import fail, grid, plainly, print_json
from kg.commands.options import AsJson, Extractor, MinConfidence, Vocabularies

if TYPE_CHECKING:
    from kg.evaluate import Evaluation


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="Annotated abstracts, JSON Lines, one paper a line.", metavar="GOLD.jsonl")
    ],
    build: Annotated[
        Path | None, typer.Option(help="Measure what this build says of them.", metavar="DIR")
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Measure what this JSON Lines file says of them.", metavar="FILE")
    ] = None,
    extractor: Annotated[
        Extractor | None, typer.Option(help="The extractor that is measured; accurate by default.")
    ] = None,
    vocabulary: Vocabularies = None,
    min_confidence: MinConfidence = None,
    as_json: AsJson = False,
) -> None:
    """Measure how well extraction agrees with annotated abstracts.

    Example: kg evaluate GOLD.jsonl --build exports
    """
    from kg.evaluate import as_json as as_plain
    from kg.evaluate import tables
    from kg.evaluate.runs import evaluate_build, evaluate_predictions

    if build is not None and predictions is not None:
        fail("measure one thing at a time: --build DIR or --predictions FILE", status=2)
    if build is not None or predictions is not None:
        _refuse_options_of_extraction(extractor, vocabulary, min_confidence)
    with plainly():
        if build is not None:
            result = evaluate_build(gold, build)
        elif predictions is not None:
            result = evaluate_predictions(gold, predictions)
        else:
            result = _extraction(gold, extractor or Extractor.ACCURATE, vocabulary or [], min_confidence)
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


def _refuse_options_of_extraction(
    extractor: Extractor | None, vocabulary: list[Path] | None, confidence: float | None
) -> None:
    given = {"--extractor": extractor, "--vocabulary": vocabulary or None, "--min-confidence": confidence}
    for option, value in given.items():
        if value is not None:
            fail(f"{option} is for extraction; leave it out with --build and --predictions", status=2)
