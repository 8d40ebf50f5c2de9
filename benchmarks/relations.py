"""How well relations are read from annotated papers, beside two simple rules.

    python benchmarks/relations.py DEV.jsonl [EXPORTS]

DEV is as kg.train.relations describes it. Prints precision, recall and F1 over whole papers, by predicate:
(a) where the annotated concepts are given, (b) end to end, with the concepts that kg finds itself. With
EXPORTS, writes them also to EXPORTS/relations.json.

What is counted. A relation is annotated once a paper, whichever sentence states it; non-salient concepts
count like others. End to end, a concept that was found is an annotated one if the kinds agree and one of its
names (its own and its words as printed) equals one of the annotated names (label, surfaces, aliases) in normal
form. A relation is right if predicate, subject and object are annotated; the first that matches an annotated
relation counts, a second one is wrong, and so is one of whose concepts either was not annotated at all.

The rules it is compared with: "one sentence" tells of every method and concept of another name that a
sentence names together the predicate most frequent between their kinds (a method's with the methods named
after it); "usedFor" tells it of every method and topic in one sentence, and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.concepts import CONCEPTS
from kg.extract.pipeline import extract, pipeline
from kg.extract.relations import relations
from kg.extract.words import normal_form
from kg.records import Claim, Kind, Location, Mention, Paper, Predicate
from kg.train.relations import Gold, Score, lay_concepts, sentence_pipeline, total

# Most frequent between the kinds in the training annotations.
FREQUENT = {
    Kind.TOPIC: Predicate.USED_FOR,
    Kind.METHOD: Predicate.BASED_ON,
    Kind.DATASET: Predicate.EVALUATED_ON,
}
SURE = (0.0, 0.3, 0.4, 0.5, 0.6)

Told = tuple[Predicate, str, str]  # subject and object by handle, kind/name
Names = Mapping[str, set[str]]  # of concepts, by handle
Rule = Callable[[Doc], Iterable[Told]]


def main(path: str, exports: str | None) -> None:
    papers: list[Gold] = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    given, found = with_given(papers), end_to_end(papers, pipeline())
    for title, scores in (*given.items(), *found.items()):
        print(title)
        for predicate, score in (*scores.items(), ("all", total(scores.values()))):
            print(f"    {predicate:13} {score}   told {score.told} of {score.annotated}")
    if exports:
        figures = {
            title: {str(p): [s.precision, s.recall, s.f1] for p, s in scores.items()}
            for title, scores in (*given.items(), *found.items())
        }
        (Path(exports) / "relations.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def with_given(papers: Sequence[Gold]) -> dict[str, dict[Predicate, Score]]:
    """Scores where the annotated concepts lie on the Docs."""
    nlp = sentence_pipeline()
    docs = [lay_concepts(paper, nlp) for paper in papers]
    started = time.process_time()
    for doc in docs:
        list(relations(doc))
    print(f"{1000 * (time.process_time() - started) / len(docs):.2f} ms of processor a paper, concepts given")
    rules: dict[str, Rule] = {"kg": stated, "one sentence": together, "usedFor": used_for}
    return {
        f"concepts given, {name}": count(
            (paper, rule(doc), names_of(doc.spans[CONCEPTS])) for paper, doc in zip(papers, docs, strict=True)
        )
        for name, rule in rules.items()
    }


def end_to_end(papers: Sequence[Gold], nlp: Language) -> dict[str, dict[Predicate, Score]]:
    """Scores where kg finds the concepts, by the least confidence of a claim."""
    read = list(extract([record(paper) for paper in papers], nlp))
    found = [
        (gold, claims_of(e.claims), mentioned(e.mentions)) for gold, (_, e) in zip(papers, read, strict=True)
    ]
    scores = {
        f"end to end, kg from {sure}": count(
            (gold, [told for told, confidence in claims if confidence >= sure], names)
            for gold, claims, names in found
        )
        for sure in SURE
    }
    for name, pair in (("one sentence", FREQUENT), ("usedFor", {Kind.TOPIC: Predicate.USED_FOR})):
        scores[f"end to end, {name}"] = count(
            (gold, from_mentions(e.mentions, pair), names)
            for (gold, _, names), (_, e) in zip(found, read, strict=True)
        )
    return scores


def stated(doc: Doc) -> Iterator[Told]:
    """What kg reads."""
    for relation in relations(doc):
        yield relation.predicate, handle(relation.subject), handle(relation.object)


def together(doc: Doc) -> set[Told]:
    """The predicate that is most frequent between two concepts of one sentence."""
    return set(chain.from_iterable(in_sentence(spans_of(doc, s), FREQUENT) for s in doc.sents))


def used_for(doc: Doc) -> set[Told]:
    """A method and a topic of one sentence."""
    frequent = {Kind.TOPIC: Predicate.USED_FOR}
    return set(chain.from_iterable(in_sentence(spans_of(doc, s), frequent) for s in doc.sents))


def spans_of(doc: Doc, sentence: Span) -> list[str]:
    return [handle(span) for span in doc.spans[CONCEPTS] if sentence.start <= span.start < sentence.end]


def from_mentions(mentions: Iterable[Mention], frequent: Mapping[Kind, Predicate]) -> set[Told]:
    """The same over mentions, sentence by sentence."""
    sentences = defaultdict(list)
    for mention in mentions:
        sentences[mention.sentence].append(f"{mention.kind}/{mention.name}")
    return set(chain.from_iterable(in_sentence(handles, frequent) for handles in sentences.values()))


def in_sentence(handles: Sequence[str], frequent: Mapping[Kind, Predicate]) -> Iterator[Told]:
    for i, subject in enumerate(handles):
        for j, target in enumerate(handles):
            kind = Kind(target.split("/")[0])
            apart = subject != target and subject.startswith("method/")
            if apart and kind in frequent and (kind != Kind.METHOD or i < j):
                yield frequent[kind], subject, target


def handle(span: Span) -> str:
    return f"{span.label_}/{span._.kg_name}"


def names_of(spans: Iterable[Span]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for span in spans:
        names[handle(span)] |= {normal_form(span.text), normal_form(span._.kg_name)}
    return names


def mentioned(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        names[f"{mention.kind}/{mention.name}"] |= {normal_form(mention.exact), normal_form(mention.name)}
    return names


def claims_of(claims: Iterable[Claim]) -> list[tuple[Told, float]]:
    return [((claim.predicate, claim.subject, claim.object), claim.confidence) for claim in claims]


def record(paper: Gold) -> Paper:
    return Paper(
        paper["id"], paper["title"], (), paper["abstract"], None, None, None, None, Location("gold", 1)
    )


def count(papers: Iterable[tuple[Gold, Iterable[Told], Names]]) -> dict[Predicate, Score]:
    """Relations right, told and annotated, by predicate."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    annotated: Counter[str] = Counter()
    for paper, told, names in papers:
        wanted = {(p, s, o) for p, s, o in paper["relations"]}
        annotated.update(p for p, _, _ in wanted)
        labels = {known: annotated_as(paper, known, its) for known, its in names.items()}
        for predicate, subject, target in sorted(told):
            said[predicate] += 1
            hits = {(predicate, s, o) for s in labels[subject] for o in labels[target]} & wanted
            if hits:
                right[predicate] += 1
                wanted.remove(min(hits))
    return {p: Score(right[p], said[p], annotated[p]) for p in Predicate}


def annotated_as(paper: Gold, known: str, names: set[str]) -> set[str]:
    """The labels of the annotated concepts that a found one is."""
    return {
        concept["label"]
        for concept in paper["concepts"]
        if concept["type"] == known.split("/")[0]
        and names & {normal_form(n) for n in (concept["label"], *concept["surfaces"], *concept["aliases"])}
    }


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else None)
