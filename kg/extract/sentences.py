"""Sentence boundaries without a trained model."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.words import data, word_list

_ENDS = frozenset(".!?")
_CLOSERS = frozenset("\"'”’)]}»")


@Language.component("kg_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Mark sentence starts: after a full stop that ends no abbreviation, and after an empty line.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> _ = nlp.add_pipe("kg_sentences")
        >>> [s.text for s in nlp("We study RL, e.g. Atari et al. 2013. It works.").sents]
        ['We study RL, e.g. Atari et al. 2013.', 'It works.']
    """
    pending, line_breaks, start, longest = False, 0, 0, data("sentences")["longest"]
    for token in doc:
        token.is_sent_start = token.i == 0
        if token.is_space:
            line_breaks += token.text.count("\n")
            continue
        begins = line_breaks > 1 or (pending and not _continues(token)) or token.i - start >= longest
        if token.i > 0 and begins:
            token.is_sent_start, start = True, token.i
        line_breaks = 0
        pending = _ends(token) or (pending and token.text in _CLOSERS and not token.is_sent_start)
    return doc


def _ends(token: Token) -> bool:
    """Whether a token closes a sentence; tokens like ``al.`` keep their full stop and do not."""
    if token.text in _ENDS:
        before = token.nbor(-1).lower_ if token.i else ""
        return before not in word_list("abbreviations") and before + "." not in word_list("dotted")
    return len(token.text) > 1 and token.text[-1] == "." and token.lower_ not in word_list("dotted")


def _continues(token: Token) -> bool:
    """Whether a token can only stand inside a sentence."""
    return token.text in _CLOSERS or token.text[0].islower()
