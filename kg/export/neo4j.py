"""CSV files for ``neo4j-admin database import``: one a label, one a type of relationship.

https://neo4j.com/docs/operations-manual/current/import/. Every subject with a class is a node, named by its
IRI; literals and outside links are its properties; links to other subjects are relationships. An edge that
mentions or claims support tells how many they are and the confidence of the surest. Language tags are left out.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import TypeAlias

import pyoxigraph as ox

from kg.export.columns import Column, cell, column_of, quoted, row
from kg.export.readings import CONFIDENCE, Proposition, support
from kg.export.source import TYPE, Object, Properties, Source, line_order
from kg.namespaces import STANDARD

_SETTINGS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_README = Template(Path(__file__).with_suffix(".md").read_text(encoding="utf-8"))
_DELIMITER: str = _SETTINGS["files"]["array_delimiter"]
_FURTHER_LABELS: dict[str, list[str]] = _SETTINGS["labels"]
_NAMES = {
    STANDARD[name.split(":")[0]] + name.split(":")[1]: called for name, called in _SETTINGS["names"].items()
}
_NOT_NAME = re.compile(r"[^A-Za-z0-9_]+")
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

File: TypeAlias = tuple[str, Iterator[str]]
Labels: TypeAlias = dict[str, tuple[str, ...]]


def neo4j(source: Source) -> Iterator[File]:
    """The files, each with its text in parts; the text of one is read before the next is asked for."""
    labels = _labels(source)
    members: dict[str, list[str]] = defaultdict(list)
    for subject in source.subjects:
        if subject in labels:
            members[labels[subject][0]].append(subject)
    node_files, relationship_files = [], []
    for label in sorted(members):
        node_files.append(f"nodes-{label}.csv")
        yield node_files[-1], _nodes(source, members[label], labels)
    for kind, predicates in sorted(_relationships(source, labels).items()):
        relationship_files.append(f"relationships-{kind}.csv")
        yield relationship_files[-1], _edges(source, kind, predicates, labels)
    yield "README.md", iter([_readme(node_files, relationship_files)])


def _labels(source: Source) -> Labels:
    """The labels of every node by its IRI, the one that names its file first."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, class_ in source.pairs(TYPE):
        found[subject].append(_name(class_.value))
    return {
        subject: tuple(
            dict.fromkeys([*sorted(own), *(f for o in sorted(own) for f in _FURTHER_LABELS.get(o, []))])
        )
        for subject, own in found.items()
    }


def _nodes(source: Source, members: list[str], labels: Labels) -> Iterator[str]:
    """A file of nodes: read once for its columns, once for its rows, so that no row is held."""
    columns: dict[str, Column] = {}
    for subject in members:
        for name, values in _properties(source.about(subject), labels).items():
            columns[name] = column_of(values).joined(columns.get(name))
    ordered = sorted(columns)
    yield row(["iri:ID", *(columns[name].header(name) for name in ordered), ":LABEL"])
    for subject in members:
        properties = _properties(source.about(subject), labels)
        cells = (cell(properties.get(name, []), columns[name], _DELIMITER) for name in ordered)
        yield row([quoted(subject), *cells, quoted(_DELIMITER.join(labels[subject]))])


def _properties(about: Properties, labels: Labels) -> dict[str, list[Object]]:
    """What is said of a node apart from its class and its links to other nodes, by name."""
    found: dict[str, list[Object]] = defaultdict(list)
    for predicate, objects in about.items():
        values = [value for value in objects if not _is_node(value, labels)]
        if values and predicate != TYPE:
            found[_property_name(predicate)].extend(values)
    return found


def _relationships(source: Source, labels: Labels) -> dict[str, list[str]]:
    """The predicates that link nodes, by the type of relationship that they become."""
    solutions = source.store.query("SELECT DISTINCT ?p { ?s ?p ?o FILTER isIRI(?o) }")
    assert isinstance(solutions, ox.QuerySolutions)
    found: dict[str, list[str]] = defaultdict(list)
    for predicate in sorted(solution[0].value for solution in solutions):
        if predicate != TYPE and any(_is_node(value, labels) for _, value in source.pairs(predicate)):
            found[_WORD_START.sub("_", _name(predicate)).upper()].append(predicate)
    return found


def _edges(source: Source, kind: str, predicates: list[str], labels: Labels) -> Iterator[str]:
    yield row([":START_ID", ":END_ID", "readings:long", "confidence:double", ":TYPE"])
    for predicate in predicates:
        linked: dict[str, list[str]] = defaultdict(list)
        for subject, value in source.pairs(predicate):
            if subject in labels and _is_node(value, labels):
                linked[subject].append(value.value)
        supported = _is_supported(source, predicate)
        for subject in sorted(linked, key=line_order):
            readings = support(source, subject, source.about(subject)) if supported else {}
            for target in sorted(linked[subject]):
                evidence = _evidence(source, readings.get(Proposition(subject, predicate, target), []))
                yield row([quoted(subject), quoted(target), *evidence, quoted(kind)])


def _is_supported(source: Source, predicate: str) -> bool:
    """Whether readings support edges of this kind at all; few kinds have any."""
    named = ox.NamedNode(predicate)
    return next(iter(source.store.quads_for_pattern(None, None, named)), None) is not None


def _evidence(source: Source, readings: list[str]) -> tuple[str, str]:
    """How many readings support an edge, and the confidence of the surest, as cells."""
    if not readings:
        return "", ""
    found = [value.value for reading in readings for value in source.about(reading).get(CONFIDENCE, [])]
    return str(len(readings)), max(found, key=float, default="")


def _is_node(value: Object, labels: Labels) -> bool:
    return isinstance(value, ox.NamedNode) and value.value in labels


def _property_name(predicate: str) -> str:
    return _NAMES.get(predicate) or _name(predicate)


def _name(iri: str) -> str:
    """The last part of an IRI, of letters, digits and underscores."""
    return _NOT_NAME.sub("_", iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]) or "_"


def _readme(nodes: list[str], relationships: list[str]) -> str:
    options = [*(f"--nodes={name}" for name in nodes), *(f"--relationships={name}" for name in relationships)]
    files = " \\\n".join(f"    {option}" for option in options)
    return _README.substitute(delimiter=_SETTINGS["files"]["array_delimiter_option"], files=files)
