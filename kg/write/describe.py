"""Records as RDF descriptions, after the ontology in ``ontology/kg.ttl``."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

import networkx as nx

from kg.namespaces import BASE, STANDARD, VOCABULARY
from kg.records import (
    Assertion,
    Authorship,
    Claim,
    Community,
    Concept,
    Field,
    Kind,
    Knowledge,
    Mention,
    Paper,
    Run,
    Span,
)
from kg.slugs import slug
from kg.write.people import describe_people, identified
from kg.write.rdf import (
    Description,
    Iri,
    Literal,
    Term,
    a,
    decimal,
    english,
    integer,
    stated,
    web_address,
    year,
)

_Record = TypeVar("_Record", Authorship, Mention, Claim, Assertion)

_CLASSES = {Kind.TOPIC: "Topic", Kind.METHOD: "Method", Kind.DATASET: "Dataset", Kind.METRIC: "Metric"}


def describe(
    knowledge: Knowledge, coauthors: nx.Graph, run: Run, minimum_confidence: float, base: str = BASE
) -> Iterator[Description]:
    """Every description of the graph, in the order of the file.

    The run comes first, then venues, concepts, people (:func:`kg.write.people.describe_people`) and
    communities, then paper by paper with its authorships, mentions and claims.

    Args:
        knowledge: all records.
        coauthors: the co-authorship graph with its measures as node attributes.
        run: the extraction that made the mentions and claims.
        minimum_confidence: claims below it stay claims, without the flat edge between their concepts.
        base: the IRI under which the instances live; ends with ``/`` or ``#``.
    """
    return _Describer(knowledge, coauthors, run, minimum_confidence, base).descriptions()


class _Describer:
    """The lookups that the descriptions share, made once."""

    def __init__(
        self, knowledge: Knowledge, coauthors: nx.Graph, run: Run, minimum_confidence: float, base: str
    ) -> None:
        self.knowledge = knowledge
        self.coauthors = coauthors
        self.run = run
        self.base = base
        self.topics = frozenset(c.id for c in knowledge.concepts if c.kind is Kind.TOPIC)
        self.claimed = tuple(c for c in knowledge.claims if c.confidence >= minimum_confidence)

    def instance(self, kind: str, identifier: str) -> Iri:
        return Iri(f"{self.base}{kind}/{identifier}")

    def concept(self, key: str) -> Iri:
        return Iri(self.base + key)

    def descriptions(self) -> Iterator[Description]:
        yield self.run_description()
        yield from self.venues()
        yield from self.concepts()
        yield from describe_people(self.knowledge, self.coauthors, self.base)
        yield from map(self.community, sorted(self.knowledge.communities, key=lambda c: c.id))
        yield from self.papers()

    def run_description(self) -> Description:
        run = self.run
        return Description(
            self.instance("run", run.id),
            (
                a("kg:Run"),
                stated("kg:softwareVersion", [Literal(run.version)]),
                stated("kg:extractor", [Literal(run.extractor)]),
                stated("kg:vocabularyHash", [Literal(run.vocabulary)]),
                stated("kg:corpusHash", [Literal(run.corpus)]),
            ),
        )

    def venues(self) -> Iterator[Description]:
        """Venues and their editions, a year each."""
        editions: dict[str, tuple[str, int]] = {}
        venues: dict[str, str] = {}
        for paper in self.knowledge.papers:
            if paper.venue:
                venue = slug(paper.venue)
                venues[venue] = min(paper.venue, venues.get(venue, paper.venue))
                if paper.year is not None:
                    editions[f"{venue}-{paper.year}"] = (venue, paper.year)
        for venue, label in sorted(venues.items()):
            yield Description(
                self.instance("venue", venue), (a("kg:Venue"), stated("rdfs:label", [Literal(label)]))
            )
        for edition, (venue, number) in sorted(editions.items()):
            yield Description(
                self.instance("edition", edition),
                (
                    a("kg:Edition"),
                    stated("rdfs:label", [Literal(f"{venues[venue]} {number}")]),
                    stated("dcterms:isPartOf", [self.instance("venue", venue)]),
                    stated("dcterms:issued", [year(number)]),
                ),
            )

    def concepts(self) -> Iterator[Description]:
        papers: dict[str, set[str]] = defaultdict(set)
        for assertion in self.knowledge.assertions:
            papers[assertion.concept].add(assertion.paper)
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claimed:
            claims[claim.subject].append(claim)
        for concept in self.knowledge.concepts:
            yield self.concept_description(concept, len(papers[concept.key]), claims[concept.key])

    def concept_description(self, concept: Concept, paper_count: int, claims: list[Claim]) -> Description:
        related: dict[str, set[Term]] = defaultdict(set)
        for claim in claims:
            related[f"kg:{claim.predicate}"].add(self.concept(claim.object))
        return Description(
            self.concept(concept.key),
            (
                a(f"kg:{_CLASSES[concept.kind]}"),
                stated("skos:prefLabel", [english(concept.pref_label)]),
                stated("skos:altLabel", map(english, concept.alt_labels)),
                stated("skos:broader", [self.instance(concept.kind, b) for b in concept.broader]),
                stated("kg:dataOf", [self.instance(Kind.TOPIC, t) for t in self.topics_of(concept)]),
                stated("skos:inScheme", [Iri(VOCABULARY)] if concept.curated else []),
                *(stated(name, objects) for name, objects in sorted(related.items())),
                stated("kg:paperCount", [integer(paper_count)]),
            ),
        )

    def topics_of(self, data: Concept) -> Iterator[str]:
        """The topics that a data set is data of, as far as the graph has them."""
        return (topic for topic in data.data_of if topic in self.topics)

    def community(self, community: Community) -> Description:
        return Description(
            self.instance("community", community.id),
            (
                a("kg:Community"),
                stated("rdfs:label", [english(community.label)]),
                stated("kg:leader", [self.instance("author", community.members[0])]),
                stated("kg:distinguishedBy", [self.concept(key) for key in community.topics]),
                stated("kg:memberCount", [integer(len(community.members))]),
                stated("kg:paperCount", [integer(len(community.papers))]),
                stated(
                    "kg:stability", [decimal(community.stability)] if community.stability is not None else []
                ),
            ),
        )

    def papers(self) -> Iterator[Description]:
        """Each paper, followed by what hangs on it."""
        authorships = _by_paper(self.knowledge.authorships)
        mentions = _by_paper(self.knowledge.mentions)
        claims = _by_paper(self.knowledge.claims)
        assertions = _by_paper(self.knowledge.assertions)
        for paper in self.knowledge.papers:
            here = mentions.get(paper.id, [])
            said = claims.get(paper.id, [])
            wrote = authorships.get(paper.id, [])
            yield self.paper(paper, wrote, assertions.get(paper.id, []), len(here), len(said))
            yield from map(self.authorship, wrote)
            for number, mention in enumerate(here, start=1):
                yield self.mention(paper, number, mention)
            for number, claim in enumerate(said, start=1):
                yield self.claim(paper, number, claim)

    def paper(
        self, paper: Paper, wrote: list[Authorship], about: list[Assertion], mentions: int, claims: int
    ) -> Description:
        by_role: dict[str, list[Term]] = defaultdict(list)
        for assertion in about:
            by_role[f"kg:{assertion.role}"].append(self.concept(assertion.concept))

        def numbered(kind: str, count: int) -> list[Term]:
            return [self.instance(kind, f"{paper.id}-{number}") for number in range(1, count + 1)]

        return Description(
            self.instance("paper", paper.id),
            (
                a("kg:Paper"),
                stated("dcterms:title", [english(paper.title)]),
                stated("dcterms:issued", [year(paper.year)] if paper.year is not None else []),
                stated("dcterms:isPartOf", self.container(paper)),
                *identified((*([f"doi:{paper.doi}"] if paper.doi else []), *paper.identifiers)),
                stated(
                    "dcterms:isVersionOf",
                    [self.instance("paper", paper.version_of)] if paper.version_of else [],
                ),
                stated("foaf:page", [web_address(paper.url)] if paper.url else []),
                stated("dcterms:creator", [self.instance("author", a.author) for a in wrote]),
                stated(
                    "kg:authorship", [self.instance("authorship", f"{paper.id}-{a.position}") for a in wrote]
                ),
                *(stated(name, objects) for name, objects in sorted(by_role.items())),
                stated("kg:mention", numbered("mention", mentions)),
                stated("kg:claim", numbered("claim", claims)),
                stated("dcterms:abstract", [english(paper.abstract)] if paper.abstract else []),
                stated("kg:textHash", [Literal(text_hash(paper.title, paper.abstract))]),
            ),
        )

    def container(self, paper: Paper) -> list[Term]:
        if not paper.venue:
            return []
        venue = slug(paper.venue)
        if paper.year is None:
            return [self.instance("venue", venue)]
        return [self.instance("edition", f"{venue}-{paper.year}")]

    def authorship(self, authorship: Authorship) -> Description:
        return Description(
            self.instance("authorship", f"{authorship.paper}-{authorship.position}"),
            (
                a("kg:Authorship"),
                stated("kg:position", [integer(authorship.position)]),
                stated("kg:author", [self.instance("author", authorship.author)]),
                stated("kg:nameAsPrinted", [Literal(authorship.name_as_printed)]),
            ),
        )

    def mention(self, paper: Paper, number: int, mention: Mention) -> Description:
        return Description(
            self.instance("mention", f"{paper.id}-{number}"),
            (
                a("kg:Mention"),
                stated("kg:concept", [self.concept(mention.concept)]),
                stated("kg:exact", [Literal(mention.exact)]),
                stated("kg:role", [Iri(STANDARD["kg"] + mention.role)]),
                stated("kg:field", [Literal(mention.span.field)]),
                stated("kg:start", [integer(mention.span.start)]),
                stated("kg:end", [integer(mention.span.end)]),
                stated("kg:sentence", [english(_text(paper, mention.sentence))]),
                stated("kg:confidence", [decimal(round(mention.confidence, 2))]),
                stated("prov:wasGeneratedBy", [self.instance("run", self.run.id)]),
            ),
        )

    def claim(self, paper: Paper, number: int, claim: Claim) -> Description:
        return Description(
            self.instance("claim", f"{paper.id}-{number}"),
            (
                a("kg:Claim"),
                stated("kg:subject", [self.concept(claim.subject)]),
                stated("kg:predicate", [Iri(STANDARD["kg"] + claim.predicate)]),
                stated("kg:object", [self.concept(claim.object)]),
                stated("kg:polarity", [Literal(claim.polarity)]),
                stated("kg:field", [Literal(claim.sentence.field)]),
                stated("kg:start", [integer(claim.sentence.start)]),
                stated("kg:end", [integer(claim.sentence.end)]),
                stated("kg:sentence", [english(_text(paper, claim.sentence))]),
                stated("kg:confidence", [decimal(round(claim.confidence, 2))]),
                stated("prov:wasGeneratedBy", [self.instance("run", self.run.id)]),
            ),
        )


def text_hash(title: str, abstract: str) -> str:
    """16 hexadecimal digits of the SHA-256 of a paper's text, by which a changed character is found."""
    return hashlib.sha256(f"{title}\n\n{abstract}".encode("utf-8", "replace")).hexdigest()[:16]


def _text(paper: Paper, span: Span) -> str:
    return paper.text(Field(span.field))[span.start : span.end]


def _by_paper(records: Iterable[_Record]) -> dict[str, list[_Record]]:
    """Records in their order, by paper; they come sorted by paper."""
    return {paper: list(group) for paper, group in groupby(records, key=lambda record: record.paper)}
