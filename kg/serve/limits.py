"""What a stranger may take from the server, from ``limits.toml``: time, memory, sizes, places."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; :func:`dataclasses.replace` changes one.

    Attributes:
        seconds: that a job may take in its worker, not counting the wait for one.
        memory_mib: MiB of address space that a worker may take beyond what it has at its start.
        result_mib: MiB of one answer.
        query_kib: KiB of the text of one query; for the application to hold.
        query_workers: processes for strangers' queries.
        page_workers: processes for pages and search.
        niceness: added to that of the workers for queries, from 0 to 19.
        retire_share: the share of ``memory_mib`` by which a worker may have grown and still be kept.
        waiting: requests that may wait for a worker of one lane.
        wait_seconds: that each may wait.
        look_seconds: between two looks whether the client is still there.
        client_per_minute: requests of one client; for the application to hold.
        client_at_once: requests of one client in work or waiting; for the application to hold.
    """

    seconds: float
    memory_mib: int
    result_mib: int
    query_kib: int
    query_workers: int
    page_workers: int
    niceness: int
    retire_share: float
    waiting: int
    wait_seconds: float
    look_seconds: float
    client_per_minute: int
    client_at_once: int

    @property
    def memory_bytes(self) -> int:
        """The memory limit in bytes."""
        return self.memory_mib * MIB

    @property
    def result_bytes(self) -> int:
        """The limit of an answer in bytes."""
        return self.result_mib * MIB


@cache
def limits() -> Limits:
    """The limits that hold unless options replace them.

    Example:
        >>> limits().query_workers >= 2
        True
    """
    table = tomllib.loads(files("kg.serve").joinpath("limits.toml").read_text(encoding="utf-8"))
    job, workers, waiting, clients = (table[name] for name in ("job", "workers", "waiting", "clients"))
    return Limits(
        seconds=job["seconds"],
        memory_mib=job["memory_mib"],
        result_mib=job["result_mib"],
        query_kib=job["query_kib"],
        query_workers=workers["queries"] or max(2, (os.cpu_count() or 1) - 1),
        page_workers=workers["pages"],
        niceness=workers["niceness"],
        retire_share=workers["retire_share"],
        waiting=waiting["most"],
        wait_seconds=waiting["seconds"],
        look_seconds=waiting["look_seconds"],
        client_per_minute=clients["per_minute"],
        client_at_once=clients["at_once"],
    )
