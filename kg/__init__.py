"""kg: research papers in, a knowledge graph out.

Example:
    >>> import kg
    >>> graph = kg.build(["seeds"])
    >>> graph.coauthors.number_of_nodes()
    893
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import build
    from kg.knowledge_graph import KnowledgeGraph, NotABuildError, load
    from kg.query.store import QueryError
    from kg.read.source import ReadError

__all__ = ["KnowledgeGraph", "NotABuildError", "QueryError", "ReadError", "build", "load"]

_HOMES = {
    "KnowledgeGraph": "kg.knowledge_graph",
    "NotABuildError": "kg.knowledge_graph",
    "QueryError": "kg.query.store",
    "ReadError": "kg.read.source",
    "load": "kg.knowledge_graph",
}


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for: what needs no extractor starts without one."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package: its ``build`` is the function, though a module of that name is in it."""

    @property
    def build(self) -> Callable[..., Any]:
        function: Callable[..., Any] = import_module("kg.build").build
        return function

    @build.setter
    def build(self, module: ModuleType) -> None:
        """Where the import system would put the module."""


sys.modules[__name__].__class__ = _Package
