"""Exports on disk: written aside, then renamed into place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg.export.formats import Format
from kg.export.source import ExportError, Source
from kg.write.aside import aside


def export(source: Source, form: Format, target: Path | BinaryIO) -> None:
    """Write a graph in another format.

    Args:
        source: the graph.
        form: the format.
        target: the file, or the folder of a format with several; a stream for a format with one.

    Raises:
        ExportError: where the format cannot hold the graph, or a format with several files is to be a stream.
        OSError: where the target cannot be written.
    """
    if not isinstance(target, Path):
        if form.is_folder:
            raise ExportError(f"{form.name} is several files; name a folder")
        _fill(target, form.text(source))
        return
    folder = target if form.is_folder else target.parent
    with aside(folder) as temporary:
        for name, parts in form.files(source):
            with (temporary / (name if form.is_folder else target.name)).open("wb") as file:
                _fill(file, parts)


def _fill(file: BinaryIO, parts: Iterator[str]) -> None:
    for part in parts:
        file.write(part.encode())
