"""The term table: what many abstracts tell of a phrase before any of them is read.

``data/terms.parquet`` holds how often each phrase stands in some ten thousand abstracts, and a vector of
the company that it keeps; it is made by ``kg train``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Terms:
    """The table.

    Attributes:
        rows: the row of each term, by its normal form.
        papers: in how many papers a term stands.
        titles: in how many titles.
        alone: in how many papers it stands with no content word beside it.
        vectors: one row a term, of length 127, by the words beside it.
    """

    rows: Mapping[str, int]
    papers: _Array
    titles: _Array
    alone: _Array
    vectors: _Array

    def frequency(self, name: str) -> int:
        """In how many papers a phrase stands, 0 where it is too rare for the table."""
        row = self.rows.get(name)
        return 0 if row is None else int(self.papers[row])


@cache
def terms() -> Terms:
    """The table that comes with kg.

    Example:
        >>> terms().frequency("reinforcement learning") > terms().frequency("bloom filter")
        True
    """
    with as_file(files("kg.extract").joinpath("data", "terms.parquet")) as path:
        table = pq.ParquetFile(path).read(use_threads=False).combine_chunks()
    return Terms(
        rows={term: row for row, term in enumerate(table["term"].to_pylist())},
        papers=table["papers"].to_numpy(),
        titles=table["titles"].to_numpy(),
        alone=table["alone"].to_numpy(),
        vectors=_vectors(table["vector"].chunk(0)),
    )


def _vectors(column: pa.Array) -> _Array:
    """The bytes of a column of equal lengths, one row a value, not copied one by one."""
    width = column.type.byte_width
    return np.frombuffer(column.buffers()[1], np.int8)[: len(column) * width].reshape(-1, width)
