"""Each kind of change is told by its cause, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.diff.causes import Cause, Run, reading_causes
from tests.diff.graphs import RUN, difference, other, told
from tests.query.small import GRAPH, HASH, TITLE

PAPER = """
paper:iclr-2021-0002 a kg:Paper ; dcterms:title "Adam again"@en ; dcterms:isPartOf edition:iclr-2022 ;
    dcterms:creator author:emmy-noether ; kg:authorship authorship:iclr-2021-0002-1 ; kg:uses method:adam-w ;
    kg:mention mention:iclr-2021-0002-1 ; kg:textHash "0123456789abcdef" .
edition:iclr-2022 a kg:Edition ; rdfs:label "iclr 2022" ; dcterms:isPartOf venue:other .
venue:other a kg:Venue ; rdfs:label "other" .
authorship:iclr-2021-0002-1 a kg:Authorship ; kg:position 1 ; kg:author author:emmy-noether ; kg:nameAsPrinted "E. Noether" .
author:emmy-noether a kg:Author ; foaf:name "Emmy Noether" ; kg:paperCount 1 .
method:adam-w a kg:Method ; skos:prefLabel "AdamW"@en ; skos:broader method:family .
method:family a kg:Method ; skos:prefLabel "family"@en .
mention:iclr-2021-0002-1 a kg:Mention ; kg:concept method:adam-w ; kg:exact "AdamW" ; kg:role kg:uses ;
    kg:field "title" ; kg:start 0 ; kg:end 5 ; kg:confidence 0.9 .
"""
SURER = ("kg:confidence 0.9 ;", "kg:confidence 0.95 ;")
MENTION = ("changed", TITLE, "mention")


def test_a_graph_does_not_differ_from_itself(tmp_path: Path) -> None:
    found = difference(tmp_path, GRAPH)
    assert not found and found.changes == ()


def test_all_that_a_new_paper_brings_is_told_by_the_new_paper(tmp_path: Path) -> None:
    found = difference(tmp_path, GRAPH + PAPER)
    assert list(told(found)) == ["paper new"]
    names = {name for _, name, _ in told(found)["paper new"]}
    assert names == {"Adam again", "AdamW", "family", "Emmy Noether", "iclr 2022", "other"}


def test_all_that_goes_with_a_paper_is_told_by_its_going(tmp_path: Path) -> None:
    found = difference(tmp_path, GRAPH, old=GRAPH + PAPER)
    assert {cause: {kind for kind, *_ in rows} for cause, rows in told(found).items()} == {
        "paper gone": {"removed"}
    }


def test_readings_of_a_text_that_changed_are_told_by_the_text(tmp_path: Path) -> None:
    found = difference(tmp_path, other((HASH, "f" * 16), SURER, (RUN, RUN.replace('"v"', '"w"'))))
    assert told(found) == {
        "text changed": [MENTION, ("changed", TITLE, "textHash")],
        "the run itself": [("changed", "ontology/Run", "vocabularyHash")],
    }


@pytest.mark.parametrize(
    ("edits", "cause"),
    [
        ([(RUN, RUN.replace('"v"', '"w"'))], "vocabulary changed"),
        ([('kg:extractor "fast"', 'kg:extractor "slow"')], "extractor changed"),
        ([('"0.1.0"', '"0.2.0"')], "software changed"),
        ([(RUN, RUN.replace('"c"', '"d"'))], "other papers changed"),
        ([("run:r", "run:s")], "settings changed"),
        ([], "no cause told"),
        (
            [(RUN, RUN.replace('"v"', '"w"')), ('kg:extractor "fast"', 'kg:extractor "slow"')],
            "vocabulary changed and extractor changed",
        ),
    ],
)
def test_the_same_text_read_differently_is_told_by_what_the_runs_tell(
    tmp_path: Path, edits: list[tuple[str, str]], cause: str
) -> None:
    causes = told(difference(tmp_path, other(SURER, *edits)))
    assert causes.pop(cause) == [MENTION]
    assert set(causes) <= {"the run itself"}


def test_another_person_under_the_same_printed_name_is_told_by_the_people(tmp_path: Path) -> None:
    found = difference(
        tmp_path,
        other(
            ("author:rene-descartes", "author:rene-descartes-2"),
            ("decision:rene-descartes-1", "decision:rene-descartes-2-1"),
        ),
    )
    causes = told(found)
    assert set(causes) <= {"people resolved differently", "measures moved with the graph"}
    assert ("changed", TITLE, "authorship") in causes["people resolved differently"]


def test_a_name_printed_differently_is_a_changed_record(tmp_path: Path) -> None:
    found = difference(tmp_path, other(('kg:nameAsPrinted "R. Descartes" .', 'kg:nameAsPrinted "Rene D." .')))
    assert told(found) == {"record changed": [("changed", TITLE, "authorship")]}


def test_a_label_of_another_vocabulary_is_told_by_the_vocabulary(tmp_path: Path) -> None:
    found = difference(tmp_path, other(('"SGD"@en', '"sgd"@en'), (RUN, RUN.replace('"v"', '"w"'))))
    assert told(found)["vocabulary changed"] == [("changed", "sgd", "prefLabel")]


def test_counts_and_centralities_are_measures(tmp_path: Path) -> None:
    found = difference(
        tmp_path, other(("kg:pageRank 0.5", "kg:pageRank 0.4"), ("kg:memberCount 2", "kg:memberCount 3"))
    )
    assert told(found) == {
        "measures moved with the graph": [
            ("changed", "Ada Lovelace", "pageRank"),
            ("changed", "optimisation", "memberCount"),
        ]
    }


def test_a_decision_on_names_is_told_by_the_people(tmp_path: Path) -> None:
    found = difference(tmp_path, other(("kg:confidence 0.61 ;", "kg:confidence 0.7 ;")))
    assert told(found) == {"people resolved differently": [("changed", "René Descartes", "decision")]}


def test_mentions_that_only_moved_in_the_list_are_no_difference_to_people(tmp_path: Path) -> None:
    found = difference(
        tmp_path,
        other(
            ("0001-1 a kg:Mention", "x a kg:Mention"), ("0001-2 a kg:Mention", "0001-1 a kg:Mention")
        ).replace("mention:iclr-2021-x a", "mention:iclr-2021-0001-2 a"),
    )
    assert found and found.changes == ()


def test_nothing_told_by_the_runs_is_no_cause() -> None:
    assert reading_causes(Run(), Run()) == (Cause.UNKNOWN,)
