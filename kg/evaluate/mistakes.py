"""Mistakes, so that one can see what to mend: each with its form and with the words around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluate.gold import GoldConcept
from kg.evaluate.matching import Matching, Score, scores
from kg.evaluate.names import normalise
from kg.evaluate.predictions import Prediction
from kg.evaluate.settings import settings
from kg.records import Field, Kind, Paper, Span


class Form(StrEnum):
    """What a mistake is; a missed concept and a wrong prediction that belong together are one mistake."""

    KIND = "kind"  # the name is right, the kind is not
    BOUNDARY = "boundary"  # the prediction overlaps a missed concept in the text
    WRONG = "wrong"  # predicted, not annotated
    MISSED = "missed"  # annotated, not predicted
    DUPLICATE = "duplicate"  # the concept is predicted already


_ORDER = {form: place for place, form in enumerate(Form)}


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a paper with the text around it.

    Attributes:
        paper: the paper's id.
        text: the stretch of text; empty where the name does not stand there.
        start: code points in it before the name.
        end: code points in it before the name's end.
    """

    paper: str
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in one paper.

    Attributes:
        form: what it is.
        kind: the predicted kind; the annotated one of what is missed.
        name: the predicted name; the annotated one of what is missed.
        meant_kind: the annotated kind, where a prediction comes near a concept.
        meant: that concept's annotated name, or empty.
        passage: where it stands.
    """

    form: Form
    kind: Kind
    name: str
    meant_kind: Kind | None
    meant: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Repeated:
    """A mistake that was made in several papers, or once.

    Attributes:
        example: the first of its kind.
        count: in how many places of the annotations it was made.
        passages: the first places.
    """

    example: Mistake
    count: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class PaperMistakes:
    """All mistakes of one paper.

    Attributes:
        paper: the paper.
        score: its counts.
        mistakes: by form, kind and name.
    """

    paper: Paper
    score: Score
    mistakes: tuple[Mistake, ...]


def mistakes(matching: Matching) -> tuple[Mistake, ...]:
    """The mistakes of one paper.

    Args:
        matching: typed.
    """
    left = list(matching.missed)
    found = []
    for prediction in matching.wrong:
        form, meant = _judge(prediction, matching, left)
        if form in (Form.KIND, Form.BOUNDARY) and meant in left:
            left.remove(meant)
        found.append(_mistake(form, prediction, meant, matching.gold.paper))
    found += [_mistake(Form.MISSED, concept, None, matching.gold.paper) for concept in left]
    return tuple(sorted(found, key=lambda m: (_ORDER[m.form], m.kind, m.name)))


def _judge(
    prediction: Prediction, matching: Matching, missed: Sequence[GoldConcept]
) -> tuple[Form, GoldConcept | None]:
    """What a wrong prediction is, and the concept that it comes near."""
    same_name = [concept for concept in matching.gold.concepts if concept.names & prediction.names]
    for concept in same_name:
        if concept in missed:
            return Form.KIND, concept
    for concept in same_name:
        if concept.kind is prediction.kind:
            return Form.DUPLICATE, concept
    for concept in same_name:
        return Form.KIND, concept
    paper = matching.gold.paper
    places = _places(paper, prediction.surfaces)
    shared = [_overlap(places, _places(paper, concept.surfaces)) for concept in missed]
    if any(shared):
        return Form.BOUNDARY, missed[shared.index(max(shared))]
    return Form.WRONG, None


def _mistake(form: Form, said: Prediction | GoldConcept, meant: GoldConcept | None, paper: Paper) -> Mistake:
    return Mistake(
        form=form,
        kind=said.kind,
        name=said.label,
        meant_kind=None if meant is None else meant.kind,
        meant="" if meant is None else meant.label,
        passage=_passage(paper, (*said.surfaces, said.label)),
    )


def _places(paper: Paper, names: Iterable[str]) -> list[Span]:
    """Where the names stand in a paper, as words of their own; in the order of the text."""
    found = []
    for name in filter(None, dict.fromkeys(names)):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for field in Field:
            found += [Span(field, *hit.span()) for hit in pattern.finditer(paper.text(field))]
    return sorted(found, key=lambda span: (span.field is not Field.TITLE, span.start, -span.end))


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> int:
    """The most characters that one place of each share."""
    shared = (min(a.end, b.end) - max(a.start, b.start) for a in some for b in others if a.field is b.field)
    return max(0, max(shared, default=0))


def _passage(paper: Paper, names: Iterable[str]) -> Passage:
    """The first place of a name in the abstract, or else in the title, with whole words around it."""
    places = sorted(_places(paper, names), key=lambda span: span.field is Field.TITLE)
    if not places:
        return Passage(paper.id)
    first, context = places[0], settings().mistakes.context
    text = paper.text(first.field)
    low, high = max(0, first.start - context), min(len(text), first.end + context)
    while 0 < low < first.start and not text[low - 1].isspace():
        low += 1
    while first.end < high < len(text) and not text[high].isspace():
        high -= 1
    return Passage(paper.id, text[low:high], first.start - low, first.end - low)


def worst_papers(matchings: Iterable[Matching]) -> tuple[PaperMistakes, ...]:
    """The papers with the lowest F1, the worst first; among equals those with more mistakes.

    Args:
        matchings: typed.
    """
    told = [(scores([m])[-1], m) for m in matchings if m.wrong or m.missed]
    told.sort(key=lambda pair: (pair[0].f1, -pair[0].wrong - pair[0].missed, pair[1].gold.paper.id))
    return tuple(
        PaperMistakes(matching.gold.paper, score, mistakes(matching))
        for score, matching in told[: settings().mistakes.papers]
    )


def frequent_mistakes(every: Iterable[Mistake]) -> tuple[Repeated, ...]:
    """The most frequent mistakes of each form, names compared in their normal form; the most frequent first."""
    ranked = sorted(_grouped(every), key=_most_frequent_first)
    kept = settings().mistakes.groups
    return tuple(r for form in Form for r in [r for r in ranked if r.example.form is form][:kept])


def _grouped(every: Iterable[Mistake]) -> Iterator[Repeated]:
    groups: dict[tuple[str, ...], list[Mistake]] = defaultdict(list)
    for mistake in every:
        meant = (str(mistake.meant_kind), normalise(mistake.meant))
        groups[mistake.form, mistake.kind, normalise(mistake.name), *meant].append(mistake)
    for group in groups.values():
        passages = tuple(mistake.passage for mistake in group[: settings().mistakes.examples])
        yield Repeated(group[0], len(group), passages)


def _most_frequent_first(repeated: Repeated) -> tuple[int, str, str, str]:
    example = repeated.example
    return -repeated.count, normalise(example.name), example.kind, example.meant
