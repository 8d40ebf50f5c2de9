"""Lists of papers, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.serve.pages.facts import Link
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import Subject


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in a list.

    Attributes:
        link: its title.
        year: when it came out; None where the graph does not know.
        place: the edition or venue.
        authors: in their order, as printed.
        note: a word on it.
    """

    link: Link
    year: int | None
    place: Link | None
    authors: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of papers.

    Attributes:
        groups: heading and papers, in the order of the list.
        page: which page this is, from 1.
        pages: how many there are.
        total: of papers in the whole list.
    """

    groups: tuple[tuple[str, tuple[PaperLine, ...]], ...]
    page: int
    pages: int
    total: int

    @property
    def iris(self) -> tuple[str, ...]:
        """The papers on this page."""
        return tuple(line.link.iri for _, lines in self.groups for line in lines)


def listed(
    subject: Subject,
    papers: Sequence[str],
    headings: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Listing:
    """The page of a list that is asked for; the last one where there are fewer.

    Args:
        subject: what the page is about.
        papers: the whole list in its order.
        headings: of papers; the year where none are given.
        notes: a word on each.
    """
    size = SETTINGS.limits["papers"]
    pages = max(1, -(-len(papers) // size))
    page = min(max(1, subject.page), pages)
    groups: dict[str, list[PaperLine]] = {}
    for paper in papers[(page - 1) * size : page * size]:
        heading = headings[paper] if headings else str(subject.survey.years.get(paper, "Without a year"))
        line = paper_line(subject, paper, (notes or {}).get(paper, ""))
        groups.setdefault(heading, []).append(line)
    return Listing(
        tuple((heading, tuple(lines)) for heading, lines in groups.items()), page, pages, len(papers)
    )


def paper_line(subject: Subject, paper: str, note: str = "") -> PaperLine:
    """A paper as a list has it."""
    facts = subject.facts
    place = next(iter(facts.iris(paper, "dcterms:isPartOf")), None)
    year = subject.survey.years.get(paper)
    return PaperLine(
        facts.link(paper), year, facts.link(place) if place else None, authors(subject, paper), note
    )


def authors(subject: Subject, paper: str) -> tuple[Link, ...]:
    """The authors in their order, by the names in print; by their own where the graph has no authorships."""
    facts = subject.facts
    placed = []
    for authorship in facts.iris(paper, "kg:authorship"):
        for author in facts.iris(authorship, "kg:author")[:1]:
            printed = facts.text(authorship, "kg:nameAsPrinted")
            link = facts.link(author)
            position = facts.number(authorship, "kg:position") or 0
            placed.append((position, authorship, replace(link, text=printed or link.text)))
    if not placed:
        return facts.links(facts.iris(paper, "dcterms:creator"))
    return tuple(link for _, _, link in sorted(placed, key=lambda entry: entry[:2]))


def years_of(subject: Subject, papers: Iterable[str]) -> list[int]:
    """The years of papers, one each where it is known."""
    return [subject.survey.years[paper] for paper in papers if paper in subject.survey.years]
