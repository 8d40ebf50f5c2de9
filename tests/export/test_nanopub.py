"""Nanopublications are well-formed and bear the hash of what they say."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from base64 import urlsafe_b64encode

import pyoxigraph as ox
import pytest

from kg.export.trusty import artifact_code
from tests.export.sources import parsed, source_of, text

DATED = dataclasses.replace(
    source_of(), created="2026-01-01T00:00:00Z", creator="https://orcid.org/0000-0002-1825-0097"
)
NP = "http://www.nanopub.org/nschema#"
CODE = re.compile(r"RA[A-Za-z0-9_-]{43}")


def by_graph(trig: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in parsed(trig, ox.RdfFormat.TRIG):
        found.setdefault(quad.graph_name.value.partition("#")[2], set()).add(str(quad.triple))
    return found


def test_the_parts_are_those_of_the_guidelines() -> None:
    graphs = by_graph(text(DATED, "nanopub"))
    assert set(graphs) == {"Head", "assertion", "provenance", "pubinfo"}
    assert len(graphs["Head"]) == 4
    base = DATED.base
    assert graphs["assertion"] == {
        f"<{base}method/adam> <https://w3id.org/paperkg/ontology#comparedWith> <{base}method/sgd>"
    }


def test_the_provenance_quotes_the_paper() -> None:
    told = "\n".join(by_graph(text(DATED, "nanopub"))["provenance"])
    assert f"hadPrimarySource> <{DATED.base}paper/iclr-2021-0001>" in told
    assert '"We prove that Adam outperforms SGD on ImageNet."@en' in told
    assert '"outperforms"' in told
    assert f"wasGeneratedBy> <{DATED.base}run/r>" in told


def test_the_date_is_told_only_where_somebody_said_it() -> None:
    assert '"2026-01-01T00:00:00Z"' in "".join(by_graph(text(DATED, "nanopub"))["pubinfo"])
    assert "created" not in "".join(by_graph(text(source_of(), "nanopub"))["pubinfo"])


def test_the_name_is_the_hash_that_the_specification_asks_for() -> None:
    trig = text(DATED, "nanopub")
    [code] = set(CODE.findall(trig))
    lines = []
    for quad in parsed(trig, ox.RdfFormat.TRIG):
        parts = [term.value.replace(code, " ") for term in (quad.graph_name, quad.subject, quad.predicate)]
        value = quad.object
        if isinstance(value, ox.NamedNode):
            lines.append(((*parts, "0", value.value.replace(code, " ")), value.value.replace(code, " ")))
        elif isinstance(value, ox.Literal):
            kind = f"@{value.language}" if value.language else f"^{value.datatype.value}"
            lines.append(((*parts, "1", value.value), f"{kind} {value.value}"))
    said = "".join(f"{key[0]}\n{key[1]}\n{key[2]}\n{last}\n" for key, last in sorted(lines))
    digest = urlsafe_b64encode(hashlib.sha256(said.encode()).digest()).decode().rstrip("=")
    assert code == f"RA{digest}"


def test_the_hash_escapes_line_breaks_and_backslashes() -> None:
    def code(value: str) -> str:
        return artifact_code([("http://a.org/g", "http://a.org/s", "http://a.org/p", ox.Literal(value))])

    said = "http://a.org/g\nhttp://a.org/s\nhttp://a.org/p\n^http://www.w3.org/2001/XMLSchema#string a\\\\b\\nc\n"
    digest = urlsafe_b64encode(hashlib.sha256(said.encode()).digest()).decode().rstrip("=")
    assert code("a\\b\nc") == f"RA{digest}"
    assert code("a\nb") != code("a\\nb")


def test_another_library_finds_them_valid_and_a_changed_one_not() -> None:
    nanopub_sign = pytest.importorskip("nanopub_sign")
    trig = text(DATED, "nanopub")
    assert nanopub_sign.Nanopub(trig).check().info()["trusty_hash"] in trig
    with pytest.raises(BaseException, match="hash"):  # the library's own error is no Exception
        nanopub_sign.Nanopub(trig.replace('"outperforms"', '"outperformed"')).check()
