"""How well printed names become people, how fast and in how much memory.

    python benchmarks/identity.py PAPERS SIGNATURES

PAPERS is a file of papers that kg reads; SIGNATURES holds curated identities (:mod:`kg.evaluate.identity`). Beside
the shipped model stand the exact printed name, and the weights for several spellings as folds without the family
name tell (the shipped ones were fitted to all of them).
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from kg.evaluate.identity import Quality, evaluate_identity, read_signatures
from kg.read import read_sources
from kg.records import Authorship
from kg.resolve.homonyms import part_homonyms
from kg.resolve.merging import merge
from kg.resolve.people import resolve_people, sure_pairs
from kg.resolve.signatures import signatures
from kg.train.identity import fit_variants, judge_variants


def main(papers: str, curated: str) -> None:
    known = read_signatures(Path(curated))
    found = read_sources([papers]).papers
    start = perf_counter()
    people = resolve_people(found)
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(people.authorships):,} signatures, {len(people.authors):,} people, {seconds:.0f} s, peak {peak:.0f} MB"
    )
    exact = [
        Authorship(one.paper, one.position, one.name_as_printed, one.name_as_printed)
        for one in people.authorships
    ]
    show("exact printed name", evaluate_identity(exact, known))
    show("shipped", evaluate_identity(people.authorships, known))
    units, _ = part_homonyms(signatures(found), {})
    judged = judge_variants(units, known)
    _, _, held_out = fit_variants(judged)
    likely = dict(zip(judged.found.couples(), held_out.tolist(), strict=True))
    sure = sure_pairs(judged.found, likely)
    person = merge(units.names, sure, judged.found.apart)
    rows = zip(units.paper.tolist(), units.position.tolist(), units.unit.tolist(), units.printed, strict=True)
    folds = [
        Authorship(units.papers[paper].id, place, str(person[unit]), name)
        for paper, place, unit, name in rows
    ]
    show("over folds", evaluate_identity(folds, known))


def show(title: str, qualities: Sequence[Quality]) -> None:
    """Print precision, recall and F1 in per cent, B-cubed and by pairs."""
    print(title)
    for quality in qualities:
        told = [
            f"{100 * one.precision:6.2f} {100 * one.recall:6.2f} {100 * one.f1:6.2f}"
            for one in (quality.b_cubed, quality.pairwise)
        ]
        print(f"  {quality.group:24} {quality.signatures:7} of {quality.people:6}  {'   '.join(told)}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
