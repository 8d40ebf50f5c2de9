"""Names that no vocabulary holds: phrases with a telling head, repeated phrases, definitions, odd words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.acronyms import definitions
from kg.extract.candidates import PHRASE, REPEATED, add, candidate
from kg.extract.noun_phrases import is_specific, runs, trim
from kg.extract.words import data, has_capital_inside, normal_form, singular, word_list
from kg.records import Kind


@Language.component("kg_phrases", requires=["token.is_sent_start"], assigns=["doc.spans"])
def phrases(doc: Doc) -> Doc:
    """Add a candidate for each phrase that may be a name.

    These are phrases with a telling head, words in odd case, defined acronyms with their expansions, and
    phrases that stand in the text twice. The widest phrase and its shorter endings all become candidates;
    which one is meant is decided later, over the whole text.

    Example:
        >>> import spacy, kg.extract.sentences
        >>> nlp = spacy.blank("en")
        >>> for part in ("kg_sentences", "kg_phrases"): _ = nlp.add_pipe(part)
        >>> doc = nlp("It helps hyperbolic graph clustering.")
        >>> [(span.text, span.label_) for span in doc.spans["kg_candidates"]]
        [('hyperbolic graph clustering', 'topic'), ('graph clustering', 'topic')]
    """
    stretches = [run for sentence in doc.sents for run in runs(sentence)]
    found = {(s.start, s.end): kind for run in stretches for s, kind in [*_headed(run), *_odd(run)]}
    for span in (span for pair in definitions(doc) for span in pair):
        found.setdefault((span.start, span.end), _kind(span))
    add(doc, (candidate(doc, *place, kind, PHRASE) for place, kind in sorted(found.items())))
    repeated = {(s.start, s.end): _kind(s) for s in _repeated(stretches)}
    fresh = sorted(repeated.items() - found.items())
    add(doc, (candidate(doc, *place, kind, REPEATED) for place, kind in fresh if place not in found))
    return doc


def _kind(phrase: Span) -> Kind:
    """The kind that the head of a phrase tells; a method, the most frequent, where it tells nothing."""
    return Kind(data("heads").get(singular(phrase[-1].lower_), Kind.METHOD))


def _repeated(stretches: Sequence[Span]) -> list[Span]:
    """Phrases of two words or more that stand twice in the text, whatever their heads."""
    parts = [part for run in stretches for part in _parts(run)]
    names = [normal_form(part.text) for part in parts]
    counts = Counter(names)
    return [part for part, name in zip(parts, names, strict=True) if counts[name] > 1]


def _parts(run: Span) -> Iterator[Span]:
    """The trimmed stretches of a run, hyphenated words kept whole."""
    longest = data("phrases")["longest"]
    starts = [i for i in range(run.start, run.end) if i == run.start or run.doc[i - 1].whitespace_]
    ends = [i + 1 for i in range(run.start, run.end) if i + 1 == run.end or run.doc[i].whitespace_]
    for place, start in enumerate(starts):
        for end in ends[place + 1 : place + longest]:
            part = run.doc[start:end]
            if trim(part) == part and is_specific(part):
                yield part


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
