"""From candidates to concepts: names that mean one thing are grouped, weighed, and the best are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.acronyms import definitions
from kg.extract.candidates import CONTRIBUTION, PHRASE, VOCABULARY, candidates
from kg.extract.confidence import confidence, floor
from kg.extract.features import Features, Group, features
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
    for group, sure, places in select(weighed(doc)):
        role = role_of(group.kind, places, group.sources)
        for place in places:
            span = Span(doc, place.start, place.end, label=str(group.kind), kb_id=group.concept)
            span._.kg_name, span._.kg_role, span._.kg_confidence = group.name, role, sure
            chosen.append(span)
    doc.spans[CONCEPTS] = sorted(chosen, key=lambda span: span.start)
    return doc


def described(doc: Doc) -> list[tuple[Group, Features]]:
    """Every group of candidates with its features, in the order of the text."""
    found = groups(doc)
    covered = [0] * len(doc)
    for span in candidates(doc):
        for i in range(span.start, span.end):
            covered[i] = max(covered[i], len(span))
    return [(group, features(doc, group, covered)) for group in found]


def weighed(doc: Doc) -> list[tuple[Group, float]]:
    """Every group of candidates with its confidence."""
    return [(group, confidence(values)) for group, values in described(doc)]


def select(readings: Iterable[tuple[Group, float]]) -> Iterator[tuple[Group, float, tuple[Span, ...]]]:
    """Take groups, the surest first, each at the places that no surer one covers.

    A name outside the vocabulary whose confidence is below the floor is left out, and so is a group
    that has no place left: a concept inside a longer one is none of its own.
    """
    taken: set[int] = set()
    for group, sure in sorted(readings, key=lambda r: (-r[1], r[0].spans[0].start, r[0].name, r[0].kind)):
        if sure < floor() and VOCABULARY not in group.sources:
            continue
        free = tuple(s for s in group.spans if taken.isdisjoint(range(s.start, s.end)))
        if free:
            taken.update(i for span in free for i in range(span.start, span.end))
            yield group, sure, free


def groups(doc: Doc) -> list[Group]:
    """Candidates that mean one thing: the same concept, the same name, or an acronym and its expansion."""
    every = candidates(doc)
    expansions = {normal_form(short.text): normal_form(long.text) for short, long in definitions(doc)}
    known = _known(every, expansions)
    together: dict[str, list[Span]] = defaultdict(list)
    names: dict[str, str] = {}
    for span in every:
        printed = normal_form(span.text)
        name = expansions.get(printed, printed)
        if not name:
            continue
        key = known.get(name) or name
        together[key].append(span)
        names.setdefault(key, name)
    found = [_group(names[key], key if "/" in key else "", spans) for key, spans in together.items()]
    return sorted(found, key=lambda group: (group.spans[0].start, group.spans[0].end, group.name))


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


def _group(name: str, concept: str, spans: Sequence[Span]) -> Group:
    places = {(s.start, s.end): s for s in reversed(spans)}
    kind = Kind(concept.split("/")[0]) if concept else _kind(spans)
    return Group(
        name=name,
        kind=kind,
        concept=concept,
        spans=tuple(places[place] for place in sorted(places)),
        sources=frozenset(span.id_ for span in spans if span.id_ != VOCABULARY or concept),
    )


def _kind(spans: Sequence[Span]) -> Kind:
    """The kind that the best source tells; the first by place among equals."""
    order = {CONTRIBUTION: 0, VOCABULARY: 1, PHRASE: 2}
    best = min(spans, key=lambda span: (order[span.id_], span.start))
    return Kind(best.label_)
