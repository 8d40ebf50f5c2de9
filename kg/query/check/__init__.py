"""Whether a build holds what it promises: its shapes, and every offset replayed against its text.

The shapes are SHACL, https://www.w3.org/TR/shacl/, in ``ontology/shapes.ttl``; they are compiled to SPARQL.
"""

from kg.query.check.build import CheckError, check, check_store
from kg.query.check.report import CheckReport, Violation

__all__ = ["CheckError", "CheckReport", "Violation", "check", "check_store"]
