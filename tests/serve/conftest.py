"""A server as strangers meet it: a process of its own, on a free port, with small limits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.query.small import GRAPH

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1  # that a query may take here


@dataclass(frozen=True)
class Running:
    """A server that answers.

    Attributes:
        address: such as ``http://127.0.0.1:40123``.
        process: of the server.
    """

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def get(self, path: str, **options: object) -> httpx.Response:
        return httpx.get(self.address + path, timeout=20, **options)  # type: ignore[arg-type]

    def post(self, path: str, **options: object) -> httpx.Response:
        return httpx.post(self.address + path, timeout=20, **options)  # type: ignore[arg-type]

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
        return self.get("/sparql", params={"query": query}, headers={"accept": accept})


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Running]:
    """``kg serve`` on a folder, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline().strip()
        assert line, f"the server did not come up: {process.stderr.read()}"
        yield Running(line.rstrip("/"), process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small graph."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "graph.ttl").write_text(GRAPH, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def server(small_folder: Path) -> Iterator[Running]:
    """A server of the small graph."""
    with serving(small_folder, "--timeout", str(SECONDS), "--memory", "300", "--workers", "2") as running:
        yield running
