"""Suggestions for the vocabulary as SKOS, for a person to review; what is kept is a vocabulary as it stands.

A likely parent is a ``skos:broadMatch``: the suggestions are a scheme of their own, and mapping properties link
concepts of different schemes (SKOS Reference, 10.1); who agrees makes it ``skos:broader``. What merely occurs in the
same papers is a ``skos:relatedMatch``. Neither is ``skos:closeMatch``, which would let the two stand for one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.graph.suggestions import Suggestion
from kg.namespaces import BASE
from kg.records import Kind
from kg.write.rdf import Description, Iri, Property, Term, english, integer, standard_iri

FILE = "suggestions.ttl"
_CLASSES = {Kind.TOPIC: "Topic", Kind.METHOD: "Method", Kind.DATASET: "Dataset", Kind.METRIC: "Metric"}
_REVIEW = "to be reviewed"
_HOW_TO = (
    "Concepts that several papers are about and that the vocabulary lacks. To review: delete what is no concept, "
    "mend labels, turn skos:broadMatch into skos:broader where it is right, and build with --vocabulary and this file."
)


def describe_suggestions(suggestions: Sequence[Suggestion], base: str = BASE) -> Iterator[Description]:
    """The scheme of the suggestions, then one description each.

    Args:
        suggestions: in the order of writing.
        base: the IRI under which the instances live; ends with ``/`` or ``#``.

    Example:
        >>> from kg.graph.suggestions import Suggestion
        >>> from kg.records import Concept
        >>> found = Suggestion(Concept("x-net", Kind.METHOD, "X-Net"), 2, (), None, None)
        >>> [description.subject.value for description in describe_suggestions([found], "https://a.org/")]
        ['https://a.org/suggestions', 'https://a.org/method/x-net']
    """
    scheme = Iri(f"{base}suggestions")
    yield Description(
        scheme,
        (
            _property("rdf:type", standard_iri("skos:ConceptScheme")),
            _property("dcterms:title", english("Suggestions for the vocabulary")),
            _property("dcterms:description", english(_HOW_TO)),
        ),
    )
    for suggestion in suggestions:
        yield _description(suggestion, scheme, base)


def _description(suggestion: Suggestion, scheme: Iri, base: str) -> Description:
    concept, parent, related = suggestion.concept, suggestion.parent, suggestion.related
    return Description(
        Iri(base + concept.key),
        (
            _property("rdf:type", standard_iri("skos:Concept"), standard_iri(f"kg:{_CLASSES[concept.kind]}")),
            _property("skos:prefLabel", english(concept.pref_label)),
            _property("skos:altLabel", *map(english, concept.alt_labels)),
            _property("skos:broadMatch", *([Iri(base + parent)] if parent else [])),
            _property("skos:relatedMatch", *([Iri(base + related.key)] if related else [])),
            _property("skos:editorialNote", *map(english, _notes(suggestion))),
            _property("skos:example", *(english(example.sentence) for example in suggestion.examples)),
            _property("dcterms:source", *(Iri(f"{base}paper/{e.paper}") for e in suggestion.examples)),
            _property("skos:inScheme", scheme),
            _property("kg:paperCount", integer(suggestion.papers)),
        ),
    )


def _notes(suggestion: Suggestion) -> Iterator[str]:
    """That it is to be reviewed, and why a concept is proposed beside it."""
    yield _REVIEW
    if suggestion.parent:
        yield "broadMatch: its name ends in a name of that concept"
    if found := suggestion.related:
        yield f"relatedMatch: {found.papers} papers are about both (association {found.association:.2f} of 1)"


def _property(name: str, *objects: Term) -> Property:
    return standard_iri(name), objects
