"""From candidates to concepts: names that mean one thing are grouped, weighed, and the best are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import confidence
from kg.extract.acronyms import definitions
from kg.extract.candidates import ANNOUNCEMENTS, VOCABULARY, candidates
from kg.extract.classifier import OUTCOMES
from kg.extract.confidence import Scale, floor
from kg.extract.evidence import evidence, introduction_evidence, kinds_of
from kg.extract.features import features
from kg.extract.judges import ACCURATE, Judge, judge_of
from kg.extract.logistic import Features
from kg.extract.roles import ROLES, WITH_ROLE, role_of
from kg.extract.senses import singular_acronym
from kg.extract.text import Group, text_of
from kg.extract.variants import stem
from kg.extract.words import data, has_capital_inside, normal_form
from kg.records import Kind, Role

CONCEPTS = "kg_concepts"

_Array = np.ndarray[Any, np.dtype[Any]]

for _attribute in ("kg_name", "kg_role", "kg_confidence"):
    if not Span.has_extension(_attribute):
        Span.set_extension(_attribute, default=None)


@Language.factory(
    "kg_concepts",
    default_config={"extractor": ACCURATE},
    requires=["token.is_sent_start", "doc.spans"],
    assigns=["doc.spans"],
)
def make_concept_chooser(nlp: Language, name: str, extractor: str) -> ConceptChooser:
    """The component; ``extractor`` is "fast" or "accurate"."""
    return ConceptChooser(extractor)


class ConceptChooser:
    """A spaCy component that chooses among the candidates."""

    def __init__(self, extractor: str) -> None:
        """Prepare the judge of an extractor."""
        self._judge = judge_of(extractor)
        self._scale = confidence.scale(extractor)

    def __call__(self, doc: Doc) -> Doc:
        """Put the chosen, which never overlap, into ``doc.spans["kg_concepts"]``.

        ``label_`` is the kind and ``kb_id_`` the key in the vocabulary or empty; ``_.kg_name`` the name to
        resolve by, ``_.kg_role`` what the paper does with it, ``_.kg_confidence`` how sure the reading is.
        """
        chosen: list[Span] = []
        for reading, places in select(weighed(doc, self._judge, self._scale)):
            group = reading.group
            for place in places:
                span = Span(doc, place.start, place.end, label=str(reading.kind), kb_id=group.concept)
                span._.kg_name, span._.kg_role = group.name, reading.role
                span._.kg_confidence = reading.confidence
                chosen.append(span)
        doc.spans[CONCEPTS] = sorted(chosen, key=lambda span: span.start)
        return doc


@dataclass(frozen=True, slots=True)
class Reading:
    """A group of candidates, what it is taken for, and how sure that is.

    Attributes:
        group: the candidates.
        kind: the kind of the concept in the vocabulary, else the likeliest.
        role: what the paper does with it.
        confidence: the probability that a librarian indexes the paper under it, with that kind.
        introduced: the probability that the paper introduces it; 0 for topics and metrics.
    """

    group: Group
    kind: Kind
    role: Role
    confidence: float
    introduced: float = 0.0


def described(doc: Doc) -> tuple[list[Group], list[Features]]:
    """Every group of candidates, in the order of the text, and its features."""
    found = groups(doc)
    text = text_of(doc, found)
    return found, [features(text, group) for group in found]


def weighed(doc: Doc, judge: Judge, scale: Scale) -> list[Reading]:
    """What every group of candidates is taken for, in the order of the text."""
    found, values = described(doc)
    return readings(found, *judge(doc, found, values), scale)


def readings(groups: Sequence[Group], outcomes: _Array, roles: _Array, scale: Scale) -> list[Reading]:
    """What the groups of one text are taken for.

    Args:
        groups: all of them.
        outcomes: the probability of each outcome, one row a group.
        roles: the probability of each role, were the group a method or a data set.
        scale: what makes of these a confidence.
    """
    if not groups:
        return []
    kinds = kinds_of(groups, outcomes)
    sure = confidence.weighed(scale.confidence, evidence(groups, outcomes))
    introduced = confidence.weighed(scale.introduction, introduction_evidence(kinds, sure, roles))
    said = np.where(roles >= [scale.roles.get(role, 0.0) for role in ROLES], roles, 0.0)
    return [
        Reading(
            group,
            Kind(OUTCOMES[kind]),
            role_of(Kind(OUTCOMES[kind]), likely, introduces >= scale.introduced),
            float(value),
            float(introduces) if Kind(OUTCOMES[kind]) in WITH_ROLE else 0.0,
        )
        for group, kind, value, likely, introduces in zip(groups, kinds, sure, said, introduced, strict=True)
    ]


def select(readings: Iterable[Reading]) -> Iterator[tuple[Reading, tuple[Span, ...]]]:
    """Take readings, the surest first, each at the places that no surer one covers.

    What a paper introduces goes before the known names that its own name is made of: in "deep symbolic regression",
    symbolic regression is the surer concept, but not the one that is spoken of.

    A name outside the vocabulary whose confidence is below the floor is left out, and so is a group that has no
    place left: a concept inside a longer one is none of its own.
    """
    taken: set[int] = set()
    for reading in sorted(readings, key=_surest_first):
        group = reading.group
        if reading.confidence < floor() and VOCABULARY not in group.sources:
            continue
        free = _take(group.spans, taken)
        if free:
            yield reading, free


def _take(spans: Iterable[Span], taken: set[int]) -> tuple[Span, ...]:
    """The spans on tokens that are not taken yet, the longest first; takes their tokens."""
    free = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            free.append(span)
    return tuple(sorted(free, key=lambda span: span.start))


def _surest_first(reading: Reading) -> tuple[float, int, str, str]:
    group = reading.group
    rank = reading.confidence + data("roles")["introduction_weight"] * reading.introduced
    return (-rank, group.spans[0].start, group.name, reading.kind)


def groups(doc: Doc) -> list[Group]:
    """Candidates that mean one thing: one concept, variants of one name, or an acronym and its expansion."""
    found = [_Found(span, normal_form(span.text), span.text, span.id_) for span in candidates(doc)]
    expansions = _expansions(doc)
    known = _known(found, expansions)
    together: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for one in found:
        name = expansions.get(one.name, one.name)
        if not name:
            continue
        variant = stem(name)
        concept = known.get((variant, " " in variant or has_capital_inside(one.printed)), "")
        key = (concept, "" if concept else variant)
        together[key].append(one)
        names.setdefault(key, name)
    every = (_group(names[key], key[0], its) for key, its in together.items())
    return sorted(
        filter(None, every), key=lambda group: (group.spans[0].start, group.spans[0].end, group.name)
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate, its normal form, how it is printed, and what proposed it."""

    span: Span
    name: str
    printed: str
    source: str


def _expansions(doc: Doc) -> dict[str, str]:
    """The normal forms of defined acronyms, in singular and plural, and of what they stand for."""
    expansions = {}
    for short, long in definitions(doc):
        printed, expansion = normal_form(singular_acronym(short.text)), normal_form(long.text)
        expansions[printed + "s"] = expansions[printed] = expansion
    return expansions


def _known(found: Sequence[_Found], expansions: Mapping[str, str]) -> dict[tuple[str, bool], str]:
    """The vocabulary's key by stem and, for a single word, whether it is printed in odd case.

    Case is part of a name: where a text names GLUE, its glue is none. An acronym that the paper defines means
    what the paper says: the vocabulary's sense of the bare acronym counts only where the expansion is not in
    the vocabulary by another key.
    """
    known: dict[tuple[str, bool], str] = {}
    for one in found:
        if one.source == VOCABULARY and one.name not in expansions:
            variant = stem(one.name)
            known.setdefault((variant, " " in variant or has_capital_inside(one.printed)), one.span.kb_id_)
    return known


def _group(name: str, concept: str, found: Sequence[_Found]) -> Group | None:
    """The group of these candidates; None where they are but the vocabulary's sense of a redefined acronym."""
    meant = [one for one in found if concept or one.source != VOCABULARY]
    if not meant:
        return None
    return Group(
        name=name,
        kind=Kind(concept.split("/")[0]) if concept else _kind(meant),
        concept=concept,
        spans=tuple(_outermost(one.span for one in found)),
        sources=frozenset(one.source for one in meant),
    )


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """The places by offset, none twice and none inside another."""
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > end:
            end = span.end
            yield span


def _kind(found: Sequence[_Found]) -> Kind:
    """The kind that the best source tells; the first by place among equals."""
    best = min(found, key=lambda one: (one.source not in ANNOUNCEMENTS, one.span.start))
    return Kind(best.span.label_)
