"""Whom to work with, and who could review a text, asked of the files of a build; each with the reasons in names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from kg.extract.judges import EXTRACTORS
from kg.extract.pipeline import extract, pipeline
from kg.graph.recommendation import collaborators, expertise, network, reviewers
from kg.query.people import author_called, ids_called, names
from kg.query.store import QueryError
from kg.query.tables import folder_of, read_knowledge
from kg.read.source import ReadError, Source
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.records import Knowledge, Location, Paper, Role
from kg.resolve.concepts import resolve_concepts


@dataclass(frozen=True, slots=True)
class Named:
    """An id, or the key of a concept, with its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A paper on the way to somebody, and whom it leads to."""

    paper: str
    title: str
    year: int | None
    person: Named


@dataclass(frozen=True, slots=True)
class Collaborator:
    """Somebody to work with.

    Attributes:
        person: who.
        score: the probability, as learnt, that the two write together next.
        distance: edges between the two in the co-authorship graph; None for more than 3 or no way.
        common_collaborators: people who wrote with both.
        shared_topics: topics that both work on.
        brought: methods that the candidate uses, that the topics call for and that the person does not use.
        offered: the same the other way.
        path: the shortest way of joint papers; empty where there is none.
    """

    person: Named
    score: float
    distance: int | None
    common_collaborators: tuple[Named, ...]
    shared_topics: tuple[Named, ...]
    brought: tuple[Named, ...]
    offered: tuple[Named, ...]
    path: tuple[Wrote, ...]


@dataclass(frozen=True, slots=True)
class Collaborators:
    """Whom somebody might work with, the likeliest first."""

    person: Named
    collaborators: tuple[Collaborator, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper that shows that somebody knows what a text is about.

    Attributes:
        paper: its id.
        title: its title.
        year: its year, or None where it is unknown.
        score: its likeness to the text with its age, 0 to 1.
        concepts: what it shares with the text.
    """

    paper: str
    title: str
    year: int | None
    score: float
    concepts: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who could review a text: who, how surely, on what, and what papers show it."""

    person: Named
    score: float
    concepts: tuple[Named, ...]
    papers: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Who could review a text.

    Attributes:
        concepts: what the text is about, as the extractor reads it, the surest first.
        unknown: those of them that no paper of the build is about.
        authors: the authors of the text who are in the build; they and their co-authors are left out.
        strangers: names of authors who are not.
        reviewers: the most expert first.
    """

    concepts: tuple[Named, ...]
    unknown: tuple[Named, ...]
    authors: tuple[Named, ...]
    strangers: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]


def recommend(graph: Path, name: str, top: int) -> Collaborators:
    """People that somebody might work with.

    Args:
        graph: the folder of a build, or its ``graph.ttl``.
        name: the person's name, id or IRI.
        top: how many are wanted, at most.

    Raises:
        QueryError: where the build cannot be read, or the name means nobody or several people.
    """
    knowledge = read_knowledge(folder_of(graph))
    person = author_called(names(knowledge), name)
    call = _Names(knowledge)
    found = collaborators(network(knowledge), person, top)
    return Collaborators(
        call.person(person),
        tuple(
            Collaborator(
                call.person(one.person),
                one.score,
                one.distance,
                tuple(map(call.person, one.explanation.common_collaborators)),
                call.concepts(one.explanation.shared_topics),
                call.concepts(one.explanation.brought),
                call.concepts(one.explanation.offered),
                tuple(
                    Wrote(
                        step.paper,
                        call.papers[step.paper].title,
                        call.papers[step.paper].year,
                        call.person(step.person),
                    )
                    for step in one.explanation.path
                ),
            )
            for one in found
        ),
    )


def review(
    graph: Path, source: Source, authors: Sequence[str], top: int, vocabularies: Sequence[Path] = ()
) -> Review:
    """People who could review a text.

    The text is read by the extractor of the build; what it only compares with does not count.

    Args:
        graph: the folder of a build, or its ``graph.ttl``.
        source: title and abstract; the first line is the title where more follows.
        authors: names of its authors.
        top: how many are wanted, at most.
        vocabularies: Turtle files of concepts besides the shipped ones; those that the build was given.

    Raises:
        QueryError: where the build cannot be read.
        ReadError: where nothing is found in the text.
    """
    folder = folder_of(graph)
    knowledge = read_knowledge(folder)
    known_names = names(knowledge)
    found = {name: ids_called(known_names, name) for name in authors}
    call = _Names(knowledge)
    about, labels = _about(source, *_settings(folder), (shipped_vocabulary(), *vocabularies))
    if not about:
        raise ReadError(
            f"{source.path}: no topic, method or data set found in it; give a title and an abstract"
        )
    known = {assertion.concept for assertion in knowledge.assertions}
    ids = sorted({i for every in found.values() for i in every})
    keys = sorted(about, key=lambda key: (-about[key], key))
    named = {key: Named(key, labels[key]) for key in keys}
    return Review(
        concepts=tuple(named.values()),
        unknown=tuple(named[key] for key in keys if key not in known),
        authors=tuple(map(call.person, ids)),
        strangers=tuple(name for name, every in found.items() if not every),
        reviewers=tuple(
            Reviewer(
                call.person(one.person),
                one.score,
                call.concepts(one.concepts),
                tuple(
                    Shown(
                        paper.paper,
                        call.papers[paper.paper].title,
                        call.papers[paper.paper].year,
                        paper.score,
                        call.concepts(paper.concepts),
                    )
                    for paper in one.papers
                ),
            )
            for one in reviewers(expertise(knowledge), about, ids, limit=top)
        ),
    )


class _Names:
    """What ids and keys are called in a build."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.papers = {paper.id: paper for paper in knowledge.papers}
        self._people = {author.id: author.name for author in knowledge.authors}
        self._concepts = {concept.key: concept.pref_label for concept in knowledge.concepts}

    def person(self, identifier: str) -> Named:
        return Named(identifier, self._people[identifier])

    def concepts(self, keys: Sequence[str]) -> tuple[Named, ...]:
        return tuple(Named(key, self._concepts.get(key, key)) for key in keys)


def _settings(folder: Path) -> tuple[str, float]:
    """The extractor of a build, and the confidence from which its readings are edges."""
    file = folder / "report.json"
    try:
        run = orjson.loads(file.read_bytes())["run"]
        extractor, least = str(run["extractor"]).partition("-")[0], float(run["minimum_confidence"])
    except OSError as error:
        raise QueryError(f"{file}: {error.strerror or error}; run: kg build SOURCE -o {folder}") from None
    except (ValueError, KeyError, TypeError):
        raise QueryError(f"{file}: does not tell the extractor; run: kg build SOURCE -o {folder}") from None
    if extractor not in EXTRACTORS:
        raise QueryError(f"{file}: tells of an unknown extractor; run: kg build SOURCE -o {folder}")
    return extractor, least


def _about(
    source: Source, extractor: str, least: float, vocabularies: tuple[Path, ...]
) -> tuple[Mapping[str, float], Mapping[str, str]]:
    """What a text is about: how surely by key, and the labels of the keys."""
    text = source.text.strip()
    title, _, abstract = text.partition("\n")
    paper = Paper(
        "text", title.strip(), (), abstract.strip(), None, None, None, None, Location(source.path, 1)
    )
    nlp = pipeline(vocabularies, extractor)
    extractions = [extraction for _, extraction in extract([paper], nlp)]
    resolved = resolve_concepts(extractions, read_vocabulary(vocabularies).concepts)
    about = {
        assertion.concept: assertion.confidence
        for assertion in resolved.assertions
        if assertion.confidence >= least and assertion.role is not Role.COMPARES_WITH
    }
    return about, {concept.key: concept.pref_label for concept in resolved.concepts}
