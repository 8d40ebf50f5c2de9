"""What the tests of reading share: text into files, files into readings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.read import Reading, read_sources

ReadText = Callable[..., Reading]

RECORD = """## [{number}] {title}

**Authors**: *{authors}*

**Conference**: *{conference}*

**URL**: [{url}]({url})

**Abstract**:

{abstract}

----

"""


def record(
    number: int = 161,
    title: str = "Memory Optimization for Deep Networks",
    authors: str = "Aashaka Shah, Philipp Krähenbühl",
    conference: str = "iclr 2021",
    url: str = "https://openreview.net/forum?id=bnY0jm4l59",
    abstract: str = "Deep learning is slowly, but steadily, hitting a memory bottleneck.",
) -> str:
    """One paper of a Markdown list."""
    return RECORD.format(
        number=number, title=title, authors=authors, conference=conference, url=url, abstract=abstract
    )


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Read a text as a file of the given name."""

    def read(text: str | bytes, name: str = "list.md") -> Reading:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_sources([path])

    return read


def reasons(reading: Reading) -> list[str]:
    """The notices as ``line severity: reason``."""
    return [f"{n.location.line} {n.severity}: {n.reason}" for n in reading.notices]
