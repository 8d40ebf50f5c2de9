"""A build in a few lines that teach something: who, on what, with what, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from kg.build import Build
from kg.records import Kind, Role, Severity
from kg.write.report import identity

_PLURALS = {"topic": "topics", "method": "methods", "dataset": "data sets", "metric": "metrics"}
_SHOWN_NOTICES = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A community, told: its name, how many people and papers, its most connected members."""

    label: str
    people: int
    papers: int
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """A method, told: its name and how many papers introduce it or use it."""

    label: str
    introduced: int
    used: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build found.

    Attributes:
        papers: how many papers.
        authors: how many people.
        concepts: how many concepts by kind, of those that some paper asserts.
        identity: what was decided of names, as :func:`kg.write.report.identity` counts it.
        giant: how many people the largest connected group of co-authors links.
        groups: the largest communities.
        topics: the largest topics, with their numbers of papers.
        methods: the methods that most papers introduce or use.
        extractor: who read the papers, as the run's record tells it.
        notices: lines on what could not be read, for standard error.
        folder: where the files are.
    """

    papers: int
    authors: int
    concepts: dict[str, int]
    identity: dict[str, int]
    giant: int
    groups: tuple[Group, ...]
    topics: tuple[tuple[str, int], ...]
    methods: tuple[Used, ...]
    extractor: str
    notices: tuple[str, ...]
    folder: Path

    def lines(self) -> Iterator[str]:
        """The summary as a person reads it."""
        kinds = ", ".join(f"{count} {_PLURALS[kind]}" for kind, count in self.concepts.items())
        yield f"{self.papers} papers by {self.authors} people, on {kinds}."
        yield from self._who_is_who()
        yield f"The largest connected group of co-authors links {self.giant} people."
        if self.topics:
            yield "Largest topics: " + ", ".join(f"{label} ({n})" for label, n in self.topics) + "."
        if self.groups:
            yield "Largest groups, and what sets their work apart:"
        for group in self.groups:
            yield f"  {group.people:>3} people, {group.papers} papers: {group.label} ({', '.join(group.leaders)})"
        if self.methods:
            yield "Methods most introduced or used:"
        for method in self.methods:
            told = [f"introduced by {method.introduced}"] * bool(method.introduced)
            told += [f"used by {method.used}"] * bool(method.used)
            yield f"  {method.label}: {', '.join(told)}"
        yield f"Read by the extractor {self.extractor}."
        yield f"Files in {self.folder}: graph.ttl, graph.html, graph.graphml, coauthors.graphml and .gexf,"
        yield "  tables/*.parquet, void.ttl, report.json"
        option = "" if str(self.folder) == "exports" else f" -g {quote(str(self.folder))}"
        yield f"Open the page:   kg view {quote(str(self.folder))}"
        yield f'Ask a question:  kg query who-works-on -p topic="{self.example_topic()}"{option}'

    def _who_is_who(self) -> Iterator[str]:
        told = [
            f"{words} ({self.identity[count]})"
            for count, words in (
                ("merged_authors", "people of several printed names"),
                ("parted_names", "names of several people"),
                ("possible_identities", "pairs who may be one person"),
            )
            if self.identity[count]
        ]
        if told:
            yield "Who is who: " + ", ".join(told) + "."

    def example_topic(self) -> str:
        """A topic that the graph has."""
        return self.topics[0][0] if self.topics else "reinforcement learning"

    def as_dict(self) -> dict[str, Any]:
        """The summary as JSON has it."""
        return {
            "papers": self.papers,
            "authors": self.authors,
            "concepts": self.concepts,
            "identity": self.identity,
            "largest_component": self.giant,
            "topics": [{"label": label, "papers": count} for label, count in self.topics],
            "groups": [
                {"label": g.label, "people": g.people, "papers": g.papers, "leaders": list(g.leaders)}
                for g in self.groups
            ],
            "methods": [{"label": m.label, "introduced": m.introduced, "used": m.used} for m in self.methods],
            "extractor": self.extractor,
            "notices": list(self.notices),
            "folder": str(self.folder),
        }


def summarise(result: Build, folder: Path) -> Summary:
    """What a build found, and where it went."""
    knowledge = result.knowledge
    labels = {concept.key: concept.pref_label for concept in knowledge.concepts}
    names = {author.id: author.name for author in knowledge.authors}
    asserted = {a.concept for a in knowledge.assertions}
    components = Counter(component for _, component in result.coauthors.nodes(data="component"))
    topics = Counter(a.concept for a in knowledge.assertions if a.role is Role.HAS_TOPIC)
    return Summary(
        papers=len(knowledge.papers),
        authors=len(knowledge.authors),
        concepts={kind.value: sum(key.startswith(f"{kind}/") for key in asserted) for kind in Kind},
        identity=identity(knowledge),
        giant=max(components.values(), default=0),
        groups=tuple(
            Group(c.label, len(c.members), len(c.papers), tuple(names[m] for m in c.members[:2]))
            for c in knowledge.communities[:5]
        ),
        topics=tuple((labels[key], count) for key, count in _top(topics, 5)),
        methods=_methods(result, labels),
        extractor=result.run.extractor,
        notices=tuple(_notices(result, folder)),
        folder=folder,
    )


def _methods(result: Build, labels: dict[str, str]) -> tuple[Used, ...]:
    """The methods that most papers introduce or use.

    "Neural network" and the like, under which others stand, say little of the papers and are left out.
    """
    asserted = {a.concept for a in result.knowledge.assertions}
    families = {
        f"{concept.kind}/{broader}"
        for concept in result.knowledge.concepts
        if concept.key in asserted
        for broader in concept.broader
    }
    methods = [
        a
        for a in result.knowledge.assertions
        if a.concept.startswith("method/") and a.concept not in families
    ]
    introduced = Counter(a.concept for a in methods if a.role is Role.INTRODUCES)
    used = Counter(a.concept for a in methods if a.role is Role.USES)
    return tuple(Used(labels[key], introduced[key], used[key]) for key, _ in _top(introduced + used, 5))


def _top(counts: Counter[str], number: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]


def _notices(result: Build, folder: Path) -> Iterator[str]:
    notices = result.reading.notices
    for notice in notices[:_SHOWN_NOTICES]:
        verb = "rejected" if notice.severity is Severity.REJECTED else "warning"
        yield f"{notice.location}: {verb}: {notice.reason}"
    if len(notices) > _SHOWN_NOTICES:
        yield f"and {len(notices) - _SHOWN_NOTICES} more; all are in {folder / 'report.json'}"
