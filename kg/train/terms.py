"""The term table: how often, and in what company, each phrase stands in many abstracts.

Contexts are weighed by positive pointwise mutual information and reduced by a singular value decomposition
(Levy, Goldberg and Dagan, Improving distributional similarity with lessons learned from word embeddings,
TACL 2015, which also gives the smoothing of context counts by the power 0.75 taken here).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import scipy.sparse
import scipy.sparse.linalg
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.candidates import candidates, in_title
from kg.extract.pipeline import read_doc
from kg.extract.words import data, normal_form, word_list
from kg.read.source import ReadError
from kg.records import Paper
from kg.train.recipe import recipe

_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(slots=True)
class Counts:
    """What is counted while texts pass.

    Attributes:
        papers: in how many papers a phrase stands.
        titles: in how many titles.
        alone: in how many papers it stands once at least as a whole run of words.
        contexts: how often a word stands left (``<``) or right (``>``) of a phrase.
    """

    papers: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    contexts: Counter[tuple[str, str]] = field(default_factory=Counter)


def term_table(papers: Iterable[Paper], nlp: Language) -> pa.Table:
    """Count the phrases of many papers and place the frequent ones by their contexts.

    Args:
        papers: their titles and abstracts are read; the more, the better.
        nlp: the extraction's pipeline up to its candidates.

    Returns:
        One row a term, sorted: term, in how many papers, titles, and papers alone it stands, and its vector of
        length 127 as signed bytes.

    Raises:
        ReadError: where the papers have too few frequent phrases, or too few words beside them, to be placed in
            as many dimensions as ``data/terms.toml`` asks for.
    """
    counts = Counts()
    for paper in papers:
        count(nlp(read_doc(paper, nlp)), counts)
    least, width = data("terms")["least_papers"], data("terms")["dimensions"]
    terms = sorted(term for term, papers_ in counts.papers.items() if papers_ >= least)
    vectors = _quantised(_vectors(terms, counts.contexts, width))
    return pa.table(
        {
            "term": terms,
            "papers": pa.array([counts.papers[t] for t in terms], pa.int32()),
            "titles": pa.array([counts.titles[t] for t in terms], pa.int32()),
            "alone": pa.array([counts.alone[t] for t in terms], pa.int32()),
            "vector": pa.array([v.tobytes() for v in vectors], pa.binary(width)),
        }
    )


def count(doc: Doc, counts: Counts) -> None:
    """Count the phrases of one text.

    Args:
        doc: candidates found.
        counts: is added to.
    """
    found: dict[str, list[Span]] = {}
    for span in {(s.start, s.end): s for s in candidates(doc)}.values():
        found.setdefault(normal_form(span.text), []).append(span)
    for name, spans in found.items():
        counts.papers[name] += 1
        counts.titles[name] += any(in_title(span) for span in spans)
        counts.alone[name] += any(stands_alone(span) for span in spans)
        for span in spans:
            for context in contexts(span):
                counts.contexts[name, context] += 1


def stands_alone(span: Span) -> bool:
    """Whether no content word stands directly beside a phrase.

    Example:
        >>> import spacy
        >>> doc = spacy.blank("en")("we train a deep network.")
        >>> stands_alone(doc[3:5]), stands_alone(doc[4:5])
        (True, False)
    """
    beside = [context[1:] for context in contexts(span)]
    return not any(word.isalpha() and word not in word_list("stop") for word in beside)


def contexts(span: Span) -> Iterator[str]:
    """The words beside a phrase in lower case, marked by their side; ``^`` and ``$`` at the ends of the text.

    Example:
        >>> import spacy
        >>> list(contexts(spacy.blank("en")("We train networks")[1:3]))
        ['<we', '>$']
    """
    doc = span.doc
    yield "<" + (doc[span.start - 1].lower_ if span.start else "^")
    yield ">" + (doc[span.end].lower_ if span.end < len(doc) else "$")


def _vectors(terms: list[str], counted: Mapping[tuple[str, str], int], width: int) -> _Array:
    """Terms by their contexts, terms x width."""
    counts = _matrix(terms, counted)
    if min(counts.shape) <= width:
        raise ReadError(
            f"the papers have {counts.shape[0]} frequent phrases beside {counts.shape[1]} words, and the term table "
            f"needs more than {width} of each; give more papers"
        )
    u, s, _ = scipy.sparse.linalg.svds(_ppmi(counts), k=width, v0=np.ones(min(counts.shape)), solver="arpack")
    order = np.argsort(-s)
    return np.asarray(u[:, order] * s[order] ** 0.5)


def _matrix(terms: list[str], counted: Mapping[tuple[str, str], int]) -> scipy.sparse.csr_matrix:
    """How often each context has each term, terms x contexts, the contexts sorted."""
    rows = {term: i for i, term in enumerate(terms)}
    used = [(rows[t], c, n) for (t, c), n in counted.items() if t in rows]
    columns = {c: i for i, c in enumerate(sorted({c for _, c, _ in used}))}
    at, of, n = [r for r, _, _ in used], [columns[c] for _, c, _ in used], [n for _, _, n in used]
    return scipy.sparse.csr_matrix((n, (at, of)), shape=(len(terms), len(columns)), dtype=float)


def _ppmi(counts: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    """Positive pointwise mutual information, in nats."""
    of_term = np.asarray(counts.sum(axis=1)).ravel()
    of_context = np.asarray(counts.sum(axis=0)).ravel() ** recipe("terms")["smoothing"]
    cells = counts.tocoo()
    expected = of_term[cells.row] * of_context[cells.col] / of_context.sum()
    values = np.maximum(0.0, np.log(cells.data / expected))
    return scipy.sparse.csr_matrix((values, (cells.row, cells.col)), shape=counts.shape)


def _quantised(vectors: _Array) -> _Array:
    """Each vector at length 127, in signed bytes."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.rint(127 * vectors / np.maximum(length, 1e-9)), np.int8)
