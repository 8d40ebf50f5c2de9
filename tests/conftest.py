"""The seed corpus, built once for all tests that read from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.build import Build, Options, make, write

# The same examples at every run, and no judgement by the clock of a busy machine.
settings.register_profile("kg", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def seed_build() -> Build:
    """The build of the 200 seed papers, in memory."""
    return make([SEEDS], Options())


@pytest.fixture(scope="session")
def seed_folder(seed_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file of the seed build; not to be written to."""
    folder = tmp_path_factory.mktemp("seed")
    write(seed_build, folder)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotations and further corpora beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("needs the annotated abstracts and further corpora beside the checkout")
    return SHARED
