"""The sentences that a graph's statements about a thing were read from, the surest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg.serve.assistant.answers import Evidence
from kg.serve.assistant.settings import CONCEPTS, assistant_settings
from kg.serve.assistant.things import Known, clipped
from kg.serve.pages.claims import statement
from kg.serve.pages.settings import SETTINGS

_TELLING = ("introduces", "hasTopic")  # of a person's papers


def evidence(known: Known, iri: str) -> tuple[Evidence, ...]:
    """Sentences on a thing: what its papers do with concepts, and what they say of them.

    Args:
        known: the graph.
        iri: a paper, a concept, a person, a mention or a claim; for other things there is no evidence.
    """
    kind, facts = known.facts.path(iri).partition("/")[0], known.facts
    if kind == "mention":
        return tuple(_mentions(known, [iri]))
    if kind == "claim":
        return (_claim(known, iri),)
    if kind == "paper":
        return _chosen(
            _mentions(known, facts.iris(iri, "kg:mention")), _claims(known, facts.iris(iri, "kg:claim"))
        )
    if kind in CONCEPTS:
        claims = {*facts.subjects("kg:subject", iri), *facts.subjects("kg:object", iri)}
        return _chosen(_mentions(known, facts.subjects("kg:concept", iri)), _claims(known, claims))
    if kind == "author":
        return _chosen(_mentions(known, _of_person(known, iri)), ())
    return ()


def _of_person(known: Known, iri: str) -> Iterator[str]:
    """The mentions that tell what someone's latest papers introduce and are about."""
    facts = known.facts
    papers = facts.subjects("dcterms:creator", iri)
    latest = sorted(papers, key=lambda paper: (-(facts.number(paper, "dcterms:issued") or 0), paper))
    for paper in latest[: assistant_settings().limits["papers"]]:
        for mention in facts.iris(paper, "kg:mention"):
            if _role(known, mention) in _TELLING:
                yield mention


def _mentions(known: Known, mentions: Iterable[str]) -> Iterator[Evidence]:
    """Of each concept in each paper the surest mention with a role; what is told surest first."""
    facts = known.facts
    roles = list(SETTINGS.words["roles"])
    best: dict[tuple[str, str, str], tuple[float, str]] = {}
    for mention in islice(mentions, assistant_settings().limits["looked_at"]):
        role = _role(known, mention)
        if role in roles:
            paper, concept = _paper(known, mention), next(iter(facts.iris(mention, "kg:concept")), "")
            surest = (-float(facts.number(mention, "kg:confidence") or 0.0), mention)
            key = (role, paper, concept)
            best[key] = min(best.get(key, surest), surest)
    order = sorted(best.items(), key=lambda found: (roles.index(found[0][0]), found[1]))
    for (role, paper, concept), (confidence, mention) in order:
        says = f"{SETTINGS.word('roles', role).lower()} {facts.name(concept) if concept else ''}".strip()
        yield _evidence(known, says, mention, paper, -confidence)


def _claims(known: Known, claims: Iterable[str]) -> Iterator[Evidence]:
    facts = known.facts
    few = islice(sorted(claims), assistant_settings().limits["looked_at"])
    sure = {claim: float(facts.number(claim, "kg:confidence") or 0.0) for claim in few}
    for claim in sorted(sure, key=lambda claim: (-sure[claim], claim)):
        yield _claim(known, claim)


def _claim(known: Known, claim: str) -> Evidence:
    said = statement(known.facts, claim)
    ends = (said.first.text if said.first else "", said.says.lower(), said.second.text if said.second else "")
    paper = said.paper.iri if said.paper else ""
    return _evidence(known, " ".join(filter(None, ends)), claim, paper, said.confidence)


def _evidence(known: Known, says: str, iri: str, paper: str, confidence: float) -> Evidence:
    sentence = clipped(known.facts.text(iri, "kg:sentence"))
    return Evidence(clipped(says), sentence, known.thing(paper) if paper else None, round(confidence, 3), iri)


def _chosen(mentions: Iterator[Evidence], claims: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """As many as are told, half of them claims where there are enough."""
    most = assistant_settings().limits["evidence"]
    first, second = list(islice(mentions, most)), list(islice(claims, most))
    of_claims = min(len(second), max(most // 2, most - len(first)))
    return (*first[: most - of_claims], *second[:of_claims])


def _role(known: Known, mention: str) -> str:
    return next((role.rpartition("#")[2] for role in known.facts.iris(mention, "kg:role")), "")


def _paper(known: Known, mention: str) -> str:
    return next(iter(known.facts.subjects("kg:mention", mention)), "")
