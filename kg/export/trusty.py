"""Trusty URIs, whose last part is a hash of the RDF that they name: module RA, for sets of named graphs.

Specification, version 1: https://trustyuri.net/spec/v1.FADQoZWcYugekAb4jW-Zm3_5Cd9tmkkYEV0bxK2fLSKao.md
(Kuhn and Dumontier, Trusty URIs, ESWC 2014, https://arxiv.org/abs/1401.5775).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import TypeAlias

import pyoxigraph as ox

from kg.export.source import Object

Quad: TypeAlias = tuple[str, str, str, Object]
"""Graph, subject and predicate IRIs, and the object."""

PLACEHOLDER = "RA" + "-" * 43
"""Stands for the artifact code in IRIs until it is known."""

_BLANK = " "


def artifact_code(quads: Iterable[Quad]) -> str:
    """The artifact code of a set of named graphs: ``RA`` and 43 characters of Base64.

    Args:
        quads: the graphs, without blank nodes; IRIs that hold the code itself hold :data:`PLACEHOLDER`.

    Example:
        >>> quad = ("http://a.org/g", "http://a.org/s", "http://a.org/p", ox.Literal("x"))
        >>> artifact_code([quad])[:6], len(artifact_code([quad]))
        ('RA0CTu', 45)
    """
    parts: list[str] = []
    for graph, subject, predicate, value in sorted({_prepared(quad) for quad in quads}, key=_order):
        parts.extend((graph, subject, predicate, _serialised(value)))
    digest = hashlib.sha256("".join(f"{part}\n" for part in parts).encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


_Prepared: TypeAlias = tuple[str, str, str, str | ox.Literal]


def _prepared(quad: Quad) -> _Prepared:
    """With a blank for the code; it may not stay in IRIs, so these become text."""
    graph, subject, predicate, value = quad
    plain = value if isinstance(value, ox.Literal) else value.value.replace(PLACEHOLDER, _BLANK)
    return (
        graph.replace(PLACEHOLDER, _BLANK),
        subject.replace(PLACEHOLDER, _BLANK),
        predicate.replace(PLACEHOLDER, _BLANK),
        plain,
    )


def _order(quad: _Prepared) -> tuple[str, ...]:
    """The order of the specification: IRIs before literals, these by text, datatype and language."""
    graph, subject, predicate, value = quad
    if isinstance(value, str):
        return graph, subject, predicate, "0", value
    language = (value.language or "").lower()
    return graph, subject, predicate, "1", value.value, "" if language else value.datatype.value, language


def _serialised(value: str | ox.Literal) -> str:
    if isinstance(value, str):
        return value
    text = value.value.replace("\\", "\\\\").replace("\n", "\\n")
    if value.language:
        return f"@{value.language.lower()} {text}"
    return f"^{value.datatype.value} {text}"
