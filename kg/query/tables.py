"""The tables of a build read back: what its papers, people and concepts are, as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from kg.query.store import QueryError
from kg.records import Assertion, Author, Authorship, Concept, Kind, Knowledge, Location, Paper, Role

_Record = TypeVar("_Record")
_Row = dict[str, Any]


def folder_of(graph: Path) -> Path:
    """The folder of a build, told as the folder or as its ``graph.ttl``.

    Example:
        >>> folder_of(Path("exports/graph.ttl")).as_posix(), folder_of(Path("exports")).as_posix()
        ('exports', 'exports')
    """
    return graph.parent if graph.suffix == ".ttl" and not graph.is_dir() else graph


def read_knowledge(folder: Path) -> Knowledge:
    """Papers, concepts, assertions, authors and authorships of a build.

    Mentions, claims, communities and possible identities are left out, and so is what the tables do not hold:
    the guards of concepts, and the reasons for identities. A paper's location is its row in the table.

    Args:
        folder: the folder of a build.

    Raises:
        QueryError: where a table is missing or is none that kg wrote.
    """
    authorships = _read(folder, "authorships", _authorship)
    printed: dict[str, list[str]] = defaultdict(list)
    for authorship in sorted(authorships, key=lambda a: (a.paper, a.position)):
        printed[authorship.paper].append(authorship.name_as_printed)
    papers = _read(folder, "papers", _paper)
    return Knowledge(
        papers=tuple(replace(paper, authors=tuple(printed[paper.id])) for paper in papers),
        concepts=_read(folder, "concepts", _concept),
        mentions=(),
        assertions=_read(folder, "assertions", _assertion),
        claims=(),
        authors=_read(folder, "authors", _author),
        authorships=authorships,
    )


def _read(folder: Path, table: str, record: Callable[[_Row, Location], _Record]) -> tuple[_Record, ...]:
    file = folder / "tables" / f"{table}.parquet"
    try:
        rows = enumerate(_rows(file), start=1)
        return tuple(record(row, Location(file.as_posix(), number)) for number, row in rows)
    except FileNotFoundError:
        raise QueryError(f"{file}: no table here; run: kg build SOURCE -o {folder}") from None
    except (pa.ArrowException, KeyError, ValueError, TypeError):
        raise QueryError(
            f"{file}: not a table that this kg wrote; run: kg build SOURCE -o {folder}"
        ) from None
    except OSError as error:
        raise QueryError(f"{file}: {error.strerror or error}; run: kg build SOURCE -o {folder}") from None


def _rows(file: Path) -> Iterator[_Row]:
    with file.open("rb") as content:
        yield from pq.read_table(content).to_pylist()


def _paper(row: _Row, place: Location) -> Paper:
    """The paper without its authors, which the authorships hold."""
    return Paper(
        id=row["id"],
        title=row["title"],
        authors=(),
        abstract=row["abstract"],
        year=row["year"],
        venue=row["venue"],
        url=row["url"],
        doi=row["doi"],
        location=place,
        identifiers=tuple(row["identifiers"]),
        version_of=row["version_of"],
    )


def _concept(row: _Row, _: Location) -> Concept:
    return Concept(
        id=row["key"].partition("/")[2],
        kind=Kind(row["kind"]),
        pref_label=row["pref_label"],
        alt_labels=tuple(row["alt_labels"]),
        broader=tuple(row["broader"]),
        curated=row["curated"],
        data_of=tuple(row["data_of"]),
    )


def _assertion(row: _Row, _: Location) -> Assertion:
    return Assertion(row["paper"], row["concept"], Role(row["role"]), row["confidence"])


def _author(row: _Row, _: Location) -> Author:
    return Author(row["id"], row["name"], tuple(row["variants"]))


def _authorship(row: _Row, _: Location) -> Authorship:
    return Authorship(row["paper"], row["position"], row["author"], row["name_as_printed"])
