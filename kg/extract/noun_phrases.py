"""Noun phrases without a tagger: runs of words that no stop word or punctuation parts."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.words import singular, word_list

HYPHENS = frozenset("-‐‑–/")
POSSESSIVES = frozenset({"'s", "’s"})
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


def runs(span: Span) -> Iterator[Span]:
    """The longest stretches of a sentence without stop words and punctuation inside.

    A hyphen between two words belongs to the run. Runs are the widest that a name can be.

    Example:
        >>> import spacy
        >>> doc = spacy.blank("en")("We train a self-supervised graph network on ImageNet.")
        >>> [run.text for run in runs(doc[:])]
        ['self-supervised graph network', 'ImageNet']
    """
    doc, start = span.doc, None
    for token in span:
        if _belongs(token, open_run=start is not None):
            start = token.i if start is None else start
        elif start is not None:
            yield doc[start : token.i]
            start = None
    if start is not None:
        yield doc[start : span.end]


def run_from(doc: Doc, start: int, stop: int) -> Span | None:
    """The run that begins at token ``start``, ending before ``stop`` at the latest."""
    end = start
    while end < stop and _belongs(doc[end], open_run=end > start):
        end += 1
    return doc[start:end] if end > start else None


def _belongs(token: Token, *, open_run: bool) -> bool:
    if token.text in HYPHENS:
        return open_run and token.i + 1 < len(token.doc) and _is_word(token.nbor(1)) and not token.whitespace_
    if token.lower_ in POSSESSIVES:
        return open_run and token.i + 1 < len(token.doc) and _is_word(token.nbor(1))
    if not _is_word(token):
        return (open_run and _numbers_a_name(token)) or _counts(token)
    hyphenated = _beside_hyphen(token)
    return hyphenated or token.lower_ not in word_list("stop")


def _beside_hyphen(token: Token) -> bool:
    """Whether a word is part of a hyphenated one, where stop words count: "end-to-end", "one-shot"."""
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    joined_before = before is not None and before.text in HYPHENS and not before.whitespace_
    joined_after = after is not None and after.text in HYPHENS and not token.whitespace_
    return joined_before or joined_after


def _is_word(token: Token) -> bool:
    text = token.text
    if not text[0].isalnum() or "$" in text or "\\" in text or token.like_url or token.like_email:
        return False
    if any(text.count(opening) != text.count(closing) for opening, closing in _BRACKETS):
        return False  # the tokenizer broke a formula, or what stands in the bracket is a name of its own
    return token.is_alpha or not token.like_num


def _numbers_a_name(token: Token) -> bool:
    """Whether a number belongs to the capitalised word before it: "HAA 500", "SemEval 2010"."""
    return token.is_digit and token.nbor(-1).text[0].isupper()


def _counts(token: Token) -> bool:
    """Whether a number begins a hyphenated word: "8-bit", "3-SAT"."""
    after = token.doc[token.i + 1 : token.i + 3]
    joined = len(after) == 2 and after[0].text in HYPHENS and not token.whitespace_ + after[0].whitespace_
    return token.is_digit and joined and after[1].is_alpha


def trim(span: Span) -> Span | None:
    """A run without what says nothing of the concept: evaluative words left, generic heads right.

    A generic head stays where a single plain word would be left over.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> trim(nlp("novel deep symbolic regression framework")[:]).text
        'deep symbolic regression'
        >>> trim(nlp("novel method")[:]) is None
        True
    """
    start, end = span.start, span.end
    doc = span.doc
    while start < end and _trims_left(doc[start], end):
        start = _after_word(doc, start, end)
    if start < end and not is_specific(doc[start:end]):
        return None
    while end - start > 1 and _trims_right(doc[start:end]):
        end -= 1
    return doc[start:end] if start < end else None


def _trims_left(token: Token, end: int) -> bool:
    if token.i + 1 < end and token.nbor(1).text in HYPHENS:
        return _hyphenated(token) in word_list("adjectives")
    return token.lower_ in word_list("adjectives")


def _hyphenated(token: Token) -> str:
    """The whole hyphenated word that a token starts, in lower case."""
    doc = token.doc
    return str(doc[token.i : _after_word(doc, token.i, len(doc))].text.lower())


def _after_word(doc: Doc, start: int, stop: int) -> int:
    """The token after the whole, perhaps hyphenated, word that ``start`` begins, ``stop`` at the latest."""
    end = start + 1
    while end + 1 < stop and doc[end].text in HYPHENS:
        end += 2
    return min(end, stop)


def _trims_right(span: Span) -> bool:
    if singular(span[-1].lower_) not in word_list("trailing"):
        return False
    if span[-2].text in HYPHENS:
        return False
    rest = [token for token in span[:-1] if token.text not in HYPHENS]
    return len(rest) > 1 or any(character.isupper() for character in rest[0].text[1:])


def is_specific(span: Span) -> bool:
    """Whether a phrase holds a word that is neither generic nor evaluative."""
    return any(
        singular(token.lower_) not in word_list("generic")
        and token.lower_ not in word_list("adjectives")
        and token.text not in HYPHENS
        for token in span
    )
