"""The nouns every room speaks: frozen, typed, small."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.people import Author as Author
from kg.people import Authorship as Authorship
from kg.people import IdentityDecision as IdentityDecision
from kg.people import PossibleIdentity as PossibleIdentity
from kg.people import Verdict as Verdict


class Kind(StrEnum):
    """The kind of a concept. A concept of the vocabulary has exactly one."""

    TOPIC = "topic"
    METHOD = "method"
    DATASET = "dataset"
    METRIC = "metric"


class Role(StrEnum):
    """What a paper does with a concept; the value is the local name of the property in the ontology."""

    HAS_TOPIC = "hasTopic"
    INTRODUCES = "introduces"
    USES = "uses"
    COMPARES_WITH = "comparesWith"
    STUDIES = "studies"
    EVALUATES_WITH = "evaluatesWith"


class Field(StrEnum):
    """The text of a paper that an offset counts in."""

    TITLE = "title"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the sources a record stands.

    Attributes:
        file: the path as the user gave it, folders walked with forward slashes.
        line: 1-based line of the record's first line.
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Paper:
    """One publication, as its source tells it.

    Attributes:
        id: the slug of the paper's IRI, ``[a-z0-9-]+``, for example ``iclr-2021-0036``.
        title: the title as printed, on one line.
        authors: the names as printed, in order; empty where the source gives none.
        abstract: the abstract as printed; may be empty.
        year: the year of publication, or None where the source gives none.
        venue: the venue's name as printed without its year (``iclr``), or None.
        url: an http(s) address of the paper, or None.
        doi: the bare DOI in lower case (``10.1000/xyz``), or None.
        location: where in the sources it stands.
        author_ids: for each author what the source identifies the person by (``https://orcid.org/...``), or an
            empty text; empty where it identifies nobody.
        identifiers: further ids of the paper in their one form (:mod:`kg.read.registries`), web addresses
            (``https://arxiv.org/abs/2010.04159``) or, where none leads there, texts (``wos:000268312800015``); sorted.
        version_of: the id of the published paper among those read that this one is a preprint of, or None.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    year: int | None
    venue: str | None
    url: str | None
    doi: str | None
    location: Location
    author_ids: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    version_of: str | None = None

    def text(self, field: Field) -> str:
        """The literal that offsets of ``field`` count in, in code points."""
        return self.title if field is Field.TITLE else self.abstract


class Severity(StrEnum):
    """What became of a record that a notice speaks of."""

    WARNING = "warning"  # the record was kept
    REJECTED = "rejected"  # the record was left out


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a source that could not be read as it should.

    Attributes:
        location: the file and line it concerns.
        severity: whether the record was kept.
        reason: one line for a person, saying what is wrong.
    """

    location: Location
    severity: Severity
    reason: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic, method, data set or metric.

    Attributes:
        id: the slug of its IRI within its kind, ``[a-z0-9-]+``.
        kind: the one kind that it has.
        pref_label: its name (skos:prefLabel).
        alt_labels: its other names (skos:altLabel), sorted.
        broader: ids of broader concepts of the same kind (skos:broader), sorted.
        curated: whether it stands in the vocabulary, rather than having been read from a paper.
        guard: words one of which the paper must also hold before a one-word name counts (kg:guard), sorted;
            empty where the names are unmistakable.
        data_of: ids of the topics that a data set is data of (kg:dataOf), sorted; empty for other kinds.
    """

    id: str
    kind: Kind
    pref_label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    curated: bool = False
    guard: tuple[str, ...] = ()
    data_of: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Kind and id in one word, unique in a graph: ``method/adam``."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one field of one paper.

    Attributes:
        field: the text that the offsets count in.
        start: code points before the stretch.
        end: code points before its end; ``text[start:end]`` is the stretch.
    """

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a paper that names a concept.

    Attributes:
        paper: the paper's id.
        span: where it stands.
        exact: the words as printed there; ``paper.text(span.field)[span.start:span.end]``.
        sentence: where the sentence stands that it was read from.
        kind: the kind of concept it names.
        name: the name to resolve it by: the expansion where the paper defines an acronym, else ``exact``.
        concept: the concept's key (``method/adam``); empty until it is resolved.
        role: what the paper does with the concept, as far as this place tells.
        confidence: how sure the reading is, 0 to 1.
    """

    paper: str
    span: Span
    exact: str
    sentence: Span
    kind: Kind
    name: str
    concept: str
    role: Role
    confidence: float


class Predicate(StrEnum):
    """How two concepts are related; the value is the local name of the property in the ontology."""

    USED_FOR = "usedFor"
    BASED_ON = "basedOn"
    COMPARED_WITH = "comparedWith"
    EVALUATED_ON = "evaluatedOn"


class Polarity(StrEnum):
    """Which side of a comparison a sentence favours."""

    NEUTRAL = "neutral"
    OUTPERFORMS = "outperforms"
    OUTPERFORMED = "outperformed"


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between two concepts, as one sentence of one paper states it.

    Attributes:
        paper: the paper's id.
        subject: key of the concept that the claim is about.
        predicate: the relation.
        object: key of the other concept.
        sentence: where the sentence stands.
        polarity: which side the sentence favours; neutral unless it compares.
        confidence: how sure the reading is, 0 to 1.
    """

    paper: str
    subject: str
    predicate: Predicate
    object: str
    sentence: Span
    polarity: Polarity
    confidence: float


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a paper as a whole says of a concept, over all mentions of it.

    Attributes:
        paper: the paper's id.
        concept: the concept's key.
        role: the property that links the two.
        confidence: how sure the reading is, 0 to 1.
    """

    paper: str
    concept: str
    role: Role
    confidence: float


@dataclass(frozen=True, slots=True)
class Community:
    """People who write together more than with others, as the co-authorship graph shows it.

    Attributes:
        id: the slug of its most connected member.
        label: its name, from the topics that set it apart or its most connected members; no other has it.
        topics: keys of the concepts that set it apart, most distinguishing first.
        members: ids of its authors, most connected first.
        papers: ids of the papers that at least two of its members (or its only member) wrote, sorted.
        stability: how far it is found again when papers are resampled, 0 to 1 (mean best Jaccard similarity,
            Hennig 2007); None where that was not asked.
    """

    id: str
    label: str
    topics: tuple[str, ...]
    members: tuple[str, ...]
    papers: tuple[str, ...]
    stability: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One extraction, told so that it can be repeated; the same for the same papers and program.

    Attributes:
        id: a hash of everything below.
        version: the version of kg.
        extractor: the extractor's name and the hash of its data files.
        vocabulary: a hash of the concepts it knew.
        corpus: a hash of the papers, whatever files they came in.
    """

    id: str
    version: str
    extractor: str
    vocabulary: str
    corpus: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that was read from the papers and concluded from it; every tuple sorted by id or place.

    Attributes:
        papers: by id.
        concepts: those that some mention names and what is broader than them; by key.
        mentions: by paper and span.
        assertions: by paper, concept and role.
        claims: by paper and sentence.
        authors: by id.
        authorships: by paper and position.
        communities: the largest first.
        possible_identities: pairs of authors that may be one person, by their ids.
    """

    papers: tuple[Paper, ...]
    concepts: tuple[Concept, ...]
    mentions: tuple[Mention, ...]
    assertions: tuple[Assertion, ...]
    claims: tuple[Claim, ...]
    authors: tuple[Author, ...]
    authorships: tuple[Authorship, ...]
    communities: tuple[Community, ...] = ()
    possible_identities: tuple[PossibleIdentity, ...] = ()
