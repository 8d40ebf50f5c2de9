"""What sources and users say of who is who goes before the evidence."""

from __future__ import annotations

import pytest

from kg.records import Severity, Verdict
from kg.resolve.overrides import Override
from kg.resolve.people import resolve_people

from .conftest import paper
from .test_people import COURVILLE, WANG, ids

Who = str | tuple[str, int]


def same(one: Who, other: Who, reason: str = "her home page") -> Override:
    return Override(True, one, other, reason, "people.tsv:1")


def different(one: Who, other: Who, reason: str = "two affiliations", line: int = 1) -> Override:
    return Override(False, one, other, reason, f"people.tsv:{line}")


# What sources identify people by.


def test_one_identifier_joins_names_that_letters_would_not() -> None:
    papers = [paper("p1", "Karin Kipper", ids=("id-1",)), paper("p2", "K. Schuler", ids=("id-1",))]
    (author,) = resolve_people(papers).authors
    assert author.identifiers == ("id-1",)
    (decision,) = author.decisions
    assert (decision.reason, decision.confidence) == ("the same identifier, id-1", 1.0)


def test_one_identifier_joins_what_evidence_would_part() -> None:
    papers = [paper(one.id, *one.authors, title=one.title, year=one.year, ids=("id-1",)) for one in WANG]
    found = resolve_people(papers)
    assert len({ids(found)[one.id, 1] for one in papers}) == 1


def test_two_identifiers_part_one_name() -> None:
    papers = [
        paper("p1", "Isabelle Augenstein", ids=("id-1",)),
        paper("p2", "Isabelle Augenstein", ids=("id-2",)),
    ]
    found = resolve_people(papers)
    assert [author.id for author in found.authors] == ["isabelle-augenstein-p1", "isabelle-augenstein-p2"]
    assert [author.identifiers for author in found.authors] == [("id-1",), ("id-2",)]
    assert [author.decisions[0].reason for author in found.authors] == ["given as two people"] * 2
    assert found.possible_identities == ()


def test_two_identifiers_keep_two_names_apart() -> None:
    marked = [
        paper(one.id, *one.authors, ids=(f"id-{number}", "", "", ""))
        for number, one in zip((1, 2, 2), COURVILLE, strict=True)
    ]
    found = resolve_people(marked)
    assert ids(found)["p1", 1] != ids(found)["p2", 1]


def test_a_person_joined_by_an_identifier_is_not_told_as_parted() -> None:
    papers = [paper(one.id, *one.authors, title=one.title, year=one.year, ids=("id-1",)) for one in WANG]
    (author,) = [author for author in resolve_people(papers).authors if author.identifiers]
    assert {decision.verdict for decision in author.decisions} <= {Verdict.MERGED}


# What users say.


def test_whom_a_user_calls_one_is_one_for_the_users_reason() -> None:
    found = resolve_people(
        [paper("p1", "Karin Kipper"), paper("p2", "K. Schuler")], [same("Karin Kipper", "K. Schuler")]
    )
    (author,) = found.authors
    assert (author.id, author.variants) == ("karin-kipper", ("K. Schuler", "Karin Kipper"))
    (decision,) = author.decisions
    assert (decision.verdict, decision.confidence) == (Verdict.MERGED, 1.0)
    assert decision.reason == "people.tsv:1: her home page"
    assert found.notices == ()


def test_a_statement_without_a_reason_is_its_own_reason() -> None:
    papers = [paper("p1", "Karin Kipper"), paper("p2", "K. Schuler")]
    (author,) = resolve_people(papers, [same("Karin Kipper", "K. Schuler", "")]).authors
    assert author.decisions[0].reason == "people.tsv:1: given as one person"


def test_whom_a_user_calls_two_are_two_whatever_the_evidence() -> None:
    found = resolve_people(COURVILLE, [different("Aaron C. Courville", "Aaron Courville")])
    assert ids(found)["p1", 1] == "aaron-c-courville"
    assert ids(found)["p2", 1] == ids(found)["p3", 1] == "aaron-courville"


def test_whom_a_user_calls_two_are_not_perhaps_one() -> None:
    found = resolve_people(COURVILLE, [different("Aaron C. Courville", "Aaron Courville")])
    assert found.possible_identities == ()


def test_a_user_parts_one_name_by_places_on_papers() -> None:
    papers = [paper("p1", "Isabelle Augenstein"), paper("p2", "Ann Arbor", "Isabelle Augenstein")]
    found = resolve_people(papers, [different(("p1", 1), ("p2", 2))])
    assert ids(found)["p1", 1] != ids(found)["p2", 2]
    parted = [author for author in found.authors if author.name == "Isabelle Augenstein"]
    assert [author.confidence for author in parted] == [1.0, 1.0]
    assert found.possible_identities == ()


def test_a_user_joins_what_evidence_parts() -> None:
    found = resolve_people(WANG, [same(("w1", 1), ("w2", 1))])
    assert len({ids(found)[one.id, 1] for one in WANG}) == 1


def test_a_user_goes_before_an_identifier() -> None:
    papers = [paper(f"p{i}", "Isabelle Augenstein", ids=("id-1",)) for i in (1, 2)]
    found = resolve_people(papers, [different(("p1", 1), ("p2", 1))])
    assert ids(found)["p1", 1] != ids(found)["p2", 1]


def test_whom_a_user_calls_one_is_one_though_both_signed_one_paper_or_there_is_a_notice() -> None:
    papers = [paper("p1", "Aaron Courville", "A. Courville"), paper("p2", "Aaron Courville")]
    found = resolve_people(papers, [same("Aaron Courville", "A. Courville")])
    assert len(found.authors) == 1 or found.notices


def test_two_statements_of_one_person_part_nobody_else() -> None:
    papers = [paper(f"p{i}", "Isabelle Augenstein") for i in (1, 2, 3)]
    found = resolve_people(papers, [different(("p1", 1), ("p2", 1)), different(("p1", 1), ("p3", 1), line=2)])
    assert ids(found)["p2", 1] == ids(found)["p3", 1]


def test_two_people_of_one_name_on_one_paper_have_two_ids() -> None:
    found = resolve_people([paper("p1", "Wei Wang", "Wei Wang")], [different(("p1", 1), ("p1", 2))])
    assert len({author.id for author in found.authors}) == 2


@pytest.mark.parametrize(
    ("statement", "nobody"),
    [
        (same("Karin Kipper", "Nobody Here"), "'Nobody Here'"),
        (different("Nobody Here", "Karin Kipper"), "'Nobody Here'"),
        (same("Karin Kipper", ("p1", 9)), "'p1:9'"),
        (same("Karin Kipper", ("p9", 1)), "'p9:1'"),
        (same("Karin Kipper", "\x1b[31m王"), r"'\x1b[31m\u738b'"),
    ],
)
def test_a_statement_about_nobody_is_told_by_its_line(statement: Override, nobody: str) -> None:
    found = resolve_people([paper("p1", "Karin Kipper")], [statement])
    (notice,) = found.notices
    assert str(notice.location) == "people.tsv:1"
    assert notice.severity is Severity.WARNING
    assert notice.reason == f"no author {nobody} among the papers; passed over"
    assert [author.id for author in found.authors] == ["karin-kipper"]
