"""Files that are whole or not there: written aside, then renamed into place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A temporary folder inside ``folder``, whose files move into place when the block ends well.

    Each file replaces the one of the same name by a rename, so that a reader sees the old file or the new
    one, never half of either. When the block fails, everything in ``folder`` stays as it was.

    Args:
        folder: where the files belong; made where it is missing.

    Raises:
        OSError: where the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".kg-", dir=folder))
    try:
        yield temporary
        for path in sorted(p for p in temporary.rglob("*") if p.is_file()):
            target = folder / path.relative_to(temporary)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.chmod(0o666 & ~_umask())
            os.replace(path, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
