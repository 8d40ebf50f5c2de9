"""How well names are resolved is measured as by hand, and a curated file at fault is refused by its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.identity import Agreement, b_cubed, evaluate_identity, pairwise, read_signatures
from kg.read.source import ReadError
from kg.records import Authorship


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        ("aabb", "aabb", 1, 1),
        ("aabb", "xxyy", 1, 1),  # what clusters are called does not matter
        ("aaaa", "aabb", 1 / 2, 1),
        ("abcd", "aabb", 1, 1 / 2),
        ("abab", "aabb", 1 / 2, 1 / 2),
        # three things of a class of three and one other in one cluster: (3 * 3/4 + 1/4) / 4
        ("aaaa", "xxxy", (3 * 3 / 4 + 1 / 4) / 4, 1),
        # Bagga and Baldwin: two classes of five joined, one of two alone
        ("aaaaaaaaaabb", "aaaaabbbbbcc", (10 * 1 / 2 + 2) / 12, 1),
        ("", "", 0, 0),
    ],
)
def test_b_cubed_is_the_mean_over_things(found: str, wanted: str, precision: float, recall: float) -> None:
    measured = b_cubed(found, wanted)
    assert (measured.precision, measured.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        ("aabb", "xxyy", 1, 1),
        ("aaaa", "aabb", 2 / 6, 1),
        ("abcd", "aabb", 1, 0),  # no pair is put together, so none is wrong
        ("abab", "aabb", 0, 0),
        ("aaab", "aabb", 1 / 3, 1 / 2),
        ("aab", "abc", 0, 1),
        ("", "", 1, 1),
    ],
)
def test_pairwise_is_the_share_of_pairs(found: str, wanted: str, precision: float, recall: float) -> None:
    measured = pairwise(found, wanted)
    assert (measured.precision, measured.recall) == pytest.approx((precision, recall))


def test_f1_is_the_harmonic_mean() -> None:
    assert Agreement(0.5, 1.0).f1 == pytest.approx(2 / 3)
    assert Agreement(0.0, 0.0).f1 == 0.0


def test_things_and_classes_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="shorter|longer"):
        b_cubed("ab", "a")


CLUSTERS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12)


@given(CLUSTERS)
def test_precision_is_recall_seen_from_the_other_side(things: list[tuple[int, int]]) -> None:
    found, wanted = [a for a, _ in things], [b for _, b in things]
    for measure in (b_cubed, pairwise):
        here, there = measure(found, wanted), measure(wanted, found)
        assert (here.precision, here.recall) == pytest.approx((there.recall, there.precision))
        assert 0 <= here.f1 <= 1
        assert measure(found, found).f1 == pytest.approx(1)


def signed(*rows: tuple[str, int, str, str]) -> list[Authorship]:
    """Authorships by paper, position, author and printed name."""
    return [Authorship(*row) for row in rows]


AUTHORSHIPS = signed(
    ("p1", 1, "yang-liu", "Yang Liu"),
    ("p2", 1, "yang-liu", "Yang Liu"),
    ("p3", 1, "hal-daume", "Hal Daumé III"),
    ("p4", 1, "hal-daume", "Hal Daume"),
    ("p5", 1, "nobody", "Not Curated"),
)
CURATED = {
    ("p1", 1): "yang-liu-ict",
    ("p2", 1): "yang-liu-umich",
    ("p3", 1): "hal-daume-iii",
    ("p4", 1): "hal-daume-iii",
    ("p9", 1): "of no paper here",
}


def test_people_are_measured_by_several_spellings_by_shared_name_and_all_together() -> None:
    several, shared, everyone = evaluate_identity(AUTHORSHIPS, CURATED)
    assert (several.group, several.signatures, several.people) == ("several spellings", 2, 1)
    assert several.b_cubed == several.pairwise == Agreement(1.0, 1.0)
    assert (shared.group, shared.signatures, shared.people) == ("shared name: Yang Liu", 2, 2)
    assert shared.b_cubed == Agreement(0.5, 1.0)
    assert shared.pairwise == Agreement(0.0, 1.0)
    assert (everyone.group, everyone.signatures, everyone.people) == ("everyone", 5, 4)
    assert everyone.b_cubed.precision == pytest.approx((0.5 + 0.5 + 3) / 5)
    assert everyone.b_cubed.recall == 1.0


def test_papers_may_have_other_ids_in_the_curated_file() -> None:
    renamed = [
        Authorship(f"acl-{one.paper}", one.position, one.author, one.name_as_printed) for one in AUTHORSHIPS
    ]
    names = {f"acl-{one.paper}": one.paper for one in AUTHORSHIPS}
    assert evaluate_identity(renamed, CURATED, names) == evaluate_identity(AUTHORSHIPS, CURATED)


def test_without_curated_people_everyone_is_one_person_a_name() -> None:
    several, everyone = evaluate_identity(AUTHORSHIPS, {})
    assert several.signatures == 0
    assert everyone.people == 4


def test_curated_signatures_are_read_plain_or_packed(tmp_path: Path) -> None:
    lines = '{"paper": "p1", "position": 2, "person": "a", "name": "A. B"}\n\n{"paper": "p2", "position": 1, "person": "b"}\n'
    plain, packed = tmp_path / "people.jsonl", tmp_path / "people.jsonl.gz"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    assert read_signatures(plain) == read_signatures(packed) == {("p1", 2): "a", ("p2", 1): "b"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"paper": "p1", "person": "a"}', '"position"'),
        ('{"paper": "p1", "position": 0, "person": "a"}', '"position"'),
        ('{"paper": "p1", "position": "1", "person": "a"}', '"position"'),
        ('{"paper": "p1", "position": true, "person": "a"}', '"position"'),
        ('{"paper": "p1", "position": 1.5, "person": "a"}', '"position"'),
        ('{"position": 1, "person": "a"}', '"paper"'),
        ('{"paper": "p1", "position": 1}', '"person"'),
        ('{"paper": 7, "position": 1, "person": "a"}', '"paper"'),
        ("[]", "not a JSON object"),
        ("{", "not valid JSON"),
    ],
)
def test_a_line_at_fault_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text(f'{{"paper": "p1", "position": 1, "person": "a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(ReadError) as refused:
        read_signatures(path)
    assert str(refused.value).startswith(f"{path}:2: ")
    assert fault in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.jsonl"):
        read_signatures(tmp_path / "none.jsonl")
