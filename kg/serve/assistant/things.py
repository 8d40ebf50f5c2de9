"""Things as assistants are told of them, and what a name means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.query.plain import printable
from kg.serve.assistant.answers import RefusedError, Thing
from kg.serve.assistant.settings import assistant_settings
from kg.serve.index import Hit, Likeness
from kg.serve.pages.facts import Facts
from kg.serve.search_settings import search_settings
from kg.serve.world import World


@dataclass(frozen=True, slots=True)
class Known:
    """A world with its facts at hand."""

    world: World
    facts: Facts

    @staticmethod
    def of(world: World) -> Known:
        """The facts of a world."""
        return Known(world, Facts(world.store, world.base))

    def thing(self, iri: str, papers: int | None = None) -> Thing:
        """A thing by its IRI.

        Args:
            iri: its IRI.
            papers: that stand behind it, where they are counted.
        """
        path = self.facts.path(iri)
        label = self.world.index.label(path) or self.facts.name(iri)
        kind = path.partition("/")[0]
        year = self.facts.number(iri, "dcterms:issued") if kind == "paper" else None
        return Thing(iri, path, kind, clipped(label), papers, int(year) if year is not None else None)

    def meant(self, text: str, kinds: Collection[str] = ()) -> str:
        """The IRI of the one thing that a text means: its IRI, its id or its name.

        Args:
            text: as the assistant wrote it.
            kinds: that it may be of; any where none is named.

        Raises:
            RefusedError: where nothing is meant, or several things are.
        """
        wanted = text.strip().strip("<>")
        iri = self._by_id(wanted, kinds)
        if iri is not None:
            return iri
        hits = self.world.index.search(wanted, kinds, search_settings().most)
        exact = [hit for hit in hits if hit.likeness is Likeness.EXACT]
        if len(exact) == 1:
            return exact[0].iri
        most = assistant_settings().limits["near"]
        if exact:
            more = f" and {len(exact) - most} more" if len(exact) > most else ""
            listed = ", ".join(f"{hit.path} ({hit.papers} papers)" for hit in exact[:most])
            raise RefusedError(
                f'{len(exact)} things are called "{clipped(wanted)}"; give the id of one: {listed}{more}'
            )
        raise RefusedError(f'nothing here is called "{clipped(wanted)}"; {self.near(wanted, kinds)}')

    def near(self, text: str, kinds: Collection[str] = ()) -> str:
        """Names like a text, as the end of a line; else the advice to search."""
        words = text.rpartition("/")[2].replace("-", " ")
        hits = self.world.index.search(words, kinds, assistant_settings().limits["near"])
        if not hits:
            return "try search with fewer or other words"
        return "did you mean " + ", ".join(map(_told, hits)) + "?"

    def _by_id(self, wanted: str, kinds: Collection[str]) -> str | None:
        base = self.world.base
        kind, colon, slug = wanted.partition(":")
        path = f"{kind}/{slug}" if colon and not slug.startswith("//") else wanted.removeprefix(base)
        candidates = [wanted] if wanted.startswith(("http://", "https://")) else [base + path]
        if "/" not in path:
            candidates += [f"{base}{name}/{path}" for name in kinds or search_settings().kinds]
        for iri in candidates:
            try:
                fits = not kinds or self.facts.path(iri).partition("/")[0] in kinds
                if fits and self.facts.known(iri):
                    return iri
            except ValueError:  # no IRI, but a name
                continue
        return None


def clipped(text: str, most: int | None = None) -> str:
    """A stranger's text in one line without control characters, cut where it is too long.

    Example:
        >>> clipped("abc def", 5)
        'abc d …'
    """
    length = most or assistant_settings().limits["characters"]
    line = printable(text)
    return line if len(line) <= length else line[:length] + " …"


def _told(hit: Hit) -> str:
    return f'"{clipped(hit.label, assistant_settings().limits["argument"])}" ({hit.path})'
