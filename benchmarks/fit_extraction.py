"""Fit the extraction's tables to annotated abstracts: kinds of heads, weights of confidence and of roles.

    python benchmarks/fit_extraction.py GOLD.jsonl

GOLD holds one JSON object a line: id, title, abstract, concepts (type, label, surfaces, aliases, salient).
Writes kg/extract/data/heads.toml, confidence.json and roles.json; no text of the abstracts goes into them.
The threshold is the one with the best F1 over five folds, each fitted without the papers it is judged on.
Prints that F1.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse
from spacy.language import Language

from kg.extract.concepts import Reading, select, weighed
from kg.extract.logistic import Features, probability
from kg.extract.pipeline import pipeline
from kg.extract.roles import role_features
from kg.extract.words import data, normal_form
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary

DATA = Path(__file__).resolve().parents[1] / "kg" / "extract" / "data"
FOLDS = 5
PENALTY = 2.0
LEAST_PAPERS = 3
FLOOR = 0.1
ROLE_NAMES = {"introduces": "introduces", "uses": "uses", "compares": "comparesWith", "studies": "studies"}
ROLES = tuple(ROLE_NAMES.values())

TARGET_PRECISION = 0.80  # of introductions, over folds; leaves room for other venues

Gold = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A group of candidates in an annotated abstract.

    Attributes:
        reading: the group and its features.
        verdict: 1 where the annotator indexes the paper under it, 0 where not, -1 where it is passing background.
        role: what the annotator says that the paper does with it, or empty.
    """

    reading: Reading
    verdict: int
    role: str


def main(path: str) -> None:
    gold = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    write_heads(gold)
    data.cache_clear()
    labels = {c.key: (c.pref_label, *c.alt_labels) for c in read_vocabulary((shipped_vocabulary(),)).concepts}
    nlp = pipeline()
    nlp.remove_pipe("kg_concepts")
    papers = [rows(paper, nlp, labels) for paper in gold]
    wanted = sum(concept["salient"] for paper in gold for concept in paper["concepts"])
    threshold, quality = choose_threshold(papers, wanted)
    weights = fit(
        [(row.reading.features, row.verdict) for found in papers for row in found if row.verdict >= 0]
    )
    write_model("confidence", {"floor": FLOOR, "threshold": threshold, "weights": weights})
    print(f"{len(gold)} papers, {len(weights)} weights, threshold {threshold}, F1 over folds {quality:.3f}")
    introduces, precision, recall = choose_introduction(papers)
    write_model(
        "roles", {"threshold": introduces, "weights": {role: fit(role_rows(papers, role)) for role in ROLES}}
    )
    print(f"introduces: threshold {introduces}, over folds precision {precision:.3f}, recall {recall:.3f}")


def write_model(name: str, model: dict[str, Any]) -> None:
    text = json.dumps(model, ensure_ascii=False, indent=0, sort_keys=True)
    (DATA / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def write_heads(gold: Iterable[Gold]) -> None:
    """The kind that the last word of a label tells, where at least three labels agree by three quarters."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    labels = {(c["type"], normal_form(name)) for p in gold for c in p["concepts"] for name in [c["label"]]}
    for kind, label in sorted(labels):
        if " " in label:
            kinds[label.split()[-1]][kind] += 1
    lines = ["# The kind that the last word of a phrase tells; counted by benchmarks/fit_extraction.py."]
    for head, counts in sorted(kinds.items()):
        kind, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        if count >= 3 and count >= 0.75 * counts.total():
            lines.append(f"{json.dumps(head, ensure_ascii=False)} = {json.dumps(kind)}")
    (DATA / "heads.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows(paper: Gold, nlp: Language, labels: dict[str, tuple[str, ...]]) -> list[Row]:
    """The candidates of one paper, each with its features and what the annotator says of it."""
    doc = nlp.make_doc(paper["title"] + "\n\n" + paper["abstract"])
    doc._.kg_title_end = len(paper["title"])
    for _, component in nlp.pipeline:
        doc = component(doc)
    answers = [(names(concept), concept) for concept in paper["concepts"]]
    return [judged(reading, answers, labels) for reading in weighed(doc)]


def names(concept: dict[str, Any]) -> set[str]:
    return {normal_form(n) for n in [concept["label"], *concept["surfaces"], *concept["aliases"]]}


def judged(
    reading: Reading, answers: Sequence[tuple[set[str], Gold]], labels: dict[str, tuple[str, ...]]
) -> Row:
    group = reading.group
    mine = {group.name, *(normal_form(s.text) for s in group.spans)}
    mine |= {normal_form(label) for label in labels.get(group.concept, ())[:1]}
    hits = [concept for known, concept in answers if known & mine and concept["type"] == group.kind]
    salient = [concept for concept in hits if concept["salient"]]
    role = ROLE_NAMES.get(salient[0]["role"], "") if salient else ""
    return Row(reading, 1 if salient else -1 if hits else 0, role)


def role_rows(papers: Iterable[list[Row]], role: str) -> list[tuple[Features, int]]:
    """Features and whether this role is annotated, for methods and data sets.

    Groups that are no concept teach what is not introduced; of the other roles they say nothing.
    """
    return [
        (role_features(row.reading.features), int(row.role == role))
        for found in papers
        for row in found
        if row.reading.group.kind in ("method", "dataset")
        and (row.role or (role == "introduces" and row.verdict == 0))
    ]


def fit(used: Sequence[tuple[Features, int]]) -> dict[str, float]:
    """Weights by feature name, by logistic regression with a quadratic penalty."""
    counts = Counter(name for values, _ in used for name, value in values.items() if value)
    columns = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST_PAPERS))}
    entries = [
        (row, columns[name], value)
        for row, (values, _) in enumerate(used)
        for name, value in values.items()
        if name in columns
    ]
    at, of, values_ = zip(*entries, strict=True)
    matrix = scipy.sparse.csr_matrix((values_, (at, of)), shape=(len(used), len(columns)))
    target = np.array([answer for _, answer in used], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        value = float(np.sum(np.logaddexp(0, z) - target * z) + 0.5 * PENALTY * w @ w)
        return value, matrix.T @ (1 / (1 + np.exp(-z)) - target) + PENALTY * w

    best = scipy.optimize.minimize(
        loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    rounded = {name: round(float(best.x[i]), 3) for name, i in columns.items()}
    return {name: weight for name, weight in rounded.items() if abs(weight) >= 0.005}


def folds(papers: Sequence[list[Row]]) -> Iterator[tuple[list[list[Row]], list[list[Row]]]]:
    """Papers to fit on and papers to judge, five times."""
    for fold in range(FOLDS):
        rest = [found for i, found in enumerate(papers) if i % FOLDS != fold]
        yield rest, [found for i, found in enumerate(papers) if i % FOLDS == fold]


def choose_threshold(papers: Sequence[list[Row]], wanted: int) -> tuple[float, float]:
    """The confidence with the best F1 over folds, and that F1."""
    decided: list[tuple[float, int]] = []
    for rest, held_out in folds(papers):
        weights = fit(
            [(row.reading.features, row.verdict) for found in rest for row in found if row.verdict >= 0]
        )
        for found in held_out:
            decided.extend(judge(found, weights))
    scores = {}
    for threshold in np.arange(0.2, 0.7, 0.01):
        kept = [answer for sure, answer in decided if sure >= threshold and answer >= 0]
        scores[round(float(threshold), 2)] = 2 * sum(kept) / (len(kept) + wanted)
    best = max(scores, key=lambda threshold: (scores[threshold], threshold))
    return best, scores[best]


def judge(found: Sequence[Row], weights: dict[str, float]) -> list[tuple[float, int]]:
    """Confidence and verdict of the groups that selection leaves."""
    verdicts = {id(row.reading.group): row.verdict for row in found}
    weighed_anew = (
        replace(row.reading, confidence=probability(weights, row.reading.features)) for row in found
    )
    return [(reading.confidence, verdicts[id(reading.group)]) for reading, _ in select(weighed_anew)]


def choose_introduction(papers: Sequence[list[Row]]) -> tuple[float, float, float]:
    """The lowest probability from which introductions are right often enough, over folds; precision, recall.

    Only groups that the annotator has, or that are sure enough to be asserted, are counted.
    """
    decided: list[tuple[float, int]] = []
    for rest, held_out in folds(papers):
        weights = fit(role_rows(rest, "introduces"))
        for values, answer in role_rows(held_out, "introduces"):
            decided.append((probability(weights, values), answer))
    annotated = sum(answer for _, answer in decided)
    for threshold in np.arange(0.3, 0.95, 0.01):
        kept = [answer for sure, answer in decided if sure >= threshold]
        if kept and sum(kept) / len(kept) >= TARGET_PRECISION:
            break
    return round(float(threshold), 2), sum(kept) / len(kept), sum(kept) / annotated


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
