"""Papers from files: Markdown lists, BibTeX, JSON Lines, plain or compressed.

``read_sources`` takes files and folders and gives every paper once, with a notice for each record that could not
be read as it should. Each format is one module with ``sniff`` and ``read``.
"""

from __future__ import annotations

from kg.read.formats import formats
from kg.read.reading import Reading, read_sources
from kg.read.source import Input, ReadError

__all__ = ["Input", "ReadError", "Reading", "formats", "read_sources"]
