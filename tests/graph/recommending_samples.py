"""Small corpora of which everything that recommendation needs is told."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TypeVar

from kg.records import Assertion, Concept, Kind, Knowledge, Location, Paper, Role
from tests.graph.samples import known

_Record = TypeVar("_Record")

_ROLES = {"topic": Role.HAS_TOPIC, "method": Role.USES, "dataset": Role.USES, "metric": Role.EVALUATES_WITH}


def written(
    identifier: str, authors: str, about: str = "", year: int | None = 2021, venue: str | None = "iclr"
) -> tuple[Paper, tuple[Assertion, ...]]:
    """A paper and what it is about; authors and keys of concepts are given in one string each."""
    here = Location("papers.md", 1)
    paper = Paper(identifier, "", tuple(authors.split()), "", year, venue, None, None, here)
    told = (Assertion(identifier, key, _ROLES[key.split("/")[0]], 0.9) for key in about.split())
    return paper, tuple(told)


def corpus(*papers: tuple[Paper, tuple[Assertion, ...]]) -> Knowledge:
    """All that is known of papers, with the concepts that they are about."""
    assertions = tuple(sorted((a for _, told in papers for a in told), key=lambda a: (a.paper, a.concept)))
    keys = sorted({a.concept for a in assertions})
    concepts = tuple(Concept(key.split("/")[1], Kind(key.split("/")[0]), key.split("/")[1]) for key in keys)
    return replace(known([paper for paper, _ in papers]), assertions=assertions, concepts=concepts)


def shuffled(knowledge: Knowledge, seed: int) -> Knowledge:
    """The same knowledge, its records in another order."""
    generator = random.Random(seed)

    def mixed(records: tuple[_Record, ...]) -> tuple[_Record, ...]:
        return tuple(generator.sample(records, len(records)))

    return replace(
        knowledge,
        papers=mixed(knowledge.papers),
        concepts=mixed(knowledge.concepts),
        assertions=mixed(knowledge.assertions),
        authors=mixed(knowledge.authors),
        authorships=mixed(knowledge.authorships),
    )


def growing(seed: int = 1) -> Knowledge:
    """A made-up field over two years in which groups with a topic each meet: near, less near, and far."""
    generator = random.Random(seed)
    papers = []
    for number, (year, venue) in enumerate([(2021, "icml"), (2021, "nips"), (2022, "icml")]):
        for group in range(12):
            for paper in range(6):
                team = {f"p{group}-{generator.randrange(14)}" for _ in range(3)}
                if generator.random() < 0.3:
                    team.add(f"p{(group + 1) % 12}-{generator.randrange(14)}")
                identifier = f"{venue}-{year}-{number}-{group}-{paper}"
                about = f"topic/t{group} method/m{generator.randrange(4)}"
                papers.append(written(identifier, " ".join(sorted(team)), about, year, venue))
    return corpus(*papers)
