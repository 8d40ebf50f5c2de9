"""The page of a venue or of one of its editions."""

from __future__ import annotations

from kg.serve.pages.chart import by_year
from kg.serve.pages.listing import listed, years_of
from kg.serve.pages.survey import Holdings
from kg.serve.pages.view import Subject, View

_NOTHING = Holdings((), (), ())


def venue(subject: Subject) -> View:
    """The view of a venue or edition; its counts were made once, for all of them."""
    facts, iri, survey = subject.facts, subject.iri, subject.survey
    holdings = survey.holdings.get(iri, _NOTHING)
    parts = [part for part in facts.subjects("dcterms:isPartOf", iri) if facts.kind(part) == "Edition"]
    editions = sorted(
        (facts.link(p, len(survey.holdings.get(p, _NOTHING).papers)) for p in parts),
        key=lambda link: (-survey.years.get(link.iri, 0), link.iri),
    )
    wholes = facts.links(facts.iris(iri, "dcterms:isPartOf"))
    name = facts.name(iri)
    listing = listed(subject, holdings.papers)
    context = {
        "editions": tuple(editions),
        "wholes": wholes,
        "year": survey.years.get(iri),
        "chart": by_year(years_of(subject, holdings.papers)),
        "lists": (
            ("Topics", facts.counted(holdings.topics), "papers"),
            ("People", facts.counted(holdings.people), "papers"),
        ),
        "listing": listing,
    }
    schema = {
        "@type": "Periodical" if subject.kind == "Venue" else "PublicationIssue",
        "name": name,
        "datePublished": str(survey.years.get(iri, "")),
        "isPartOf": [{"@type": "Periodical", "@id": whole.iri, "name": whole.text} for whole in wholes],
    }
    wider = tuple(whole.iri for whole in wholes)
    items = tuple(link.iri for link in editions) or listing.iris
    return View("venue.html.j2", name, context, schema, collections=wider, items=items)
