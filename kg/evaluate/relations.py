"""Relations, document by document: what a paper is said to state against what it was annotated to state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.evaluate.gold import GoldPaper
from kg.evaluate.matching import Score
from kg.evaluate.names import normal_names
from kg.evaluate.predictions import PredictedRelation
from kg.records import Predicate


def relation_scores(pairs: Iterable[tuple[GoldPaper, Sequence[PredictedRelation]]]) -> tuple[Score, ...]:
    """Micro-averaged counts over papers: one score for each predicate, then one named ``all``.

    A predicted relation is right where an annotated one of the paper has the same predicate and shares a name
    with it at either end, the subject's with the subject and the object's with the object. Each annotated
    relation is matched once; a second prediction of it is wrong. The sentence does not matter.

    Args:
        pairs: each annotated paper with the relations that it is said to state, each once.
    """
    right: Counter[Predicate] = Counter()
    wrong: Counter[Predicate] = Counter()
    missed: Counter[Predicate] = Counter()
    for gold, predicted in pairs:
        taken: set[int] = set()
        for relation in predicted:
            place = _first_free(gold, relation, taken)
            if place is None:
                wrong[relation.predicate] += 1
            else:
                taken.add(place)
                right[relation.predicate] += 1
        missed.update(r.predicate for place, r in enumerate(gold.relations) if place not in taken)
    by_predicate = [Score(str(p), right[p], wrong[p], missed[p]) for p in Predicate]
    return (*by_predicate, Score("all", right.total(), wrong.total(), missed.total()))


def _first_free(gold: GoldPaper, predicted: PredictedRelation, taken: set[int]) -> int | None:
    """The place of the first annotated relation that a predicted one matches and no other has taken."""
    subject, object_ = normal_names(predicted.subject), normal_names(predicted.object)
    for place, relation in enumerate(gold.relations):
        if (
            place not in taken
            and relation.predicate is predicted.predicate
            and relation.subject & subject
            and relation.object & object_
        ):
            return place
    return None
