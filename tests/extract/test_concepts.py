from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.classifier import OUTCOMES
from kg.extract.concepts import Reading, groups, readings, select, weighed
from kg.extract.confidence import Scale, floor
from kg.extract.judges import Judge
from kg.extract.roles import ROLES
from kg.extract.text import Group
from kg.records import Kind, Paper, Role

from .conftest import blank, doc_of, group

# What a judge says is the confidence, rivals or none; introduced is what the judge takes for introduced.
AS_JUDGED = Scale({"sure": 1.0}, {"role": 1.0}, threshold=0.5, introduced=0.7)
NAMES = ("graph neural network", "neural network", "clip", "grandfoo", "purple neural network")


def stub(surely: Mapping[str, float], kind: Kind = Kind.METHOD, otherwise: float = 0.0) -> Judge:
    """A judge that takes groups for one kind, as surely as is told by their names."""

    def judge(doc: Doc, found: Sequence[Group], described: object) -> tuple[np.ndarray, np.ndarray]:
        outcomes = np.zeros((len(found), len(OUTCOMES)))
        for row, one in zip(outcomes, found, strict=True):
            row[OUTCOMES.index(kind)] = surely.get(one.name, otherwise)
            row[0] = 1.0 - row.sum()
        return outcomes, np.tile([0.0, 1.0, 0.0, 0.0], (len(found), 1))

    return judge


def chosen(nlp: Language, text: str, judge: Judge) -> list[tuple[str, str, str]]:
    """The words, kind and concept of each place that is taken, in the order of the text."""
    doc = doc_of(nlp, "", text)
    taken = select(weighed(doc, judge, AS_JUDGED))
    spans = [(span, reading) for reading, places in taken for span in places]
    spans.sort(key=lambda pair: pair[0].start)
    return [(span.text, str(reading.kind), reading.group.concept) for span, reading in spans]


def grouped(nlp: Language, text: str) -> dict[str, tuple[str, set[str]]]:
    """The concept and the places' words of each group, by its name."""
    doc = nlp(text)
    return {group.name: (group.concept, {s.text for s in group.spans}) for group in groups(doc)}


def test_spellings_of_one_name_are_one_group(small_finders: Language) -> None:
    text = "Graph Neural Networks learn. A graph-neural network and graph neural network."
    concept, words = grouped(small_finders, text)["graph neural network"]
    assert concept == "method/graph-neural-network"
    assert {"Graph Neural Networks", "graph neural network"} <= words


def test_variants_of_one_name_are_one_group(small_finders: Language) -> None:
    text = "A zebra sampling method wins. The zebra sampling algorithm wins."
    assert grouped(small_finders, text)["zebra sampling method"] == (
        "",
        {"zebra sampling method", "zebra sampling algorithm"},
    )


def test_a_variant_of_a_known_name_is_known(small_finders: Language) -> None:
    text = "A graph neural net wins. Graph neural networks win."
    assert grouped(small_finders, text)["graph neural net"][0] == "method/graph-neural-network"


def test_an_acronym_belongs_to_the_expansion_that_the_paper_gives(small_finders: Language) -> None:
    known = grouped(small_finders, "A graph neural network (GNN) learns. The GNNs win.")
    words = {"graph neural network", "GNN", "GNNs"}
    assert known["graph neural network"] == ("method/graph-neural-network", words)
    new = grouped(small_finders, "The purple zebra dance (PZD) is odd. No PZD is even.")
    assert new["purple zebra dance"] == ("", {"purple zebra dance", "PZD"})
    assert "pzd" not in new


def test_a_paper_may_define_a_known_acronym_anew(small_finders: Language) -> None:
    text = "We use contextual learning of image patches (CLIP). CLIP works."
    assert {concept for concept, _ in grouped(small_finders, text).values()} == {""}
    assert grouped(small_finders, "We use CLIP. CLIP works.")["clip"] == ("method/clip", {"CLIP"})


@pytest.mark.parametrize(
    "text",
    [
        "A zero pronoun (ZP) is odd. ZPs hurt. The ZP is lost.",
        "Zero pronouns (ZPs) hurt. The ZP is lost. ZPs!",
    ],
)
def test_singular_and_plural_of_an_acronym_are_one_name(small_finders: Language, text: str) -> None:
    found = grouped(small_finders, text)
    assert {"ZP", "ZPs"} < found["zero pronoun"][1]
    assert {"zp", "zps"}.isdisjoint(found)


def test_case_is_part_of_a_one_word_name_that_is_printed_in_odd_case(small_finders: Language) -> None:
    doc = small_finders("The glue sticks. We evaluate on GLUE. Glue again.")
    found = {group.concept: {s.text for s in group.spans} for group in groups(doc) if group.name == "glue"}
    assert found == {"dataset/glue": {"GLUE"}, "": {"glue", "Glue"}}


def test_case_is_no_part_of_a_name_of_several_words_or_of_plain_case(small_finders: Language) -> None:
    text = "GRAPH NEURAL NETWORKS learn. A graph neural network has an Accuracy, the accuracy."
    found = grouped(small_finders, text)
    assert found["graph neural network"][1] == {"GRAPH NEURAL NETWORKS", "graph neural network"}
    assert found["accuracy"] == ("metric/accuracy", {"Accuracy", "accuracy"})


def test_groups_stand_by_the_first_place_of_each(papers: Sequence[Paper], small_finders: Language) -> None:
    for source in papers[:10]:
        found = groups(doc_of(small_finders, source.title, source.abstract))
        assert [one.places[0] for one in found] == sorted(one.places[0] for one in found), source.id
        assert all(one.places == sorted(one.places) for one in found), source.id


def test_a_place_belongs_to_one_group(papers: Sequence[Paper], nlp: Language) -> None:
    for source in papers[:40]:
        doc = doc_of(nlp, source.title, source.abstract)
        found = groups(doc)
        places = [(span.start, span.end) for one in found for span in one.spans]
        assert len(places) == len(set(places)), source.id
        assert all(one.name and one.spans for one in found), source.id
        for one in found:
            if one.concept:
                assert one.kind is Kind(one.concept.split("/")[0]), one


def test_a_known_name_is_chosen_with_its_kind_and_concept_however_unsure(small_finders: Language) -> None:
    assert chosen(small_finders, "We test CLIP, GrandFoo and accuracy on GLUE.", stub({})) == [
        ("CLIP", "method", "method/clip"),
        ("accuracy", "metric", "metric/accuracy"),
        ("GLUE", "dataset", "dataset/glue"),
    ]


def test_a_known_name_keeps_its_kind_whatever_the_judge_takes_it_for(small_finders: Language) -> None:
    judge = stub({"clip": 0.99}, Kind.TOPIC)
    assert ("CLIP", "method", "method/clip") in chosen(small_finders, "We test CLIP.", judge)


@pytest.mark.parametrize("kind", Kind)
def test_any_other_name_has_the_likeliest_kind(small_finders: Language, kind: Kind) -> None:
    judge = stub({"grandfoo": 0.6}, kind)
    assert chosen(small_finders, "We test GrandFoo.", judge) == [("GrandFoo", str(kind), "")]


def test_a_name_outside_the_vocabulary_counts_from_the_floor_on(small_finders: Language) -> None:
    text = "We test GrandFoo."
    assert chosen(small_finders, text, stub({"grandfoo": floor()})) == [("GrandFoo", "method", "")]
    assert chosen(small_finders, text, stub({"grandfoo": floor() - 0.01})) == []


def test_the_surest_reading_takes_the_place(small_finders: Language) -> None:
    text = "A purple neural network sings."
    shorter = stub({"neural network": 0.9, "purple neural network": 0.6})
    longer = stub({"neural network": 0.6, "purple neural network": 0.9})
    assert chosen(small_finders, text, shorter) == [
        ("neural network", "method", "method/neural-network"),
    ]
    assert chosen(small_finders, text, longer) == [("purple neural network", "method", "")]


def test_a_concept_that_a_surer_one_covers_is_left_with_its_other_places(small_finders: Language) -> None:
    judge = stub({"purple neural network": 0.9, "neural network": 0.6})
    assert chosen(small_finders, "A purple neural network sings. The neural network hums.", judge) == [
        ("purple neural network", "method", ""),
        ("neural network", "method", "method/neural-network"),
    ]


def test_of_the_places_of_one_concept_the_longest_is_taken(small_finders: Language) -> None:
    text = "The zebra sampling task is odd."
    assert grouped(small_finders, text)["zebra sampling"][1] == {"zebra sampling task"}
    judge = stub({"zebra sampling": 0.9})
    assert chosen(small_finders, text, judge) == [("zebra sampling task", "method", "")]


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1)), st.floats(0, 1))
def test_whatever_the_judge_says_no_two_chosen_places_overlap(
    small_finders: Language, surely: dict[str, float], otherwise: float
) -> None:
    text = "We test CLIP and GrandFoo. A purple graph neural network beats a neural network and GrandFoo."
    doc = doc_of(small_finders, "GrandFoo: a neural network", text)
    found = weighed(doc, stub(surely, otherwise=otherwise), AS_JUDGED)
    taken = [(reading, span) for reading, places in select(found) for span in places]
    tokens = [i for _, span in taken for i in range(span.start, span.end)]
    assert len(tokens) == len(set(tokens))
    assert all(span in reading.group.spans for reading, span in taken)
    assert all(reading.confidence >= floor() or reading.group.concept for reading, _ in taken)


def test_the_surer_the_judge_the_surer_the_reading() -> None:
    doc = blank()("CLIP wins")
    steps = np.linspace(0, 1, 21)
    for concept in ("", "method/clip"):
        outcomes = np.zeros((len(steps), len(OUTCOMES)))
        outcomes[:, 0], outcomes[:, OUTCOMES.index(Kind.METHOD)] = 1 - steps, steps
        same = [group(doc[0:1], concept=concept)] * len(steps)
        found = readings(same, outcomes, np.full((len(steps), 4), 0.25), AS_JUDGED)
        sure = [reading.confidence for reading in found]
        assert sure == sorted(sure)
        assert 0 <= sure[0] < sure[-1] <= 1


@pytest.mark.parametrize("role", range(len(ROLES)))
def test_topics_and_metrics_have_one_role_and_the_others_the_judged_one(role: int) -> None:
    doc = blank()("CLIP wins")
    outcomes, roles = np.eye(len(OUTCOMES))[1:], np.tile(np.eye(len(ROLES))[role], (4, 1))
    found = readings([group(doc[0:1])] * 4, outcomes, roles, AS_JUDGED)
    assert {reading.kind: reading.role for reading in found} == {
        Kind.TOPIC: Role.HAS_TOPIC,
        Kind.METRIC: Role.EVALUATES_WITH,
        Kind.METHOD: ROLES[role],
        Kind.DATASET: ROLES[role],
    }


def test_a_rarer_role_is_said_only_from_its_probability_on() -> None:
    doc = blank()("CLIP wins")
    outcomes = np.eye(len(OUTCOMES))[[OUTCOMES.index(Kind.METHOD)]]
    cautious = replace(AS_JUDGED, roles={str(Role.COMPARES_WITH): 0.6, str(Role.STUDIES): 1.0})

    def role(*likely: float) -> Role:
        (reading,) = readings([group(doc[0:1])], outcomes, np.array([likely]), cautious)
        return reading.role

    assert role(0.1, 0.3, 0.6, 0.0) is Role.COMPARES_WITH
    assert role(0.1, 0.3, 0.59, 0.01) is Role.USES
    assert role(0.0, 0.0, 0.05, 0.95) is Role.USES
    assert role(0.9, 0.0, 0.1, 0.0) is Role.INTRODUCES


def test_a_text_without_groups_is_read_as_nothing() -> None:
    assert readings([], np.zeros((0, 5)), np.zeros((0, 4)), AS_JUDGED) == []


def test_equally_sure_readings_are_taken_in_the_order_of_the_text() -> None:
    doc = blank()("A purple zebra dance")
    first = Reading(group(doc[1:3], name="purple zebra"), Kind.TOPIC, Role.HAS_TOPIC, 0.5)
    second = Reading(group(doc[2:4], name="zebra dance"), Kind.TOPIC, Role.HAS_TOPIC, 0.5)
    for given_order in itertools.permutations((first, second)):
        assert [reading for reading, _ in select(given_order)] == [first]


def test_what_a_paper_introduces_goes_before_the_surer_name_inside_its_own() -> None:
    doc = blank()("We propose deep symbolic regression")
    known = Reading(group(doc[3:5], name="symbolic regression"), Kind.TOPIC, Role.HAS_TOPIC, 0.99)
    own = Reading(group(doc[2:5], name="deep symbolic regression"), Kind.METHOD, Role.INTRODUCES, 0.9, 0.8)
    assert [reading for reading, _ in select([known, own])] == [own]
    assert [reading for reading, _ in select([known, replace(own, introduced=0.05)])] == [known]


def test_chosen_spans_carry_name_role_and_confidence(small_nlp: Language) -> None:
    doc = small_nlp("A graph neural network (GNN) learns. We train GNNs on GLUE.")
    spans = list(doc.spans["kg_concepts"])
    assert spans == sorted(spans, key=lambda span: span.start)
    names = {span._.kg_name for span in spans if span.kb_id_ == "method/graph-neural-network"}
    assert names == {"graph neural network"}
    for span in spans:
        assert isinstance(span._.kg_role, Role)
        assert 0 <= span._.kg_confidence <= 1


def test_places_of_one_concept_agree_on_all_that_is_said_of_it(
    papers: Sequence[Paper], nlp: Language
) -> None:
    for source in papers[:20]:
        doc = doc_of(nlp, source.title, source.abstract)
        said: dict[tuple[str, str], set[tuple[object, ...]]] = {}
        for span in doc.spans["kg_concepts"]:
            its = (span.kb_id_, span._.kg_role, span._.kg_confidence)
            said.setdefault((span.label_, span._.kg_name), set()).add(its)
        assert [name for name, its in said.items() if len(its) > 1] == [], source.id


def test_chosen_spans_of_the_seeds_never_overlap(
    papers: Sequence[Paper], nlp: Language, accurate_nlp: Language
) -> None:
    for extractor, some in ((nlp, papers[:60]), (accurate_nlp, papers[60:66])):
        for source in some:
            doc = doc_of(extractor, source.title, source.abstract)
            for before, after in itertools.pairwise(doc.spans["kg_concepts"]):
                assert before.end <= after.start, (source.id, before, after)
