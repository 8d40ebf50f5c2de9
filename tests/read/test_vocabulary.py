from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import BASE, STANDARD, VOCABULARY
from kg.read.source import ReadError
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.records import Concept, Kind

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SKOS = STANDARD["skos"]


def read(folder: Path, turtle: str) -> dict[str, Concept]:
    """The concepts of this Turtle, by key."""
    path = folder / "vocabulary.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return {concept.key: concept for concept in read_vocabulary((path,)).concepts}


def test_a_data_set_is_data_of_topics_by_their_ids_in_order(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        'ex:coco a kg:Dataset ; skos:prefLabel "COCO" ; kg:dataOf ex:object-detection, ex:image-captioning .'
        'ex:object-detection a kg:Topic ; skos:prefLabel "object detection" .',
    )
    assert found["dataset/coco"].data_of == ("image-captioning", "object-detection")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.DATASET])
def test_only_data_sets_are_data_of_something(tmp_path: Path, kind: Kind) -> None:
    found = read(tmp_path, f'ex:x a kg:{kind.capitalize()} ; skos:prefLabel "x" ; kg:dataOf ex:y .')
    assert found[f"{kind}/x"].data_of == ()


def test_what_is_no_topic_has_no_data_sets(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        'ex:coco a kg:Dataset ; skos:prefLabel "COCO" ; kg:dataOf ex:detr .'
        'ex:detr a kg:Method ; skos:prefLabel "DETR" .',
    )
    assert found["dataset/coco"].data_of == ()


def test_a_scheme_with_its_top_concepts_is_no_concept(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "ex:scheme a skos:ConceptScheme ; skos:hasTopConcept ex:vision ."
        'ex:vision a kg:Topic ; skos:prefLabel "vision" ; skos:topConceptOf ex:scheme .',
    )
    assert list(found) == ["topic/vision"]


def test_what_a_data_set_is_data_of_tells_vocabularies_apart(tmp_path: Path) -> None:
    hashes = set()
    for topic in ("a", "b"):
        path = tmp_path / f"{topic}.ttl"
        path.write_text(f'{PREFIXES}ex:x a kg:Dataset ; skos:prefLabel "x" ; kg:dataOf ex:{topic} .')
        hashes.add(read_vocabulary((path,)).hash)
    assert len(hashes) == 2


def test_a_concept_with_two_preferred_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="has 2 skos:prefLabel; give it exactly one"):
        read(tmp_path, 'ex:x a kg:Topic ; skos:prefLabel "x", "y" .')


# The vocabulary that is shipped


@pytest.fixture(scope="module")
def shipped() -> dict[str, Concept]:
    return {concept.key: concept for concept in read_vocabulary((shipped_vocabulary(),)).concepts}


@pytest.fixture(scope="module")
def fields() -> set[str]:
    """Keys of the shipped scheme's top concepts."""
    triples = ox.parse(shipped_vocabulary().read_bytes(), ox.RdfFormat.TURTLE)
    found: dict[str, set[str]] = {"hasTopConcept": set(), "topConceptOf": set()}
    for triple in triples:
        name = triple.predicate.value.removeprefix(SKOS)
        if name in found:
            scheme, concept = triple.subject, triple.object
            if name == "topConceptOf":
                scheme, concept = concept, scheme
            assert isinstance(scheme, ox.NamedNode) and scheme.value == VOCABULARY
            assert isinstance(concept, ox.NamedNode)
            found[name].add(concept.value.removeprefix(BASE))
    assert found["hasTopConcept"] == found["topConceptOf"]
    return found["hasTopConcept"]


def _above(key: str, concepts: dict[str, Concept]) -> set[str]:
    """Keys of a concept and of all that are broader."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [f"{concepts[current].kind}/{broader}" for broader in concepts[current].broader]
    return found


def test_the_fields_are_topics(shipped: dict[str, Concept], fields: set[str]) -> None:
    assert len(fields) == 32
    assert {shipped[field].kind for field in fields} == {Kind.TOPIC}


def test_every_topic_stands_in_some_field(shipped: dict[str, Concept], fields: set[str]) -> None:
    astray = [k for k, c in shipped.items() if c.kind is Kind.TOPIC and not _above(k, shipped) & fields]
    assert astray == []


def test_every_shipped_data_set_is_data_of_some_topic(shipped: dict[str, Concept]) -> None:
    data = [concept for concept in shipped.values() if concept.kind is Kind.DATASET]
    assert [concept.key for concept in data if not concept.data_of] == []
    named = {f"{Kind.TOPIC}/{topic}" for concept in data for topic in concept.data_of}
    assert named - shipped.keys() == set()


def test_every_broader_concept_stands_in_the_vocabulary(shipped: dict[str, Concept]) -> None:
    named = {f"{concept.kind}/{broader}" for concept in shipped.values() for broader in concept.broader}
    assert named - shipped.keys() == set()


def test_a_concept_is_not_called_twice_the_same(shipped: dict[str, Concept]) -> None:
    assert [c.key for c in shipped.values() if c.pref_label in c.alt_labels] == []
