"""kg: research papers in, a knowledge graph out.

Example:
    >>> import kg
    >>> graph = kg.build(["seeds"])
    >>> graph.coauthors.number_of_nodes()
    893
"""

from kg.build import build
from kg.knowledge_graph import KnowledgeGraph, NotABuildError, load
from kg.query.store import QueryError
from kg.read.source import ReadError

__all__ = ["KnowledgeGraph", "NotABuildError", "QueryError", "ReadError", "build", "load"]
