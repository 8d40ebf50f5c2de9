"""The kinds that last words tell: "network" is the head of methods, "recognition" of topics."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.evaluate.gold import GoldPaper
from kg.extract.words import normal_form
from kg.records import Kind
from kg.train.recipe import recipe


def heads(papers: Iterable[GoldPaper]) -> dict[str, Kind]:
    """The kind of each last word on which enough annotated labels agree.

    Args:
        papers: annotated papers; a label that several of them have counts once, one of a single word not at all.

    Returns:
        Kinds by last word in its normal form, in the order of the words.
    """
    told = {}
    for head, counts in sorted(_counts(papers).items()):
        kind, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        if count >= recipe("heads")["labels"] and count >= recipe("heads")["share"] * counts.total():
            told[head] = kind
    return told


def _counts(papers: Iterable[GoldPaper]) -> dict[str, Counter[Kind]]:
    """How many labels of each kind end in each word."""
    kinds: dict[str, Counter[Kind]] = defaultdict(Counter)
    labels = {(concept.kind, normal_form(concept.label)) for paper in papers for concept in paper.concepts}
    for kind, label in sorted(labels):
        if " " in label:
            kinds[label.split()[-1]][kind] += 1
    return kinds


def heads_file(told: dict[str, Kind]) -> str:
    """The table as the extraction reads it, in TOML.

    Example:
        >>> print(heads_file({"network": Kind.METHOD}).splitlines()[-1])
        "network" = "method"
    """
    lines = ["# The kind that the last word of a phrase tells; counted by kg train."]
    lines += [f"{json.dumps(head, ensure_ascii=False)} = {json.dumps(kind)}" for head, kind in told.items()]
    return "\n".join(lines) + "\n"
