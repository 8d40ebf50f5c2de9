"""What is measured on papers as their sources give them: recommendation, and who is who."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.evaluate.identity import Quality, evaluate_identity, read_signatures
from kg.evaluate.recommending import RecommendationBacktest, backtest_recommendation
from kg.extract.confidence import default_threshold
from kg.extract.judges import FAST
from kg.extract.pipeline import extract, pipeline
from kg.read import read_sources
from kg.read.source import ReadError
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.resolve.concepts import resolve_concepts
from kg.resolve.people import resolve_people


def recommendation_on(
    sources: Sequence[Path],
    until: int,
    vocabularies: Sequence[Path] = (),
    minimum_confidence: float | None = None,
    extractor: str = FAST,
) -> RecommendationBacktest:
    """Foretell, from the papers up to a year, who first writes together later.

    Args:
        sources: files or folders in any readable format.
        until: the last year that the recommendations know.
        vocabularies: Turtle files of concepts, later ones winning; the shipped one where none is given.
        minimum_confidence: from which a reading counts, 0 to 1; that of the extractor where None.
        extractor: "fast" or "accurate".

    Raises:
        ReadError: where a source cannot be read, or there is too little before or after the year.
    """
    papers = read_sources(sources).papers
    paths = tuple(vocabularies) or (shipped_vocabulary(),)
    least = default_threshold(extractor) if minimum_confidence is None else minimum_confidence
    concepts = read_vocabulary(paths).concepts
    nlp = pipeline(paths, extractor)
    resolved = resolve_concepts([extraction for _, extraction in extract(papers, nlp)], concepts)
    assertions = [assertion for assertion in resolved.assertions if assertion.confidence >= least]
    try:
        return backtest_recommendation(papers, assertions, resolved.concepts, until)
    except ValueError as error:
        raise ReadError(f"{_told(sources)}: {error}") from None


def identity_on(signatures: Path, sources: Sequence[Path]) -> tuple[Quality, ...]:
    """Hold the people that printed names are resolved to against curated identities.

    Args:
        signatures: curated identities in JSON Lines, one object a line: ``paper`` (the paper's ``id`` in its
            source), ``position`` (from 1) and ``person``.
        sources: files or folders of the papers, in any readable format.

    Raises:
        ReadError: where a file cannot be read, or none of the signatures stands on a paper.
    """
    curated = read_signatures(signatures)
    found = resolve_people(read_sources(sources).papers).authorships
    if not curated.keys() & {(one.paper, one.position) for one in found}:
        raise ReadError(
            f"{signatures}: none of its {len(curated)} signatures is on a paper of {_told(sources)}; "
            'write the papers\' ids as "paper"'
        )
    return evaluate_identity(found, curated)


def _told(sources: Sequence[Path]) -> str:
    return ", ".join(str(source) for source in sources)
