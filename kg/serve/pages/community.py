"""The page of a group of people who write together."""

from __future__ import annotations

from collections import Counter

from kg.serve.pages.chart import by_year
from kg.serve.pages.listing import listed, years_of
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import Subject, View


def community(subject: Subject) -> View:
    """The view of a group: a paper is its own where two members wrote it, or its only one."""
    facts, iri, survey = subject.facts, subject.iri, subject.survey
    members = facts.subjects("kg:community", iri)
    counts = [(member, int(facts.number(member, "kg:paperCount") or 0)) for member in members]
    wrote = Counter(paper for member in members for paper in facts.subjects("dcterms:creator", member))
    needed = min(2, len(members))
    papers = survey.sorted(paper for paper, number in wrote.items() if number >= needed)
    topics = Counter(topic for paper in papers for topic in facts.iris(paper, "kg:hasTopic"))
    name = facts.name(iri)
    stability = facts.number(iri, "kg:stability")
    listing = listed(subject, papers)
    context = {
        "leaders": facts.links(facts.iris(iri, "kg:leader")),
        "members": facts.counted(counts),
        "marks": facts.links(facts.iris(iri, "kg:distinguishedBy")),
        "stability": stability,
        "steadiness": SETTINGS.told("stability", float(stability)) if stability is not None else "",
        "chart": by_year(years_of(subject, papers)),
        "topics": facts.counted(topics.items(), SETTINGS.limits["unfolded"]),
        "listing": listing,
    }
    schema = {"@type": "Organization", "name": name, "description": f"A group of {len(members)} co-authors."}
    return View("community.html.j2", name, context, schema, items=tuple(members))
