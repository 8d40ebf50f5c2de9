"""Questions in files: the shipped competency questions by name, and anyone's own .rq files.

A question's file starts with comment lines: the question in English, then a line for each parameter
(``# topic: a topic's name, for example "object detection"``). A parameter is a variable of the query. The
shipped ones lie in a folder for each group, ``ontology/questions/GROUP/NAME.rq``; a name is not used twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from kg.query.store import QueryError
from kg.resources import ontology

_PARAMETER = re.compile(
    r"#\s*(?P<name>\w+):\s*(?P<description>.+?)(?:, for example \"(?P<example>.*)\")?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the asker fills in: its name, what it is, and a value that fits the seed corpus."""

    name: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query in a file.

    Attributes:
        name: the file's name without its suffix.
        text: what it answers, in English.
        parameters: what the asker fills in, in the order of the file.
        sparql: the query.
        group: the folder that a shipped question lies in; empty for one of the asker's own.
    """

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    sparql: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Shipped questions on one matter: the folder's name, a heading for people, and the questions by name."""

    name: str
    heading: str
    questions: tuple[Question, ...]


def questions() -> tuple[Question, ...]:
    """The questions that come with kg, by name.

    Example:
        >>> [q.text for q in questions() if q.name == "papers-of"]
        ['What has a person written?']
    """
    return tuple(sorted((asked for group in groups() for asked in group.questions), key=lambda q: q.name))


def groups() -> tuple[Group, ...]:
    """The questions that come with kg, by group, in the order of ``ontology/questions/groups.toml``.

    Example:
        >>> [group.name for group in groups()]
        ['papers', 'people', 'collaboration', 'topics', 'methods', 'trust']
    """
    folder = ontology("questions")
    headings = tomllib.loads((folder / "groups.toml").read_text(encoding="utf-8"))
    return tuple(
        Group(
            name,
            heading,
            tuple(
                replace(_question(path), group=name)
                for path in sorted((folder / name).glob("*.rq"), key=lambda path: path.stem)
            ),
        )
        for name, heading in headings.items()
    )


def question(name_or_path: str) -> Question:
    """A shipped question by name, or one from a .rq file.

    Raises:
        QueryError: where there is no such question or file, or the file is no text.
    """
    by_name = {q.name: q for q in questions()}
    if name_or_path in by_name:
        return by_name[name_or_path]
    path = Path(name_or_path)
    if path.suffix != ".rq" and not path.exists():
        near = get_close_matches(name_or_path, by_name, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise QueryError(f"{name_or_path}: no question is called so; {hint}see kg query --list")
    return _question(path)


def prepare(name_or_path: str, values: Mapping[str, str]) -> str:
    """The SPARQL of a question, once the values that it needs are known to be there.

    Raises:
        QueryError: where there is no such question, or the values do not fit its parameters.

    Example:
        >>> prepare("papers-of", {})
        Traceback (most recent call last):
        kg.query.store.QueryError: papers-of needs -p author=... (a person's name, for example "Sergey Levine")
    """
    found = question(name_or_path)
    for parameter in found.parameters:
        if parameter.name not in values:
            raise QueryError(f"{found.name} needs -p {parameter.name}=... ({_told(parameter)})")
    known = {parameter.name for parameter in found.parameters}
    for name in sorted(set(values) - known):
        if known or found.name == name_or_path:
            raise QueryError(f"{found.name} has no parameter {name}; {_listed(sorted(known))}")
    return found.sparql


def _listed(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"it has {listed}" if listed else "it has none"


def _told(parameter: Parameter) -> str:
    example = f', for example "{parameter.example}"' if parameter.example else ""
    return parameter.description + example


def _question(path: Path) -> Question:
    try:
        sparql = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise QueryError(f"{path}: no such file; see kg query --list for the shipped questions") from None
    except UnicodeDecodeError:
        raise QueryError(f"{path}: not UTF-8 text; a question is a SPARQL query in a text file") from None
    except OSError as error:
        raise QueryError(f"{path}: {error.strerror or error}; name a readable .rq file") from None
    header = _header(sparql)
    parameters = tuple(
        Parameter(found["name"], found["description"], found["example"] or "")
        for line in header[1:]
        if (found := _PARAMETER.match(line))
    )
    return Question(path.stem, header[0].lstrip("# ").strip() if header else "", parameters, sparql)


def _header(sparql: str) -> list[str]:
    """The comment lines before the first line that is none."""
    header = []
    for line in sparql.split("\n"):
        if not line.startswith("#"):
            break
        header.append(line.rstrip())
    return header
