"""How the server treats connections and browsers: the settings of ``web.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.serve.limits import MIB


@dataclass(frozen=True, slots=True)
class Connections:
    """How many connections are open and how long each may take; times in seconds."""

    most: int
    backlog: int
    keep_alive_seconds: int
    head_seconds: float
    head_kib: int
    body_seconds: float
    stall_seconds: float
    farewell_seconds: int


@dataclass(frozen=True, slots=True)
class Web:
    """The settings.

    Attributes:
        connections: of the server.
        batch_bytes: how large a batch of reconciliation queries may be.
        remembered: clients whose requests are counted.
        cache: Cache-Control by what is sent: ``pages`` or ``static``.
        headers: header fields of every answer.
        explorer: header fields of the built page, instead.
        downloads: media types by the name of the file that may be fetched.
    """

    connections: Connections
    batch_bytes: int
    remembered: int
    cache: Mapping[str, str]
    headers: Mapping[str, str]
    explorer: Mapping[str, str]
    downloads: Mapping[str, str]


@cache
def web() -> Web:
    """The settings, read once.

    Example:
        >>> web().headers["x-content-type-options"]
        'nosniff'
    """
    table = tomllib.loads(files("kg.serve").joinpath("web.toml").read_text(encoding="utf-8"))
    return Web(
        Connections(**table["connections"]),
        table["bodies"]["batch_mib"] * MIB,
        table["clients"]["remembered"],
        *(MappingProxyType(table[name]) for name in ("cache", "headers", "explorer", "downloads")),
    )
