"""Whether an ontology without blank nodes is in OWL 2 DL.

Checked is what section 3 of the structural specification asks of ontologies, IRIs and property hierarchies
(https://www.w3.org/TR/owl2-syntax/#Ontologies, #Global_Restrictions_on_Axioms_in_OWL_2_DL) and that every triple is
one that the mapping from RDF knows (https://www.w3.org/TR/owl2-mapping-to-rdf/). Written here because the tools that
check profiles need Java. An anonymous class expression is reported, since none of the rules looks into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_RESERVED = (str(OWL), str(RDF), str(RDFS), str(XSD))
_DECLARED_AS = {OWL.Class, RDFS.Datatype, OWL.NamedIndividual, OWL.Ontology, *KINDS}
_OF_OBJECT_PROPERTIES = {
    OWL.InverseFunctionalProperty,
    OWL.ReflexiveProperty,
    OWL.IrreflexiveProperty,
    OWL.SymmetricProperty,
    OWL.AsymmetricProperty,
    OWL.TransitiveProperty,
}
_CHARACTERISTICS = {OWL.FunctionalProperty, *_OF_OBJECT_PROPERTIES}
_ASK_FOR_SIMPLE = {
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.AsymmetricProperty,
}
_CLASS_AXIOMS = {RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith}
_PROPERTY_AXIOMS = {RDFS.subPropertyOf, OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.inverseOf}
_ONTOLOGY_PROPERTIES = {OWL.versionIRI, OWL.imports}
_BUILT_IN_ANNOTATIONS = {
    RDFS.label,
    RDFS.comment,
    RDFS.seeAlso,
    RDFS.isDefinedBy,
    OWL.versionInfo,
    OWL.deprecated,
    OWL.priorVersion,
    OWL.backwardCompatibleWith,
    OWL.incompatibleWith,
}
_BUILT_IN_CLASSES = {OWL.Thing, OWL.Nothing}
# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps
# fmt: off
_XSD_DATATYPES = (
    "decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger",
    "negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt",
    "unsignedShort", "unsignedByte", "double", "float", "string", "normalizedString", "token",
    "language", "Name", "NCName", "NMTOKEN", "boolean", "hexBinary", "base64Binary", "anyURI",
    "dateTime", "dateTimeStamp",
)
# fmt: on
_DATATYPES = {
    OWL.real,
    OWL.rational,
    RDF.PlainLiteral,
    RDF.XMLLiteral,
    RDFS.Literal,
    *(URIRef(str(XSD) + name) for name in _XSD_DATATYPES),
}


def violations(graph: Graph) -> list[str]:
    """What keeps an ontology from being in OWL 2 DL, sorted; nothing where it is.

    Args:
        graph: the whole ontology, imports included.
    """
    rules: tuple[Callable[[Graph], Iterator[str]], ...] = (
        _header,
        _blank_nodes,
        _declarations,
        _triples,
        _class_axioms,
        _property_axioms,
        _domains_and_ranges,
        _literals,
        _simple_properties,
    )
    return sorted({found for rule in rules for found in rule(graph)})


def _is(graph: Graph, term: Node, kind: Node) -> bool:
    return (term, RDF.type, kind) in graph


def _reserved(term: Node) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(_RESERVED)


def _class(graph: Graph, term: Node) -> bool:
    return term in _BUILT_IN_CLASSES or _is(graph, term, OWL.Class)


def _datatype(graph: Graph, term: Node) -> bool:
    return term in _DATATYPES or (_is(graph, term, RDFS.Datatype) and not _reserved(term))


def _header(graph: Graph) -> Iterator[str]:
    if (number := len(set(graph.subjects(RDF.type, OWL.Ontology)))) != 1:
        yield f"{number} ontology headers instead of one"


def _blank_nodes(graph: Graph) -> Iterator[str]:
    for subject, predicate, value in graph:
        if isinstance(subject, BNode) or isinstance(value, BNode):
            yield f"a blank node with {predicate}: no rule here looks into it"


def _declarations(graph: Graph) -> Iterator[str]:
    for term in set(graph.subjects(RDF.type)):
        kinds = set(graph.objects(term, RDF.type))
        if len(kinds & set(KINDS)) > 1:
            yield f"{term} is more than one kind of property"
        if {OWL.Class, RDFS.Datatype} <= kinds:
            yield f"{term} is a class and a datatype"
        if _reserved(term):
            yield f"{term} is of the reserved vocabulary and cannot be declared"
        for kind in kinds - _DECLARED_AS - _CHARACTERISTICS:
            if _reserved(kind) or not _class(graph, kind):
                yield f"{term} is a {kind}, which declares nothing in OWL 2 DL"
        for characteristic in kinds & _CHARACTERISTICS:
            allowed = {OWL.ObjectProperty}
            if characteristic == OWL.FunctionalProperty:
                allowed.add(OWL.DatatypeProperty)
            if not kinds & allowed:
                yield f"{term} cannot be a {characteristic}"


def _triples(graph: Graph) -> Iterator[str]:
    """Every triple is an axiom, an annotation by a declared property, or a fact by a declared property."""
    known = _CLASS_AXIOMS | _PROPERTY_AXIOMS | _ONTOLOGY_PROPERTIES | _BUILT_IN_ANNOTATIONS
    known |= {RDF.type, RDFS.domain, RDFS.range}
    for predicate in set(graph.predicates()) - known:
        if _reserved(predicate) or not any(_is(graph, predicate, kind) for kind in KINDS):
            yield f"{predicate} is used, but not declared"


def _class_axioms(graph: Graph) -> Iterator[str]:
    for axiom in _CLASS_AXIOMS:
        for pair in graph.subject_objects(axiom):
            for term in pair:
                if not _class(graph, term):
                    yield f"{term} stands in {axiom}, but is no declared class"


def _property_axioms(graph: Graph) -> Iterator[str]:
    for axiom in _PROPERTY_AXIOMS:
        for one, other in graph.subject_objects(axiom):
            kinds = [next((k for k in KINDS if _is(graph, term, k)), None) for term in (one, other)]
            for term, kind in zip((one, other), kinds, strict=True):
                if kind is None:
                    yield f"{term} stands in {axiom}, but is no declared property"
            if None not in kinds and kinds[0] != kinds[1]:
                yield f"{one} and {other} are joined by {axiom}, but of different kinds"
            if axiom == OWL.inverseOf and kinds[0] not in (None, OWL.ObjectProperty):
                yield f"{one} has an inverse, but is no object property"


def _domains_and_ranges(graph: Graph) -> Iterator[str]:
    for prop, domain in graph.subject_objects(RDFS.domain):
        if not _class(graph, domain):
            yield f"{domain} is the domain of {prop}, but no declared class"
    for prop, value in graph.subject_objects(RDFS.range):
        if _is(graph, prop, OWL.ObjectProperty) and not _class(graph, value):
            yield f"{value} is the range of {prop}, but no declared class"
        if _is(graph, prop, OWL.DatatypeProperty) and not _datatype(graph, value):
            yield f"{value} is the range of {prop}, but no datatype of OWL 2"


def _literals(graph: Graph) -> Iterator[str]:
    for value in set(graph.objects()):
        if isinstance(value, Literal) and value.datatype is not None:
            if not _datatype(graph, value.datatype):
                yield f"{value.n3()} has no datatype of OWL 2"
            elif value.ill_typed:
                yield f"{value.n3()} is no value of its datatype"


def _simple_properties(graph: Graph) -> Iterator[str]:
    """A property with a transitive one below it is composite and may not be functional or the like."""
    composite = set(graph.subjects(RDF.type, OWL.TransitiveProperty))
    while more := {above for p in composite for above in graph.objects(p, RDFS.subPropertyOf)} - composite:
        composite |= more
    for prop in composite:
        if asked := set(graph.objects(prop, RDF.type)) & _ASK_FOR_SIMPLE:
            yield f"{prop} is composite and cannot be {' or '.join(sorted(map(str, asked)))}"
        if any(prop in pair for pair in graph.subject_objects(OWL.propertyDisjointWith)):
            yield f"{prop} is composite and cannot be disjoint with another"
