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
    Author,
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
from kg.write.rdf import (
    Description,
    Iri,
    Literal,
    Property,
    Term,
    decimal,
    english,
    integer,
    standard_iri,
    web_address,
    year,
)

_Record = TypeVar("_Record", Authorship, Mention, Claim, Assertion)

_CLASSES = {Kind.TOPIC: "Topic", Kind.METHOD: "Method", Kind.DATASET: "Dataset", Kind.METRIC: "Metric"}
_MEASURES = {
    "strength": "collaborationStrength",
    "pagerank": "pageRank",
    "betweenness": "betweenness",
    "harmonic": "harmonicCloseness",
    "clustering": "clustering",
    "constraint": "constraint",
}


def _a(class_name: str) -> Property:
    return standard_iri("rdf:type"), (standard_iri(class_name),)


def _property(name: str, objects: Iterable[Term]) -> Property:
    return standard_iri(name), tuple(objects)


def describe(
    knowledge: Knowledge, coauthors: nx.Graph, run: Run, minimum_confidence: float, base: str = BASE
) -> Iterator[Description]:
    """Every description of the graph, in the order of the file.

    The run comes first, then venues, concepts, authors and communities, then paper by paper with its
    authorships, mentions and claims.

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
        yield from self.authors()
        yield from map(self.community, sorted(self.knowledge.communities, key=lambda c: c.id))
        yield from self.papers()

    def run_description(self) -> Description:
        run = self.run
        return Description(
            self.instance("run", run.id),
            (
                _a("kg:Run"),
                _property("kg:softwareVersion", [Literal(run.version)]),
                _property("kg:extractor", [Literal(run.extractor)]),
                _property("kg:vocabularyHash", [Literal(run.vocabulary)]),
                _property("kg:corpusHash", [Literal(run.corpus)]),
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
                self.instance("venue", venue), (_a("kg:Venue"), _property("rdfs:label", [Literal(label)]))
            )
        for edition, (venue, number) in sorted(editions.items()):
            yield Description(
                self.instance("edition", edition),
                (
                    _a("kg:Edition"),
                    _property("rdfs:label", [Literal(f"{venues[venue]} {number}")]),
                    _property("dcterms:isPartOf", [self.instance("venue", venue)]),
                    _property("dcterms:issued", [year(number)]),
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
                _a(f"kg:{_CLASSES[concept.kind]}"),
                _property("skos:prefLabel", [english(concept.pref_label)]),
                _property("skos:altLabel", map(english, concept.alt_labels)),
                _property("skos:broader", [self.instance(concept.kind, b) for b in concept.broader]),
                _property("kg:dataOf", [self.instance(Kind.TOPIC, t) for t in self.topics_of(concept)]),
                _property("skos:inScheme", [Iri(VOCABULARY)] if concept.curated else []),
                *(_property(name, objects) for name, objects in sorted(related.items())),
                _property("kg:paperCount", [integer(paper_count)]),
            ),
        )

    def topics_of(self, data: Concept) -> Iterator[str]:
        """The topics that a data set is data of, as far as the graph has them."""
        return (topic for topic in data.data_of if topic in self.topics)

    def authors(self) -> Iterator[Description]:
        return map(self.author, self.knowledge.authors)

    def author(self, author: Author) -> Description:
        node = self.coauthors.nodes[author.id]
        measures = [
            _property(f"kg:{name}", [decimal(node[measure])])
            for measure, name in _MEASURES.items()
            if node.get(measure) is not None
        ]
        return Description(
            self.instance("author", author.id),
            (
                _a("kg:Author"),
                _property("foaf:name", [Literal(author.name)]),
                _property("kg:nameVariant", [Literal(v) for v in author.variants if v != author.name]),
                _property("kg:coauthor", [self.instance("author", o) for o in self.coauthors.adj[author.id]]),
                _property("kg:community", [self.instance("community", node["community"])]),
                _property("kg:paperCount", [integer(node["paper_count"])]),
                _property("kg:collaboratorCount", [integer(node["degree"])]),
                _property("kg:coreNumber", [integer(node["core"])]),
                *measures,
            ),
        )

    def community(self, community: Community) -> Description:
        return Description(
            self.instance("community", community.id),
            (
                _a("kg:Community"),
                _property("rdfs:label", [english(community.label)]),
                _property("kg:leader", [self.instance("author", community.members[0])]),
                _property("kg:distinguishedBy", [self.concept(key) for key in community.topics]),
                _property("kg:memberCount", [integer(len(community.members))]),
                _property("kg:paperCount", [integer(len(community.papers))]),
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
                _a("kg:Paper"),
                _property("dcterms:title", [english(paper.title)]),
                _property("dcterms:issued", [year(paper.year)] if paper.year is not None else []),
                _property("dcterms:isPartOf", self.container(paper)),
                _property("dcterms:identifier", [Literal(f"doi:{paper.doi}")] if paper.doi else []),
                _property("foaf:page", [web_address(paper.url)] if paper.url else []),
                _property("dcterms:creator", [self.instance("author", a.author) for a in wrote]),
                _property(
                    "kg:authorship", [self.instance("authorship", f"{paper.id}-{a.position}") for a in wrote]
                ),
                *(_property(name, objects) for name, objects in sorted(by_role.items())),
                _property("kg:mention", numbered("mention", mentions)),
                _property("kg:claim", numbered("claim", claims)),
                _property("dcterms:abstract", [english(paper.abstract)] if paper.abstract else []),
                _property("kg:textHash", [Literal(text_hash(paper.title, paper.abstract))]),
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
                _a("kg:Authorship"),
                _property("kg:position", [integer(authorship.position)]),
                _property("kg:author", [self.instance("author", authorship.author)]),
                _property("kg:nameAsPrinted", [Literal(authorship.name_as_printed)]),
            ),
        )

    def mention(self, paper: Paper, number: int, mention: Mention) -> Description:
        return Description(
            self.instance("mention", f"{paper.id}-{number}"),
            (
                _a("kg:Mention"),
                _property("kg:concept", [self.concept(mention.concept)]),
                _property("kg:exact", [Literal(mention.exact)]),
                _property("kg:role", [Iri(STANDARD["kg"] + mention.role)]),
                _property("kg:field", [Literal(mention.span.field)]),
                _property("kg:start", [integer(mention.span.start)]),
                _property("kg:end", [integer(mention.span.end)]),
                _property("kg:sentence", [english(_text(paper, mention.sentence))]),
                _property("kg:confidence", [decimal(round(mention.confidence, 2))]),
                _property("prov:wasGeneratedBy", [self.instance("run", self.run.id)]),
            ),
        )

    def claim(self, paper: Paper, number: int, claim: Claim) -> Description:
        return Description(
            self.instance("claim", f"{paper.id}-{number}"),
            (
                _a("kg:Claim"),
                _property("kg:subject", [self.concept(claim.subject)]),
                _property("kg:predicate", [Iri(STANDARD["kg"] + claim.predicate)]),
                _property("kg:object", [self.concept(claim.object)]),
                _property("kg:polarity", [Literal(claim.polarity)]),
                _property("kg:field", [Literal(claim.sentence.field)]),
                _property("kg:start", [integer(claim.sentence.start)]),
                _property("kg:end", [integer(claim.sentence.end)]),
                _property("kg:sentence", [english(_text(paper, claim.sentence))]),
                _property("kg:confidence", [decimal(round(claim.confidence, 2))]),
                _property("prov:wasGeneratedBy", [self.instance("run", self.run.id)]),
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
