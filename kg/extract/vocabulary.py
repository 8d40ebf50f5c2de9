"""The names of the vocabulary, found in text.

A one-word name that holds a capital (acronym, mixed case, proper name) is matched by exact case, so that
CLIP is not "clip" and GLUE not "glue"; every other name is matched without case, hyphens and plurals. A name
of several concepts, or an acronym known to have several senses, is proposed where the paper tells the sense.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.strings import StringStore
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.extract.acronyms import definitions
from kg.extract.candidates import VOCABULARY, add, candidate
from kg.extract.senses import Evidence, SenseChooser, learnt, singular_acronym
from kg.extract.words import data, has_capital_inside, normal_form, singular
from kg.read.vocabulary import read_vocabulary, shipped_vocabulary
from kg.records import Concept, Kind

_Place = tuple[int, int]
_Known = TypeVar("_Known")


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
        self._acronyms: dict[str, str] = {}
        self._singulars = _Memory(partial(_singular, nlp.vocab.strings))
        self._forms = _Memory(partial(_form, nlp.vocab.strings))
        self._senses = SenseChooser(concepts)
        for concept in concepts:
            for written in (concept.pref_label, *concept.alt_labels):
                self._learn(concept.key, written)

    def _learn(self, key: str, written: str) -> None:
        exact = is_exact(written)
        matcher = self._exact if exact else self._normal
        spellings = _exact_spellings(written) if exact else _spellings(written)
        if written in learnt():
            self._acronyms.update(dict.fromkeys(spellings, written))
        docs = [self._tokens(spelling) for spelling in spellings]
        matcher.add(key, docs if exact else [self._normalised(doc) for doc in docs])

    def _tokens(self, spelling: str) -> Doc:
        """A spelling as the tokenizer parts it; names of plain words, the most, need no tokenizer for that."""
        words = spelling.split(" ")
        if all(word.isalpha() and word not in self._exceptions for word in words):
            return Doc(self._nlp.vocab, words)
        return self._nlp.make_doc(spelling)

    def _normalised(self, doc: Doc) -> Doc:
        """The Doc with each token's NORM set to its singular in lower case, all at once for speed."""
        words = doc.to_array("LOWER").tolist()
        norms: Any = np.fromiter(map(self._singulars.__getitem__, words), np.uint64, len(doc))
        return doc.from_array(["NORM"], norms)

    def __call__(self, doc: Doc) -> Doc:
        """Add the longest matches as candidates."""
        places = self._places(doc)
        contested = {
            place: keys
            for place, keys in places.items()
            if len(keys) > 1 or doc[place[0] : place[1]].text in self._acronyms
        }
        text = _Text(doc, self._forms)
        chosen = {
            place: keys[0]
            for place, keys in places.items()
            if place not in contested and self._guarded(keys[0], place, text)
        }
        if contested:
            chosen |= self._decided(contested, chosen.values(), text)
        matches = [
            candidate(doc, start, end, Kind(key.split("/")[0]), VOCABULARY, key)
            for (start, end), key in sorted(chosen.items())
        ]
        longest = filter_spans(matches)
        add(doc, [*longest, *_other_names(matches, longest)])
        return doc

    def _places(self, doc: Doc) -> dict[_Place, tuple[str, ...]]:
        """The concepts whose names stand at each place; case that is part of a name decides where it can."""
        exact, normal = (
            _by_place(found)
            for found in (self._exact(doc, as_spans=True), self._normal(self._normalised(doc), as_spans=True))
        )
        for place in exact.keys() & normal.keys():
            if has_capital_inside(doc[place[0] : place[1]].text):
                del normal[place]
        return {
            place: tuple(sorted(exact.get(place, set()) | normal.get(place, set())))
            for place in sorted({*exact, *normal})
        }

    def _decided(
        self, contested: Mapping[_Place, Sequence[str]], standing: Iterable[str], text: _Text
    ) -> dict[_Place, str]:
        """The concept at each place whose sense the text tells; the same name means the same throughout."""
        evidence = Evidence(text.words, text.normal, frozenset(standing), text.defined)
        senses: dict[tuple[str, Sequence[str]], str | None] = {}
        decided = {}
        for place, keys in contested.items():
            printed = text.doc[place[0] : place[1]].text
            name = self._acronyms.get(printed, printed)
            if (name, keys) not in senses:
                senses[name, keys] = self._senses.choose(name, keys, evidence)
            sense = senses[name, keys]
            if sense is not None:
                decided[place] = sense
        return decided

    def _guarded(self, key: str, place: _Place, text: _Text) -> bool:
        """Whether the text holds one of the words that a plain-English name of one word asks for."""
        if key not in self._guards or place[1] - place[0] > 1:
            return True
        return any(f" {guard} " in text.normal for guard in self._guards[key])


class _Memory(dict[int, _Known]):
    """What was once computed of a word, by the word's hash."""

    def __init__(self, compute: Callable[[int], _Known]) -> None:
        self._compute = compute

    def __missing__(self, word: int) -> _Known:
        self[word] = self._compute(word)
        return self[word]


def _singular(strings: StringStore, word: int) -> int:
    return strings.add(singular(strings[word]))


def _form(strings: StringStore, word: int) -> str:
    return normal_form(strings[word])


class _Text:
    """What is asked of a whole text only where some name needs it."""

    def __init__(self, doc: Doc, forms: _Memory[str]) -> None:
        self.doc = doc
        self._forms = forms

    @cached_property
    def normal(self) -> str:
        """Its words in normal form, a space around each."""
        forms = map(self._forms.__getitem__, self.doc.to_array("LOWER").tolist())
        return f" {' '.join(filter(None, forms))} "

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.normal.split())

    @cached_property
    def defined(self) -> dict[str, str]:
        """The expansions that it gives to acronyms, both in normal form."""
        return {
            normal_form(singular_acronym(short.text)): normal_form(long.text)
            for short, long in definitions(self.doc)
        }


def _by_place(found: Iterable[Span]) -> dict[_Place, set[str]]:
    places: dict[_Place, set[str]] = defaultdict(set)
    for match in found:
        places[match.start, match.end].add(match.label_)
    return places


def _other_names(matches: Sequence[Span], longest: Sequence[Span]) -> Iterator[Span]:
    """The matches inside a longer name of the same concept: GLUE in "GLUE benchmark" is no other thing."""
    for match in matches:
        for whole in longest:
            inside = whole.start <= match.start and match.end <= whole.end and len(match) < len(whole)
            if inside and match.kb_id == whole.kb_id:
                yield match


def is_exact(written: str) -> bool:
    """Whether a name is matched by exact case.

    Example:
        >>> [is_exact(n) for n in ("CLIP", "CoLA", "Adam", "ImageNet", "Gaussian process", "dropout")]
        [True, True, True, False, False, False]
    """
    return " " not in written and any(map(str.isupper, written)) and not _is_unmistakable(written)


def _is_unmistakable(written: str) -> bool:
    """Whether a name in mixed case is too long to be another word in small letters: "imagenet" is ImageNet."""
    mixed = has_capital_inside(written) and any(map(str.islower, written))
    return mixed and written.isalpha() and len(written) >= data("phrases")["unmistakable"]


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
    """The normal form of every name that belongs to one concept of the vocabulary, with that concept's key.

    Names that are matched by exact case are left out: their normal form may be another word.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for written in (concept.pref_label, *concept.alt_labels):
            if not is_exact(written):
                owners[normal_form(written)].add(concept.key)
    return {
        name: key for name, (key, *others) in ((n, sorted(keys)) for n, keys in owners.items()) if not others
    }
