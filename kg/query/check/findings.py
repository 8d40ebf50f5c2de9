"""Rules applied to a graph: what breaks them, and how that is put in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.query.check.report import Violation
from kg.query.check.rules import Rule
from kg.query.check.shapes import Term
from kg.query.results import shortened
from kg.query.store import value

_SLOT = re.compile(r"\{[?$]?(\w+)\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of validation, https://www.w3.org/TR/shacl/#results-validation-result.

    Attributes:
        rule: the constraint that is broken.
        focus: the node that breaks it.
        bound: the further variables of the rule's query by name, for example ``value``.
    """

    rule: Rule
    focus: Term
    bound: Mapping[str, Term]


def findings(store: ox.Store, applied: Iterable[Rule]) -> Iterator[Finding]:
    """Apply rules to a graph, one after the other.

    Args:
        store: the graph.
        applied: the rules.
    """
    screened: dict[str, bool] = {"": True}
    for rule in applied:
        if rule.screen not in screened:
            screened[rule.screen] = bool(store.query(rule.screen))
        if not screened[rule.screen]:
            continue
        solutions = store.query(rule.sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for row in dict.fromkeys(
            tuple(row) for row in solutions
        ):  # once, where a node has two classes of a target
            bound = {name: term for name, term in zip(names, row, strict=True) if term is not None}
            yield Finding(rule, bound.pop("this"), bound)


def violation(finding: Finding, prefixes: Mapping[str, str]) -> Violation:
    """A finding in words.

    Args:
        finding: what was found.
        prefixes: the prefixes by which IRIs are shortened.
    """
    rule = finding.rule
    words, longest = _words()
    told = {name: _term(term, prefixes, longest) for name, term in finding.bound.items()}
    if rule.component == "uniqueLang":
        told["value"] = told["language"]
    told["limit"] = rule.limit
    template = rule.message or words.get(f"{rule.component} {rule.limit}") or words[rule.component]
    message = _SLOT.sub(lambda slot: told.get(slot.group(1), slot.group()), template)
    return Violation(
        shortened(_plain(finding.focus), prefixes),
        f"{rule.path}: {message}" if rule.path else message,
        rule.shape,
    )


@cache
def _words() -> tuple[Mapping[str, str], int]:
    """The messages by constraint, and how much of a value is shown."""
    table = tomllib.loads(files("kg.query.check").joinpath("messages.toml").read_text(encoding="utf-8"))
    return table["messages"], table["longest_value"]


def _term(term: Term, prefixes: Mapping[str, str], longest: int) -> str:
    if isinstance(term, ox.Literal):
        if not isinstance(value(term), str):
            return term.value
        text = term.value if len(term.value) <= longest else term.value[:longest].rstrip() + " ..."
        return repr(text)
    return shortened(_plain(term), prefixes)


def _plain(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
