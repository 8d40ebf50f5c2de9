"""From the paths that a user names to the files that are read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.read.source import ReadError

ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes:
        path: where it is.
        shown: its path as given; folders walked with forward slashes.
        folder: the folder as given that it was met in, or None where the user named the file itself.
    """

    path: Path
    shown: str
    folder: str | None


def find_files(sources: Sequence[str | Path], extensions: Sequence[str]) -> list[Found]:
    """The files of these sources, each once however often it is named, sorted by path.

    Args:
        sources: files and folders; a folder stands for the files in it, at any depth, whose names end in one of
            the extensions (with ``.gz`` after it or not) or in ``.zip``; hidden ones are passed over.
        extensions: in lower case, with the dot.

    Raises:
        ReadError: where a source is missing.
    """
    found: dict[Path, Found] = {}
    for source in sources:
        for file in _files(Path(source), [*extensions, ARCHIVE]):
            where = _resolved(file)
            found[where] = min(found.get(where, file), file, key=_named_first)
    return sorted(found.values(), key=lambda file: file.shown)


def has_extension(shown: str, extensions: Sequence[str]) -> bool:
    """Whether a file's name ends so, compressed or not.

    Example:
        >>> has_extension("seeds/ICLR.MD.gz", [".md"])
        True
    """
    return shown.lower().removesuffix(".gz").endswith(tuple(extensions))


def _files(source: Path, extensions: Sequence[str]) -> Iterator[Found]:
    shown = _shown(source)
    try:
        source.stat()
        is_folder = source.is_dir()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{shown}: {reason}; name a file or folder that exists") from None
    if is_folder:
        yield from _walk(source, shown, extensions)
    else:
        yield Found(source, shown, None)


def _walk(folder: Path, shown: str, extensions: Sequence[str]) -> Iterator[Found]:
    def refuse(error: OSError) -> None:
        name = _shown(Path(error.filename or folder))
        raise ReadError(f"{name}: {error.strerror}; make the folder readable or name its files")

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and has_extension(name, extensions) and path.is_file():
                yield Found(path, _shown(path), shown)


def _resolved(file: Found) -> Path:
    try:
        return file.path.resolve()
    except (OSError, RuntimeError):
        return file.path


def _named_first(file: Found) -> tuple[bool, str]:
    return file.folder is not None, file.shown


def _shown(path: Path) -> str:
    """A path as text that every output can hold, whatever bytes its name has."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
