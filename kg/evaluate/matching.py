"""What was predicted against what was annotated: the rules of the reference scorer, and its figures.

A predicted concept matches an annotated one of the same paper when one of its names (label, surfaces) equals one
of the other's (label, surfaces, aliases), all in their normal form; a typed match also asks for the same kind. An
annotated concept that is not salient is neither missed when absent nor wrong when predicted. A second prediction
of a concept that is matched already is wrong, so that variants left apart cost precision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import GoldConcept, GoldPaper
from kg.evaluate.predictions import Prediction
from kg.evaluate.roles import GoldRole
from kg.records import Kind


@dataclass(frozen=True, slots=True)
class Matching:
    """One paper's predictions beside its annotations.

    Attributes:
        gold: the annotated paper.
        pairs: predictions with the annotated concept that each matches, salient or not.
        wrong: predictions that match nothing, or a salient concept that is matched already.
        missed: salient concepts that nothing matches.
    """

    gold: GoldPaper
    pairs: tuple[tuple[Prediction, GoldConcept], ...]
    wrong: tuple[Prediction, ...]
    missed: tuple[GoldConcept, ...]

    @property
    def right(self) -> tuple[tuple[Prediction, GoldConcept], ...]:
        """The pairs that count: those with a salient concept."""
        return tuple((prediction, concept) for prediction, concept in self.pairs if concept.salient)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind of thing, and the measures that follow from them.

    Attributes:
        name: what is counted.
        right: predicted and annotated.
        wrong: predicted alone.
        missed: annotated alone.
    """

    name: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of predictions that are right, 0 to 1; 0 where there is none."""
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        """The share of annotations that are predicted, 0 to 1; 0 where there is none."""
        return self.right / (self.right + self.missed or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1.

        Example:
            >>> Score("topic", right=2, wrong=2, missed=2).f1
            0.5
        """
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


@dataclass(frozen=True, slots=True)
class RoleScore:
    """How often the role is right of concepts that are matched with their kind.

    Attributes:
        right: how many roles agree.
        of: how many matched salient concepts have a role on both sides.
        confusion: annotated role, predicted role and how often they met, in the order of the roles.
    """

    right: int
    of: int
    confusion: tuple[tuple[GoldRole, GoldRole, int], ...]

    @property
    def accuracy(self) -> float:
        """The share of roles that agree, 0 to 1; 0 where there is none."""
        return self.right / (self.of or 1)


@dataclass(frozen=True, slots=True)
class Introductions:
    """What papers are said to introduce, against what they are annotated to introduce; by name, of any kind.

    Attributes:
        said: predictions with the role ``introduces``.
        right: those of them that name a concept annotated so, salient or not.
        annotated: concepts annotated so.
        found: those of them that such a prediction names.
    """

    said: int
    right: int
    annotated: int
    found: int

    @property
    def precision(self) -> float:
        """The share of said introductions that are right, 0 to 1; 0 where there is none."""
        return self.right / (self.said or 1)

    @property
    def recall(self) -> float:
        """The share of annotated introductions that are found, 0 to 1; 0 where there is none."""
        return self.found / (self.annotated or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


def match(gold: GoldPaper, predictions: Sequence[Prediction], typed: bool = True) -> Matching:
    """Pair predictions with annotations, each with one at most, in the order of the predictions.

    Args:
        gold: the annotated paper.
        predictions: of that paper; where two match one concept, the first has it.
        typed: whether the kind must agree too.
    """
    names = [concept.names for concept in gold.concepts]
    taken: set[int] = set()
    pairs: list[tuple[Prediction, GoldConcept]] = []
    wrong: list[Prediction] = []
    for prediction in predictions:
        mine = prediction.names
        hits = [
            place
            for place, concept in enumerate(gold.concepts)
            if names[place] & mine and (not typed or concept.kind is prediction.kind)
        ]
        free = sorted((p for p in hits if p not in taken), key=lambda p: not gold.concepts[p].salient)
        if free:
            taken.add(free[0])
            pairs.append((prediction, gold.concepts[free[0]]))
        elif not hits or any(gold.concepts[place].salient for place in hits):
            wrong.append(prediction)
    missed = tuple(c for place, c in enumerate(gold.concepts) if c.salient and place not in taken)
    return Matching(gold, tuple(pairs), tuple(wrong), missed)


def scores(matchings: Iterable[Matching]) -> tuple[Score, ...]:
    """Micro-averaged counts over papers: one score for each kind, then one named ``all``.

    Predictions count under the kind that is predicted, what is missed under the kind that is annotated.
    """
    right: Counter[Kind] = Counter()
    wrong: Counter[Kind] = Counter()
    missed: Counter[Kind] = Counter()
    for matching in matchings:
        right.update(prediction.kind for prediction, _ in matching.right)
        wrong.update(prediction.kind for prediction in matching.wrong)
        missed.update(concept.kind for concept in matching.missed)
    by_kind = [Score(str(kind), right[kind], wrong[kind], missed[kind]) for kind in Kind]
    return (*by_kind, Score("all", right.total(), wrong.total(), missed.total()))


def role_score(matchings: Iterable[Matching]) -> RoleScore:
    """How often roles agree, over typed matchings."""
    met = Counter(
        (concept.role, prediction.role)
        for matching in matchings
        for prediction, concept in matching.right
        if concept.role and prediction.role
    )
    order = list(GoldRole)
    confusion = tuple((gold, said, met[gold, said]) for gold in order for said in order if met[gold, said])
    return RoleScore(sum(n for gold, said, n in confusion if gold is said), met.total(), confusion)


def introductions(pairs: Iterable[tuple[GoldPaper, Sequence[Prediction]]]) -> Introductions:
    """How many introductions are said, right, annotated and found.

    Args:
        pairs: each annotated paper with its predictions.
    """
    said = right = annotated = found = 0
    for gold, predictions in pairs:
        own = [c.names for c in gold.concepts if c.role is GoldRole.INTRODUCES]
        announced = [p.names for p in predictions if p.role is GoldRole.INTRODUCES]
        said += len(announced)
        annotated += len(own)
        right += sum(any(names & known for known in own) for names in announced)
        found += sum(any(names & known for names in announced) for known in own)
    return Introductions(said, right, annotated, found)
