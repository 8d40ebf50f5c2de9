"""The extraction, whole: papers in, mentions and claims out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.concepts import CONCEPTS
from kg.extract.judges import ACCURATE
from kg.extract.relations import Relation, relations
from kg.records import Claim, Field, Kind, Mention, Paper, Role, Span

FINDERS = ("sentences", "acronyms", "vocabulary", "contributions", "phrases")
"""The components that find candidates; ``concepts`` chooses among them."""

_GAP = "\n\n"
_LINE_BREAK = re.compile(r"(?<=\S)[\t\n](?=\S)")

for _component in (*FINDERS, "concepts"):
    import_module(f"kg.extract.{_component}")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one paper; names are not resolved to concepts yet.

    A claim's subject and object are handles: kind and name of a mention, ``method/deep q network``.
    """

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


def pipeline(vocabularies: Sequence[Path] = (), extractor: str = ACCURATE) -> Language:
    """The spaCy pipeline: a blank English tokenizer and the components of this room.

    Args:
        vocabularies: Turtle files; the one that kg ships where none is given.
        extractor: "fast", or "accurate", which reads with an encoder too.

    Raises:
        ValueError: where there is no such extractor.

    Example:
        >>> pipeline(extractor="fast").pipe_names[-1]
        'kg_concepts'
    """
    nlp = finders(vocabularies)
    nlp.add_pipe("kg_concepts", config={"extractor": extractor})
    return nlp


def finders(vocabularies: Sequence[Path] = ()) -> Language:
    """The part of the pipeline that finds candidates.

    Example:
        >>> finders().pipe_names[0]
        'kg_sentences'
    """
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    for component in FINDERS:
        config = {"paths": [str(path) for path in vocabularies]} if component == "vocabulary" else {}
        nlp.add_pipe(f"kg_{component}", config=config)
    return nlp


def extract(papers: Iterable[Paper], nlp: Language) -> Iterator[tuple[Paper, Extraction]]:
    """Read what papers say, one after another, in their order.

    Args:
        papers: a batch of any size.
        nlp: from :func:`pipeline`.
    """
    texts = ((read_doc(paper, nlp), paper) for paper in papers)
    for doc, paper in nlp.pipe(texts, as_tuples=True, batch_size=64):
        yield paper, _extraction(doc, paper)


def read_doc(paper: Paper, nlp: Language) -> Doc:
    """Title and abstract as one Doc that knows where the title ends.

    A single line break becomes a space, offsets staying as they are: lines are broken inside names too.
    """
    doc = nlp.make_doc(paper.title + _GAP + _LINE_BREAK.sub(" ", paper.abstract))
    doc._.kg_title_end = len(paper.title)
    return doc


def _extraction(doc: Doc, paper: Paper) -> Extraction:
    mentions = {_mention(span, paper) for span in doc.spans[CONCEPTS]}
    claims = {_claim(relation, paper) for relation in relations(doc)}
    return Extraction(
        tuple(sorted(mentions, key=lambda m: (m.span.field != Field.TITLE, m.span.start, m.span.end))),
        tuple(
            sorted(
                claims,
                key=lambda c: (
                    c.sentence.field != Field.TITLE,
                    c.sentence.start,
                    c.subject,
                    c.predicate,
                    c.object,
                    c.polarity,
                    c.confidence,
                ),
            )
        ),
    )


def _mention(span: spacy.tokens.Span, paper: Paper) -> Mention:
    place = _span(span.start_char, span.end_char, paper)
    return Mention(
        paper=paper.id,
        span=place,
        exact=paper.text(place.field)[place.start : place.end],
        sentence=_sentence(span.sent, paper),
        kind=Kind(span.label_),
        name=span._.kg_name,
        concept=span.kb_id_,
        role=Role(span._.kg_role),
        confidence=span._.kg_confidence,
    )


def _claim(relation: Relation, paper: Paper) -> Claim:
    return Claim(
        paper=paper.id,
        subject=f"{relation.subject.label_}/{relation.subject._.kg_name}",
        predicate=relation.predicate,
        object=f"{relation.object.label_}/{relation.object._.kg_name}",
        sentence=_sentence(relation.sentence, paper),
        polarity=relation.polarity,
        confidence=relation.confidence,
    )


def _sentence(sentence: spacy.tokens.Span, paper: Paper) -> Span:
    """Where a sentence stands, without the white space at its ends."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return _span(start, sentence.start_char + len(text.rstrip()), paper)


def _span(start: int, end: int, paper: Paper) -> Span:
    """Offsets in the Doc as offsets in the field that they fall into."""
    if end <= len(paper.title):
        return Span(Field.TITLE, start, end)
    before = len(paper.title) + len(_GAP)
    return Span(Field.ABSTRACT, max(0, start - before), end - before)
