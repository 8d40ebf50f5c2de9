"""What clients send to the reconciliation service, read and held to its limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from kg.namespaces import ONTOLOGY
from kg.serve.reconcile_match import Given, Query
from kg.serve.reconcile_settings import Property, reconcile_settings

_DIGITS = 6


class WrongError(Exception):
    """A request that is not answered.

    Attributes:
        status: the HTTP status code.
    """

    def __init__(self, line: str, status: int = 400) -> None:
        super().__init__(line)
        self.status = status


def queries(text: str) -> list[tuple[str, Query]]:
    """A batch of queries by the client's keys.

    Args:
        text: the parameter ``queries``, in JSON.

    Raises:
        WrongError: where it cannot be read, or asks for too much.

    Example:
        >>> queries('{"q0": {"query": "Ada Lovelace", "type": "Author"}}')[0][1].kinds
        ('author',)
    """
    most = reconcile_settings().limits["queries"]
    batch = _object(text, "queries")
    if len(batch) > most:
        raise WrongError(
            f"a batch may have {most} queries, and this one has {len(batch)}; send smaller ones", 413
        )
    return [(key, _query(key, query)) for key, query in batch.items()]


def extension(text: str) -> tuple[list[str], list[tuple[Property, int]]]:
    """The ids and properties of a data extension query; with each property the most values, 0 for all.

    Args:
        text: the parameter ``extend``, in JSON.

    Raises:
        WrongError: where it cannot be read, asks for too much or for a property that is not known.
    """
    limits = reconcile_settings().limits
    asked = _object(text, "extend")
    ids, columns = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(columns, list) or not all(isinstance(i, str) for i in ids):
        raise WrongError('extend is {"ids": [...], "properties": [{"id": ...}]}; the ids are texts')
    if len(ids) > limits["ids"]:
        raise WrongError(f"properties of {limits['ids']} things may be fetched at once; send fewer ids", 413)
    if len(columns) > limits["properties"]:
        raise WrongError(f"{limits['properties']} properties may be fetched at once; send fewer", 413)
    return ids, [_column(column) for column in columns]


def number(given: Mapping[str, str], name: str, default: int) -> int:
    """A whole number among parameters.

    Raises:
        WrongError: where it is none.
    """
    text = given.get(name, "") or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise WrongError(f"{name} is a whole number from 0")
    return int(text)


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        read = orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError as error:
        raise WrongError(f"{name} is not valid JSON: {error}") from None
    if not isinstance(read, dict):
        raise WrongError(f"{name} is not a JSON object")
    return read


def _query(key: str, query: object) -> Query:
    settings = reconcile_settings()
    if not isinstance(query, dict):
        raise _misread(key, "it is not a JSON object")
    text, limit = query.get("query", ""), query.get("limit", settings.limits["candidates"])
    if not isinstance(text, str):
        raise _misread(key, "its query is not a text")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise _misread(key, "its limit is not a number from 1")
    return Query(text, _kinds(key, query), _evidence(key, query), int(min(limit, settings.limits["most"])))


def _kinds(key: str, query: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of a query's types: those of any type, or with type_strict "all" those of all."""
    types = query.get("type") or []
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(type_, str) for type_ in types):
        raise _misread(key, "its type is neither a text nor a list of texts")
    known = reconcile_settings().types
    kinds = [
        set(known[id_].kinds) for id_ in (type_.removeprefix(ONTOLOGY) for type_ in types) if id_ in known
    ]
    if not types:
        return ()
    if len(kinds) < len(types) and (not kinds or query.get("type_strict") == "all"):
        return ("",)  # nothing is of a type that is not known
    found = set.intersection(*kinds) if query.get("type_strict") == "all" else set.union(*kinds)
    return tuple(sorted(found)) or ("",)


def _evidence(key: str, query: Mapping[str, Any]) -> tuple[tuple[Property, tuple[Given, ...]], ...]:
    """The properties of a query with their values; those that are not known say nothing."""
    settings = reconcile_settings()
    entries = query.get("properties") or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _misread(key, "its properties are not a list of JSON objects")
    if len(entries) > settings.limits["properties"]:
        raise _misread(key, f"it has more than {settings.limits['properties']} properties")
    read = []
    for entry in entries:
        of = settings.properties.get(str(entry.get("pid", "")))
        given = entry.get("v")
        listed = given if isinstance(given, list) else [given]
        if len(listed) > settings.limits["values"]:
            raise _misread(key, f"a property has more than {settings.limits['values']} values")
        usable = tuple(v for v in listed if isinstance(v, str | int | float | dict) and v != "")
        if of is not None and usable:
            read.append((of, usable))
    return tuple(read)


def _column(column: object) -> tuple[Property, int]:
    id_ = column.get("id") if isinstance(column, dict) else None
    of = reconcile_settings().properties.get(id_) if isinstance(id_, str) else None
    if of is None or not isinstance(column, dict):
        known = ", ".join(reconcile_settings().properties)
        raise WrongError(f"a property to fetch is not known; use one of {known}")
    chosen = column.get("settings")
    most = chosen.get("limit", 0) if isinstance(chosen, dict) else 0
    if isinstance(most, str) and most.isascii() and most.isdecimal():
        most = int(most[:_DIGITS])
    if isinstance(most, bool) or not isinstance(most, int | float) or not 0 <= most < 10**_DIGITS:
        raise WrongError("the setting limit is a whole number from 0")
    return of, int(most)


def _misread(key: str, why: str) -> WrongError:
    return WrongError(f"query {key[:40]!r} cannot be read: {why}")
