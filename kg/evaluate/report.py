"""The measurement, whole: annotations and predictions in, one record of all figures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.calibration import Bin, Calibration, Interval, calibration, f1_interval, judged
from kg.evaluate.gold import GoldPaper
from kg.evaluate.matching import Introductions, RoleScore, Score, introductions, match, role_score, scores
from kg.evaluate.mistakes import (
    Form,
    Mistake,
    PaperMistakes,
    Passage,
    Repeated,
    frequent_mistakes,
    mistakes,
    worst_papers,
)
from kg.evaluate.predictions import PaperPredictions, aligned
from kg.evaluate.relations import relation_scores
from kg.evaluate.settings import settings


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well predictions agree with annotations.

    Attributes:
        papers: how many papers are annotated.
        predicted: of how many of them there are predictions.
        typed: a score for each kind and one for all; the kind must agree.
        untyped: the same where the name alone must agree.
        interval: a confidence interval of the typed F1 of all.
        roles: how often roles agree.
        introductions: what papers are said to introduce.
        relations: a score for each predicate and one for all.
        calibration: whether confidences tell the truth; None where there are none.
        forms: how many mistakes there are of each form.
        worst: the papers with the lowest F1.
        frequent: the most frequent mistakes.
    """

    papers: int
    predicted: int
    typed: tuple[Score, ...]
    untyped: tuple[Score, ...]
    interval: Interval
    roles: RoleScore
    introductions: Introductions
    relations: tuple[Score, ...]
    calibration: Calibration | None
    forms: tuple[tuple[Form, int], ...]
    worst: tuple[PaperMistakes, ...]
    frequent: tuple[Repeated, ...]


def evaluate(gold: Sequence[GoldPaper], predictions: Iterable[PaperPredictions]) -> Evaluation:
    """Hold predictions against annotations.

    Args:
        gold: the annotated papers.
        predictions: of these papers, found by id or title; others are passed over, missing ones count as
            papers of which nothing is said.
    """
    found = aligned(gold, predictions)
    said = [paper or PaperPredictions(g.paper.id, "", ()) for g, paper in zip(gold, found, strict=True)]
    asserted = [(g, paper.asserted) for g, paper in zip(gold, said, strict=True)]
    typed = [match(g, concepts, typed=True) for g, concepts in asserted]
    made = [mistake for matching in typed for mistake in mistakes(matching)]
    forms = Counter(mistake.form for mistake in made)
    return Evaluation(
        papers=len(gold),
        predicted=sum(paper is not None for paper in found),
        typed=scores(typed),
        untyped=scores(match(g, concepts, typed=False) for g, concepts in asserted),
        interval=f1_interval(typed),
        roles=role_score(typed),
        introductions=introductions(asserted),
        relations=relation_scores((g, paper.relations) for g, paper in zip(gold, said, strict=True)),
        calibration=calibration(judged((g, paper.concepts) for g, paper in zip(gold, said, strict=True))),
        forms=tuple((form, forms[form]) for form in Form),
        worst=worst_papers(typed),
        frequent=frequent_mistakes(made),
    )


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """All figures as plain types, always with the same keys in the same order; shares are rounded."""
    told, roles = evaluation.introductions, evaluation.roles
    return {
        "papers": evaluation.papers,
        "predicted": evaluation.predicted,
        "typed": _scores(evaluation.typed),
        "untyped": _scores(evaluation.untyped),
        "typed_f1_interval": {
            "level": evaluation.interval.level,
            "low": _rounded(evaluation.interval.low),
            "high": _rounded(evaluation.interval.high),
        },
        "roles": {
            "accuracy": _rounded(roles.accuracy),
            "right": roles.right,
            "of": roles.of,
            "confusion": [
                {"annotated": str(gold), "predicted": str(said), "count": count}
                for gold, said, count in roles.confusion
            ],
        },
        "introduces": {
            "precision": _rounded(told.precision),
            "recall": _rounded(told.recall),
            "f1": _rounded(told.f1),
            "said": told.said,
            "right": told.right,
            "annotated": told.annotated,
            "found": told.found,
        },
        "relations": _scores(evaluation.relations),
        "calibration": evaluation.calibration and _calibration(evaluation.calibration),
        "mistakes": {str(form): count for form, count in evaluation.forms},
        "worst_papers": [_paper(paper) for paper in evaluation.worst],
        "frequent_mistakes": [_repeated(repeated) for repeated in evaluation.frequent],
    }


def _scores(rows: Iterable[Score]) -> dict[str, dict[str, float | int]]:
    return {row.name: _score(row) for row in rows}


def _score(score: Score) -> dict[str, float | int]:
    return {
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
        "f1": _rounded(score.f1),
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
    }


def _calibration(found: Calibration) -> dict[str, Any]:
    return {
        "floor": found.floor,
        "count": found.count,
        "ece_equal_width": _rounded(found.error_equal_width),
        "ece_equal_mass": _rounded(found.error_equal_mass),
        "brier": _rounded(found.brier),
        "equal_width": [_bin(b) for b in found.equal_width],
        "equal_mass": [_bin(b) for b in found.equal_mass],
    }


def _bin(found: Bin) -> dict[str, float | int]:
    return {
        "low": _rounded(found.low),
        "high": _rounded(found.high),
        "count": found.count,
        "confidence": _rounded(found.confidence),
        "accuracy": _rounded(found.accuracy),
    }


def _paper(found: PaperMistakes) -> dict[str, Any]:
    return {
        "id": found.paper.id,
        "title": found.paper.title,
        **_score(found.score),
        "mistakes": [{**_mistake(m), "passage": _passage(m.passage)} for m in found.mistakes],
    }


def _repeated(repeated: Repeated) -> dict[str, Any]:
    return {
        "count": repeated.count,
        **_mistake(repeated.example),
        "passages": [_passage(passage) for passage in repeated.passages],
    }


def _mistake(mistake: Mistake) -> dict[str, str | None]:
    return {
        "form": str(mistake.form),
        "kind": str(mistake.kind),
        "name": mistake.name,
        "meant_kind": mistake.meant_kind and str(mistake.meant_kind),
        "meant": mistake.meant or None,
    }


def _passage(passage: Passage) -> dict[str, str | int]:
    return {"paper": passage.paper, "text": passage.text, "start": passage.start, "end": passage.end}


def _rounded(figure: float) -> float:
    return round(figure, settings().digits)
