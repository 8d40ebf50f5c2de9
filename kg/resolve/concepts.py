"""Names to concepts: which mentions, in one paper or in several, speak of the same thing."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.pipeline import Extraction
from kg.extract.vocabulary import known_names
from kg.extract.words import normal_form
from kg.records import Assertion, Claim, Concept, Kind, Mention, Predicate, Role
from kg.slugs import slug

_ENDS = {
    Predicate.USED_FOR: (Kind.METHOD, Kind.TOPIC),
    Predicate.BASED_ON: (Kind.METHOD, Kind.METHOD),
    Predicate.COMPARED_WITH: (Kind.METHOD, Kind.METHOD),
    Predicate.EVALUATED_ON: (Kind.METHOD, Kind.DATASET),
}
_SPOKEN = {"+": " plus ", "*": " star ", "#": " sharp "}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Mentions and claims with their concepts.

    Attributes:
        concepts: those mentioned, the topics that data sets among them are data of, and all that are broader;
            by key.
        mentions: by paper and place, each with its concept's key.
        assertions: one for each paper and concept; by paper, concept.
        claims: by paper and sentence, with concepts' keys.
    """

    concepts: tuple[Concept, ...]
    mentions: tuple[Mention, ...]
    assertions: tuple[Assertion, ...]
    claims: tuple[Claim, ...]


def resolve_concepts(extractions: Sequence[Extraction], vocabulary: Sequence[Concept]) -> Resolved:
    """Tie every mention and claim to a concept.

    A name is the vocabulary's concept where the vocabulary knows it, by its normal form (case, hyphens and
    plurals aside) or as the acronym of a known expansion. Other names become concepts of their own, one for
    each kind and normal form, so that the same name in two papers is one concept.

    Args:
        extractions: what was read from each paper.
        vocabulary: the curated concepts.
    """
    mentions = [mention for extraction in extractions for mention in extraction.mentions]
    curated = {concept.key: concept for concept in vocabulary}
    known = known_names(vocabulary)
    taken = {f"{concept.kind}/{concept.id}" for concept in vocabulary}
    keys = {
        handle: concept or known.get(handle[1]) or _new_key(*handle, taken)
        for handle, concept in _handles(mentions).items()
    }
    resolved = [
        replace(mention, concept=mention.concept or keys[mention.kind, mention.name]) for mention in mentions
    ]
    resolved = [replace(mention, kind=_kind_of(mention.concept)) for mention in resolved]
    resolved = [replace(mention, role=_fitting(mention)) for mention in resolved]
    found = _concepts(resolved, curated)
    local = _local_keys(mentions, resolved)
    return Resolved(
        concepts=found,
        mentions=tuple(
            sorted(resolved, key=lambda m: (m.paper, m.span.field != "title", m.span.start, m.span.end))
        ),
        assertions=_assertions(resolved),
        claims=_claims(extractions, local),
    )


def _handles(mentions: Iterable[Mention]) -> dict[tuple[Kind, str], str]:
    """Each kind and name, with the concept where the vocabulary's matcher found one for every mention."""
    handles: dict[tuple[Kind, str], str] = {}
    for mention in mentions:
        if not mention.concept:
            handles.setdefault((mention.kind, mention.name), "")
    return handles


def _new_key(kind: Kind, name: str, taken: set[str]) -> str:
    """The key of a concept that the vocabulary lacks; it depends on kind and name alone."""
    spoken = "".join(_SPOKEN.get(character, character) for character in name)
    identifier = slug(spoken)
    if f"{kind}/{identifier}" in taken:
        identifier += "-" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{kind}/{identifier}"


def _fitting(mention: Mention) -> Role:
    """The mention's role, or the one its concept's kind allows where the vocabulary knows a better kind."""
    fixed = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METRIC: Role.EVALUATES_WITH}
    if mention.kind in fixed:
        return fixed[mention.kind]
    return Role.USES if mention.role in fixed.values() else mention.role


def _concepts(mentions: Iterable[Mention], curated: Mapping[str, Concept]) -> tuple[Concept, ...]:
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        printed[mention.concept][" ".join(mention.exact.split())] += 1
    found = {key: curated[key] if key in curated else _named(key, names) for key, names in printed.items()}
    pending = list(found.values())
    while pending:
        for key in _above(pending.pop()):
            if key in curated and key not in found:
                found[key] = curated[key]
                pending.append(curated[key])
    return tuple(found[key] for key in sorted(found))


def _above(concept: Concept) -> Iterator[str]:
    """Keys of the concepts that the vocabulary sets above one: those broader, and the topics of its data."""
    yield from (f"{concept.kind}/{identifier}" for identifier in concept.broader)
    yield from (f"{Kind.TOPIC}/{identifier}" for identifier in concept.data_of)


def _named(key: str, printed: Counter[str]) -> Concept:
    """A concept outside the vocabulary, named as most papers print it."""
    kind, identifier = key.split("/")
    ranked = sorted(printed, key=lambda name: (-printed[name], -len(name), name))
    label, others = ranked[0], ranked[1:]
    distinct = {normal_form(name): name for name in reversed(others)}
    distinct.pop(normal_form(label), None)
    return Concept(identifier, Kind(kind), label, tuple(sorted(distinct.values())))


def _assertions(mentions: Iterable[Mention]) -> tuple[Assertion, ...]:
    """One assertion for each paper and concept: the role and confidence of its surest mention.

    An introduction outranks other roles: whoever announces a method also speaks of it in passing.
    """
    best: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        place = (mention.paper, mention.concept)
        rank = (mention.role is Role.INTRODUCES, mention.confidence, mention.role)
        held = best.get(place)
        if held is None or rank > (held.role is Role.INTRODUCES, held.confidence, held.role):
            best[place] = mention
    return tuple(Assertion(*place, best[place].role, best[place].confidence) for place in sorted(best))


def _local_keys(mentions: Iterable[Mention], resolved: Iterable[Mention]) -> dict[tuple[str, str], str]:
    """The concept by paper and handle (``kind/name`` as the claims of a paper say it)."""
    return {
        (before.paper, f"{before.kind}/{before.name}"): after.concept
        for before, after in zip(mentions, resolved, strict=True)
    }


def _claims(extractions: Iterable[Extraction], keys: Mapping[tuple[str, str], str]) -> tuple[Claim, ...]:
    """Claims between concepts, but for those whose ends turn out to be one, or of kinds that do not fit."""
    resolved = {
        replace(claim, subject=keys[claim.paper, claim.subject], object=keys[claim.paper, claim.object])
        for extraction in extractions
        for claim in extraction.claims
    }
    apart = [claim for claim in resolved if claim.subject != claim.object and _fits(claim)]
    return tuple(
        sorted(
            apart,
            key=lambda c: (
                c.paper,
                c.sentence.field != "title",
                c.sentence.start,
                c.subject,
                c.predicate,
                c.object,
                c.polarity,
                c.confidence,
            ),
        )
    )


def _fits(claim: Claim) -> bool:
    """Whether the vocabulary left both ends with the kinds that the predicate relates."""
    return (_kind_of(claim.subject), _kind_of(claim.object)) == _ENDS[claim.predicate]


def _kind_of(key: str) -> Kind:
    return Kind(key.split("/")[0])
