from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.namespaces import prefixes
from kg.write.rdf import Description, Iri, Literal, Term, decimal, english, integer, year
from kg.write.turtle import turtle

from .triples import XSD, by_oxigraph, by_rdflib, described

PREFIXES = {"a": "http://a.org/", "h": "http://a.org/h#", "kg": "https://w3id.org/paperkg/ontology#"}
SUBJECT, PROPERTY = Iri("http://a.org/s"), Iri("http://a.org/p")

_FRAGMENTS = [
    '"', '""', '"""', "'", "\\", "\\\\", "\\n", "\\u0041", "\n", "\r", "\r\n", "\t", "\x00", "\x0b", "\x1b[31m",
    "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\ud800", "\udfff", "\U0001f600", "\u202e", "ש", "م",
    "e\u0301", " .", "@en", "^^<", "> .\n<http://evil.org/> a <http://evil.org/Evil> .", "{}%$", "a",
]  # fmt: skip
_hostile = st.one_of(
    st.lists(st.sampled_from(_FRAGMENTS), max_size=6).map("".join),
    st.text(st.characters(codec=None, categories=None)),
)
_local = st.one_of(
    st.text("abcABC019_-.", max_size=8),
    st.text("ab1-._~!$&'()*+,;=:@/?é中", max_size=12),
    st.sampled_from(["", "-", "-a", "a.", ".a", "a.b", "1", "true", "a/b#c", "%20", "a\u0301", "..", "a:b"]),
)


def _legal(iri: Iri) -> bool:
    try:
        ox.NamedNode(iri.value)
    except ValueError:
        return False
    return True


_iri = st.builds(
    lambda namespace, local: Iri(namespace + local), st.sampled_from([*PREFIXES.values(), "urn:x:"]), _local
).filter(_legal)
_finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
_term: st.SearchStrategy[Term] = st.one_of(
    _iri,
    _hostile.map(Literal),
    _hostile.map(english),
    st.builds(Literal, _hostile, st.sampled_from([XSD + "anyURI", "http://a.org/type"])),
    st.integers().map(integer),
    _finite.map(decimal),
    st.integers(min_value=1, max_value=9999).map(year),
)
_description = st.builds(
    Description,
    _iri,
    st.lists(st.tuples(_iri, st.lists(_term, max_size=4).map(tuple)), min_size=1, max_size=4)
    .map(tuple)
    .filter(lambda properties: any(objects for _, objects in properties)),
)


def written(*objects: Term) -> str:
    """One subject with objects, as Turtle."""
    return "".join(turtle([Description(SUBJECT, ((PROPERTY, objects),))], PREFIXES))


def _storable(text: str) -> str:
    """The text that can be stored in UTF-8: a lone surrogate becomes the replacement character."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph])
@given(_hostile)
@example('"""\\"""')
@example("\ud83d")
@example("\u202eevil\u2028\u2029\x85")
def test_any_string_is_read_back_as_it_was(read, text: str) -> None:  # type: ignore[no-untyped-def]
    document = written(Literal(text)).encode()
    assert list(read(document)) == [(SUBJECT.value, PROPERTY.value, ("literal", _storable(text), "", ""))]


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph])
@given(st.lists(_description, max_size=3))
def test_any_descriptions_are_read_back_as_the_triples_they_say(read, descriptions) -> None:  # type: ignore[no-untyped-def]
    document = "".join(turtle(descriptions, PREFIXES)).encode()
    expected = {(s, p, (o[0], _storable(o[1]), *o[2:])) for s, p, o in described(descriptions)}
    assert set(read(document)) == expected


@given(st.lists(_term, min_size=1, max_size=5), st.randoms())
def test_neither_order_nor_repetition_of_objects_changes_a_byte(objects: list[Term], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [*objects, random.choice(objects)]
    random.shuffle(shuffled)
    assert written(*shuffled) == written(*objects)


def test_objects_stand_sorted() -> None:
    assert written(english("b"), english("a"), Iri("http://a.org/c")).endswith(
        'a:s a:p "a"@en, "b"@en, a:c .\n'
    )


def test_prefixes_stand_sorted_whatever_order_they_came_in() -> None:
    there = "".join(turtle([], PREFIXES))
    back = "".join(turtle([], dict(reversed(PREFIXES.items()))))
    assert there == back == "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in sorted(PREFIXES))


@pytest.mark.parametrize(
    ("iri", "form"),
    [
        ("http://a.org/bin-li", "a:bin-li"),
        ("http://a.org/h#x", "h:x"),
        ("http://a.org/2021", "a:2021"),
        ("http://a.org/", "<http://a.org/>"),
        ("http://a.org/a.b", "<http://a.org/a.b>"),
        ("http://a.org/é", "<http://a.org/é>"),
        ("http://a.org/x/y", "<http://a.org/x/y>"),
        ("urn:x:y", "<urn:x:y>"),
    ],
)
def test_an_iri_is_prefixed_where_its_last_part_is_plain(iri: str, form: str) -> None:
    assert written(Iri(iri)).endswith(f"a:s a:p {form} .\n")


def test_a_type_is_written_as_a() -> None:
    description = Description(SUBJECT, ((Iri(prefixes()["rdf"] + "type"), (Iri(PREFIXES["kg"] + "Paper"),)),))
    assert "".join(turtle([description], PREFIXES)).endswith("\na:s a kg:Paper .\n")


def test_a_property_without_objects_is_left_out() -> None:
    description = Description(SUBJECT, ((PROPERTY, ()), (Iri("http://a.org/q"), (integer(1),))))
    assert "".join(turtle([description], PREFIXES)).endswith("\na:s a:q 1 .\n")


@pytest.mark.parametrize("text", ["", "1 .\na:evil a:p 1", "1e5", "1.", ".", "٣"])
@pytest.mark.parametrize("datatype", ["integer", "decimal"])
def test_what_is_no_number_is_quoted_whatever_its_datatype_says(text: str, datatype: str) -> None:
    document = written(Literal(text, XSD + datatype))
    assert f'a:p "{text}"^^'.replace("\n", "\\n") in document
    assert len(list(ox.parse(document.encode(), format=ox.RdfFormat.TURTLE))) == 1


def test_a_long_list_takes_a_line_an_object() -> None:
    objects = [Iri(f"http://a.org/object-{number:03}") for number in range(20)]
    assert written(*objects).count("\n        ") == 19


def test_rdflib_and_pyoxigraph_read_the_same_triples_in_the_seed_graph(seed_folder: Path) -> None:
    content = (seed_folder / "graph.ttl").read_bytes()
    first, second = list(by_rdflib(content)), list(by_oxigraph(content))
    assert len(first) == len(second) > 20_000, "a triple is written twice, or one library drops some"
    assert set(first) == set(second)


def test_the_seed_graph_is_written_in_prefixed_names_without_blank_nodes(seed_folder: Path) -> None:
    content = (seed_folder / "graph.ttl").read_text(encoding="utf-8")
    outside_strings = re.sub(r'"(?:[^"\\]|\\.)*"', '""', content)
    assert "_:" not in outside_strings and "[" not in outside_strings
    body = "\n".join(line for line in outside_strings.split("\n") if not line.startswith("@prefix"))
    full = set(re.findall(r"<[^>]*>", body))
    stray = {iri for iri in full if "openreview.net" not in iri} - {"<https://w3id.org/paperkg/vocabulary>"}
    assert not stray, f"{len(stray)} IRIs are written in full, for example {sorted(stray)[:3]}"


def test_the_seed_graph_ends_its_lines_with_line_feeds_alone(seed_folder: Path) -> None:
    content = (seed_folder / "graph.ttl").read_bytes()
    assert b"\r" not in content and content.endswith(b" .\n") and b" \n" not in content


def test_no_subject_of_the_seed_graph_is_described_twice(seed_folder: Path) -> None:
    subjects = re.findall(r"^\S+:\S+ ", (seed_folder / "graph.ttl").read_text(encoding="utf-8"), re.MULTILINE)
    subjects = [subject for subject in subjects if not subject.startswith("@")]
    assert len(subjects) == len(set(subjects)) > 2_000
