"""Fit the extraction's tables to annotated abstracts: the kinds of heads, and the weights of confidence.

    python benchmarks/fit_extraction.py GOLD.jsonl

GOLD holds one JSON object a line: id, title, abstract, concepts (type, label, surfaces, aliases, salient).
Writes kg/extract/data/heads.toml and confidence.json; no text of the abstracts goes into them. The threshold
is the one with the best F1 over five folds, each fitted without the papers it is judged on. Prints that F1.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse
from spacy.language import Language

from kg.extract.concepts import described, select
from kg.extract.features import Features, Group
from kg.extract.pipeline import pipeline
from kg.extract.words import data, normal_form
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary

DATA = Path(__file__).resolve().parents[1] / "kg" / "extract" / "data"
FOLDS = 5
PENALTY = 2.0
LEAST_PAPERS = 3
FLOOR = 0.1

Gold = dict[str, Any]
Row = tuple[Group, Features, int]  # 1 right, 0 wrong, -1 neither (passing background)


def main(path: str) -> None:
    gold = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    write_heads(gold)
    data.cache_clear()
    labels = {c.key: (c.pref_label, *c.alt_labels) for c in read_vocabulary((shipped_vocabulary(),)).concepts}
    nlp = pipeline()
    nlp.remove_pipe("kg_concepts")
    papers = [(paper, rows(paper, nlp, labels)) for paper in gold]
    threshold, quality = choose_threshold(papers)
    weights = fit([row for _, found in papers for row in found])
    model = {"floor": FLOOR, "threshold": threshold, "weights": weights}
    text = json.dumps(model, ensure_ascii=False, indent=0, sort_keys=True)
    (DATA / "confidence.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(gold)} papers, {len(weights)} weights, threshold {threshold}, F1 over folds {quality:.3f}")


def write_heads(gold: Iterable[Gold]) -> None:
    """The kind that the last word of a label tells, where at least three labels agree by three quarters."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    labels = {(c["type"], normal_form(name)) for p in gold for c in p["concepts"] for name in [c["label"]]}
    for kind, label in labels:
        if " " in label:
            kinds[label.split()[-1]][kind] += 1
    lines = ["# The kind that the last word of a phrase tells; counted by benchmarks/fit_extraction.py."]
    for head, counts in sorted(kinds.items()):
        kind, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        if count >= 3 and count >= 0.75 * counts.total():
            lines.append(f"{json.dumps(head, ensure_ascii=False)} = {json.dumps(kind)}")
    (DATA / "heads.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows(paper: Gold, nlp: Language, labels: dict[str, tuple[str, ...]]) -> list[Row]:
    """The candidates of one paper, each with its features and whether the annotator has it."""
    doc = nlp.make_doc(paper["title"] + "\n\n" + paper["abstract"])
    doc._.kg_title_end = len(paper["title"])
    for _, component in nlp.pipeline:
        doc = component(doc)
    answers = [(names(c), c) for c in paper["concepts"]]
    return [(group, values, verdict(group, answers, labels)) for group, values in described(doc)]


def names(concept: dict[str, Any]) -> set[str]:
    return {normal_form(n) for n in [concept["label"], *concept["surfaces"], *concept["aliases"]]}


def verdict(group: Group, answers: Sequence[tuple[set[str], Gold]], labels: dict[str, tuple[str, ...]]) -> int:
    mine = {group.name, *(normal_form(s.text) for s in group.spans)}
    mine |= {normal_form(label) for label in labels.get(group.concept, ())[:1]}
    hits = [concept for known, concept in answers if known & mine and concept["type"] == group.kind]
    if any(concept["salient"] for concept in hits):
        return 1
    return -1 if hits else 0


def fit(found: Sequence[Row]) -> dict[str, float]:
    """Weights by feature name, by logistic regression with a quadratic penalty."""
    used = [(values, answer) for _, values, answer in found if answer >= 0]
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


def choose_threshold(papers: Sequence[tuple[Gold, list[Row]]]) -> tuple[float, float]:
    """The confidence with the best F1 over folds, and that F1."""
    decided: list[tuple[float, int]] = []
    wanted = sum(c["salient"] for paper, _ in papers for c in paper["concepts"])
    for fold in range(FOLDS):
        weights = fit([row for i, (_, found) in enumerate(papers) if i % FOLDS != fold for row in found])
        for i, (_, found) in enumerate(papers):
            if i % FOLDS == fold:
                decided.extend(judge(found, weights))
    scores = {}
    for threshold in np.arange(0.2, 0.7, 0.01):
        kept = [answer for sure, answer in decided if sure >= threshold and answer >= 0]
        scores[round(float(threshold), 2)] = 2 * sum(kept) / (len(kept) + wanted)
    best = max(scores, key=lambda threshold: (scores[threshold], threshold))
    return best, scores[best]


def judge(found: Sequence[Row], weights: dict[str, float]) -> list[tuple[float, int]]:
    """Confidence and verdict of the groups that selection leaves."""
    answers = {id(group): answer for group, _, answer in found}

    def sure(values: Features) -> float:
        z = sum(weights.get(name, 0.0) * value for name, value in values.items())
        return float(1 / (1 + np.exp(-z)))

    chosen = select((group, sure(values)) for group, values, _ in found)
    return [(confidence, answers[id(group)]) for group, confidence, _ in chosen]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
