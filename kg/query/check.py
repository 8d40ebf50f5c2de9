"""Whether a build holds what it promises: its shapes, and every offset replayed against its text.

The shapes are SHACL, https://www.w3.org/TR/shacl/, in ``ontology/shapes.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rdflib
from pyshacl import validate
from rdflib.namespace import SH

from kg.namespaces import prefixes
from kg.query.results import shortened
from kg.query.store import QueryError, Value, answer, base_of, load_store
from kg.resources import ontology
from kg.write.describe import text_hash

_TEXTS = """
SELECT (STR(?p) AS ?paper) (STR(?t) AS ?title) (STR(?a) AS ?abstract) ?hash
WHERE { ?p a kg:Paper ; dcterms:title ?t ; kg:textHash ?hash . OPTIONAL { ?p dcterms:abstract ?a } }
ORDER BY ?paper"""
_READINGS = """
SELECT (STR(?r) AS ?reading) (STR(?p) AS ?paper) ?field ?start ?end ?exact (STR(?s) AS ?sentence)
WHERE {
  { ?p kg:mention ?r . ?r kg:exact ?exact }
  UNION { ?p kg:claim ?r . ?r kg:sentence ?exact_ BIND(STR(?exact_) AS ?exact) }
  ?r kg:field ?field ; kg:start ?start ; kg:end ?end ; kg:sentence ?s .
}
ORDER BY ?reading"""


class CheckError(Exception):
    """A folder whose build cannot be checked; the message is one line for a person."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that is not as promised: what it concerns, as a prefixed name, and what is wrong."""

    focus: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The outcome of a check.

    Attributes:
        violations: sorted; none in a sound build.
        replayed: how many mentions and claims were compared with their text.
        triples: how many triples the graph has.
    """

    violations: tuple[Violation, ...]
    replayed: int
    triples: int

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def as_dict(self) -> dict[str, Any]:
        """The outcome as JSON has it."""
        return {
            "conforms": self.conforms,
            "triples": self.triples,
            "replayed": self.replayed,
            "violations": [{"focus": v.focus, "message": v.message} for v in self.violations],
        }


def check(folder: Path) -> CheckReport:
    """Check the ``graph.ttl`` of a build, or a Turtle file.

    Args:
        folder: the folder, or the file.

    Raises:
        CheckError: where the graph is missing or is no Turtle.
    """
    file = folder / "graph.ttl" if folder.is_dir() else folder
    try:
        content = file.read_bytes()
        store = load_store(content)
    except FileNotFoundError:
        raise CheckError(f"{file}: no graph here; run: kg build SOURCE -o {folder}") from None
    except OSError as error:
        raise CheckError(f"{file}: {error.strerror or error}; name a graph.ttl or its folder") from None
    except QueryError as error:
        raise CheckError(f"{file}: {error}") from None
    names = prefixes(base_of(store))
    readings = answer(store, _READINGS).rows
    papers = answer(store, _TEXTS).rows
    found = [*_changed(papers), *_misplaced(papers, readings), *_misshapen(content)]
    violations = sorted({Violation(shortened(focus, names), message) for focus, message in found})
    return CheckReport(tuple(violations), len(readings), len(store))


def _changed(papers: list[dict[str, Value]]) -> Iterator[tuple[str, str]]:
    """Papers whose text is no longer the one that was read."""
    if not papers:
        yield "graph", "holds no paper with a title and a text hash"
    for row in papers:
        if text_hash(str(row["title"]), str(row["abstract"] or "")) != row["hash"]:
            yield str(row["paper"]), "title or abstract is not the text that kg:textHash was made of"


def _misplaced(papers: list[dict[str, Value]], readings: list[dict[str, Value]]) -> Iterator[tuple[str, str]]:
    """Mentions and claims whose words or sentence do not stand where they say."""
    texts = {
        (row["paper"], field): str(row[field] or "") for row in papers for field in ("title", "abstract")
    }
    for row in readings:
        text = texts.get((row["paper"], str(row["field"])))
        start, end = row["start"], row["end"]
        if text is None or not isinstance(start, int) or not isinstance(end, int):
            yield str(row["reading"]), "has no text that its offsets could count in"
            continue
        if text[start:end] != row["exact"]:
            yield (
                str(row["reading"]),
                f"{row['field']}[{start}:{end}] is {text[start:end]!r}, not {row['exact']!r}",
            )
        if str(row["sentence"]) not in text:
            yield str(row["reading"]), f"its sentence does not stand in the {row['field']}"


def _misshapen(content: bytes) -> Iterator[tuple[str, str]]:
    """What the shapes object to."""
    data = rdflib.Graph().parse(data=content, format="turtle")
    shapes = rdflib.Graph().parse(ontology("shapes.ttl"), format="turtle")
    _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    assert isinstance(report, rdflib.Graph)
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        where = shortened(str(path), prefixes()) + ": " if isinstance(path, rdflib.URIRef) else ""
        yield str(report.value(result, SH.focusNode)), where + str(report.value(result, SH.resultMessage))
