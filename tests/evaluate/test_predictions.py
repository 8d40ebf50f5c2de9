from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate.gold import GoldPaper
from kg.evaluate.predictions import PaperPredictions, aligned, as_record, of_extractions, of_file
from kg.evaluate.roles import GoldRole
from kg.extract.pipeline import Extraction
from kg.read.source import ReadError
from kg.read.vocabulary import vocabulary_of
from kg.records import Claim, Concept, Field, Kind, Mention, Polarity, Predicate, Role, Span

from .samples import written

SOMEWHERE = Span(Field.ABSTRACT, 0, 1)
VOCABULARY = vocabulary_of([Concept("detr", Kind.METHOD, "detection transformer", ("DETR",), curated=True)])


def mention(
    exact: str,
    kind: Kind = Kind.METHOD,
    role: Role = Role.USES,
    confidence: float = 0.9,
    concept: str = "",
    name: str = "",
) -> Mention:
    """A mention of which the place does not matter."""
    return Mention("p", SOMEWHERE, exact, SOMEWHERE, kind, name or exact.lower(), concept, role, confidence)


def claim(subject: str, object_: str, confidence: float = 0.9, start: int = 0) -> Claim:
    """A comparison of which the place hardly matters."""
    place = Span(Field.ABSTRACT, start, start + 1)
    return Claim("p", subject, Predicate.COMPARED_WITH, object_, place, Polarity.NEUTRAL, confidence)


def predicted(gold: GoldPaper, *read: Mention | Claim, minimum: float = 0.5) -> PaperPredictions:
    """What is predicted where this was read."""
    mentions = tuple(item for item in read if isinstance(item, Mention))
    claims = tuple(item for item in read if isinstance(item, Claim))
    (found,) = of_extractions([(gold.paper, Extraction(mentions, claims))], minimum, VOCABULARY)
    return found


def test_mentions_of_one_name_are_one_prediction(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(
        gold[0], mention("GAN", name="gan"), mention("GANs", name="gan"), mention("GANs", name="gan")
    )
    (concept,) = found.concepts
    assert (concept.label, concept.surfaces, concept.kind) == ("GANs", ("GAN", "GANs"), Kind.METHOD)


def test_a_concept_of_the_vocabulary_has_its_label_whatever_is_printed(gold: tuple[GoldPaper, ...]) -> None:
    (concept,) = predicted(gold[0], mention("DETR", concept="method/detr", name="other")).concepts
    assert (concept.label, concept.surfaces) == ("detection transformer", ("DETR",))


def test_one_name_with_two_kinds_is_two_predictions(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(gold[0], mention("Cache"), mention("Cache", Kind.DATASET))
    assert {concept.kind for concept in found.concepts} == {Kind.METHOD, Kind.DATASET}


def test_an_introduction_outranks_other_roles(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(gold[0], mention("X", role=Role.USES), mention("X", role=Role.INTRODUCES))
    assert found.concepts[0].role is GoldRole.INTRODUCES


def test_roles_have_the_annotations_words(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(
        gold[0], mention("X", role=Role.COMPARES_WITH), mention("T", Kind.TOPIC, Role.HAS_TOPIC)
    )
    assert {c.label: c.role for c in found.concepts} == {"X": GoldRole.COMPARES, "T": None}


def test_what_is_less_sure_than_the_minimum_is_kept_but_not_asserted(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(gold[0], mention("Sure", confidence=0.5), mention("Unsure", confidence=0.49))
    assert [c.label for c in found.concepts] == ["Sure", "Unsure"]
    assert [c.label for c in found.asserted] == ["Sure"]


def test_a_claim_gives_a_relation_with_all_names_of_its_ends_once(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(
        gold[0], mention("DETR", concept="method/detr"), mention("X"), mention("Xs", name="x"),
        claim("method/x", "method/detr"), claim("method/x", "method/detr", 0.8, start=9), claim("method/x", "method/detr", 0.1),
    )  # fmt: skip
    (relation,) = found.relations
    assert relation.subject == ("Xs", "X", "Xs") and relation.object == ("detection transformer", "DETR")
    assert relation.confidence == 0.9


def test_a_claim_of_a_concept_with_itself_is_no_relation(gold: tuple[GoldPaper, ...]) -> None:
    found = predicted(
        gold[0], mention("DETR", concept="method/detr"), mention("detection transformer", concept="method/detr"),
        claim("method/detr", "method/detection transformer"),
    )  # fmt: skip
    assert not found.relations


def test_papers_are_matched_by_id_or_else_by_title(gold: tuple[GoldPaper, ...]) -> None:
    by_id = PaperPredictions("iclr-2021-0036", "Another title", ())
    by_title = PaperPredictions("10-1000-x", "DiffWave – a versatile diffusion model for audio synthesis", ())
    assert aligned(gold, [by_title, by_id]) == (by_id, by_title)
    assert aligned(gold, [PaperPredictions("other", "Other", ())]) == (None, None)


def test_what_is_written_as_a_file_is_read_back(gold: tuple[GoldPaper, ...], tmp_path: Path) -> None:
    found = predicted(
        gold[0], mention("DETR", role=Role.COMPARES_WITH, concept="method/detr"), mention("X", role=Role.INTRODUCES),
        claim("method/x", "method/detr"),
    )  # fmt: skip
    (back,) = of_file(written(tmp_path, as_record(found)))
    assert back.concepts == found.concepts
    assert [(r.subject, r.object) for r in back.relations] == [(r.subject, r.object) for r in found.relations]


def test_a_file_needs_no_roles_confidences_or_relations(tmp_path: Path) -> None:
    concept = {"type": "topic", "label": "vision", "surfaces": []}
    (found,) = of_file(written(tmp_path, {"id": "p", "concepts": [concept]}))
    assert found.concepts[0].names == {"vision"} and found.concepts[0].confidence is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"id": "p"}, '"concepts" must be a list of objects'),
        (
            {"id": "p", "concepts": [{"type": "topic", "label": "x", "surfaces": [], "confidence": 7}]},
            '"confidence"',
        ),
        ({"id": "p", "concepts": [], "relations": [["likes", "a", "b"]]}, "a relation 'likes'"),
        ({"id": "first", "concepts": []}, "the id of an earlier line again"),
    ],
)
def test_a_line_of_another_form_is_named(tmp_path: Path, line: object, reason: str) -> None:
    path = written(tmp_path, {"id": "first", "concepts": []}, line)
    with pytest.raises(ReadError) as caught:
        list(of_file(path))
    assert str(caught.value).startswith(f"{path}:2: {reason}")


def test_a_record_is_plain_json(gold: tuple[GoldPaper, ...]) -> None:
    record = as_record(predicted(gold[0], mention("X")))
    assert json.loads(json.dumps(record)) == record
