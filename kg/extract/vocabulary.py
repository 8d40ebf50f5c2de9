"""The names of the vocabulary, found in text.

A one-word name that holds a capital (acronym, mixed case, proper name) is matched by exact case, so that
CLIP is not "clip" and GLUE not "glue"; every other name is matched without case, hyphens and plurals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from kg.extract.candidates import VOCABULARY, add, candidate
from kg.extract.words import normal_form, singular
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.records import Concept, Kind


@Language.factory("kg_vocabulary", default_config={"paths": []}, assigns=["doc.spans"])
def make_vocabulary_matcher(nlp: Language, name: str, paths: list[str]) -> VocabularyMatcher:
    """The component; without ``paths`` it knows the vocabulary that kg ships."""
    files = tuple(map(Path, paths)) or (shipped_vocabulary(),)
    return VocabularyMatcher(nlp, read_vocabulary(files).concepts)


class VocabularyMatcher:
    """A spaCy component that proposes a candidate wherever a name of a concept stands."""

    def __init__(self, nlp: Language, concepts: Sequence[Concept]) -> None:
        """Prepare two matchers, one by exact case and one by normal form."""
        self._nlp = nlp
        self._exceptions = frozenset(getattr(nlp.tokenizer, "rules", None) or ())
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._normal = PhraseMatcher(nlp.vocab, attr="NORM")
        self._guards = {c.key: frozenset(map(normal_form, c.guard)) for c in concepts if c.guard}
        for concept in concepts:
            for written in (concept.pref_label, *concept.alt_labels):
                self._learn(concept.key, written)

    def _learn(self, key: str, written: str) -> None:
        exact = is_exact(written)
        matcher = self._exact if exact else self._normal
        spellings = _exact_spellings(written) if exact else _spellings(written)
        docs = [self._tokens(spelling) for spelling in spellings]
        matcher.add(key, docs if exact else [_normalised(doc) for doc in docs])

    def _tokens(self, spelling: str) -> Doc:
        """A spelling as the tokenizer parts it; names of plain words, the most, need no tokenizer for that."""
        words = spelling.split(" ")
        if all(word.isalpha() and word not in self._exceptions for word in words):
            return Doc(self._nlp.vocab, words)
        return self._nlp.make_doc(spelling)

    def __call__(self, doc: Doc) -> Doc:
        """Add the longest matches as candidates."""
        found = [*self._exact(doc, as_spans=True), *self._normal(_normalised(doc), as_spans=True)]
        words: set[str] | None = None
        matches = []
        for match in sorted(found, key=lambda s: (s.start, s.end, s.label_)):
            key = match.label_
            if key in self._guards and len(match) == 1:
                words = _words(doc) if words is None else words
                if not self._guarded(key, words, doc):
                    continue
            matches.append(candidate(doc, match.start, match.end, Kind(key.split("/")[0]), VOCABULARY, key))
        add(doc, filter_spans(matches))
        return doc

    def _guarded(self, key: str, words: set[str], doc: Doc) -> bool:
        """Whether the text holds one of the words that a plain-English name asks for."""
        text = f" {normal_form(doc.text)} " if any(" " in g for g in self._guards[key]) else ""
        return any(g in words or (text and f" {g} " in text) for g in self._guards[key])


def is_exact(written: str) -> bool:
    """Whether a name is matched by exact case.

    Example:
        >>> [is_exact(n) for n in ("CLIP", "ImageNet", "Adam", "Gaussian process", "dropout")]
        [True, True, True, False, False]
    """
    return " " not in written and any(character.isupper() for character in written)


def _words(doc: Doc) -> set[str]:
    return {normal_form(token.text) for token in doc}


def _normalised(doc: Doc) -> Doc:
    """The Doc with each token's NORM set to its singular in lower case."""
    for token in doc:
        token.norm_ = singular(token.lower_)
    return doc


def _exact_spellings(written: str) -> list[str]:
    """A one-word name as printed: with and without its hyphens, and in the plural where it is an acronym."""
    names = set(_spellings(written))
    plural = {name + "s" for name in names if name[-1].isupper()}
    return sorted(names | plural)


def _spellings(written: str) -> list[str]:
    """A name with each hyphen as printed, as a space, and left out.

    Example:
        >>> _spellings("pre-training")
        ['pre training', 'pre-training', 'pretraining']
    """
    parts = written.split("-")
    if len(parts) == 1 or len(parts) > 4:
        return [written]
    return sorted({_joined(parts, joints) for joints in product(("-", " ", ""), repeat=len(parts) - 1)})


def _joined(parts: Sequence[str], joints: Sequence[str]) -> str:
    return "".join(_alternate(parts, joints))


def _alternate(parts: Sequence[str], joints: Sequence[str]) -> Iterator[str]:
    for part, joint in zip(parts, (*joints, ""), strict=True):
        yield part
        yield joint


def known_names(concepts: Sequence[Concept]) -> dict[str, str]:
    """The normal form of every name of the vocabulary, with its concept's key; the first key by order wins.

    Names that are matched by exact case are left out: their normal form may be another word.
    """
    names: dict[str, str] = {}
    for concept in concepts:
        for written in (concept.pref_label, *concept.alt_labels):
            if not is_exact(written):
                names.setdefault(normal_form(written), concept.key)
    return names
