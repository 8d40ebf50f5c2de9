"""The accurate extractor's encoder: teachers, a student of theirs, and what its word is worth.

Two encoders learn the annotated abstracts; with the fast extractor they judge thousands of others; a third
learns those judgements and then the annotations. It ships alone, quantised.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from spacy.language import Language

from kg.extract.encoder import Encoder, load_tokenizer
from kg.extract.judges import Said, fast
from kg.records import Paper
from kg.train.encoder import Lesson, Schedule, pretrained, teach
from kg.train.examples import Example, folds
from kg.train.export import export
from kg.train.lessons import annotated_lessons, judged_lessons
from kg.train.network import SpanClassifier
from kg.train.recipe import recipe

Say = Callable[[str], None]
_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"


def train_encoder(
    examples: Sequence[Example], papers: Sequence[Paper], nlp: Language, base: Path, kept: Path, say: Say
) -> tuple[SpanClassifier, str]:
    """The student, taught what the teachers say of papers without annotations.

    Args:
        examples: annotated abstracts.
        papers: others.
        nlp: the extraction's pipeline up to its candidates.
        base: a folder with the pretrained weights and their tokenizer.
        kept: a folder for the models on the way, so that an interrupted training goes on from them; to be emptied
            when examples, papers or recipe change.
        say: told of progress.

    Returns:
        The student before it sees the annotations itself, and the content of the tokenizer's file.

    Raises:
        FileNotFoundError: where the base lacks a file.
    """
    torch.set_num_threads(1)  # the order of sums, and so the last digits, would depend on their number
    content = (base / _TOKENIZER).read_text(encoding="utf-8")
    tokenizer = load_tokenizer(content)
    lessons = annotated_lessons(examples, tokenizer)
    teachers = [
        _kept(
            kept / f"teacher-{number}.safetensors",
            pretrained(base / _WEIGHTS, frozen, schedule.seed),
            partial(teach, lessons=lessons, schedule=schedule, say=say),
        )
        for number, (frozen, schedule) in enumerate(map(_parted, recipe("teachers")))
    ]
    schedule = Schedule(**recipe("student"))
    student = _kept(
        kept / "student.safetensors",
        pretrained(base / _WEIGHTS, 0, schedule.seed),
        lambda model: teach(
            model, list(judged_lessons(_chosen(papers), nlp, tokenizer, fast, teachers)), schedule, say
        ),
    )
    return student, content


def finish(student: SpanClassifier, lessons: Sequence[Lesson], say: Say) -> SpanClassifier:
    """A copy of the student that has learnt annotations too.

    Args:
        student: is not changed.
        lessons: annotated texts.
        say: told of progress.
    """
    return teach(copy.deepcopy(student), lessons, Schedule(**recipe("finish")), say)


def held_out(base: Path, tokenizer: str, examples: Sequence[Example], say: Say) -> dict[int, Said]:
    """What a quantised encoder says of examples that it was taught without.

    The student will not do: through its teachers it has heard of every example, and is surer of them than of
    new papers. So encoders are taught the annotations of the other folds alone, until they fit them as well as
    the finished student does.

    Args:
        base: a folder with the pretrained weights.
        tokenizer: the content of its file.
        examples: annotated abstracts, more than there are folds.
        say: told of progress.

    Returns:
        What is said of each, by its place among them; of as many folds as the recipe gives encoders.
    """
    lessons = annotated_lessons(examples, load_tokenizer(tokenizer))
    judged: dict[int, Said] = {}
    parted = folds(len(examples), recipe("calibration")["folds"])
    for fold, (rest, held) in enumerate(islice(parted, recipe("calibration")["encoders"])):
        say(f"fold {fold + 1}")
        schedule = Schedule(**recipe("fold"))
        fresh = pretrained(base / _WEIGHTS, 0, schedule.seed)
        encoder = Encoder(export([teach(fresh, [lessons[i] for i in rest], schedule, say)]), tokenizer)
        for i in held:
            judged[i] = encoder.read(examples[i].doc, examples[i].groups, examples[i].described)
    return dict(sorted(judged.items()))


def _parted(teacher: Mapping[str, Any]) -> tuple[int, Schedule]:
    """How many layers stay frozen, and the schedule."""
    return teacher["frozen"], Schedule(**{name: value for name, value in teacher.items() if name != "frozen"})


def _chosen(papers: Sequence[Paper]) -> Iterator[Paper]:
    """Papers to be judged, of any source alike."""
    long = sorted((p for p in papers if len(p.abstract) >= recipe("silver")["shortest"]), key=lambda p: p.id)
    random.Random(recipe("silver")["seed"]).shuffle(long)
    yield from long[: recipe("silver")["papers"]]


def _kept(
    path: Path, fresh: SpanClassifier, make: Callable[[SpanClassifier], SpanClassifier]
) -> SpanClassifier:
    """A model from the folder of those on the way; made and put there where it is not."""
    if path.exists():
        fresh.load_state_dict(load_file(path))
        return fresh.eval()
    model = make(fresh)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(model.state_dict(), path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)
    return model
