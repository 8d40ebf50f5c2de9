"""A build checked: its shapes, its texts and every offset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import prefixes
from kg.query.check.findings import findings, violation
from kg.query.check.offsets import changed, misplaced, replayed
from kg.query.check.report import CheckReport, Violation
from kg.query.check.rules import Rule, rules
from kg.query.check.shapes import UnknownConstraintError
from kg.query.check.tasks import done
from kg.query.results import shortened
from kg.query.store import QueryError, base_of, load_store
from kg.resources import ontology


class CheckError(Exception):
    """A folder whose build cannot be checked; the message is one line for a person."""


def check(folder: Path) -> CheckReport:
    """Check the ``graph.ttl`` of a build, or a Turtle file.

    Args:
        folder: the folder, or the file.

    Raises:
        CheckError: where the graph is missing or is no Turtle.
    """
    file = folder / "graph.ttl" if folder.is_dir() else folder
    try:
        store = load_store(file.read_bytes())
    except FileNotFoundError:
        raise CheckError(f"{file}: no graph here; run: kg build SOURCE -o {folder}") from None
    except OSError as error:
        raise CheckError(f"{file}: {error.strerror or error}; name a graph.ttl or its folder") from None
    except QueryError as error:
        raise CheckError(f"{file}: {error}") from None
    return check_store(store)


def check_store(store: ox.Store) -> CheckReport:
    """Check a graph in memory.

    Args:
        store: the graph.

    Raises:
        CheckError: where the installed shapes cannot be read.
    """
    try:
        applied = rules(ontology("shapes.ttl").read_bytes(), store)
    except UnknownConstraintError as error:
        raise CheckError(f"shapes.ttl: {error}; reinstall paperkg") from None
    names = prefixes(base_of(store))
    parts = (
        partial(_replayed, names=names),
        *(partial(_broken, rules=tuple(some), names=names) for some in _together(applied)),
    )
    found = tuple(sorted(set(done(store, parts))))
    return CheckReport(found, replayed(store), len(store), len(applied))


def _together(applied: tuple[Rule, ...]) -> Iterator[list[Rule]]:
    """Rules in groups: those that share a screen stand in one."""
    by_screen: dict[str, list[Rule]] = defaultdict(list)
    for rule in applied:
        by_screen[rule.screen or rule.sparql].append(rule)
    yield from sorted(by_screen.values())


def _replayed(store: ox.Store, names: Mapping[str, str]) -> list[Violation]:
    return [
        Violation(shortened(focus, names), message, shape)
        for shape, found in (("Text", changed(store)), ("Offsets", misplaced(store)))
        for focus, message in found
    ]


def _broken(store: ox.Store, rules: tuple[Rule, ...], names: Mapping[str, str]) -> list[Violation]:
    return [violation(finding, names) for finding in findings(store, rules)]
