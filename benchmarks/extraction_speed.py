"""How many papers a second each extractor reads on one core, and in how much memory, beside PyTextRank.

    pip install -e '.[bench]'
    python benchmarks/extraction_speed.py SOURCE... [--papers 1000]

Each system runs in a process of its own, pinned to one core, on the same papers: all of kg's reading of the
text (sentences to claims), and PyTextRank 3.3 over a spaCy tagger. spaCy's trained English pipelines are not
on the package index, so the tagger has their architecture (HashEmbedCNN, width 96, depth 4) and is taught for
a minute the tags that a few rules give: its speed is that of theirs, its tags are not, and what PyTextRank
finds is not judged here. Loading is not counted; it is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SYSTEMS = ("textrank", "fast", "accurate")
BASELINE = "textrank"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("sources", nargs="+", type=Path)
    arguments.add_argument("--papers", type=int, default=1000)
    arguments.add_argument("--system", choices=SYSTEMS, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.system:
        print(json.dumps(measured(given.system, given.sources, given.papers)))
        return
    results = {system: alone(system) for system in SYSTEMS}
    baseline = results[BASELINE]["rate"]
    print(f"{'system':10} {'papers/s':>9} {'times ' + BASELINE:>15} {'peak MB':>8} {'loading s':>10}")
    for system, told in results.items():
        times = told["rate"] / baseline
        print(f"{system:10} {told['rate']:9.1f} {times:15.2f} {told['memory']:8.0f} {told['loading']:10.1f}")


def alone(system: str) -> dict[str, float]:
    """One system in a process of its own, on one core."""
    command = [sys.executable, *sys.argv, "--system", system]
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(command, env=os.environ | single, stdout=subprocess.PIPE, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])  # PyTextRank prints, too
    return told


def measured(system: str, sources: list[Path], count: int) -> dict[str, float]:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from kg.read import read_sources

    papers = read_sources(sources).papers[:count]
    before = time.perf_counter()
    read = textrank() if system == "textrank" else extractor(system)
    read(papers[:5])
    loaded = time.perf_counter()
    read(papers)
    rate = len(papers) / (time.perf_counter() - loaded)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": rate, "memory": memory, "loading": loaded - before}


def extractor(name: str) -> Callable[[Iterable[Any]], None]:
    from kg.extract.pipeline import extract, pipeline

    nlp = pipeline(extractor=name)

    def read(papers: Iterable[Any]) -> None:
        for _ in extract(papers, nlp):
            pass

    return read


def textrank() -> Callable[[Iterable[Any]], None]:
    import pytextrank  # noqa: F401  registers the component
    import spacy
    from spacy.language import Language
    from spacy.training import Example

    @Language.component("tagged_phrases")
    def tagged_phrases(doc: Any) -> Any:
        """Tags as parts of speech, and runs of adjectives and nouns as the phrases to rank."""
        spans, start = [], None
        for token in [*doc, None]:
            if token is not None:
                token.pos_ = token.tag_
            inside = token is not None and token.tag_ in {"ADJ", "NOUN"}
            if inside and start is None:
                start = token.i
            if not inside and start is not None:
                spans.append(spacy.tokens.Span(doc, start, token.i if token else len(doc), label="PHRASE"))
                start = None
        doc.ents = spans
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    tagger = nlp.add_pipe("tagger")
    texts = [p.abstract for p in _seeds()][:60]
    taught = [Example.from_dict(nlp.make_doc(text), {"tags": tags(nlp.make_doc(text))}) for text in texts]
    optimizer = nlp.initialize(lambda: taught)
    for _ in range(3):
        tagger.update(taught, sgd=optimizer)
    nlp.add_pipe("tagged_phrases")
    nlp.add_pipe("textrank")
    nlp.vocab.get_noun_chunks = None

    def read(papers: Iterable[Any]) -> None:
        for doc in nlp.pipe(f"{paper.title}\n\n{paper.abstract}" for paper in papers):
            list(doc._.phrases)

    return read


def _seeds() -> Iterable[Any]:
    from kg.read import read_sources

    return read_sources([Path(__file__).parents[1] / "seeds"]).papers


def tags(doc: Any) -> list[str]:
    """A part of speech for each token, by rule of thumb."""
    return [
        "X"
        if not token.is_alpha
        else "DET"
        if token.is_stop
        else "ADV"
        if token.lower_.endswith("ly")
        else "VERB"
        if token.lower_.endswith(("ize", "ates", "ed"))
        else "ADJ"
        if token.lower_.endswith(("al", "ive", "ous", "ic"))
        else "NOUN"
        for token in doc
    ]


if __name__ == "__main__":
    main()
