"""Why a statement differs between two builds, from what the builds tell of their papers and runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kg.diff.ledger import Change
from kg.diff.schema import Schema
from kg.diff.settings import Settings
from kg.diff.statements import RUN, Value
from kg.namespaces import ONTOLOGY

_PAPER = ONTOLOGY + "Paper"
_COMMUNITY = ONTOLOGY + "Community"
_AUTHOR = ONTOLOGY + "Author"
_AUTHORSHIP = ONTOLOGY + "authorship"


class Cause(StrEnum):
    """Why a statement differs, the plainest reasons first."""

    PAPER_NEW = "paper new"
    PAPER_GONE = "paper gone"
    TEXT = "text changed"
    RECORD = "record changed"
    PEOPLE = "people resolved differently"
    VOCABULARY = "vocabulary changed"
    EXTRACTOR = "extractor changed"
    SOFTWARE = "software changed"
    SETTINGS = "settings changed"
    CORPUS = "other papers changed"
    MEASURES = "measures moved with the graph"
    RUN = "the run itself"
    UNKNOWN = "no cause told"


Causes = tuple[Cause, ...]
ORDER: Mapping[Cause, int] = {cause: place for place, cause in enumerate(Cause)}


@dataclass(frozen=True, slots=True)
class Run:
    """What a graph tells of the run that made it; empty where it tells nothing.

    Attributes:
        identifier: its IRI.
        version: the version of the software.
        extractor: the extractor and a hash of its data.
        vocabulary: a hash of the vocabulary.
        corpus: a hash of the papers.
    """

    identifier: str = ""
    version: str = ""
    extractor: str = ""
    vocabulary: str = ""
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """What causes are told by, of one build.

    Attributes:
        run: the run that made it.
        papers: the hash of each paper's text, by the paper's IRI; empty where the graph tells none.
    """

    run: Run = field(default_factory=Run)
    papers: Mapping[str, str] = field(default_factory=dict)


def reading_causes(old: Run, new: Run) -> Causes:
    """Why the same text may have been read differently.

    Vocabulary, extractor and software are all told where several differ; only where none does, the settings (two
    runs that tell the same and are not the same had other settings) or the other papers, by which new terms are
    resolved.

    Example:
        >>> [cause.value for cause in reading_causes(Run(vocabulary="a"), Run(vocabulary="b"))]
        ['vocabulary changed']
    """
    differing = (
        (Cause.VOCABULARY, old.vocabulary != new.vocabulary),
        (Cause.EXTRACTOR, old.extractor != new.extractor),
        (Cause.SOFTWARE, old.version != new.version),
    )
    told = tuple(cause for cause, differs in differing if differs)
    if told:
        return told
    if old.corpus != new.corpus:
        return (Cause.CORPUS,)
    return (Cause.SETTINGS,) if old.identifier != new.identifier else (Cause.UNKNOWN,)


def explain(
    changes: Sequence[Change],
    old: Build,
    new: Build,
    born: Collection[str],
    schema: Schema,
    settings: Settings,
) -> list[Causes]:
    """The causes of changes, in their order.

    What differs about a paper is explained by the paper and the runs. What differs about a concept, a person or an
    edition is explained by the changes of papers that name it; its counts and centralities are measures, unless
    it is new or gone as a whole.

    Args:
        changes: what differs.
        old: the older build.
        new: the newer build.
        born: the IRIs that only one of the graphs describes.
        schema: which properties are measures.
        settings: which properties tell of text, record, people and vocabulary.
    """
    explainer = _Explainer(old, new, born, schema, settings)
    explainer.printed = {
        c.subject.about for c in changes if c.subject.predicate == _AUTHORSHIP and _reprinted(c, settings)
    }
    found = [explainer.of_paper(c) if c.subject.kind == _PAPER else explainer.of_itself(c) for c in changes]
    involved: dict[str, set[Causes]] = defaultdict(set)
    fresh = [place for place, change in enumerate(changes) if change.subject.kind == _PAPER]
    pending = [place for place, causes in enumerate(found) if not causes]
    while fresh:  # what is explained explains what it names: a concept its broader one, an edition its venue
        for place in fresh:
            for iri in explainer.named(changes[place]):
                involved[iri].add(found[place])
        fresh = []
        for place in pending:
            found[place] = _inherited(changes[place].subject.about, explainer.named(changes[place]), involved)
            if found[place]:
                fresh.append(place)
        pending = [place for place in pending if not found[place]]
    return [causes or explainer.otherwise(c) for c, causes in zip(changes, found, strict=True)]


class _Explainer:
    """What all changes are explained by."""

    def __init__(
        self, old: Build, new: Build, born: Collection[str], schema: Schema, settings: Settings
    ) -> None:
        self.old = old.papers
        self.new = new.papers
        self.reading = reading_causes(old.run, new.run)
        self.vocabulary = old.run.vocabulary != new.run.vocabulary
        self.born = born
        self.measures = schema.measures
        self.concepts = schema.concepts
        self.groups = settings.groups
        self.printed: Collection[str] = ()

    def of_paper(self, change: Change) -> Causes:
        paper, predicate = change.subject.about, change.subject.predicate
        if paper not in self.old:
            return (Cause.PAPER_NEW,)
        if paper not in self.new:
            return (Cause.PAPER_GONE,)
        if predicate in self.groups["text"]:
            return (Cause.TEXT,)
        if predicate in self.groups["record"]:
            return (Cause.RECORD,)
        if predicate in self.groups["people"]:
            return (Cause.RECORD if paper in self.printed else Cause.PEOPLE,)
        return (Cause.TEXT,) if self.old[paper] != self.new[paper] else self.reading

    def of_itself(self, change: Change) -> Causes:
        """The causes of what no paper has to explain."""
        subject = change.subject
        if subject.kind == RUN:
            return (Cause.RUN,)
        if subject.kind == _COMMUNITY:
            return (Cause.MEASURES,)
        if subject.about in self.born:
            return ()
        if subject.predicate in self.measures or subject.predicate == ONTOLOGY + "community":
            return (Cause.MEASURES,)
        if subject.predicate in self.groups["identity"]:
            return (Cause.PEOPLE,)
        return (Cause.VOCABULARY,) if self.is_of_vocabulary(change) else ()

    def otherwise(self, change: Change) -> Causes:
        """The causes of what nothing explains."""
        return (Cause.PEOPLE,) if change.subject.kind == _AUTHOR else self.reading

    def named(self, change: Change) -> Iterator[str]:
        """The IRIs of the things that a change speaks of, besides what it is about."""
        for predicate, term in (*change.subject.key, *(change.old or ()), *(change.new or ())):
            if term.startswith("<") and predicate not in self.groups["generic"]:
                yield term[1:-1]

    def is_of_vocabulary(self, change: Change) -> bool:
        """Whether it is a thing that a vocabulary says of a concept, and the vocabularies differ."""
        subject = change.subject
        return (
            self.vocabulary
            and subject.kind in self.concepts
            and subject.predicate in self.groups["vocabulary"]
        )


def _reprinted(change: Change, settings: Settings) -> bool:
    """Whether an authorship's name or place differs as printed, and not only who the person is."""
    printed = settings.groups["printed"]

    def names(value: Value | None) -> Value | None:
        return value and tuple(arc for arc in value if arc[0] in printed)

    return names(change.old) != names(change.new)


def _inherited(about: str, named: Iterable[str], involved: Mapping[str, set[Causes]]) -> Causes:
    """The plainest causes of the changes that name what a change is about and what it names; empty for none."""
    mine = involved.get(about, set())
    theirs = set().union(*(involved.get(iri, set()) for iri in named))
    found = (mine & theirs) or mine or theirs
    return min(found, key=_rank) if found else ()


def _rank(causes: Causes) -> tuple[int, ...]:
    return tuple(ORDER[cause] for cause in causes)
