"""The table of senses: what company each sense of an ambiguous acronym keeps.

Few abstracts define an acronym, many name what it stands for. So how common a sense is is counted in the papers
that define the acronym, and the words around it are counted in all papers that name the sense in full
(monosemous relatives: Leacock, Chodorow and Miller, Using corpus statistics and WordNet relations for sense
identification, Computational Linguistics 1998), the name itself hidden. A word's weight is the log-odds of
naive Bayes with presence of words (Gale, Church and Yarowsky, A method for disambiguating word senses in a
large corpus, Computers and the Humanities 1992).
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.extract.acronyms import definitions
from kg.extract.pipeline import read_doc
from kg.extract.senses import Acronym, singular_acronym
from kg.extract.words import data, normal_form, word_list
from kg.read import read_sources
from kg.records import Paper


@dataclass(frozen=True, slots=True)
class Sense:
    """One listed sense of an acronym, all in normal form.

    Attributes:
        names: what it is called in full.
        akin: what papers name in its company, without meaning it.
    """

    names: tuple[str, ...]
    akin: tuple[str, ...]


Senses = Mapping[str, tuple[Sense, ...]]


@dataclass(frozen=True, slots=True)
class Text:
    """What is counted of one paper.

    Attributes:
        tokens: its words in normal form, in their order.
        named: names of senses that stand in it, with the places of their tokens.
        defined: acronyms that it defines, with their expansions in normal form.
    """

    tokens: tuple[str, ...]
    named: Mapping[str, tuple[tuple[int, int], ...]]
    defined: Mapping[str, str]

    def words(self, hidden: Iterable[str]) -> frozenset[str]:
        """Its words, each once, those left out that stand in a hidden name alone."""
        places = {i for name in hidden for start, end in self.named.get(name, ()) for i in range(start, end)}
        return frozenset(token for i, token in enumerate(self.tokens) if i not in places and _tells(token))


def listed_senses() -> Senses:
    """The acronyms and senses of ``data/senses.toml``."""
    listed: dict[str, list[str]] = data("senses")["senses"]
    return {acronym: tuple(map(_sense, senses)) for acronym, senses in sorted(listed.items())}


def _sense(written: str) -> Sense:
    names, _, akin = written.partition(" ~ ")
    return Sense(_normal_forms(names), _normal_forms(akin))


def _normal_forms(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(normal_form, written.split(" | ")))))


def read_texts(papers: Iterable[Paper], senses: Senses) -> list[Text]:
    """What the papers hold that matters to these senses."""
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_acronyms")
    names = {name for every in senses.values() for sense in every for name in (*sense.names, *sense.akin)}
    return [_text(nlp(read_doc(paper, nlp)), names) for paper in papers]


def _text(doc: Doc, names: set[str]) -> Text:
    tokens = tuple(word for token in doc for word in normal_form(token.text).split())
    named: dict[str, list[tuple[int, int]]] = {}
    longest = max((name.count(" ") + 1 for name in names), default=0)
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + longest, len(tokens)) + 1):
            name = " ".join(tokens[start:end])
            if name in names:
                named.setdefault(name, []).append((start, end))
    defined = {singular_acronym(short.text): normal_form(long.text) for short, long in definitions(doc)}
    return Text(tokens, {name: tuple(places) for name, places in named.items()}, defined)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted over papers: those that define each sense, those that name it, and the words of the latter."""

    defining: tuple[int, ...]
    naming: tuple[int, ...]
    words: tuple[Counter[str], ...]


def _count(senses: Sequence[Sense], acronym: str, texts: Iterable[Text]) -> Counts:
    defining, naming = [0] * len(senses), [0] * len(senses)
    words: list[Counter[str]] = [Counter() for _ in senses]
    for text in texts:
        for i, sense in enumerate(senses):
            defining[i] += text.defined.get(acronym) in sense.names
            if not text.named.keys().isdisjoint((*sense.names, *sense.akin)):
                naming[i] += 1
                words[i].update(text.words(sense.names))
    return Counts(tuple(defining), tuple(naming), tuple(words))


def _without(counts: Counts, senses: Sequence[Sense], acronym: str, text: Text) -> Counts:
    """The counts as they would be without one of the papers."""
    one = _count(senses, acronym, [text])
    return Counts(
        tuple(a - b for a, b in zip(counts.defining, one.defining, strict=True)),
        tuple(a - b for a, b in zip(counts.naming, one.naming, strict=True)),
        tuple(
            Counter({w: n - b[w] for w, n in a.items()}) if b else a
            for a, b in zip(counts.words, one.words, strict=True)
        ),
    )


def _background(texts: Iterable[Text]) -> tuple[int, Counter[str]]:
    """The number of papers, and of those that hold each word."""
    held: Counter[str] = Counter()
    papers = 0
    for text in texts:
        papers += 1
        held.update(text.words(()))
    return papers, held


def _weighed(
    name: str, senses: Sequence[Sense], counts: Counts, background: tuple[int, Counter[str]]
) -> Acronym:
    """What was learnt of an acronym; the acronym itself, which all its senses share, tells nothing."""
    rules, itself = data("senses")["learning"], normal_form(name)
    enough = [naming >= rules["least_papers"] for naming in counts.naming]
    total: Counter[str] = Counter()
    for words, wanted in zip(counts.words, enough, strict=True):
        total.update(words if wanted else ())
    candidates = sorted(
        word for word, held in total.items() if held >= rules["least_word_papers"] and word != itself
    )
    weights = {word: _log_odds(word, counts, enough, background) for word in candidates}
    kept: set[str] = set()
    for i, wanted in enumerate(enough):
        if wanted:
            ranked = sorted(candidates, key=_telling(i, counts, weights))
            kept.update(ranked[: rules["words_per_sense"]])
    return Acronym(
        tuple(sense.names for sense in senses),
        counts.defining,
        {word: weights[word] for word in sorted(kept)},
    )


def _log_odds(
    word: str, counts: Counts, enough: Sequence[bool], background: tuple[int, Counter[str]]
) -> tuple[float, ...]:
    """For each sense, how much likelier its papers hold a word than any papers; 0 for one with few papers."""
    added = data("senses")["learning"]["smoothing"]
    papers, held = background
    usual = (held[word] + added) / (papers + 2 * added)
    return tuple(
        round(math.log((words[word] + 2 * added * usual) / (naming + 2 * added) / usual), 2)
        if wanted
        else 0.0
        for words, naming, wanted in zip(counts.words, counts.naming, enough, strict=True)
    )


def _telling(
    sense: int, counts: Counts, weights: Mapping[str, tuple[float, ...]]
) -> Callable[[str], tuple[float, str]]:
    """Orders words: first those that tell a sense from its nearest rival in most of its papers."""

    def rank(word: str) -> tuple[float, str]:
        own = weights[word][sense]
        rival = max((w for i, w in enumerate(weights[word]) if i != sense), default=0.0)
        return (-(own - max(rival, 0.0)) * counts.words[sense][word], word)

    return rank


def _tells(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in word_list("stop")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen for one paper that defines an acronym, its definition hidden.

    Attributes:
        acronym: as printed.
        meant: the sense that the paper defines.
        chosen: the sense that won, or None where none did by the margin.
    """

    acronym: str
    meant: str
    chosen: str | None


def leave_one_out(senses: Senses, texts: Sequence[Text]) -> Iterator[Answer]:
    """Choose by words alone the sense of each paper that defines an acronym, learning from the others.

    The names of the sense are hidden wherever they stand in the paper; how common words are in all papers is
    counted with it. Acronyms that are defined in one sense only are left out: they tell nothing.
    """
    background = _background(texts)
    for acronym, every in senses.items():
        counts = _count(every, acronym, texts)
        if sum(count > 0 for count in counts.defining) < 2:
            continue
        for text in texts:
            meant = next((s.names for s in every if text.defined.get(acronym) in s.names), None)
            if meant is not None:
                held_out = _weighed(acronym, every, _without(counts, every, acronym, text), background)
                yield Answer(acronym, meant[0], _chosen(held_out, text.words(meant)))


def _chosen(acronym: Acronym, words: frozenset[str]) -> str | None:
    *scores, unlisted = acronym.scores(words)
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    rival = max([unlisted, *(score for i, score in enumerate(scores) if i != best)])
    return acronym.senses[best][0] if scores[best] - rival >= data("senses")["margin"] else None


def as_json(table: Mapping[str, Acronym]) -> str:
    """The data file: an acronym's senses and one word a line, sorted."""
    acronyms = [f"{json.dumps(name)}: {_entry(acronym)}" for name, acronym in sorted(table.items())]
    return "{\n" + ",\n".join(acronyms) + "\n}\n"


def _entry(acronym: Acronym) -> str:
    senses = [
        json.dumps({"names": names, "papers": papers})
        for names, papers in zip(acronym.senses, acronym.papers, strict=True)
    ]
    words = [f"{json.dumps(word)}: {json.dumps(weights)}" for word, weights in sorted(acronym.words.items())]
    return '{"senses": [\n' + ",\n".join(senses) + '],\n"words": {\n' + ",\n".join(words) + "}}"


def main(sources: Sequence[str]) -> None:
    """Read corpora, write ``data/senses.json`` and print how well it tells the senses."""
    senses = listed_senses()
    texts = read_texts(read_sources(sources).papers, senses)
    background = _background(texts)
    table = {
        acronym: _weighed(acronym, every, _count(every, acronym, texts), background)
        for acronym, every in senses.items()
    }
    target = Path(__file__).parents[1] / "extract" / "data" / "senses.json"
    target.write_text(as_json(table), encoding="utf-8")
    answers = list(leave_one_out(senses, texts))
    for line in report(answers):
        print(line)


def report(answers: Sequence[Answer]) -> Iterator[str]:
    """Lines that tell, for each acronym and over all, how many papers were told right, wrong and not at all."""
    for acronym in sorted({answer.acronym for answer in answers}):
        yield _line(acronym, [answer for answer in answers if answer.acronym == acronym])
    yield _line("all", answers)


def _line(name: str, answers: Sequence[Answer]) -> str:
    right = sum(answer.chosen == answer.meant for answer in answers)
    silent = sum(answer.chosen is None for answer in answers)
    return f"{name}: {len(answers)} papers, {right} right, {len(answers) - right - silent} wrong, {silent} unlinked"


if __name__ == "__main__":
    main(sys.argv[1:])
