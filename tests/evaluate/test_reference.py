"""The figures equal those of the reference scorer of the annotations, wherever the predictions come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from kg.evaluate.gold import GoldPaper, read_gold
from kg.evaluate.matching import match, role_score, scores
from kg.evaluate.names import normalise
from kg.evaluate.predictions import PaperPredictions, as_record, of_extractions, of_file
from kg.extract.confidence import default_threshold
from kg.extract.pipeline import extract, pipeline
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary

from .samples import written


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    """The reference scorer."""
    spec = spec_from_file_location("reference_scorer", shared / "gold" / "score.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def dev_path(shared: Path) -> Path:
    """The annotations of a hundred seed papers."""
    return shared / "gold" / "dev.jsonl"


@pytest.fixture(scope="module")
def dev(dev_path: Path) -> tuple[GoldPaper, ...]:
    """The same, read."""
    return read_gold(dev_path)


def expected(reference: ModuleType, dev_path: Path, predicted: Path, typed: bool) -> dict[str, Any]:
    """What the reference scorer counts."""
    right, wrong, missed, roles = reference.score(reference.load(dev_path), reference.load(predicted), typed)
    kinds = reference.TYPES
    counts = {kind: (right[kind], wrong[kind], missed[kind]) for kind in kinds}
    return {**counts, "all": tuple(sum(c.values()) for c in (right, wrong, missed)), "roles": tuple(roles)}


def counted(dev: Sequence[GoldPaper], predictions: Iterable[PaperPredictions], typed: bool) -> dict[str, Any]:
    """What ours counts."""
    by_id = {paper.id: paper.asserted for paper in predictions}
    matchings = [match(gold, by_id.get(gold.paper.id, ()), typed) for gold in dev]
    roles = role_score(matchings)
    counts = {score.name: (score.right, score.wrong, score.missed) for score in scores(matchings)}
    return {**counts, "roles": (roles.right, roles.of)}


def noisy(dev: Sequence[GoldPaper]) -> list[dict[str, Any]]:
    """Predictions with every kind of mistake: left out, of another kind, doubled, of another paper, unmerged."""
    random = Random(20210503)
    every = [concept for gold in dev for concept in gold.concepts]
    papers = []
    for gold in dev:
        concepts: list[dict[str, Any]] = []
        for concept in gold.concepts:
            names = [concept.label.upper(), *concept.surfaces, *concept.aliases]
            for _ in range(random.choice((0, 1, 1, 1, 2))):
                kind = random.choice(every).kind if random.random() < 0.2 else concept.kind
                role = random.choice(("introduces", "uses", "compares", "studies", None))
                some = random.sample(names, random.randint(1, len(names)))
                concepts.append({"type": str(kind), "label": some[0], "surfaces": some[1:], "role": role})
        other = random.choice(every)
        concepts.append(
            {"type": str(other.kind), "label": other.label, "surfaces": list(other.surfaces), "role": None}
        )
        random.shuffle(concepts)
        papers.append({"id": gold.paper.id, "concepts": concepts})
    return papers[:-3]


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untyped"])
def test_noisy_predictions_have_the_reference_figures(
    reference: ModuleType, dev_path: Path, dev: tuple[GoldPaper, ...], tmp_path: Path, typed: bool
) -> None:
    path = written(tmp_path, *noisy(dev))
    assert counted(dev, of_file(path), typed) == expected(reference, dev_path, path, typed)


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untyped"])
def test_what_is_extracted_has_the_reference_figures(
    reference: ModuleType, dev_path: Path, dev: tuple[GoldPaper, ...], extracted: Sequence[PaperPredictions],
    tmp_path: Path, typed: bool,
) -> None:  # fmt: skip
    path = written(tmp_path, *map(as_record, extracted))
    assert counted(dev, extracted, typed) == expected(reference, dev_path, path, typed)


@pytest.fixture(scope="module")
def extracted(dev: tuple[GoldPaper, ...]) -> list[PaperPredictions]:
    """What is read from the texts of the annotated papers."""
    pairs = extract([gold.paper for gold in dev], pipeline())
    return list(of_extractions(pairs, default_threshold(), read_vocabulary((shipped_vocabulary(),))))


def test_names_have_the_reference_form(reference: ModuleType, dev: tuple[GoldPaper, ...]) -> None:
    words = Counter(word for gold in dev for word in (gold.paper.title + " " + gold.paper.abstract).split())
    names = [*words, *(name for g in dev for c in g.concepts for name in (c.label, *c.surfaces, *c.aliases))]
    differing = {name for name in names if normalise(name) != reference.normalise(name)}
    assert not differing
