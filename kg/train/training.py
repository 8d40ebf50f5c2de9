"""From annotations and raw texts to every data file of the extraction, stage by stage.

Each stage writes its files whole and reads those of the stages before it, so one stage can be run again alone.
The same input gives the same bytes on the same type of machine.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from spacy.language import Language

from kg.evaluate.gold import GoldPaper, read_gold
from kg.evaluate.lines import read_records
from kg.extract.classifier import Classifier, shipped_classifier
from kg.extract.confidence import scale
from kg.extract.features import vector
from kg.extract.judges import averaged
from kg.extract.logistic import model
from kg.extract.pipeline import finders
from kg.extract.roles import Weights, fitted_roles, likely_roles, shipped_roles
from kg.extract.terms import terms
from kg.extract.words import data
from kg.read import read_sources
from kg.read.identifiers import normalised
from kg.read.source import ReadError
from kg.records import Paper
from kg.train import relations, senses
from kg.train.calibrating import Judged, calibrate, f1_from, predicted
from kg.train.examples import Example, examples, folds
from kg.train.heads import heads, heads_file
from kg.train.recipe import recipe
from kg.train.terms import term_table
from kg.train.weights import classifier_table, outcome_weights, role_weights

Say = Callable[[str], None]
_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Materials:
    """What there is to learn from.

    Attributes:
        gold: files of annotated papers, in JSON Lines.
        texts: files and folders of papers without annotations.
        held_out: files of annotated papers that models will be measured by, and must not have seen.
        base: a folder with pretrained weights and their tokenizer, or None where no encoder is trained.
        kept: a folder for models on the way.
        say: told of progress.
    """

    gold: Sequence[Path]
    texts: Sequence[Path]
    held_out: Sequence[Path]
    base: Path | None
    kept: Path
    say: Say

    @cached_property
    def annotated(self) -> tuple[GoldPaper, ...]:
        """The annotated papers, in the order of the files."""
        return tuple(paper for path in self.gold for paper in read_gold(path, self.papers))

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """All papers without their annotations."""
        return read_sources(self.texts).papers if self.texts else ()

    @property
    def unseen(self) -> list[Paper]:
        """The papers that nobody annotated, to learn from or to measure by; told by title too, as ids may differ."""
        measured = (paper for path in self.held_out for paper in read_gold(path, self.papers))
        known = {name for gold in (*self.annotated, *measured) for name in _names(gold.paper)}
        return [paper for paper in self.papers if not known.intersection(_names(paper))]

    @cached_property
    def nlp(self) -> Language:
        """The pipeline up to its candidates."""
        return finders()

    @cached_property
    def examples(self) -> list[Example]:
        """The annotated papers with their candidates."""
        return list(examples(self.annotated, self.nlp))

    @cached_property
    def judged_by_features(self) -> Judged:
        """What the fast extractor says of each when it was fitted without it; both extractors are measured by it."""
        return held_out_by_features(self.examples)


def learn_heads(materials: Materials) -> None:
    """Which kinds last words tell: ``heads.toml``."""
    _write("heads.toml", heads_file(heads(materials.annotated)).encode("utf-8"))


def learn_terms(materials: Materials) -> None:
    """How often, and in what company, phrases stand: ``terms.parquet``."""
    _write("terms.parquet", _parquet(term_table(materials.papers, materials.nlp)))


def learn_senses(materials: Materials) -> None:
    """The senses of acronyms: ``senses.json``."""
    senses.main([str(path) for path in materials.texts])


def learn_fast(materials: Materials) -> None:
    """The fast extractor's weights, and what its word is worth.

    Writes ``concepts.parquet``, ``roles.json`` and its part of ``confidence.json``.
    """
    found = materials.examples
    _write("concepts.parquet", _parquet(classifier_table(outcome_weights(found))))
    _write("roles.json", _json({"weights": role_weights(found)}))
    _calibrate("fast", materials.judged_by_features, materials.say)


def learn_accurate(materials: Materials) -> None:
    """The encoder, and what its word is worth together with the fast extractor's.

    Writes ``encoder.onnx``, ``tokenizer.json`` and its part of ``confidence.json``.

    Raises:
        ReadError: where there is no base.
    """
    from kg.extract.encoder import load_tokenizer
    from kg.train.accurate import finish, held_out, train_encoder
    from kg.train.export import export
    from kg.train.lessons import annotated_lessons

    if materials.base is None:
        raise ReadError("the encoder needs its base: a folder with model.safetensors and tokenizer.json")
    found, say = materials.examples, materials.say
    student, tokenizer = train_encoder(
        found, materials.unseen, materials.nlp, materials.base, materials.kept, say
    )
    said = held_out(materials.base, tokenizer, found, say)
    by_features = materials.judged_by_features
    judged = [
        (by_features[place][0], *averaged(by_features[place][1:], told)) for place, told in said.items()
    ]
    _calibrate("accurate", judged, say)
    finished = finish(student, annotated_lessons(found, load_tokenizer(tokenizer)), say)
    _write("encoder.onnx", export([finished]))
    _write("tokenizer.json", tokenizer.encode("utf-8"))


def learn_relations(materials: Materials) -> None:
    """The weights of relations: ``relations.json``."""
    texts = {gold.paper.id: gold.paper for gold in materials.annotated}
    papers = []
    for record in (record for path in materials.gold for record in read_records(path)):
        paper = texts[record.text("id")]
        papers.append({**record.values, "title": paper.title, "abstract": paper.abstract})
    _write("relations.json", _json(relations.learn(papers, materials.say)))


_STAGES: dict[str, Callable[[Materials], None]] = {
    "heads": learn_heads,
    "terms": learn_terms,
    "senses": learn_senses,
    "fast": learn_fast,
    "accurate": learn_accurate,
    "relations": learn_relations,
}

STAGES = tuple(_STAGES)
"""The stages, each after those whose files it reads."""


def train(
    gold: Sequence[Path],
    texts: Sequence[Path],
    held_out: Sequence[Path],
    base: Path | None,
    stages: Sequence[str] = STAGES,
    kept: Path = Path("training"),
    say: Say = print,
) -> None:
    """Make the data files of the extraction anew, in place.

    Args:
        gold: files of annotated papers, in JSON Lines; the texts of those without are taken from ``texts``.
        texts: files and folders of raw papers, in any form that kg reads; those annotated may be among them.
        held_out: files of annotated papers to measure by; the encoder is not taught their texts either.
        base: a folder with ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2.
        stages: which of :data:`STAGES`, run in that order whatever the order given.
        kept: a folder for the models on the way; an interrupted training goes on from them.
        say: told of progress.

    Raises:
        kg.read.source.ReadError: where a file is missing or broken.
        ValueError: where there is no such stage.
    """
    unknown = sorted(set(stages) - set(STAGES))
    if unknown:
        raise ValueError(f"no stage {unknown[0]!r}; use {', '.join(STAGES)}")
    materials = Materials(tuple(gold), tuple(texts), tuple(held_out), base, kept, say)
    for stage in STAGES:
        if stage in stages:
            say(stage)
            _STAGES[stage](materials)


def held_out_by_features(found: Sequence[Example]) -> Judged:
    """What the fast extractor says of each example when it was fitted without it.

    Args:
        found: annotated abstracts, more than there are folds.

    Returns:
        Each, in their order, with probabilities groups x outcomes and groups x roles.
    """
    judged: dict[int, tuple[Example, _Array, _Array]] = {}
    for rest, held in folds(len(found), recipe("calibration")["folds"]):
        taught = [found[i] for i in rest]
        outcomes, roles = outcome_weights(taught), fitted_roles(role_weights(taught))
        for i in held:
            judged[i] = (found[i], *_by_features(found[i], outcomes, roles))
    return [judged[i] for i in sorted(judged)]


def _by_features(example: Example, outcomes: Classifier, roles: Weights) -> tuple[_Array, _Array]:
    likely = outcomes.probabilities(example.described, list(example.vectors))
    return likely, likely_roles(example.groups, example.described, likely, roles)


def _calibrate(extractor: str, judged: Judged, say: Say) -> None:
    """Write what an extractor's word is worth, beside that of the other."""
    fitted = calibrate(judged)
    path = _folder() / "confidence.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known |= {"floor": recipe("calibration")["floor"], extractor: asdict(fitted)}
    _write("confidence.json", _json(known))
    f1 = f1_from(predicted(judged, fitted), fitted.threshold)
    say(f"{extractor}: threshold {fitted.threshold}, typed F1 over folds {f1:.3f}")


def _names(paper: Paper) -> set[str]:
    """By what a paper is told, whatever file it came from."""
    return {paper.id, normalised(paper.title)}


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n").encode("utf-8")


def _parquet(table: pa.Table) -> bytes:
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _folder() -> Path:
    return Path(str(files("kg.extract").joinpath("data")))


def _write(name: str, content: bytes) -> None:
    """Write a data file whole, and let it be read anew."""
    path = _folder() / name
    path.with_name(name + ".part").write_bytes(content)
    os.replace(path.with_name(name + ".part"), path)
    for cached in (data, model, terms, vector, shipped_classifier, shipped_roles, scale):
        cached.cache_clear()
