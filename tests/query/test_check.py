from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import Build
from kg.query.check import CheckError, CheckReport, check

from .check_graph import GRAPH, changed
from .small import ABSTRACT, HASH, TITLE


@pytest.fixture
def checked(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Checks a Turtle text, and gives what is wrong as pairs of focus and message."""

    def of(text: str) -> list[tuple[str, str]]:
        (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
        return [(violation.focus, violation.message) for violation in check(tmp_path).violations]

    return of


@pytest.fixture(scope="module")
def seed_report(seed_folder: Path) -> CheckReport:
    return check(seed_folder)


def test_the_seed_build_is_clean(seed_report: CheckReport) -> None:
    assert [f"{violation.focus}: {violation.message}" for violation in seed_report.violations] == []
    assert seed_report.conforms


def test_every_mention_and_claim_of_the_seed_build_is_replayed(
    seed_report: CheckReport, seed_build: Build
) -> None:
    assert seed_report.replayed == len(seed_build.knowledge.mentions) + len(seed_build.knowledge.claims)


def test_a_sound_small_graph_is_clean(checked) -> None:  # type: ignore[no-untyped-def]
    assert checked(GRAPH) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f'dcterms:abstract "{ABSTRACT}"@en', f'dcterms:abstract "{ABSTRACT[:-1]}!"@en'),
        (f'dcterms:abstract "{ABSTRACT}"@en', f'dcterms:abstract "{ABSTRACT} "@en'),
        (f'dcterms:title "{TITLE}"@en', f'dcterms:title "{TITLE.lower()}"@en'),
        (f'kg:textHash "{HASH}"', f'kg:textHash "{HASH[::-1]}"'),
    ],
)
def test_one_changed_character_of_the_text_is_found(checked, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
    message = "title or abstract is not the text that kg:textHash was made of"
    assert ("paper:iclr-2021-0001", message) in checked(changed(old, new))


def test_a_shifted_offset_is_found(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed("kg:start 50 ; kg:end 54", "kg:start 51 ; kg:end 55"))
    assert found == [("mention:iclr-2021-0001-1", "abstract[51:55] is 'dam ', not 'Adam'")]


def test_offsets_count_code_points_and_not_bytes_or_utf_16(checked) -> None:  # type: ignore[no-untyped-def]
    assert ABSTRACT[50:54] == "Adam" and ABSTRACT.index("🙂") < 50
    (found,) = checked(changed("kg:start 50 ; kg:end 54", "kg:start 53 ; kg:end 57"))
    assert found[0] == "mention:iclr-2021-0001-1"


def test_a_claim_whose_offsets_miss_its_sentence_is_found(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed("kg:start 0 ; kg:end 47", "kg:start 0 ; kg:end 46"))
    assert [focus for focus, _ in found] == ["claim:iclr-2021-0001-1"]


def test_a_sentence_that_stands_nowhere_is_found(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed('kg:sentence "Adam wins."@en', 'kg:sentence "Adam loses."@en'))
    assert found == [("mention:iclr-2021-0001-1", "its sentence does not stand in the abstract")]


def test_an_offset_into_a_text_that_the_paper_lacks_is_found(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed('kg:field "abstract" ; kg:start 50', 'kg:field "body" ; kg:start 50'))
    assert ("mention:iclr-2021-0001-1", "has no text that its offsets could count in") in found


@pytest.mark.parametrize(
    ("old", "new", "focus", "path"),
    [
        (f'dcterms:title "{TITLE}"@en ; ', "", "paper:iclr-2021-0001", "dcterms:title"),
        ("kg:concept method:adam ; ", "", "mention:iclr-2021-0001-1", "kg:concept"),
        ("kg:concept method:adam ; ", "kg:concept method:ghost ; ", "mention:iclr-2021-0001-1", "kg:concept"),
        ('kg:exact "Adam" ; ', "", "mention:iclr-2021-0001-1", "kg:exact"),
        ("kg:confidence 0.9", "kg:confidence 1.5", "mention:iclr-2021-0001-1", "kg:confidence"),
        ("kg:start 50 ; kg:end 54", "kg:start 54 ; kg:end 50", "mention:iclr-2021-0001-1", "kg:start"),
        ('kg:polarity "outperforms"', 'kg:polarity "wins"', "claim:iclr-2021-0001-1", "kg:polarity"),
        ("kg:subject method:adam", "kg:subject dataset:imagenet", "claim:iclr-2021-0001-1", "kg:subject"),
        ("kg:position 2", "kg:position 0", "authorship:iclr-2021-0001-2", "kg:position"),
        ('foaf:name "Ada Lovelace"', 'foaf:name "Ada Lovelace", "Ada"', "author:ada-lovelace", "foaf:name"),
        ("kg:memberCount 2", "kg:memberCount 0", "community:ada-lovelace", "kg:memberCount"),
        ("<https://example.org/1>", "<javascript:alert(1)>", "paper:iclr-2021-0001", "foaf:page"),
        ('kg:corpusHash "c"', 'kg:corpusHash "c", "d"', "run:r", "kg:corpusHash"),
        ('"2021"^^xsd:gYear ; dcterms:isPartOf', '"2021" ; dcterms:isPartOf', "paper:iclr-2021-0001", "dcterms:issued"),
        ("skos:broader method:sgd", "skos:broader dataset:imagenet", "method:adam", "skos:broader"),
        ("kg:Dataset ; ", "kg:Dataset, kg:Topic ; ", "dataset:imagenet", "rdf:type"),
    ],
)  # fmt: skip
def test_what_the_shapes_forbid_is_found(checked, old: str, new: str, focus: str, path: str) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed(old, new))
    assert [message for where, message in found if where == focus and message.startswith(f"{path}: ")], found


def test_a_link_to_a_concept_that_no_mention_supports_is_found(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed("kg:uses method:adam", "kg:uses method:sgd, method:adam"))
    assert [focus for focus, _ in found] == ["method:sgd", "paper:iclr-2021-0001"]
    assert (
        found[1][1] == "is linked by kg:uses to method:sgd, which none of its mentions in that role supports"
    )


def test_a_creator_without_authorship_is_found(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(changed("dcterms:creator author:ada-lovelace, ", "dcterms:creator "))
    message = "(kg:authorship/kg:author): author:ada-lovelace stands here or in dcterms:creator, not in both"
    assert ("paper:iclr-2021-0001", message) in found


def test_a_graph_without_papers_is_not_clean(checked) -> None:  # type: ignore[no-untyped-def]
    assert checked("") == [("graph", "holds no paper with a title and a text hash")]


def test_a_graph_under_another_base_is_checked_alike(checked) -> None:  # type: ignore[no-untyped-def]
    there = GRAPH.replace("https://w3id.org/paperkg/id/", "https://example.org/")
    assert checked(there) == []
    (found,) = checked(there.replace("kg:start 50 ; kg:end 54", "kg:start 51 ; kg:end 55"))
    assert found[0] == "mention:iclr-2021-0001-1"


def test_violations_stand_sorted_and_each_once(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(GRAPH.replace("kg:confidence 0.", "kg:confidence 7."))
    assert found == sorted(set(found))
    assert [message for _, message in found if "above 1" in message] == [
        f"kg:confidence: 7.{digits} is above 1" for digits in ("7", "61", "9", "8")
    ]


def test_the_outcome_is_told_as_json(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(changed("kg:end 54", "kg:end 55"), encoding="utf-8")
    told = check(tmp_path).as_dict()
    assert told["conforms"] is False and told["replayed"] == 3
    assert told["violations"] == [
        {
            "focus": "mention:iclr-2021-0001-1",
            "message": "abstract[50:55] is 'Adam ', not 'Adam'",
            "shape": "Offsets",
        }
    ]
    assert told["by_shape"] == {"Offsets": 1}


def test_a_file_can_be_checked_as_well_as_its_folder(tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text(GRAPH, encoding="utf-8")
    assert check(tmp_path / "other.ttl").conforms


def test_a_missing_graph_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="no graph here; run: kg build"):
        check(tmp_path)


@pytest.mark.parametrize(
    "content", [b"not Turtle", b"<a> <b> <c> .", b"\xff\xfe", b'<http://a.org/x> <http://a.org/p> "']
)
def test_what_is_no_turtle_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "graph.ttl").write_bytes(content)
    with pytest.raises(CheckError, match="not valid Turtle") as raised:
        check(tmp_path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kg:mayBeSameAs author:rene-descartes ; ", ""),  # one way only
        ("kg:person author:ada-lovelace, author:rene-descartes", "kg:person author:ada-lovelace"),
        ("kg:score 0.4", "kg:score 1.4"),
        ('kg:verdict "merged"', 'kg:verdict "guessed"'),
        ('kg:reason "compatible names, 3 shared co-authors"', 'kg:reason ""'),
        ("kg:identityConfidence 0.61", "kg:identityConfidence 1.61"),
        ("kg:rankByPageRankLow 1", "kg:rankByPageRankLow 3"),
        ("owl:sameAs <https://orcid.org/0000-0002-1825-0097>", "owl:sameAs <javascript:x>"),
    ],
)
def test_what_the_shapes_forbid_of_who_is_who_is_found(checked, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
    assert checked(changed(old, new))
