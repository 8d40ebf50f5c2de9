"""The formats: those shipped, and those that other packages add.

A package adds one by an entry point in the group ``paperkg.readers``
(https://packaging.python.org/specifications/entry-points/) that names a module or object with what
:class:`kg.read.drafts.Format` asks for::

    [project.entry-points."paperkg.readers"]
    endnote = "my_package.endnote"

Nothing that an added reader does ends a reading: what goes wrong in it is told in a notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from kg.read import (
    acl_xml,
    arxiv,
    bibtex,
    crossref,
    csl_json,
    dblp_xml,
    delimited,
    jats,
    jsonl,
    markdown,
    medline,
    openalex,
    openreview,
    plain_text,
    pubmed_xml,
    ris,
    semantic_scholar,
    tei,
    wos,
)
from kg.read.drafts import Draft, Format
from kg.read.source import Source
from kg.read.walk import has_extension
from kg.records import Location, Notice, Severity

GROUP = "paperkg.readers"
SPECIFIC: tuple[Format, ...] = (
    *(markdown, bibtex, ris, medline, wos, delimited),
    *(csl_json, crossref, openalex, semantic_scholar, arxiv, openreview),
    *(pubmed_xml, jats, tei, dblp_xml, acl_xml),
)
GENERAL: tuple[Format, ...] = (jsonl, plain_text)  # which take what looks like their kind where no other does


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats in the order in which they are asked.

    Attributes:
        specific: those that know their own records; the shipped ones first, then those added, by name.
        general: those asked last.
        notices: a warning for each entry point that gives none.
    """

    specific: tuple[Format, ...]
    general: tuple[Format, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def all(self) -> tuple[Format, ...]:
        """Every format."""
        return (*self.specific, *self.general)

    @property
    def extensions(self) -> list[str]:
        """How the names of files end that may hold papers."""
        return sorted({extension for each in self.all for extension in each.EXTENSIONS})

    def of(self, source: Source) -> Format | None:
        """The format that the text says, one that the name agrees with first; else the name's; else None."""
        return self.by_text(source) or self.by_name(source.path)

    def by_text(self, source: Source) -> Format | None:
        """The format that a text is of as far as its beginning tells."""
        for group in (self.specific, self.general):
            found = [each for each in group if each.sniff(source.head)]
            named = [each for each in found if has_extension(source.path, each.EXTENSIONS)]
            if found:
                return (named or found)[0]
        return None

    def by_name(self, path: str) -> Format | None:
        """The one format whose files' names end so; JSON Lines where others of its kind do too."""
        found = [each for each in self.all if has_extension(path, each.EXTENSIONS)]
        return jsonl if jsonl in found else found[0] if len(found) == 1 else None


@cache
def formats() -> Formats:
    """The shipped formats and those that installed packages add."""
    return _with_added(sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)))


def _with_added(points: Sequence[EntryPoint]) -> Formats:
    added: list[Format] = []
    notices: list[Notice] = []
    for point in points:
        try:
            added.append(_Added(point.load()))
        except Exception as error:  # whatever a stranger's module raises at import
            reason = f"this reader cannot be loaded ({_told(error)}); mend or remove the package that adds it"
            place = Location(f"{GROUP}:{point.name}", 1)
            notices.append(Notice(place, Severity.WARNING, reason))
    return Formats((*SPECIFIC, *added), GENERAL, tuple(notices))


class _Added:
    """A format of another package, held so that no fault of it ends a reading."""

    def __init__(self, loaded: Format) -> None:
        if not callable(loaded.sniff) or not callable(loaded.read):
            raise TypeError("sniff and read are not functions")
        self.NAME = str(loaded.NAME)
        self.EXTENSIONS = tuple(str(extension).lower() for extension in loaded.EXTENSIONS)
        self.format = loaded

    def sniff(self, head: str) -> bool:
        try:
            return bool(self.format.sniff(head))
        except Exception:  # a reader that cannot tell does not claim the text
            return False

    def read(self, source: Source) -> Iterator[Draft | Notice]:
        line = 1
        try:
            for record in self.format.read(source):
                if not isinstance(record, Draft | Notice):
                    raise TypeError(f"gave {type(record).__name__}, neither a draft nor a notice")
                line = record.line if isinstance(record, Draft) else record.location.line
                yield record
        except Exception as error:
            yield source.rejected(line, f"the reader of {self.NAME} failed after here ({_told(error)})")


def _told(error: Exception) -> str:
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return text if len(text) <= 120 else f"{text[:120]}..."
