"""JSON Lines (https://jsonlines.org) whose every fault is one line that names file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import orjson

from kg.read.source import ReadError, open_source
from kg.records import Kind, Location

_Choice = TypeVar("_Choice", bound=StrEnum)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object and the line it stands in; each method gives a member, checked.

    Attributes:
        location: where it stands.
        values: its members.
    """

    location: Location
    values: Mapping[str, Any]

    def fault(self, reason: str) -> ReadError:
        """The error that names this line."""
        return ReadError(f"{self.location}: {reason}; mend the line and run again")

    def text(self, key: str, default: str | None = None) -> str:
        """A string; the default where the member is missing.

        Raises:
            ReadError: where it is no string, or missing without a default.
        """
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fault(f'"{key}" must be a string, not {_shown(value)}')
        return value

    def texts(self, key: str, required: bool = True) -> tuple[str, ...]:
        """A list of strings; empty where it may be missing and is.

        Raises:
            ReadError: where it is anything else.
        """
        value = self.values.get(key, None if required else [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(f'"{key}" must be a list of strings, not {_shown(value)}')
        return tuple(value)

    def choice(self, key: str, choices: type[_Choice]) -> _Choice | None:
        """One of the given words; None where the member is missing or null.

        Raises:
            ReadError: where it is anything else.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in list(choices):
            raise self.fault(f'"{key}" must be one of {", ".join(choices)}, not {_shown(value)}')
        return choices(value)

    def kind(self) -> Kind:
        """The kind of a concept, its "type".

        Raises:
            ReadError: where it is missing or no kind.
        """
        kind = self.choice("type", Kind)
        if kind is None:
            raise self.fault(f'a concept without "type", one of {", ".join(Kind)}')
        return kind

    def flag(self, key: str, default: bool) -> bool:
        """A truth value.

        Raises:
            ReadError: where it is anything else.
        """
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(f'"{key}" must be true or false, not {_shown(value)}')
        return value

    def share(self, key: str) -> float | None:
        """A number from 0 to 1; None where the member is missing or null.

        Raises:
            ReadError: where it is anything else.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fault(f'"{key}" must be a number from 0 to 1, not {_shown(value)}')
        return float(value)

    def records(self, key: str) -> Iterator[Record]:
        """A list of objects, each with the methods of this one.

        Raises:
            ReadError: where it is anything else.
        """
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fault(f'"{key}" must be a list of objects, not {_shown(value)}')
        for item in value:
            yield Record(self.location, item)

    def triples(self, key: str) -> Iterator[tuple[str, str, str]]:
        """A list of lists of three strings; none where the member is missing.

        Raises:
            ReadError: where it is anything else.
        """
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f'"{key}" must be a list, not {_shown(value)}')
        for item in value:
            match item:
                case [str(first), str(second), str(third)]:
                    yield first, second, third
                case _:
                    raise self.fault(f'"{key}" must hold lists of three strings, not {_shown(item)}')


def read_records(path: Path) -> Iterator[Record]:
    """The objects of a JSON Lines file, one a line; blank lines are passed over.

    Args:
        path: plain or gzip.

    Raises:
        ReadError: where the file cannot be read, or a line is no JSON object.
    """
    source = open_source(path, str(path))
    for notice in source.notices:
        raise ReadError(f"{notice.location}: {notice.reason}")
    for number, line in source.lines():
        if line and not line.isspace():
            yield _record(Location(str(path), number), line)


def _record(location: Location, line: str) -> Record:
    empty = Record(location, {})
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise empty.fault(f"not valid JSON ({error.msg} at character {error.pos + 1})") from None
    if not isinstance(values, dict):
        raise empty.fault("not a JSON object")
    return Record(location, values)


def _shown(value: object) -> str:
    """Untrusted content for a message: escaped and short."""
    if value is None:
        return "null or missing"
    text = ascii(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
