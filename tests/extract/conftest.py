"""What the tests of extraction share: the seed papers, one pipeline, and a vocabulary of a few concepts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.candidates import candidates
from kg.extract.judges import FAST
from kg.extract.pipeline import Extraction, extract, finders, pipeline, read_doc
from kg.extract.text import Group
from kg.read import read_sources
from kg.records import Kind, Location, Paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

SMALL_VOCABULARY = """
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dataset: <https://w3id.org/paperkg/id/dataset/> .
@prefix method: <https://w3id.org/paperkg/id/method/> .
@prefix metric: <https://w3id.org/paperkg/id/metric/> .
@prefix topic: <https://w3id.org/paperkg/id/topic/> .

dataset:glue a kg:Dataset ; skos:prefLabel "GLUE" .
dataset:cifar-10 a kg:Dataset ; skos:prefLabel "CIFAR-10" .
method:clip a kg:Method ; skos:prefLabel "CLIP" .
method:gan a kg:Method ; skos:prefLabel "generative adversarial network" ; skos:altLabel "GAN" .
method:neural-network a kg:Method ; skos:prefLabel "neural network" .
method:graph-neural-network a kg:Method ; skos:prefLabel "graph neural network" ;
    skos:broader method:neural-network .
method:pre-training a kg:Method ; skos:prefLabel "pre-training" .
metric:accuracy a kg:Metric ; skos:prefLabel "accuracy" .
topic:analogy a kg:Topic ; skos:prefLabel "analogy" ; kg:guard "relational", "visual reasoning" .
topic:learning a kg:Topic ; skos:prefLabel "machine learning" .
topic:reinforcement-learning a kg:Topic ; skos:prefLabel "reinforcement learning" ;
    skos:altLabel "RL" ; skos:broader topic:learning .
"""


def paper(title: str = "A Title", abstract: str = "", identifier: str = "iclr-2021-0001") -> Paper:
    """A paper of which nothing but the text matters."""
    return Paper(identifier, title, (), abstract, 2021, "iclr", None, None, Location("papers.md", 1))


def proposed(doc: Doc) -> list[tuple[str, str, str]]:
    """Every candidate's words, kind and source."""
    return [(span.text, span.label_, span.id_) for span in candidates(doc)]


def read(nlp: Language, title: str = "A Title", abstract: str = "") -> Extraction:
    """What is read from one paper."""
    ((_, extraction),) = extract([paper(title, abstract)], nlp)
    return extraction


def doc_of(nlp: Language, title: str = "A Title", abstract: str = "") -> Doc:
    """A title and an abstract as a Doc that went through a pipeline."""
    return nlp(read_doc(paper(title, abstract), nlp))


def group(*spans: Span, name: str = "a name", kind: Kind = Kind.METHOD, concept: str = "") -> Group:
    """A group of the places that are given."""
    return Group(name, kind, concept, spans, frozenset())


def blank(*components: str) -> Language:
    """A blank English pipeline of some components of ours, as anyone would put it together."""
    nlp = spacy.blank("en")
    for component in components:
        nlp.add_pipe(component)
    return nlp


@pytest.fixture(scope="session")
def papers() -> tuple[Paper, ...]:
    """The 200 seed papers."""
    return read_sources([SEEDS / "iclr-2021.md"]).papers


@pytest.fixture(scope="session")
def by_id(papers: Sequence[Paper]) -> dict[str, Paper]:
    """The seed papers by id."""
    return {paper.id: paper for paper in papers}


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The fast extractor over the vocabulary that kg ships; not to be changed."""
    return pipeline(extractor=FAST)


@pytest.fixture(scope="session")
def extractions(papers: Sequence[Paper], nlp: Language) -> dict[str, Extraction]:
    """What is read from each seed paper, by the paper's id."""
    return {paper.id: extraction for paper, extraction in extract(papers, nlp)}


@pytest.fixture(scope="session")
def small_vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Turtle file of eleven concepts."""
    path = tmp_path_factory.mktemp("vocabulary") / "small.ttl"
    path.write_text(SMALL_VOCABULARY, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small_nlp(small_vocabulary: Path) -> Language:
    """The fast extractor over the small vocabulary."""
    return pipeline([small_vocabulary], FAST)


@pytest.fixture(scope="session")
def accurate_nlp(small_vocabulary: Path) -> Language:
    """The accurate extractor over the small vocabulary."""
    return pipeline([small_vocabulary])


@pytest.fixture(scope="session")
def small_finders(small_vocabulary: Path) -> Language:
    """What finds candidates over the small vocabulary, with nothing that chooses among them."""
    return finders([small_vocabulary])
