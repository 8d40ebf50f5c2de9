"""Which of its senses an ambiguous name has in a paper.

A sense is supported by the words around it (naive Bayes over the words of the whole paper, all places of a
name in one paper being taken for one sense: Gale, Church and Yarowsky, One sense per discourse, 1992) and by
the concepts that stand in the same paper. It wins by a margin or not at all.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.extract.words import data, normal_form
from kg.records import Concept


@dataclass(frozen=True, slots=True)
class Acronym:
    """What was learnt of an acronym with several senses.

    Attributes:
        senses: each sense's names in normal form.
        papers: how many papers define the acronym in each sense.
        words: by word, the log-odds of a paper that holds it to speak of each sense rather than of anything.
    """

    senses: tuple[tuple[str, ...], ...]
    papers: tuple[int, ...]
    words: Mapping[str, tuple[float, ...]]

    def priors(self) -> tuple[float, ...]:
        """The log-probability of each sense before the paper is read; the last is that of any other sense."""
        added = data("senses")["learning"]["prior_smoothing"]
        total = sum(self.papers) + added * (len(self.papers) + 1)
        return tuple(math.log((count + added) / total) for count in (*self.papers, 0))

    def scores(self, words: Iterable[str]) -> tuple[float, ...]:
        """The log-odds of each sense by its prior and the words of a paper; the last is any other sense.

        Args:
            words: the paper's words in normal form, each once.
        """
        found = [self.words[word] for word in words if word in self.words]
        trust, most = data("senses")["words"], data("senses")["most_from_words"]
        sums = [
            max(-most, min(most, trust * math.fsum(weights[i] for weights in found)))
            for i in range(len(self.papers))
        ]
        return tuple(prior + more for prior, more in zip(self.priors(), (*sums, 0.0), strict=True))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one paper holds that may tell a sense.

    Attributes:
        words: its words in normal form.
        text: its words in normal form in their order, a space before, between and after them.
        standing: keys of the concepts that stand in it by names with one sense.
        defined: the expansion that the paper gives to each acronym, both in normal form.
    """

    words: Collection[str]
    text: str
    standing: Collection[str]
    defined: Mapping[str, str]


@cache
def learnt() -> Mapping[str, Acronym]:
    """What ``data/senses.json`` knows, by acronym as printed in the singular."""
    text = files("kg.extract").joinpath("data", "senses.json").read_text(encoding="utf-8")
    return {name: _acronym(entry) for name, entry in json.loads(text).items()}


def _acronym(entry: Mapping[str, Any]) -> Acronym:
    return Acronym(
        senses=tuple(tuple(sense["names"]) for sense in entry["senses"]),
        papers=tuple(sense["papers"] for sense in entry["senses"]),
        words={word: tuple(weights) for word, weights in entry["words"].items()},
    )


def singular_acronym(printed: str) -> str:
    """An acronym without the s of its plural.

    Example:
        >>> [singular_acronym(printed) for printed in ("GANs", "GAN", "DPs", "pass")]
        ['GAN', 'GAN', 'DP', 'pass']
    """
    return printed[:-1] if printed.endswith("s") and printed[:-1].isupper() else printed


class SenseChooser:
    """Chooses among the concepts that share a name.

    Example:
        >>> from kg.records import Concept, Kind
        >>> minimization = Concept("sam", Kind.METHOD, "sharpness-aware minimization", guard=("flat minima",))
        >>> chooser = SenseChooser([minimization])
        >>> text = " sam find flat minima "
        >>> chooser.choose("SAM", ["method/sam"], Evidence(set(text.split()), text, set(), {}))
        'method/sam'
        >>> chooser.choose("SAM", ["method/sam"], Evidence({"uncle", "sam"}, " uncle sam ", set(), {})) is None
        True
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        """Prepare the names, guard words and relatives of each concept."""
        self._names = {c.key: {normal_form(n) for n in (c.pref_label, *c.alt_labels)} for c in concepts}
        self._guards = {c.key: tuple(map(normal_form, c.guard)) for c in concepts}
        self._relatives: dict[str, set[str]] = defaultdict(set)
        for concept in concepts:
            for broader in (f"{concept.kind}/{identifier}" for identifier in concept.broader):
                self._relatives[concept.key].add(broader)
                self._relatives[broader].add(concept.key)

    def choose(self, name: str, keys: Collection[str], evidence: Evidence) -> str | None:
        """The concept that a name stands for, or None where the paper does not tell.

        A sense that the paper defines counts alone. What the paper's definition makes of an acronym that no
        concept here is called by is not decided here: the first key is given, for its place in the text.

        Args:
            name: as the vocabulary prints it.
            keys: the concepts that have the name.
            evidence: what the paper holds.
        """
        expansion = evidence.defined.get(normal_form(name))
        if expansion is not None:
            return min(keys, key=lambda key: (expansion not in self._names[key], key))
        scores, others = self._scores(name, keys, evidence)
        best = min(scores, key=lambda key: (-scores[key], key))
        rivals = [*others, *(score for key, score in scores.items() if key != best)]
        return best if scores[best] - max(rivals) >= data("senses")["margin"] else None

    def _scores(
        self, name: str, keys: Iterable[str], evidence: Evidence
    ) -> tuple[dict[str, float], list[float]]:
        """The score of each concept, and those of the senses that are none of them."""
        acronym = learnt().get(name)
        if acronym is None:
            return {key: self._support(key, evidence) for key in keys}, [0.0]
        *senses, unlisted = acronym.scores(evidence.words)
        scores: dict[str, float] = {}
        taken: set[int] = set()
        for key in keys:
            own = [i for i, names in enumerate(acronym.senses) if not self._names[key].isdisjoint(names)]
            taken.update(own)
            learned = max((senses[i] for i in own), default=unlisted)
            scores[key] = learned + self._support(key, evidence)
        others = [
            score + self._named(acronym.senses[i], evidence)
            for i, score in enumerate(senses)
            if i not in taken
        ]
        return scores, [*others, unlisted]

    def _support(self, key: str, evidence: Evidence) -> float:
        """What the paper's other concepts and the guard words add to a concept."""
        weights = data("senses")
        relatives = len(self._relatives[key] & set(evidence.standing)) if key in self._relatives else 0
        guarded = any(f" {word} " in evidence.text for word in self._guards.get(key, ()))
        return float(
            weights["another_name"] * (key in evidence.standing)
            + weights["relative"] * min(relatives, weights["most_relatives"])
            + weights["guard"] * guarded
        )

    def _named(self, names: Iterable[str], evidence: Evidence) -> float:
        """What it adds to a sense outside the vocabulary that the paper names it."""
        return float(data("senses")["another_name"]) * any(f" {name} " in evidence.text for name in names)
