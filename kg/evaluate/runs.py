"""The three things that can be measured: an extractor as it is, a graph that was built, a file of predictions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.evaluate.builds import of_build
from kg.evaluate.gold import read_gold
from kg.evaluate.predictions import aligned, of_extractions, of_file
from kg.evaluate.report import Evaluation, evaluate
from kg.extract.confidence import default_threshold
from kg.extract.judges import ACCURATE
from kg.extract.pipeline import extract, pipeline
from kg.read.source import ReadError
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary


def evaluate_extraction(
    gold_path: Path,
    vocabularies: Sequence[Path] = (),
    minimum_confidence: float | None = None,
    extractor: str = ACCURATE,
) -> Evaluation:
    """Extract from the texts of annotated papers and hold what is found against the annotations.

    Args:
        gold_path: annotated papers in JSON Lines.
        vocabularies: Turtle files of concepts, later ones winning; the shipped one where none is given.
        minimum_confidence: from which a reading counts, 0 to 1; that of the extractor where none is given.
        extractor: "fast" or "accurate".

    Raises:
        ValueError: where there is no such extractor.
        kg.read.source.ReadError: where a file is missing or broken; one line, with the place.
    """
    gold = read_gold(gold_path)
    paths = tuple(vocabularies) or (shipped_vocabulary(),)
    vocabulary = read_vocabulary(paths)
    nlp = pipeline(paths, extractor)
    least = default_threshold(extractor) if minimum_confidence is None else minimum_confidence
    pairs = extract((annotation.paper for annotation in gold), nlp)
    return evaluate(gold, of_extractions(pairs, least, vocabulary))


def evaluate_build(gold_path: Path, folder: Path) -> Evaluation:
    """Hold what a built graph says of annotated papers against the annotations.

    Args:
        gold_path: annotated papers in JSON Lines.
        folder: the folder of a build, or its ``graph.ttl``.

    Raises:
        kg.read.source.ReadError: where the annotations are missing or broken, or none of their papers is in
            the graph.
        kg.query.store.QueryError: where there is no graph, or none that can be read.
    """
    gold = read_gold(gold_path)
    predictions = of_build(folder)
    if not any(aligned(gold, predictions)):
        raise ReadError(f"{folder}: none of the {len(gold)} papers of {gold_path} is in it; build them first")
    return evaluate(gold, predictions)


def evaluate_predictions(gold_path: Path, path: Path) -> Evaluation:
    """Hold what a file says of annotated papers against the annotations.

    Args:
        gold_path: annotated papers in JSON Lines.
        path: predictions in JSON Lines, in the form that :mod:`kg.evaluate.predictions` tells.

    Raises:
        kg.read.source.ReadError: where either file is missing or broken, or none of the annotated papers is
            among the predictions.
    """
    gold = read_gold(gold_path)
    predictions = tuple(of_file(path))
    if not any(aligned(gold, predictions)):
        raise ReadError(
            f"{path}: none of the {len(gold)} papers of {gold_path} is in it; give their predictions"
        )
    return evaluate(gold, predictions)
