"""From candidates to concepts: names that mean one thing are grouped, weighed, and the best are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.acronyms import definitions
from kg.extract.candidates import ANNOUNCEMENTS, REPEATED, VOCABULARY, candidates
from kg.extract.confidence import confidence, floor
from kg.extract.features import Group, features
from kg.extract.logistic import Features
from kg.extract.roles import role_of
from kg.extract.words import normal_form
from kg.records import Kind

CONCEPTS = "kg_concepts"

for _attribute in ("kg_name", "kg_role", "kg_confidence"):
    if not Span.has_extension(_attribute):
        Span.set_extension(_attribute, default=None)


@Language.component("kg_concepts", requires=["token.is_sent_start", "doc.spans"], assigns=["doc.spans"])
def concepts(doc: Doc) -> Doc:
    """Choose among the candidates and put the chosen, which never overlap, into ``doc.spans["kg_concepts"]``.

    ``label_`` is the kind and ``kb_id_`` the key in the vocabulary or empty; ``_.kg_name`` the name to
    resolve by, ``_.kg_role`` what the paper does with it, ``_.kg_confidence`` how sure the reading is.
    """
    chosen: list[Span] = []
    for reading, places in select(weighed(doc)):
        group = reading.group
        role = role_of(group.kind, reading.features)
        for place in places:
            span = Span(doc, place.start, place.end, label=str(group.kind), kb_id=group.concept)
            span._.kg_name, span._.kg_role, span._.kg_confidence = group.name, role, reading.confidence
            chosen.append(span)
    doc.spans[CONCEPTS] = sorted(chosen, key=lambda span: span.start)
    return doc


@dataclass(frozen=True, slots=True)
class Reading:
    """A group of candidates, its features, and how sure it is that the paper is about it."""

    group: Group
    features: Features
    confidence: float


def weighed(doc: Doc) -> list[Reading]:
    """Every group of candidates with its features and confidence, in the order of the text."""
    covered = [0] * len(doc)
    for span in candidates(doc):
        for i in range(span.start, span.end):
            covered[i] = max(covered[i], len(span))
    described = ((group, features(doc, group, covered)) for group in groups(doc))
    return [Reading(group, values, confidence(values)) for group, values in described]


def select(readings: Iterable[Reading]) -> Iterator[tuple[Reading, tuple[Span, ...]]]:
    """Take readings, the surest first, each at the places that no surer one covers.

    A name outside the vocabulary whose confidence is below the floor is left out, and so is a group
    that has no place left: a concept inside a longer one is none of its own.
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
    return (-reading.confidence, group.spans[0].start, group.name, group.kind)


def groups(doc: Doc) -> list[Group]:
    """Candidates that mean one thing: the same concept, the same name, or an acronym and its expansion."""
    every = candidates(doc)
    expansions = {normal_form(short.text): normal_form(long.text) for short, long in definitions(doc)}
    known = _known(every, expansions)
    together: dict[tuple[str, str], list[Span]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for span in every:
        printed = normal_form(span.text)
        name = expansions.get(printed, printed)
        if not name:
            continue
        key = (known[name], "") if name in known else ("", name)
        together[key].append(span)
        names.setdefault(key, name)
    found = (_group(names[key], key[0], spans) for key, spans in together.items())
    return sorted(
        filter(None, found), key=lambda group: (group.spans[0].start, group.spans[0].end, group.name)
    )


def _known(every: Sequence[Span], expansions: dict[str, str]) -> dict[str, str]:
    """The vocabulary's key by normal form, for the names that stand here.

    An acronym that the paper defines means what the paper says: the vocabulary's sense of the bare
    acronym counts only where the expansion is not in the vocabulary by another key.
    """
    known: dict[str, str] = {}
    for span in every:
        if span.id_ == VOCABULARY and normal_form(span.text) not in expansions:
            known.setdefault(normal_form(span.text), span.kb_id_)
    return known


def _group(name: str, concept: str, spans: Sequence[Span]) -> Group | None:
    """The group of these candidates; None where they are but the vocabulary's sense of a redefined acronym."""
    meant = [span for span in spans if concept or span.id_ != VOCABULARY]
    if not meant:
        return None
    places = {(s.start, s.end): s for s in reversed(spans)}
    return Group(
        name=name,
        kind=Kind(concept.split("/")[0]) if concept else _kind(meant),
        concept=concept,
        spans=tuple(places[place] for place in sorted(places)),
        sources=frozenset(span.id_ for span in meant),
    )


def _kind(spans: Sequence[Span]) -> Kind:
    """The kind that the best source tells; the first by place among equals."""
    best = min(spans, key=lambda span: (span.id_ not in ANNOUNCEMENTS, span.id_ == REPEATED, span.start))
    return Kind(best.label_)
