"""Fit author identity to curated identities: ``identity.json`` and ``commonness.parquet``.

    python -m kg.train.identity PAPERS SIGNATURES [TEXTS ...]

PAPERS is a file of papers with authors that kg reads; SIGNATURES holds one JSON object a line, ``paper``,
``position``, ``name`` and ``person``, gzip or plain. TEXTS are more papers, whose names are counted too. Names that
several curated people share are left out of the fitting and of the choice of thresholds, so that they can measure
it: homonyms are learnt from people of one family name who are thrown together as if they had one full name.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.optimize

from kg.evaluate.identity import b_cubed, read_signatures
from kg.read import read_sources
from kg.records import Paper
from kg.resolve.commonness import commonness
from kg.resolve.company import rarity
from kg.resolve.homonyms import grouped, part_homonyms, weighed
from kg.resolve.model import Table, Weights, identity_model
from kg.resolve.names import PersonName, parse_name
from kg.resolve.signatures import Floats, Integers, Signatures, signatures
from kg.resolve.variants import Compatible, compatible
from kg.train.recipe import recipe


@dataclass(frozen=True, slots=True)
class Thrown:
    """Papers of several people, thrown together as if all had one name.

    Attributes:
        papers: their papers, by number.
        people: for each the unit of its author.
    """

    papers: Integers
    people: Integers


def count_names(names: Sequence[PersonName]) -> pa.Table:
    """How common parts of names are: the table that :func:`kg.resolve.commonness.commonness` reads.

    Args:
        names: different full names.
    """
    surnames: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if any(len(word) > 1 for word in name.given):
            surnames[name.surname].add("".join(name.given))
            given["".join(name.given)].add(name.surname)
    rows = [("names", "", sum(map(len, surnames.values())))]
    for part, found in (("surname", surnames), ("given", given)):
        rows += [(part, name, len(others)) for name, others in sorted(found.items()) if len(others) > 1]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("part", "name", "count"))}
    return pa.table(columns)


def fit(evidence: Table, same: Floats, weight: Floats, penalty: float) -> Weights:
    """Fit a logistic model by L-BFGS, from zero.

    Args:
        evidence: columns, one row a pair; the first is of ones.
        same: 1 where the pair is one person, else 0.
        weight: of each pair.
        penalty: half of it is the weight of the squared weights of scaled columns; that of the first is free.
    """
    table = np.stack(list(evidence.values()), axis=1)
    scale = table.std(axis=0)
    scale[scale < recipe("identity")["least_deviation"]] = 1.0
    table /= scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = table @ weights
        error = weight * (1 / (1 + np.exp(-odds)) - same)
        value = float(
            (weight * (np.logaddexp(0, odds) - same * odds)).sum() + penalty / 2 * (weights[1:] ** 2).sum()
        )
        slope = table.T @ error
        slope[1:] += penalty * weights[1:]
        return value, slope

    start, steps = np.zeros(table.shape[1]), recipe("identity")["steps"]
    found, _, _ = scipy.optimize.fmin_l_bfgs_b(loss, start, maxiter=steps)
    return Weights(dict(zip(evidence, (found / scale).round(6).tolist(), strict=True)))


def thrown_together(signed: Signatures, left_out: set[str], half: int) -> Iterator[Thrown]:
    """Groups of people of one family name.

    Args:
        signed: whose units are names.
        left_out: full names that are not to be learnt from.
        half: 0 or 1: of which half of the family names, told by a hash.
    """
    settings = recipe("identity")
    members = signed.of_units()
    families: dict[str, list[int]] = defaultdict(list)
    for unit, name in enumerate(signed.names):
        full = len(name.first) > 1 and " ".join(name.given + name.family) not in left_out
        if full and sha256(name.surname.encode()).digest()[0] % 2 == half:
            families[name.surname].append(unit)
    large = sorted(family for family, units in families.items() if len(units) >= settings["least_people"])
    if not large:
        raise ValueError("no family name has enough people to learn from; give more papers")
    chance = random.Random(settings["seed"] + half)
    for family in chance.choices(large, [len(families[f]) for f in large], k=settings["groups"]):
        units = chance.sample(families[family], min(len(families[family]), chance.choice(settings["people"])))
        chosen = [
            (int(signed.paper[s]), unit)
            for unit in units
            for s in chance.sample(members[unit].tolist(), min(len(members[unit]), settings["papers"]))
        ]
        if len(chosen) > 1:
            yield Thrown(np.array([p for p, _ in chosen]), np.array([unit for _, unit in chosen]))


def judged_homonyms(signed: Signatures, groups: Sequence[Thrown]) -> Iterator[tuple[Table, Floats]]:
    """For each group the evidence for each two papers, and whether they are one person's."""
    incidence = signed.incidence()
    rare = rarity(incidence)
    for group in groups:
        evidence = weighed(signed, group.papers, incidence, rare, np.unique(group.people))
        one, other = np.triu_indices(len(group.papers), 1)
        yield evidence, (group.people[one] == group.people[other]).astype(np.float64)


def fit_homonyms(signed: Signatures, left_out: set[str]) -> tuple[Weights, float]:
    """Weights for two papers of one name, and the threshold at the best B-cubed F1 on the other half of the names."""
    groups = list(thrown_together(signed, left_out, half=0))
    judged = list(judged_homonyms(signed, groups))
    weight = np.concatenate([np.full(len(same), len(same) ** -0.5) for _, same in judged])
    evidence = {name: np.concatenate([table[name] for table, _ in judged]) for name in judged[0][0]}
    weights = fit(
        evidence, np.concatenate([same for _, same in judged]), weight, recipe("identity")["penalty"]
    )
    held = list(thrown_together(signed, left_out, half=1))
    odds = [weights.log_odds(table) for table, _ in judged_homonyms(signed, held)]

    def quality(threshold: float) -> float:
        scores = [
            b_cubed(grouped(len(group.papers), told, threshold).tolist(), group.people.tolist()).f1
            for group, told in zip(held, odds, strict=True)
        ]
        return float(np.average(scores, weights=[len(group.papers) for group in held]))

    steps = recipe("identity")["thresholds"]
    tried = [step / 100 for step in range(steps["first"], steps["last"] + 1, steps["step"])]
    return weights, max(tried, key=lambda threshold: (quality(threshold), -threshold))


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of names with what curators say of them.

    Attributes:
        found: the pairs.
        rows: those of which curators know at least one side.
        same: for each of these rows 1 where both are one person.
        fold: for each pair of ``found`` the number of its fold, by family name.
    """

    found: Compatible
    rows: Integers
    same: Floats
    fold: Integers


def judge_variants(signed: Signatures, curated: Mapping[tuple[str, int], str]) -> Judged:
    """Pairs of compatible units, and whether they are one person.

    Where curators know a person, they know all names of this person; so a unit that they do not know is another.

    Args:
        signed: whose units are people as far as one name tells.
        curated: the person of each curated signature.
    """
    people: dict[int, set[str]] = defaultdict(set)
    places = zip(signed.paper.tolist(), signed.position.tolist(), signed.unit.tolist(), strict=True)
    for paper, position, unit in places:
        if person := curated.get((signed.papers[paper].id, position)):
            people[unit].add(person)
    bearers: dict[PersonName, set[str]] = defaultdict(set)
    for unit, known in people.items():
        bearers[signed.names[unit]] |= known
    alone = {unit: min(known) for unit, known in people.items() if len(bearers[signed.names[unit]]) == 1}
    shared = {unit for unit in people if unit not in alone}
    found = compatible(signed)
    one, other = (side.tolist() for side in found.pairs)
    rows = [
        row
        for row, (a, b) in enumerate(zip(one, other, strict=True))
        if (a in alone or b in alone) and not {a, b} & shared
    ]
    same = [float(alone.get(one[row]) == alone.get(other[row])) for row in rows]
    folds = recipe("identity")["folds"]
    fold = [sha256(signed.names[a].surname.encode()).digest()[0] % folds for a in one]
    return Judged(found, np.array(rows), np.array(same), np.array(fold))


def fit_variants(judged: Judged) -> tuple[Weights, float, Floats]:
    """Weights for two names, the threshold, and the probability of each pair as folds without it tell.

    The threshold is the lowest at which so many mergers, over the folds, are right as the recipe asks.
    """
    settings = recipe("identity")
    evidence = judged.found.evidence

    def fitted(chosen: Integers) -> Weights:
        rows = judged.rows[chosen]
        table = {name: column[rows] for name, column in evidence.items()}
        return fit(table, judged.same[chosen], np.ones(len(rows)), settings["penalty"])

    held_out = np.zeros(len(judged.fold))
    fold = judged.fold[judged.rows]
    for number in range(settings["folds"]):
        odds = fitted(np.flatnonzero(fold != number)).log_odds(evidence)
        mine = judged.fold == number
        held_out[mine] = 1 / (1 + np.exp(-odds[mine]))
    return fitted(np.arange(len(fold))), _precise(held_out[judged.rows], judged.same), held_out


def _precise(probability: Floats, same: Floats) -> float:
    """The lowest threshold, in hundredths, from which on enough are right."""
    wanted = recipe("identity")["precision"]
    for threshold in np.arange(0.3, 0.95, 0.01):
        if same[probability >= threshold].mean() >= wanted:
            return round(float(threshold), 2)
    return 0.95


def shared_names(papers: Signatures, curated: Mapping[tuple[str, int], str]) -> set[str]:
    """Full names that several curated people have."""
    bearers: dict[str, set[str]] = defaultdict(set)
    places = zip(papers.paper.tolist(), papers.position.tolist(), papers.printed, strict=True)
    for paper, position, printed in places:
        if person := curated.get((papers.papers[paper].id, position)):
            name = parse_name(printed)
            bearers[" ".join(name.given + name.family)].add(person)
    return {name for name, people in bearers.items() if len(people) > 1}


def main(papers: str, curated: str, *texts: str) -> None:
    """Make the data files, and say how good they are over folds."""
    known = read_signatures(Path(curated))
    found = read_sources([papers]).papers
    every = {parse_name(name) for paper in (*found, *_more(texts)) for name in paper.authors}
    _write("commonness.parquet", count_names(sorted(every, key=repr)))
    commonness.cache_clear()
    signed = signatures(found)
    weights, threshold = fit_homonyms(signed, shared_names(signed, known))
    settings = recipe("identity")
    homonyms = {"weights": weights.weights, "bearers": settings["bearers"], "threshold": threshold}
    homonyms["doubt"] = settings["doubt_of_homonyms"]
    _write(
        "identity.json",
        {"homonyms": homonyms, "variants": {"weights": {}, "threshold": 1.0, "bearers": 0.0, "doubt": 1.0}},
    )
    identity_model.cache_clear()
    print(f"one name, several people: log-odds from {threshold}")
    judged = judge_variants(part_homonyms(signed, {})[0], known)
    weights, threshold, _ = fit_variants(judged)
    variants = {"weights": weights.weights, "threshold": threshold}
    variants |= {"bearers": settings["bearers_of_variants"], "doubt": settings["doubt"]}
    _write("identity.json", {"homonyms": homonyms, "variants": variants})
    identity_model.cache_clear()
    print(f"several names, one person: probability from {threshold}")


def _more(texts: Sequence[str]) -> Sequence[Paper]:
    return read_sources(texts).papers if texts else ()


def _write(name: str, content: Any) -> None:
    path = Path(str(files("kg.resolve").joinpath(name)))
    part = path.with_name(name + ".part")
    if isinstance(content, pa.Table):
        pq.write_table(content, part, compression="zstd")
    else:
        part.write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")
    os.replace(part, path)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
