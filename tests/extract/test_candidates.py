from __future__ import annotations

import spacy

from kg.extract.candidates import add, candidate, candidates, in_title
from kg.records import Kind

NLP = spacy.blank("en")


def test_a_candidate_carries_kind_concept_and_source() -> None:
    span = candidate(NLP("We use Adam."), 2, 3, Kind.METHOD, "vocabulary", "method/adam")
    assert (span.text, span.label_, span.kb_id_, span.id_) == ("Adam", "method", "method/adam", "vocabulary")


def test_candidates_stand_by_place_whichever_came_first() -> None:
    doc = NLP("Adam trains deep networks.")
    assert candidates(doc) == ()
    add(doc, [candidate(doc, 2, 4, Kind.METHOD, "phrase")])
    add(doc, [candidate(doc, 0, 1, Kind.METHOD, "vocabulary", "method/adam")])
    assert [span.text for span in candidates(doc)] == ["Adam", "deep networks"]


def test_candidates_of_one_place_stand_in_one_order_whoever_came_first() -> None:
    doc, orders = NLP("Adam trains"), []
    spans = [candidate(doc, 0, 1, Kind.METHOD, source, key) for source in "ab" for key in ("", "method/adam")]
    for some in (spans, spans[::-1]):
        doc = NLP("Adam trains")
        add(doc, (candidate(doc, s.start, s.end, Kind(s.label_), s.id_, s.kb_id_) for s in some))
        orders.append([(span.label_, span.kb_id_, span.id_) for span in candidates(doc)])
    assert orders[0] == orders[1]


def test_a_text_that_nobody_gave_a_title_has_none() -> None:
    doc = NLP("Adam trains")
    assert not in_title(doc[0:1])
    doc._.kg_title_end = len("Adam")
    assert in_title(doc[0:1])
    assert not in_title(doc[1:2])
