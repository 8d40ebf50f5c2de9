"""What a paper introduces: the names that it announces as its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.extract.acronyms import definitions
from kg.extract.candidates import APPOSED, NAMED, PROPOSED, TITLED, add, candidate, in_title
from kg.extract.noun_phrases import is_specific, run_from, trim
from kg.extract.words import data, has_capital_inside, singular, word_list
from kg.records import Kind

_QUOTES = frozenset("\"'“”‘’`*")


@Language.component("kg_contributions", requires=["token.is_sent_start"], assigns=["doc.spans"])
def contributions(doc: Doc) -> Doc:
    """Add a candidate for each announced name: "Name: ...", "we propose X", "called X", "X, a novel ...".

    Example:
        >>> import spacy, kg.extract.acronyms, kg.extract.sentences
        >>> nlp = spacy.blank("en")
        >>> for part in ("kg_sentences", "kg_acronyms", "kg_contributions"): _ = nlp.add_pipe(part)
        >>> doc = nlp("In this paper we propose a novel framework called GraphFoo. It works.")
        >>> [(span.text, span.label_) for span in doc.spans["kg_candidates"]]
        [('GraphFoo', 'method')]
    """
    found: dict[tuple[int, int], tuple[Kind, str]] = {}
    for span, kind, pattern in _announced(doc):
        found.setdefault((span.start, span.end), (kind, pattern))
    for short, long in definitions(doc):
        for one, other in ((short, long), (long, short)):
            if (one.start, one.end) in found:
                found.setdefault((other.start, other.end), found[one.start, one.end])
    for place in [*occurrences(doc, sorted(found))]:
        found.setdefault(place[:2], found[place[2:]])
    add(doc, (candidate(doc, *place, *announced) for place, announced in sorted(found.items())))
    return doc


def occurrences(doc: Doc, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Where else the words of each place stand: start, end, and the start and end of the first place.

    Names in odd case are compared as printed, the others in lower case and singular.
    """
    printed = [token.text for token in doc]
    normal = [singular(token.lower_) for token in doc]
    for start, end in places:
        words = printed if has_capital_inside(doc[start:end].text) else normal
        wanted = words[start:end]
        for i in range(len(words) - len(wanted) + 1):
            if i != start and words[i] == wanted[0] and words[i : i + len(wanted)] == wanted:
                yield i, i + len(wanted), start, end


def _announced(doc: Doc) -> Iterator[tuple[Span, Kind, str]]:
    """Announced names with their kind and the pattern that found them."""
    for sentence in doc.sents:
        if in_title(sentence):
            yield from ((*found, TITLED) for found in _title_name(sentence))
        else:
            yield from ((*found, PROPOSED) for found in _proposed(sentence))
        yield from ((*found, NAMED) for found in _named(sentence))
        yield from ((*found, APPOSED) for found in _apposed(sentence))


def _title_name(title: Span) -> Iterator[tuple[Span, Kind]]:
    """The name in "Name: what it does"."""
    colon = next((token.i for token in title if token.text == ":"), None)
    if colon is None:
        return
    name = title.doc[title.start : colon]
    words = [token for token in name if token.text[0].isalnum()]
    if not words or len(words) > data("contributions")["limits"]["title_words"]:
        return
    if len(name) == 1 or all(token.lower_ not in word_list("stop") for token in words):
        phrase = name if len(words) == 1 else trim(name)
        if phrase and (is_specific(phrase) or has_capital_inside(phrase.text)) and _is_name(phrase):
            yield phrase, _kind(phrase)


def _is_name(phrase: Span) -> bool:
    """Whether a title's head is a name rather than a theme: one word, "Co-Mixup", or an acronym within."""
    return " " not in phrase.text or any(has_capital_inside(token.text) for token in phrase)


def _proposed(sentence: Span) -> Iterator[tuple[Span, Kind]]:
    """The names in "we propose X"."""
    patterns = data("contributions")
    verbs, subjects, reach = patterns["verbs"], patterns["subjects"], patterns["reach"]
    for verb in sentence:
        if verb.lower_ not in verbs:
            continue
        before = sentence.doc[max(sentence.start, verb.i - reach) : verb.i]
        if any(token.lower_ in subjects for token in before):
            start = _skip(sentence, verb.i + 1)
            run = run_from(sentence.doc, start, sentence.end)
            phrase = _name_in(run)
            if run and phrase and not _is_discarded(run):
                yield phrase, _kind(run)


def _skip(sentence: Span, start: int) -> int:
    """The first token after articles, quotes and adverbs."""
    skipped = {"a", "an", "the", "and", "our", "to", "use", "two", "also", "both", "called", "this"}
    while start < sentence.end:
        token = sentence.doc[start]
        if token.lower_ not in skipped and token.text not in _QUOTES and not token.lower_.endswith("ly"):
            break
        start += 1
    return start


def _named(sentence: Span) -> Iterator[tuple[Span, Kind]]:
    """The names in "called X", "termed X", "dubbed X"."""
    for cue in sentence:
        if cue.lower_ not in data("contributions")["naming"]:
            continue
        start = _after_cue(sentence, cue)
        run = run_from(sentence.doc, start, sentence.end)
        if run is None or not _looks_named(run[0]):
            continue
        phrase = _name_in(run)
        if phrase:
            head = sentence.doc[cue.i - 1] if cue.i > sentence.start else cue
            if head.text == "," and cue.i - 1 > sentence.start:
                head = head.nbor(-1)
            yield phrase, _kind(sentence.doc[head.i : head.i + 1])


def _after_cue(sentence: Span, cue: Token) -> int:
    start = cue.i + 1
    skipped = {"a", "an", "the", "as", "our", "method", "approach", "it", "this", "algorithm", "model", ","}
    while start < sentence.end and (
        sentence.doc[start].text in _QUOTES or sentence.doc[start].lower_ in skipped
    ):
        start += 1
    return start


def _looks_named(token: Token) -> bool:
    """Whether a word after "called" is a name: a capital, a quotation mark before it, or a definition after."""
    quoted = token.i > 0 and token.nbor(-1).text in _QUOTES
    return quoted or any(character.isupper() for character in token.text)


def _apposed(sentence: Span) -> Iterator[tuple[Span, Kind]]:
    """The names in "Name, a novel method that"."""
    doc, novelty = sentence.doc, data("contributions")["novelty"]
    for comma in sentence[1:-3]:
        if comma.text != "," or doc[comma.i + 1].lower_ not in {"a", "an", "the", "our"}:
            continue
        name = doc[comma.i - 1]
        if doc[comma.i + 2].lower_ in novelty and has_capital_inside(name.text):
            run = run_from(doc, comma.i + 2, sentence.end)
            yield doc[name.i : name.i + 1], _kind(run) if run else Kind.METHOD


def _name_in(run: Span | None) -> Span | None:
    """The name in a run of words, or None where only generic words are left or it is too long."""
    phrase = trim(run) if run else None
    if phrase is None or len(phrase.text.split()) > data("contributions")["limits"]["name_words"]:
        return None
    return phrase if is_specific(phrase) else None


def _head(span: Span) -> str:
    return singular(span[-1].lower_)


def _is_discarded(run: Span) -> bool:
    return _head(run) in data("contributions")["heads"]["none"]


def _kind(span: Span) -> Kind:
    """The kind that the head of an announced phrase tells; a method where it tells nothing."""
    head = _head(span)
    for kind in (Kind.DATASET, Kind.TOPIC, Kind.METRIC):
        if head in data("contributions")["heads"][kind]:
            return kind
    return Kind.METHOD
