"""Extraction held against annotated abstracts: precision and recall, roles, relations, calibration, mistakes.

``evaluate_extraction`` and ``evaluate_build`` give an ``Evaluation``; ``as_json`` and ``tables`` show it.
"""

from __future__ import annotations

from kg.evaluate.report import Evaluation, as_json, evaluate
from kg.evaluate.runs import evaluate_build, evaluate_extraction
from kg.evaluate.tables import tables

__all__ = ["Evaluation", "as_json", "evaluate", "evaluate_build", "evaluate_extraction", "tables"]
