"""What the page's script reads: records as plain lists, people, concepts, papers and groups by number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import networkx as nx

from kg.records import Community, Concept, Field, Knowledge, Mention, Paper, Predicate, Role, Span
from kg.write.page.fields import Fields, choose_fields
from kg.write.page.labels import topics_of
from kg.write.page.layout import Map, lay_out
from kg.write.page.network import vis_network
from kg.write.page.settings import Settings

Json = dict[str, Any]

_ROLES = tuple(Role)
_PREDICATES = tuple(Predicate)
_FIELDS = tuple(Field)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The position of each record in its list."""

    people: Mapping[str, int]
    concepts: Mapping[str, int]
    papers: Mapping[str, int]
    groups: Mapping[str, int]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Numbers:
        """Number the records of ``knowledge`` in their order."""
        return cls(
            {author.id: n for n, author in enumerate(knowledge.authors)},
            {concept.key: n for n, concept in enumerate(knowledge.concepts)},
            {paper.id: n for n, paper in enumerate(knowledge.papers)},
            {group.id: n for n, group in enumerate(knowledge.communities)},
        )


def page_data(knowledge: Knowledge, coauthors: nx.Graph, how: Settings) -> Json:
    """Everything that the page shows, ready for JSON; the same for the same records.

    Args:
        knowledge: all records.
        coauthors: the co-authorship graph; of its attributes ``paper_count`` of edges is read.
        how: the page's settings.
    """
    numbers = Numbers.of(knowledge)
    fields = choose_fields(knowledge, how.fields)
    with_texts = len(knowledge.papers) <= how.limits.papers_with_abstracts
    return {
        "facts": facts(knowledge),
        "limits": {"list": how.limits.list_length, "results": how.limits.search_results},
        "label": {"gap": how.labels.gap},
        "roles": list(_ROLES),
        "predicates": list(_PREDICATES),
        "fields": [topic.pref_label for topic in fields.topics] + [how.names.rest],
        "people": _people(knowledge, numbers),
        "concepts": [_concept(concept, numbers) for concept in knowledge.concepts],
        "papers": _papers(knowledge, numbers, with_texts),
        "claims": _claims(knowledge, numbers) if with_texts else [],
        "groups": [_group(group, fields, numbers) for group in knowledge.communities],
        "coauthors": _coauthors(coauthors, numbers),
        "maps": _maps(knowledge, coauthors, fields, numbers, how),
    }


def facts(knowledge: Knowledge) -> list[list[str]]:
    """The line of facts above the map, each a number and its noun."""
    years = sorted({paper.year for paper in knowledge.papers if paper.year is not None})
    groups = sum(len(group.papers) > 1 for group in knowledge.communities)
    told = [
        _counted(len(knowledge.papers), "paper", "papers"),
        _counted(len(knowledge.authors), "person", "people"),
        _counted(groups, "group", "groups"),
        _counted(len(knowledge.concepts), "concept", "concepts"),
    ]
    if years:
        told.append([str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}", ""])
    return told


def _counted(number: int, one: str, many: str) -> list[str]:
    return [f"{number:,}", one if number == 1 else many]


def web_url(url: str | None) -> str | None:
    """The address, if it is one that a browser may open.

    Example:
        >>> web_url("javascript:alert(1)") is None
        True
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _people(knowledge: Knowledge, numbers: Numbers) -> list[Json]:
    papers: dict[str, list[int]] = defaultdict(list)
    for authorship in knowledge.authorships:
        papers[authorship.author].append(numbers.papers[authorship.paper])
    group = {member: numbers.groups[g.id] for g in knowledge.communities for member in g.members}
    return [
        {
            "id": author.id,
            "name": author.name,
            "also": [variant for variant in author.variants if variant != author.name],
            "group": group.get(author.id, -1),
            "papers": sorted(set(papers[author.id])),
        }
        for author in knowledge.authors
    ]


def _concept(concept: Concept, numbers: Numbers) -> Json:
    broader = (numbers.concepts.get(f"{concept.kind}/{other}") for other in concept.broader)
    return {
        "id": concept.key,
        "kind": str(concept.kind),
        "name": concept.pref_label,
        "also": list(concept.alt_labels),
        "broader": [number for number in broader if number is not None],
    }


def _papers(knowledge: Knowledge, numbers: Numbers, with_texts: bool) -> list[Json]:
    authors: dict[str, list[int]] = defaultdict(list)
    for authorship in knowledge.authorships:
        authors[authorship.paper].append(numbers.people[authorship.author])
    about: dict[str, list[list[int]]] = defaultdict(list)
    for assertion in knowledge.assertions:
        if (concept := numbers.concepts.get(assertion.concept)) is not None:
            about[assertion.paper].append(
                [concept, _ROLES.index(assertion.role), _percent(assertion.confidence)]
            )
    mentions: dict[str, list[list[int]]] = defaultdict(list)
    for mention in knowledge.mentions if with_texts else ():
        if mention.concept in numbers.concepts:
            mentions[mention.paper].append(_mention(mention, numbers))
    return [
        _paper(paper, authors[paper.id], about[paper.id], mentions[paper.id], with_texts)
        for paper in knowledge.papers
    ]


def _paper(
    paper: Paper, authors: list[int], about: list[list[int]], mentions: list[list[int]], with_texts: bool
) -> Json:
    url = web_url(paper.url) or (web_url(f"https://doi.org/{paper.doi}") if paper.doi else None)
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": authors,
        "year": paper.year,
        "venue": paper.venue,
        "url": url,
        "abstract": paper.abstract if with_texts else "",
        "about": about,
        "mentions": sorted(mentions),
    }


def _place(span: Span) -> list[int]:
    return [_FIELDS.index(span.field), span.start, span.end]


def _mention(mention: Mention, numbers: Numbers) -> list[int]:
    """Field, start, end, concept, role, percent, and start and end of the sentence in the same field."""
    return [
        *_place(mention.span),
        numbers.concepts[mention.concept],
        _ROLES.index(mention.role),
        _percent(mention.confidence),
        mention.sentence.start,
        mention.sentence.end,
    ]


def _claims(knowledge: Knowledge, numbers: Numbers) -> list[list[int | str]]:
    """Paper, subject, predicate, object, field, start, end, percent, polarity."""
    return [
        [
            numbers.papers[claim.paper],
            numbers.concepts[claim.subject],
            _PREDICATES.index(claim.predicate),
            numbers.concepts[claim.object],
            *_place(claim.sentence),
            _percent(claim.confidence),
            str(claim.polarity),
        ]
        for claim in knowledge.claims
        if claim.subject in numbers.concepts and claim.object in numbers.concepts
    ]


def _percent(confidence: float) -> int:
    return round(100 * confidence)


def _group(group: Community, fields: Fields, numbers: Numbers) -> Json:
    topics = (numbers.concepts.get(key) for key in group.topics)
    return {
        "id": group.id,
        "label": group.label,
        "field": fields.of_group[group.id],
        "topics": [number for number in topics if number is not None],
        "members": [numbers.people[member] for member in group.members],
        "papers": [numbers.papers[paper] for paper in group.papers],
    }


def _coauthors(coauthors: nx.Graph, numbers: Numbers) -> list[list[int]]:
    """Two people and the papers they share, for each edge."""
    return sorted(
        [*sorted((numbers.people[one], numbers.people[other])), int(papers)]
        for one, other, papers in coauthors.edges.data("paper_count", default=1)
    )


def _maps(
    knowledge: Knowledge, coauthors: nx.Graph, fields: Fields, numbers: Numbers, how: Settings
) -> list[Json]:
    """The map of the groups, and that of the teams of one paper, which is folded away at first."""
    joined = [group for group in knowledge.communities if len(group.papers) > 1]
    teams = [group for group in knowledge.communities if len(group.papers) <= 1]
    paper_count = Counter(dict.fromkeys(numbers.people, 0))
    paper_count.update(authorship.author for authorship in knowledge.authorships)
    names = {author.id: author.name for author in knowledge.authors}

    def drawn(groups: Sequence[Community], at_most: int) -> Json:
        shown = groups[:at_most]
        laid = lay_out(shown, coauthors, paper_count, names, fields.of_group, how)
        return {
            **_map(laid, coauthors, numbers, how.limits.bridges),
            "groups": len(groups),
            "left": len(groups) - len(shown),
        }

    maps = {"groups": drawn(joined, how.limits.groups), "teams": drawn(teams, how.limits.teams)}
    return [{"id": name, **content} for name, content in maps.items() if content["groups"]]


def _map(laid: Map, coauthors: nx.Graph, numbers: Numbers, bridges: int) -> Json:
    nodes, edges, options = vis_network(laid, coauthors, numbers.people, bridges)
    bounds = laid.bounds
    return {
        "zoom": round(laid.zoom, 3),
        "labelled": laid.labelled,
        "bounds": [round(side, 1) for side in (bounds.left, bounds.top, bounds.right, bounds.bottom)],
        "discs": [
            {
                "group": numbers.groups[g.group.id],
                "x": g.x,
                "y": g.y,
                "radius": g.radius,
                "lines": list(g.lines),
                "topics": len(topics_of(g.group.label)),
            }
            for g in laid.groups
        ],
        "names": [[numbers.people[name.member], name.side] for g in laid.groups for name in g.names],
        "nodes": nodes,
        "edges": edges,
        "options": options,
    }
