"""The analysis of a co-authorship network beside plain networkx: seconds, peak memory, and how many times faster.

    python benchmarks/network.py SOURCE [SECONDS]

SOURCE is a file or folder that kg reads; a printed name is taken for a person. Each measure runs in a process of its
own, of ours and of networkx in turn, and networkx has SECONDS (60) for each; where it does not finish, it
counts with these, so that the ratio is a lower bound. Where networkx has several ways, it takes the quickest that gives
the measure: sampled betweenness with as many pivots as ours, the diameter by bounds, Katz by iteration, effective
size by its definition (by matrices it needs n * n numbers). Memory is the peak of the process, which holds the
graph, too. Measures that networkx lacks (participation, within-module degree, core and periphery) are in
our total alone.
"""

from __future__ import annotations

import multiprocessing
import pickle
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

import networkx as nx
from rich.console import Console
from rich.table import Table

from kg.graph import measures
from kg.graph.analysis import analyse
from kg.graph.coauthorship import coauthorship
from kg.graph.core_periphery import core
from kg.graph.diameter import diameter
from kg.graph.facts import degree_assortativity, modularity
from kg.graph.limits import limits
from kg.graph.partition import partition
from kg.graph.paths import centrality
from kg.graph.traversal import block
from kg.read import read_sources
from kg.records import Author, Authorship, Knowledge

MEMORY = 10 << 30  # bytes a process may address
SECONDS = 60.0


@dataclass(frozen=True)
class Network:
    """What all measures are taken of; matrix and communities are ours, the graph is networkx's."""

    knowledge: Knowledge
    graph: nx.Graph
    matrix: Any
    component: Any
    community: Any
    alpha: float

    @property
    def giant(self) -> nx.Graph:
        """The largest component, as networkx finds it."""
        return self.graph.subgraph(max(nx.connected_components(self.graph), key=len))


def _projected(network: Network) -> nx.Graph:
    """Newman's weights, as networkx projects them."""
    printed = [(a.paper, a.author) for a in network.knowledge.authorships]
    both = nx.Graph((("paper", paper), ("author", author)) for paper, author in printed)
    authors = [node for node in both if node[0] == "author"]
    return nx.bipartite.collaboration_weighted_projected_graph(both, authors)


def _diameter(network: Network) -> int:
    part, members = measures.giant(network.matrix, network.component)
    return diameter(block(part, 0, len(members)), len(members)).at_least


def _paths(network: Network) -> object:
    return centrality(network.matrix, network.component, limits().paths)


def _pivots(network: Network) -> int:
    return min(limits().paths.pivots, len(network.graph))


def _as_communities(network: Network) -> list[set[str]]:
    parts: dict[int, set[str]] = {}
    for node, number in zip(network.graph, network.community.tolist(), strict=True):
        parts.setdefault(number, set()).add(node)
    return list(parts.values())


_Measure = Callable[[Network], object]
MEASURES: dict[str, tuple[_Measure | None, _Measure | None]] = {
    "projection": (lambda n: coauthorship(n.knowledge), _projected),
    "components": (
        lambda n: measures.component(n.matrix),
        lambda n: list(nx.connected_components(n.graph)),
    ),
    "PageRank": (
        lambda n: measures.pagerank(n.matrix, limits().damping, limits().tolerance),
        lambda n: nx.pagerank(n.graph, limits().damping, tol=limits().tolerance, max_iter=1000),
    ),
    "eigenvector": (
        lambda n: measures.eigenvector(n.matrix, n.component),
        lambda n: nx.eigenvector_centrality_numpy(n.giant, weight="weight"),
    ),
    "Katz": (
        lambda n: measures.katz(n.matrix, n.alpha, limits().tolerance),
        lambda n: nx.katz_centrality(n.graph, n.alpha, tol=limits().tolerance, weight="weight"),
    ),
    "HITS": (lambda n: measures.hits(n.matrix, n.component), lambda n: nx.hits(n.giant)),
    "betweenness": (
        _paths,
        lambda n: nx.betweenness_centrality(n.graph, k=_pivots(n), seed=limits().paths.seed),
    ),
    "harmonic": (None, lambda n: nx.harmonic_centrality(n.graph)),
    "mean path length": (None, lambda n: nx.average_shortest_path_length(n.giant)),
    "diameter": (_diameter, lambda n: nx.diameter(n.giant, usebounds=True)),
    "k-core": (lambda n: measures.core_number(n.matrix), lambda n: nx.core_number(n.graph)),
    "clustering": (lambda n: measures.clustering(n.matrix), lambda n: nx.clustering(n.graph)),
    "transitivity": (lambda n: measures.transitivity(n.matrix), lambda n: nx.transitivity(n.graph)),
    "constraint": (
        lambda n: measures.constraint(n.matrix),
        lambda n: nx.constraint(n.graph, weight="weight"),
    ),
    "effective size": (
        lambda n: measures.effective_size(n.matrix),
        lambda n: nx.effective_size(n.graph, nodes=list(n.graph), weight="weight"),
    ),
    "assortativity": (
        lambda n: degree_assortativity(n.matrix),
        lambda n: nx.degree_assortativity_coefficient(n.graph),
    ),
    "communities": (
        lambda n: partition(n.matrix, limits().resolution, limits().iterations),
        lambda n: nx.community.louvain_communities(n.graph, seed=1),
    ),
    "modularity": (
        lambda n: modularity(n.matrix, n.community),
        lambda n: nx.community.modularity(n.graph, _as_communities(n)),
    ),
    "roles": (
        lambda n: (
            measures.participation(n.matrix, n.community),
            measures.within_module_degree(n.matrix, n.community),
        ),
        None,
    ),
    "core and periphery": (lambda n: core(n.matrix), None),
}
WHOLE = "whole analysis"


@dataclass(frozen=True)
class Run:
    """One run in a process of its own; the note tells why it did not finish."""

    seconds: float
    mebibytes: float
    note: str = ""


def _peak() -> float:
    """The most memory that this process has held; not getrusage's, which begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def _serve(to: Connection, file: Path, name: str, side: int) -> None:
    network: Network = pickle.loads(file.read_bytes())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    measure = (lambda n: analyse(n.knowledge)) if name == WHOLE else MEASURES[name][side]
    assert measure is not None
    start, note = perf_counter(), ""
    try:
        measure(network)
    except MemoryError:
        note = f"needs over {MEMORY >> 30} GiB"
    except nx.NetworkXException as failure:
        note = type(failure).__name__
    seconds = perf_counter() - start
    to.send(Run(seconds, _peak(), note))


def run(file: Path, name: str, side: int, limit: float | None) -> Run:
    """Run one measure; side 0 is ours, 1 networkx's."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(there, file, name, side))
    process.start()
    there.close()
    loading = 30.0  # reading the graph is not counted, but must end
    try:
        if limit is None or here.poll(limit + loading):
            found: Run = here.recv()
            return (
                Run(limit, found.mebibytes, f"over {limit:.0f} s")
                if limit and found.seconds > limit
                else found
            )
        return Run(limit, float("nan"), f"over {limit:.0f} s")
    except EOFError:
        return Run(limit or 0.0, float("nan"), "died")
    finally:
        process.kill()
        process.join()


def read(source: Path) -> Knowledge:
    papers = read_sources([source]).papers
    names = sorted({name for paper in papers for name in paper.authors})
    authorships = tuple(
        Authorship(paper.id, position, name, name)
        for paper in papers
        for position, name in enumerate(paper.authors, start=1)
    )
    return Knowledge(
        papers, (), (), (), (), tuple(Author(name, name, (name,)) for name in names), authorships
    )


def prepare(knowledge: Knowledge) -> Network:
    graph = coauthorship(knowledge)
    matrix = measures.adjacency(graph)
    parts = partition(matrix, limits().resolution, limits().iterations)
    return Network(knowledge, graph, matrix, measures.component(matrix), parts, measures.attenuation(matrix))


def main(source: Path, limit: float) -> None:
    network = prepare(read(source))
    table = Table("measure", title=f"{source.name}: {len(network.knowledge.papers)} papers, {network.graph}")
    for column in ("kg, s", "kg, MiB", "networkx, s", "networkx, MiB", "times faster"):
        table.add_column(column, justify="right")
    theirs: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.pickle"
        file.write_bytes(pickle.dumps(network))
        for name, (our, their) in MEASURES.items():
            one = run(file, name, 0, None) if our else None
            other = run(file, name, 1, limit) if their else None
            theirs += [other] if other else []
            table.add_row(name, *_cells(one, other))
            print(name, one, other, file=sys.stderr, flush=True)
        whole = run(file, WHOLE, 0, None)
    unfinished = "more" if any(peer.note for peer in theirs) else ""
    peers = Run(sum(peer.seconds for peer in theirs), max(peer.mebibytes for peer in theirs), unfinished)
    table.add_section()
    table.add_row(WHOLE, *_cells(whole, peers))
    Console(width=110).print(table)


def _cells(one: Run | None, other: Run | None) -> tuple[str, str, str, str, str]:
    def time(of: Run | None, missing: str) -> str:
        if of is None:
            return missing
        return f"{of.seconds:.2f}" + (f" ({of.note})" if of.note else "")

    def memory(of: Run | None) -> str:
        return "" if of is None or of.mebibytes != of.mebibytes else f"{of.mebibytes:.0f}"

    ratio = (
        "" if one is None or other is None or one.note else f"{other.seconds / max(one.seconds, 1e-9):.2g}"
    )
    at_least = "at least " if ratio and other is not None and other.note else ""
    return (
        time(one, "(as above)"),
        memory(one),
        time(other, "lacks it"),
        memory(other),
        at_least + ratio,
    )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) == 3 else SECONDS)
