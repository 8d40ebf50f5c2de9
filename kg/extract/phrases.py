"""Phrases that may be names: every stretch of a run of words, and both sides of each defined acronym.

Which stretch is meant is decided later, over the whole text: on annotated abstracts nearly every name is
among these, so that choosing is the task and not finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.acronyms import definitions
from kg.extract.candidates import PHRASE, add, candidate
from kg.extract.noun_phrases import HYPHENS, POSSESSIVES, runs
from kg.extract.words import data, singular, word_list
from kg.records import Kind


@Language.component("kg_phrases", requires=["token.is_sent_start"], assigns=["doc.spans"])
def phrases(doc: Doc) -> Doc:
    """Add a candidate for each stretch of words without stop words inside, and for defined acronyms.

    Example:
        >>> import spacy, kg.extract.sentences
        >>> nlp = spacy.blank("en")
        >>> for part in ("kg_sentences", "kg_phrases"): _ = nlp.add_pipe(part)
        >>> doc = nlp("It helps hyperbolic graph-level clustering.")
        >>> [span.text for span in doc.spans["kg_candidates"]][:3]
        ['hyperbolic', 'hyperbolic graph-level', 'hyperbolic graph-level clustering']
    """
    places = {place for sentence in doc.sents for run in runs(sentence) for place in stretches(run)}
    places |= {(side.start, side.end) for pair in definitions(doc) for side in pair}
    add(doc, (candidate(doc, start, end, _kind(doc, end), PHRASE) for start, end in sorted(places)))
    return doc


def stretches(run: Span) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of a run, hyphenated words kept whole and a final "'s" left out.

    A stretch that is but one letter, one number or one evaluative word ("novel") names nothing, nor does one
    that breaks off at a hyphen ("pre- and post-training").
    """
    doc, longest = run.doc, data("phrases")["longest"]
    words = [i for i in range(run.start, run.end) if doc[i].text[0].isalnum()]
    starts = [i for i in words if i == run.start or doc[i - 1].whitespace_]
    ends = [*(start for start in starts[1:]), run.end]
    for place, start in enumerate(starts):
        for end in ends[place : place + longest]:
            end -= doc[end - 1].lower_ in POSSESSIVES
            if doc[end - 1].text[-1] not in HYPHENS and (end - start > 1 or _may_stand_alone(doc, start)):
                yield start, end


def _may_stand_alone(doc: Doc, i: int) -> bool:
    word = doc[i]
    return len(word) > 1 and not word.is_digit and word.lower_ not in word_list("adjectives")


def _kind(doc: Doc, end: int) -> Kind:
    """The kind that the last word of a phrase tells; a method, the most frequent, where it tells nothing."""
    return Kind(data("heads").get(singular(doc[end - 1].lower_), Kind.METHOD))
