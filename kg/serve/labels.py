"""Labels as search compares them, and the labels of a graph.

Case, accents, scripts, hyphens and punctuation are folded away, so that "Łukasz", "lukasz" and "LUKASZ" are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from anyascii import anyascii

from kg.namespaces import prefixes
from kg.serve.search_settings import search_settings

_OTHER = re.compile(r"[^a-z0-9+#\n]+")  # plus and sharp tell names apart: C, C++, C#
_PLANES = re.compile(r"[^\u0000-\uffff]")  # beyond the basic multilingual plane
_BREAKS = re.compile(r"\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")
_DIGITS = 10  # more papers than have been written
_COUNTS = (  # results as TSV are read three times as fast as triples
    "SELECT ?it ?n { ?it kg:paperCount ?n FILTER(?n > 0 && isIRI(?it)) }",
    "SELECT ?it (COUNT(DISTINCT ?p) AS ?n) { ?p a kg:Paper ; dcterms:isPartOf/dcterms:isPartOf? ?it"
    " FILTER(isIRI(?it)) } GROUP BY ?it",
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a graph calls its things; the lists run in parallel, one entry a name.

    Attributes:
        paths: whose name it is, as the end of an IRI: ``author/ada-lovelace``.
        names: the name as the graph has it.
        labels: by path, the name that is shown.
        papers: by path, the number of papers, where there are any.
    """

    paths: list[str]
    names: list[str]
    labels: dict[str, str]
    papers: dict[str, int]


def folded(name: str) -> str:
    """A name as it is compared: lower-case Latin letters, digits and single spaces.

    Scripts are transliterated by https://github.com/anyascii/anyascii.

    Example:
        >>> folded("René  DESCARTES-Müller"), folded("C++"), folded("𝐆𝐀𝐍"), folded("!?")
        ('rene descartes muller', 'c++', 'gan', '')
    """
    return folded_all([name])[0]


def folded_all(names: Iterable[str]) -> list[str]:
    """Many names folded at once, which is several times faster."""
    plain = "\n".join(
        (name if name.isascii() else _transliterated(name)).replace("\n", " ").replace("\r", " ")
        for name in names
    )
    return [line.strip() for line in _OTHER.sub(" ", plain.lower()).split("\n")]


def _transliterated(name: str) -> str:
    """A name in Latin letters; compatibility forms are resolved first, so that few letters are of other planes."""
    return anyascii(_PLANES.sub(" ", unicodedata.normalize("NFKC", name)))


@cache
def read_transliteration() -> None:
    """Read the tables that names are transliterated by.

    The library reads one at the first letter of its block of Unicode, which a process without files cannot.
    """
    for block in range(0x100):
        anyascii(chr(block << 8 | 0xFF))


def names_in(store: ox.Store, base: str) -> Named:
    """The labels, names and paper counts in a graph.

    Args:
        store: the graph.
        base: the IRI that those of its instances begin with.
    """
    read_transliteration()
    settings = search_settings()
    paths: list[str] = []
    names: list[str] = []
    labels: dict[str, str] = {}
    start = len(base)
    for predicate in (*settings.shown, *settings.other):
        for subject, name in _values(store, predicate):
            path = subject[start:]
            if not subject.startswith(base) or path.partition("/")[0] not in settings.kinds:
                continue
            line = name if name.isprintable() else _BREAKS.sub(" ", name)
            paths.append(path)
            names.append(line)
            if predicate in settings.shown and line <= labels.get(path, line):
                labels[path] = line
    return Named(paths, names, labels, _paper_counts(store, start))


def _values(store: ox.Store, predicate: str) -> Iterable[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value, quad.object.value


def _paper_counts(store: ox.Store, start: int) -> dict[str, int]:
    """Papers by path, where there are any; those of editions and venues are counted, as the graph says no number."""
    counts: dict[str, int] = {}
    for query in _COUNTS:
        results = store.query(query, prefixes=prefixes())
        assert isinstance(results, ox.QuerySolutions)
        rows = results.serialize(format=ox.QueryResultsFormat.TSV) or b""
        for line in rows.decode().split("\n")[1:]:
            iri, _, number = line.partition("\t")
            if number.isdecimal() and len(number) < _DIGITS:
                counts[iri[1 + start : -1]] = int(number)
    return counts
