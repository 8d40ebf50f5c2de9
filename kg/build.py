"""The conductor: read, extract, resolve, graph, write, in one short function that shows the whole way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from importlib.resources import files
from math import isnan, nan
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import networkx as nx

from kg.extract.confidence import default_threshold
from kg.extract.judges import ACCURATE, EXTRACTORS, FAST
from kg.extract.pipeline import Extraction, extract, pipeline
from kg.graph.analysis import analyse
from kg.graph.assembly import everything
from kg.graph.error_bars import error_bars
from kg.graph.limits import limits
from kg.graph.suggestions import suggest
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import BASE, prefixes
from kg.read import Reading, read_sources
from kg.read.source import ReadError
from kg.read.vocabulary import Vocabulary, read_vocabulary, shipped_vocabulary
from kg.records import Assertion, Claim, Knowledge, Paper, Run
from kg.resolve.concepts import resolve_concepts
from kg.resolve.overrides import read_overrides
from kg.resolve.people import resolve_people
from kg.write.aside import aside
from kg.write.describe import describe
from kg.write.distributions import measured_files
from kg.write.networks import write_gexf, write_graphml
from kg.write.page import render
from kg.write.report import report
from kg.write.suggestions import FILE as SUGGESTIONS
from kg.write.suggestions import describe_suggestions
from kg.write.tables import write_tables
from kg.write.turtle import turtle
from kg.write.void import Census, dataset

_Reading = TypeVar("_Reading", Assertion, Claim)
Progress = Callable[[str, int, int], None]

# The data files that no reading of an extractor depends on.
_UNREAD = {ACCURATE: {"speed.toml"}, FAST: {"speed.toml", "encoder.onnx", "tokenizer.json"}}


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is done.

    Attributes:
        vocabularies: Turtle files of concepts, later ones winning.
        base: the IRI under which the instances live; ends with ``/`` or ``#``.
        minimum_confidence: readings below it stay mentions, without an edge from the paper; that of the
            extractor where it is NaN.
        extractor: "fast", or "accurate", which reads with an encoder too.
        suggest: whether concepts that the vocabulary lacks are written for review.
        people: a file of what the user says about who is who, or None.
        bootstrap: how often papers are drawn anew to tell how sure ranks and communities are; 0 for not at all.

    Raises:
        ValueError: where there is no such extractor.
    """

    vocabularies: tuple[Path, ...] = field(default_factory=lambda: (shipped_vocabulary(),))
    base: str = BASE
    minimum_confidence: float = nan
    extractor: str = ACCURATE
    suggest: bool = False
    people: Path | None = None
    bootstrap: int = 0

    def __post_init__(self) -> None:
        """Take the threshold of the extractor where none is given."""
        if self.extractor not in EXTRACTORS:
            raise ValueError(f"no extractor {self.extractor!r}; use {' or '.join(EXTRACTORS)}")
        if isnan(self.minimum_confidence):
            object.__setattr__(self, "minimum_confidence", default_threshold(self.extractor))


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that one build made, in memory.

    Attributes:
        reading: papers, notices and inputs.
        knowledge: all records.
        coauthors: the co-authorship graph with its measures.
        everything: the graph of all nodes and edges.
        run: the extraction, as the RDF graph tells it.
        options: how it was done.
        timings: seconds by stage.
    """

    reading: Reading
    knowledge: Knowledge
    coauthors: nx.Graph
    everything: nx.MultiDiGraph
    run: Run
    options: Options
    timings: dict[str, float]

    def graph(self) -> KnowledgeGraph:
        """What users hold of it."""
        return KnowledgeGraph(
            self.coauthors, self.everything, lambda: "".join(self.turtle(Census())).encode()
        )

    def turtle(self, census: Census) -> Iterator[str]:
        """graph.ttl in parts, counted by ``census`` as they pass."""
        descriptions = describe(
            self.knowledge, self.coauthors, self.run, self.options.minimum_confidence, self.options.base
        )
        return turtle(census.counted(descriptions), prefixes(self.options.base))


def build(sources: Sequence[str | Path] = ("seeds",), *, extractor: str = ACCURATE) -> KnowledgeGraph:
    """Build the knowledge graph of papers, in memory, with the defaults of ``kg build``.

    Args:
        sources: files or folders in any readable format.
        extractor: "fast", or "accurate", which reads with an encoder too.

    Raises:
        kg.read.source.ReadError: where a source is missing or is no text that kg can read.
        ValueError: where there is no such extractor.
    """
    return make(sources, Options(extractor=extractor)).graph()


def make(sources: Sequence[str | Path], options: Options, progress: Progress | None = None) -> Build:
    """Take papers the whole way from their sources to the graphs.

    Args:
        sources: files or folders in any readable format.
        options: how it is done.
        progress: told of stage, steps done (0 at its start) and steps in all.

    Raises:
        kg.read.source.ReadError: where a source or vocabulary is missing or cannot be read.
    """
    timings: dict[str, float] = {}
    with _timed("read", timings):
        vocabulary = read_vocabulary(options.vocabularies)
        overrides = read_overrides(options.people) if options.people else ()
        reading = read_sources(sources)
        _require_papers(reading)
    with _timed("extract", timings):
        extractions = _extract(reading.papers, options, progress)
    with _timed("resolve", timings):
        resolved = resolve_concepts(extractions, vocabulary.concepts)
        people = resolve_people(reading.papers, overrides)
    with _timed("graph", timings):
        knowledge, coauthors = analyse(
            Knowledge(
                papers=reading.papers,
                concepts=resolved.concepts,
                mentions=resolved.mentions,
                assertions=_asserted(resolved.assertions, options),
                claims=resolved.claims,
                authors=people.authors,
                authorships=people.authorships,
                possible_identities=people.possible_identities,
            )
        )
        if options.bootstrap:
            knowledge = error_bars(knowledge, coauthors, options.bootstrap)
        whole = everything(replace(knowledge, claims=_asserted(knowledge.claims, options)), coauthors)
    run = _run(reading.papers, vocabulary, options)
    reading = replace(reading, notices=(*reading.notices, *people.notices))
    return Build(reading, knowledge, coauthors, whole, run, options, timings)


def _require_papers(reading: Reading) -> None:
    """Refuse to build from nothing: it would take the place of an earlier build that holds something."""
    if not reading.papers:
        first = next(iter(reading.notices), None)
        why = f"{first.location}: {first.reason}" if first else "the sources hold no records"
        raise ReadError(f"no paper could be read; {why}")


def write(result: Build, folder: Path) -> None:
    """Write every file of a build into a folder; the old files stay whole until the new ones are.

    Raises:
        OSError: where the folder cannot be written.
    """
    census = Census()
    title = f"Knowledge graph of {len(result.knowledge.papers)} papers"
    generated_by = f"kg {result.run.version}"
    with aside(folder) as temporary, _timed("write", result.timings):
        with (temporary / "graph.ttl").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(result.turtle(census))
        if result.options.suggest:
            with (temporary / SUGGESTIONS).open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_suggestions(result))
        write_graphml(result.everything, temporary / "graph.graphml")
        write_graphml(result.coauthors, temporary / "coauthors.graphml")
        write_gexf(result.coauthors, temporary / "coauthors.gexf")
        (temporary / "tables").mkdir()
        write_tables(result.knowledge, result.coauthors, temporary / "tables")
        page = render(result.knowledge, result.coauthors, generated_by)
        (temporary / "graph.html").write_text(page, encoding="utf-8", newline="\n")
        with (temporary / "void.ttl").open("w", encoding="utf-8", newline="\n") as file:
            base = result.options.base
            described = dataset(census, title, base, measured_files(temporary), result.run.id)
            file.writelines(turtle(described, prefixes(base)))
        (temporary / "report.json").write_bytes(
            report(
                result.knowledge,
                result.coauthors,
                result.run,
                result.options.minimum_confidence,
                result.reading.inputs,
                result.reading.notices,
                result.timings,
            )
        )


def _suggestions(result: Build) -> Iterator[str]:
    """suggestions.ttl in parts."""
    options = result.options
    vocabulary = read_vocabulary(options.vocabularies).concepts
    found = suggest(result.knowledge, vocabulary, limits().suggestions)
    return turtle(describe_suggestions(found, options.base), prefixes(options.base))


def _asserted(readings: tuple[_Reading, ...], options: Options) -> tuple[_Reading, ...]:
    """The readings that are sure enough to be edges."""
    return tuple(reading for reading in readings if reading.confidence >= options.minimum_confidence)


def _extract(papers: Sequence[Paper], options: Options, progress: Progress | None) -> list[Extraction]:
    extractions = []
    if progress:
        progress("extract", 0, len(papers))
    nlp = pipeline(options.vocabularies, options.extractor)
    for done, (_, extraction) in enumerate(extract(papers, nlp), start=1):
        extractions.append(extraction)
        if progress:
            progress("extract", done, len(papers))
    return extractions


def _run(papers: Sequence[Paper], vocabulary: Vocabulary, options: Options) -> Run:
    """The run's record; its id hashes what the result depends on, and nothing else."""
    told = [version("paperkg"), _extractor(options.extractor), vocabulary.hash, _corpus(papers)]
    identifier = _hash([*told, str(options.minimum_confidence)])
    return Run(identifier, *told)


def _corpus(papers: Sequence[Paper]) -> str:
    """A hash of the papers wherever they stood."""
    return _hash(
        repr((p.id, p.title, p.authors, p.abstract, p.year, p.venue, p.url, p.doi, p.identifiers))
        for p in papers
    )


def _extractor(name: str) -> str:
    """The name of an extractor and a hash of the data files that its readings depend on."""
    every = (f for f in files("kg.extract").joinpath("data").iterdir() if f.is_file())
    contents = sorted((f.name, f.read_bytes()) for f in every if f.name not in _UNREAD[name])
    return f"{name}-" + _hash(f"{file} {hashlib.sha256(content).hexdigest()}" for file, content in contents)


def _hash(parts: Sequence[str] | Iterator[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:12]


@contextmanager
def _timed(stage: str, timings: dict[str, float]) -> Iterator[None]:
    start = perf_counter()
    yield
    timings[stage] = perf_counter() - start
