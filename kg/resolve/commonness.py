"""How common names are, whatever the corpus: counts over the names of some hundred thousand authorships."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyarrow.parquet as pq

from kg.resolve.names import PersonName


@dataclass(frozen=True, slots=True)
class Commonness:
    """How many different names share a part.

    Attributes:
        surnames: for each family name with how many given names it was seen; 1 where it is not listed.
        given: for each given name with how many family names it was seen; 1 where it is not listed.
        names: how many different full names were counted.
    """

    surnames: dict[str, int]
    given: dict[str, int]
    names: int

    def surname(self, name: PersonName) -> int:
        """With how many given names this family name was seen; at least 1."""
        return self.surnames.get(name.surname, 1)

    def given_name(self, name: PersonName) -> int:
        """With how many family names these given names were seen; at least 1."""
        return self.given.get("".join(name.given), 1)

    def bearers(self, name: PersonName) -> float:
        """How many people of this full name are expected where given and family names are chosen independently.

        Of a name with nothing but initials nothing can be said but that many may bear it: infinity.

        Example:
            >>> from kg.resolve.names import parse_name
            >>> table = Commonness({"liu": 1000}, {"yang": 100}, 50_000)
            >>> table.bearers(parse_name("Yang Liu")), table.bearers(parse_name("Isabelle Augenstein"))
            (2.0, 2e-05)
        """
        if name.given and not any(len(word) > 1 for word in name.given):
            return float("inf")
        return self.surname(name) * self.given_name(name) / self.names


@cache
def commonness() -> Commonness:
    """The shipped counts, of the authors of the ACL Anthology and of eight conferences on machine learning."""
    with files("kg.resolve").joinpath("commonness.parquet").open("rb") as file:
        table = pq.read_table(file)
    counts: dict[str, dict[str, int]] = {"surname": {}, "given": {}, "names": {}}
    for part, name, count in zip(
        *(table[column].to_pylist() for column in ("part", "name", "count")), strict=True
    ):
        counts[part][name] = count
    return Commonness(counts["surname"], counts["given"], counts["names"][""])
