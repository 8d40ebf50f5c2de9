"""The ontology is in OWL 2 DL, so that every reasoner may be given it."""

from __future__ import annotations

import pytest
import rdflib

from kg.resources import ontology
from tests.ontology.profile import violations

_TEXT = ontology("kg.ttl").read_text(encoding="utf-8")


def _told(more: str = "", text: str = _TEXT) -> list[str]:
    return violations(rdflib.Graph().parse(data=f"{text}\n{more}", format="turtle"))


def test_the_ontology_is_in_owl_2_dl() -> None:
    assert _told() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("kg:Claim rdfs:subClassOf rdf:Statement .", "rdf-syntax-ns#Statement stands in"),
        ("kg:subject rdfs:subPropertyOf rdf:subject .", "rdf-syntax-ns#subject stands in"),
        ("kg:role rdfs:range rdf:Property .", "rdf-syntax-ns#Property is the range of"),
        ("kg:firstYear rdfs:range xsd:gYear .", "XMLSchema#gYear is the range of"),
        ("xsd:gYear a rdfs:Datatype .", "reserved vocabulary"),
        ("kg:position a owl:ObjectProperty .", "more than one kind of property"),
        ("kg:Paper a rdfs:Datatype .", "a class and a datatype"),
        ("kg:Paper rdfs:subClassOf mls:Model .", "no declared class"),
        ("kg:uses rdfs:subPropertyOf cito:usesMethodIn .", "no declared property"),
        ("kg:uses rdfs:subPropertyOf kg:position .", "of different kinds"),
        ("kg:Paper skos:note 'x' .", "used, but not declared"),
        ("kg:author a owl:TransitiveProperty .", "is composite"),
        (
            "kg:part a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:subPropertyOf kg:author .",
            "is composite",
        ),
        ("kg:position a owl:SymmetricProperty .", "cannot be a"),
        ("kg:thing a rdf:Property .", "declares nothing"),
        ("kg:Paper rdfs:subClassOf [ a owl:Class ] .", "a blank node"),
        ("kg:Paper rdfs:comment '2021'^^xsd:gYear .", "no datatype of OWL 2"),
        ("kg:Paper rdfs:comment 'x'^^xsd:integer .", "no value of its datatype"),
        ("<http://a.org/> a owl:Ontology .", "2 ontology headers"),
    ],
)
def test_what_would_leave_the_profile_is_told(more: str, said: str) -> None:
    assert any(said in line for line in _told(more)), said
