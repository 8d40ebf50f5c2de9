"""Fit the weights of relations to annotated papers.

An annotated paper is a JSON object: id, title, abstract, concepts (type, label, surfaces, role) and relations
(predicate, subject's label, object's label). What is fitted are features, weights and thresholds, and holds no
text of the papers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

import kg.extract.sentences  # noqa: F401  registers the component
from kg.extract.concepts import CONCEPTS
from kg.extract.layout import layout
from kg.extract.relation_features import ENDS, object_features, pair_features, subject_features
from kg.extract.words import normal_form
from kg.records import Kind, Predicate, Role

Gold = dict[str, Any]
Weights = dict[str, float]

FOLDS = 5
PENALTY = 8.0  # of the squared weights, best of 1.5 to 12 over folds
LEAST_PAPERS = 5  # in which a feature must be present to get a weight
LEAST_WEIGHT = 0.005
FLOOR = 0.15  # of a relation's confidence; best end to end, over folds
_THRESHOLDS = [step / 100 for step in range(10, 71)]
_ROLES = {
    "introduces": Role.INTRODUCES,
    "uses": Role.USES,
    "compares": Role.COMPARES_WITH,
    "studies": Role.STUDIES,
    "mentions": Role.USES,  # what the extraction says of background, for want of a better role
}
_FIXED = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METRIC: Role.EVALUATES_WITH}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two concepts of an annotated paper whose kinds fit a predicate.

    Attributes:
        paper: the number of the paper.
        features: what :mod:`kg.extract.relation_features` sees.
        stated: whether the annotator says that the paper states the relation.
    """

    paper: int
    features: frozenset[str]
    stated: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Relations counted: told and right, told, annotated."""

    right: int
    told: int
    annotated: int

    @property
    def precision(self) -> float:
        """The share of what was told that is right."""
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was told."""
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both.

        Example:
            >>> Score(right=2, told=4, annotated=4).f1
            0.5
        """
        both = self.told + self.annotated
        return 2 * self.right / both if both else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"


def fit_relations(papers: Sequence[Gold], nlp: Language) -> dict[str, Any]:
    """The content of ``data/relations.json``, fitted to annotated papers.

    Args:
        papers: objects as described above.
        nlp: a pipeline that marks sentences, as :func:`sentence_pipeline` gives.

    Returns:
        ``weights`` by predicate and feature, ``thresholds`` by predicate (the probability with the best F1
        over folds of the papers), and ``floor``.
    """
    found = pairs(papers, nlp)
    return {
        "floor": FLOOR,
        "thresholds": {
            str(p): best_threshold(held_out(its), annotated(papers, p)) for p, its in found.items()
        },
        "weights": {str(p): _rounded(fit(its)) for p, its in found.items()},
    }


def sentence_pipeline() -> Language:
    """A blank English pipeline that marks sentences."""
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    return nlp


def lay_concepts(paper: Gold, nlp: Language) -> Doc:
    """The Doc of an annotated paper, with the annotated concepts where ``kg_concepts`` would put its own.

    A concept's surfaces are found verbatim at word boundaries, the longest first, and never overlap.
    """
    doc = nlp.make_doc(paper["title"] + "\n\n" + paper["abstract"])
    doc._.kg_title_end = len(paper["title"])
    for _, component in nlp.pipeline:
        doc = component(doc)
    doc.spans[CONCEPTS] = sorted(_spans(doc, paper["concepts"]), key=lambda span: span.start)
    return doc


def _spans(doc: Doc, concepts: Sequence[Gold]) -> Iterator[Span]:
    surfaces = {(s, i) for i, c in enumerate(concepts) for s in (c["label"], *c["surfaces"]) if s.strip()}
    taken: set[int] = set()
    for surface, i in sorted(surfaces, key=lambda entry: (-len(entry[0]), entry)):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", doc.text):
            span = doc.char_span(*match.span(), label=concepts[i]["type"], alignment_mode="expand")
            if span is None or not taken.isdisjoint(range(span.start, span.end)):
                continue
            taken.update(range(span.start, span.end))
            kind = Kind(concepts[i]["type"])
            span._.kg_name = normal_form(concepts[i]["label"])
            span._.kg_role = _FIXED.get(kind) or _ROLES[concepts[i]["role"] or "mentions"]
            span._.kg_confidence = 1.0
            yield span


def pairs(papers: Iterable[Gold], nlp: Language) -> dict[Predicate, list[Pair]]:
    """Every pair of concepts that a predicate fits, in the order of the papers and of the text."""
    found: dict[Predicate, list[Pair]] = {predicate: [] for predicate in ENDS}
    for number, paper in enumerate(papers):
        stated = _stated(paper)
        for predicate, subject, target, features in _described(lay_concepts(paper, nlp)):
            found[predicate].append(Pair(number, features, (predicate, subject, target) in stated))
    return found


def _described(doc: Doc) -> Iterator[tuple[Predicate, str, str, frozenset[str]]]:
    page = layout(doc, list(doc.spans[CONCEPTS]))
    for subject in page.entities:
        for target in page.entities:
            fitting = [p for p, kinds in ENDS.items() if kinds == (subject.kind, target.kind)]
            if fitting and subject is not target:
                features = frozenset(
                    chain(
                        subject_features(page, subject),
                        object_features(page, target, subject.role),
                        pair_features(page, subject, target),
                    )
                )
                for predicate in fitting:
                    yield predicate, subject.name, target.name, features


def _stated(paper: Gold) -> set[tuple[str, str, str]]:
    return {(p, normal_form(subject), normal_form(target)) for p, subject, target in paper["relations"]}


def annotated(papers: Iterable[Gold], predicate: Predicate) -> int:
    """How many relations of a predicate the annotator found, reachable or not."""
    return sum(p == predicate for paper in papers for p, _, _ in _stated(paper))


def fit(found: Sequence[Pair]) -> Weights:
    """Weights by feature, by logistic regression with a quadratic penalty (L-BFGS)."""
    columns = {name: i for i, name in enumerate(_frequent(found))}
    if not columns:
        return {}
    places = [sorted(columns[n] for n in pair.features if n in columns) for pair in found]
    ends = np.cumsum([0, *(len(row) for row in places)])
    of = np.fromiter(chain.from_iterable(places), dtype=np.int32)
    matrix = scipy.sparse.csr_matrix((np.ones(len(of)), of, ends), shape=(len(found), len(columns)))
    target = np.array([pair.stated for pair in found], dtype=float)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = matrix @ w
        value = float(np.sum(np.logaddexp(0, z) - target * z) + 0.5 * PENALTY * w @ w)
        return value, matrix.T @ (1 / (1 + np.exp(-z)) - target) + PENALTY * w

    best = scipy.optimize.minimize(
        loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return {name: float(best.x[i]) for name, i in columns.items()}


def _frequent(found: Sequence[Pair]) -> list[str]:
    """The features that enough papers have; one paper's pairs are too much alike to learn from."""
    papers: dict[int, set[str]] = defaultdict(set)
    for pair in found:
        papers[pair.paper] |= pair.features
    counts = Counter(chain.from_iterable(papers.values()))
    return sorted(name for name, count in counts.items() if count >= LEAST_PAPERS)


def _rounded(weights: Mapping[str, float]) -> Weights:
    rounded = {name: round(weight, 3) for name, weight in weights.items()}
    return {name: weight for name, weight in rounded.items() if abs(weight) >= LEAST_WEIGHT}


def held_out(found: Sequence[Pair]) -> list[tuple[float, bool]]:
    """Probability and truth of every pair, each by weights fitted without its fold of papers."""
    decided = []
    for fold in range(FOLDS):
        weights = fit([pair for pair in found if pair.paper % FOLDS != fold])
        for pair in found:
            if pair.paper % FOLDS == fold:
                logit = sum(weights.get(name, 0.0) for name in sorted(pair.features))
                decided.append((float(1 / (1 + np.exp(-logit))), pair.stated))
    return decided


def score(decided: Iterable[tuple[float, bool]], threshold: float, wanted: int) -> Score:
    """What telling every pair from a probability on scores."""
    kept = [stated for probability, stated in decided if probability >= threshold]
    return Score(sum(kept), len(kept), wanted)


def total(scores: Iterable[Score]) -> Score:
    """All relations counted together."""
    parts = tuple(scores)
    return Score(sum(s.right for s in parts), sum(s.told for s in parts), sum(s.annotated for s in parts))


def best_threshold(decided: Sequence[tuple[float, bool]], wanted: int) -> float:
    """The probability with the best F1; the highest among equals."""
    return max(_THRESHOLDS, key=lambda threshold: (score(decided, threshold, wanted).f1, threshold))


def learn(papers: Sequence[Gold], say: Callable[[str], None]) -> dict[str, Any]:
    """The content of the data file; how good it is over folds is said.

    Args:
        papers: annotated, with their texts.
        say: told of each predicate at several thresholds, and of all.
    """
    nlp = sentence_pipeline()
    fitted = fit_relations(papers, nlp)
    scores = []
    for predicate, found in pairs(papers, nlp).items():
        decided, wanted = held_out(found), annotated(papers, predicate)
        threshold = fitted["thresholds"][predicate]
        scores.append(score(decided, threshold, wanted))
        say(f"{predicate:13} from {threshold:.2f}: {scores[-1]}")
        for sure in (0.4, 0.5, 0.6, 0.7):
            say(f"{'':13} from {sure:.2f}: {score(decided, sure, wanted)}")
    say(f"{'all':24} {total(scores)}")
    return fitted
