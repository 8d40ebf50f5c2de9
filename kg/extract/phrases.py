"""Names that no vocabulary holds: phrases whose head tells their kind, and words in odd case."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.candidates import PHRASE, add, candidate
from kg.extract.noun_phrases import is_specific, runs, trim
from kg.extract.words import data, has_capital_inside, singular, word_list
from kg.records import Kind


@Language.component("kg_phrases", requires=["token.is_sent_start"], assigns=["doc.spans"])
def phrases(doc: Doc) -> Doc:
    """Add a candidate for each phrase with a telling head, and for each word in odd case.

    The widest phrase and its shorter endings all become candidates; which one is meant is decided later,
    over the whole text.

    Example:
        >>> import spacy, kg.extract.sentences
        >>> nlp = spacy.blank("en")
        >>> for part in ("kg_sentences", "kg_phrases"): _ = nlp.add_pipe(part)
        >>> [(s.text, s.label_) for s in nlp("It helps hyperbolic graph clustering.").spans["kg_candidates"]]
        [('hyperbolic graph clustering', 'topic'), ('graph clustering', 'topic')]
    """
    found = {
        (span.start, span.end): kind
        for sentence in doc.sents
        for run in runs(sentence)
        for span, kind in [*_headed(run), *_odd(run)]
    }
    add(doc, (candidate(doc, *place, kind, PHRASE) for place, kind in sorted(found.items())))
    return doc


def _headed(run: Span) -> Iterator[tuple[Span, Kind]]:
    """Phrases that end in a head of a known kind."""
    heads, longest = data("heads"), data("phrases")["longest"]
    phrase = trim(run)
    while phrase is not None and len(phrase) > 1:
        kind = heads.get(singular(phrase[-1].lower_))
        if kind and len(phrase.text.split()) <= longest and is_specific(phrase):
            yield phrase, Kind(kind)
        phrase = _shorter(phrase)


def _shorter(phrase: Span) -> Span | None:
    """The phrase without its first word, a hyphenated word counting as one."""
    start = phrase.start + 1
    while start < phrase.end and not phrase.doc[start - 1].whitespace_:
        start += 1
    return phrase.doc[start : phrase.end] if phrase.end - start > 1 else None


def _odd(run: Span) -> Iterator[tuple[Span, Kind]]:
    """Single words in odd case; a data set where the next word says so, else a method."""
    for token in run:
        if len(token) > 2 and has_capital_inside(token.text) and token.text not in word_list("not_names"):
            following = token.nbor(1) if token.i + 1 < len(token.doc) else token
            is_dataset = singular(following.lower_) in data("phrases")["dataset_heads"]
            yield token.doc[token.i : token.i + 1], Kind.DATASET if is_dataset else Kind.METHOD
