"""Acronyms that a text defines itself: "graph neural network (GNN)".

After Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text,
PSB 2003, with two faults mended: a capital of the short form must start a word or a hyphened part (so that
"SSL" never stands for "supervised learning"), and among expansions that fit equally well the one that
follows a stop word wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.extract.words import word_list

SHORT_FORMS = "kg_short_forms"
LONG_FORMS = "kg_long_forms"

_SHORT_FORM = re.compile(r"(?=(?:.*[A-Z]){2}|[A-Z].*\d)[A-Za-z0-9][A-Za-z0-9+*/&.-]{1,11}\Z")


@Language.component("kg_acronyms", requires=["token.is_sent_start"], assigns=["doc.spans"])
def acronyms(doc: Doc) -> Doc:
    """Put each defined acronym into two parallel span groups, ``kg_short_forms`` and ``kg_long_forms``.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> _ = nlp.add_pipe("kg_sentences")
        >>> _ = nlp.add_pipe("kg_acronyms")
        >>> doc = nlp("Results in self-supervised learning (SSL) improve.")
        >>> doc.spans["kg_long_forms"][0].text
        'self-supervised learning'
    """
    pairs = sorted({(s.start, s.end, lo.start, lo.end) for s, lo in _definitions(doc)})
    doc.spans[SHORT_FORMS] = [Span(doc, start, end) for start, end, _, _ in pairs]
    doc.spans[LONG_FORMS] = [Span(doc, start, end) for _, _, start, end in pairs]
    return doc


def definitions(doc: Doc) -> tuple[tuple[Span, Span], ...]:
    """The pairs of short and long form that :func:`acronyms` found."""
    return tuple(zip(doc.spans.get(SHORT_FORMS, ()), doc.spans.get(LONG_FORMS, ()), strict=True))


def _definitions(doc: Doc) -> Iterator[tuple[Span, Span]]:
    for sentence in doc.sents:
        for opening in sentence:
            if opening.text != "(" or opening.i == sentence.start:
                continue
            inside = _inside(opening, sentence)
            if inside is None:
                continue
            if _SHORT_FORM.match(inside.text):
                long = _expansion(inside.text, list(doc[sentence.start : opening.i]))
                if long:
                    yield inside, long
            elif _SHORT_FORM.match(doc[opening.i - 1].text) and len(inside) > 1:
                long = _expansion(doc[opening.i - 1].text, list(inside))
                if long and long.start == inside.start:
                    yield doc[opening.i - 1 : opening.i], long


def _inside(opening: Token, sentence: Span) -> Span | None:
    """What stands in a bracket, up to its first comma or semicolon; hyphened short forms come as one."""
    for token in opening.doc[opening.i + 1 : sentence.end]:
        if token.text in {")", ",", ";"}:
            return opening.doc[opening.i + 1 : token.i] if token.i > opening.i + 1 else None
    return None


def _expansion(short: str, before: Sequence[Token]) -> Span | None:
    """The stretch at the end of ``before`` whose words the letters of ``short`` start, best fit first."""
    letters = [c for c in (short[:-1] if short.endswith("s") else short) if c.isalnum()]
    words = [token for token in before if not token.is_space]
    window = words[-2 * min(len(letters) + 5, 2 * len(letters)) :]
    if not window or window[-1].is_punct:
        return None
    fits = [
        (skipped, not _follows_stop_word(window, start), len(window) - start, start)
        for start in range(len(window) - 1)
        if (skipped := _skipped(letters, window[start:])) is not None
    ]
    if not fits:
        return None
    start = min(fits)[-1]
    return window[start].doc[window[start].i : window[-1].i + 1]


def _follows_stop_word(window: Sequence[Token], start: int) -> bool:
    before = window[start].i - 1
    if before < 0:
        return True
    token = window[start].doc[before]
    return token.lower_ in word_list("stop") or (token.is_punct and token.text != "-") or token.is_space


def _skipped(letters: Sequence[str], words: Sequence[Token]) -> int | None:
    """How many words that are no stop words stand unused, or None where the letters do not fit.

    The first letter starts the first word, every capital or digit starts a word or a hump of one
    ("AutoEncoder"), and small letters may stand inside the word that the letter before them started.
    """
    if words[0].lower_[:1] != letters[0].lower():
        return None
    if words[0].lower_ in word_list("stop") and words[1].text != "-":
        return None
    return _align(letters, words, 0, 0, {})


def _align(
    letters: Sequence[str],
    words: Sequence[Token],
    letter: int,
    word: int,
    known: dict[tuple[int, int], int | None],
) -> int | None:
    """The fewest skipped words with ``letters[letter]`` starting ``words[word]``.

    What is ``known`` is not sought again: words that all begin alike have exponentially many alignments.
    """
    if (letter, word) not in known:
        known[letter, word] = _aligned(letters, words, letter, word, known)
    return known[letter, word]


def _aligned(
    letters: Sequence[str],
    words: Sequence[Token],
    letter: int,
    word: int,
    known: dict[tuple[int, int], int | None],
) -> int | None:
    text = words[word].text
    options: list[int] = []
    for taken in _prefixes(letters, letter, text):
        following = letter + taken
        if following == len(letters):
            if word == len(words) - 1:
                options.append(0)
            continue
        skipped = 0
        for later in range(word + 1, len(words)):
            if words[later].lower_[:1] == letters[following].lower():
                rest = _align(letters, words, following, later, known)
                if rest is not None:
                    options.append(skipped + rest)
            skipped += words[later].is_alpha and words[later].lower_ not in word_list("stop")
            if skipped > 2:
                break
    return min(options, default=None)


def _prefixes(letters: Sequence[str], letter: int, text: str) -> Iterator[int]:
    """How many letters one word can take: its first, then those that follow inside it in order."""
    yield 1
    position = 0
    for taken, wanted in enumerate(letters[letter + 1 :], start=2):
        inside = text if wanted.isupper() else text.lower()
        position = inside.find(wanted, position + 1)
        if position < 0:
            return
        yield taken
