"""The two annotated papers, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate.gold import GoldPaper, read_gold

from .samples import DETR, DIFFWAVE, written


@pytest.fixture(scope="session")
def gold_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annotations of two seed papers as a file."""
    return written(tmp_path_factory.mktemp("gold"), DETR, DIFFWAVE)


@pytest.fixture(scope="session")
def gold(gold_path: Path) -> tuple[GoldPaper, ...]:
    """The annotations of two seed papers."""
    return read_gold(gold_path)
