"""Papers of Semantic Scholar: responses of its Academic Graph API and lines of its bulk datasets.

https://api.semanticscholar.org/api-docs/graph and https://api.semanticscholar.org/api-docs/datasets: the fields.
The datasets part papers from their abstracts; lines of both in one file are joined by their corpus id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.read.drafts import Draft, split_year
from kg.read.json_values import Paths, begins_as_json, records, texts
from kg.read.kinds import no_paper
from kg.read.source import Source
from kg.records import Notice

NAME = "Semantic Scholar"
EXTENSIONS: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

_FIELDS: Paths = {
    "corpus": ("corpusid", "corpusId", "externalids.CorpusId", "externalIds.CorpusId"),
    "paper": ("paperId",),
    "title": ("title",),
    "abstract": ("abstract",),
    "year": ("year", "publicationdate", "publicationDate"),
    "venue": ("venue", "publicationVenue.name", "journal.name"),
    "url": ("url",),
    "doi": ("externalids.DOI", "externalIds.DOI"),
    "ArXiv": ("externalids.ArXiv", "externalIds.ArXiv"),
    "DBLP": ("externalids.DBLP", "externalIds.DBLP"),
    "ACL": ("externalids.ACL", "externalIds.ACL"),
    "PubMed": ("externalids.PubMed", "externalIds.PubMed"),
    "PubMedCentral": ("externalids.PubMedCentral", "externalIds.PubMedCentral"),
    "MAG": ("externalids.MAG", "externalIds.MAG"),
}
_AUTHOR: Paths = {"name": ("name",), "orcid": ("externalIds.ORCID", "externalids.ORCID"), "id": ("authorId",)}
# What the external ids are the addresses of.
_ADDRESSES: Mapping[str, str] = {
    "paper": "https://www.semanticscholar.org/paper/{}",
    "corpus": "https://api.semanticscholar.org/CorpusID:{}",
    "ArXiv": "https://arxiv.org/abs/{}",
    "DBLP": "https://dblp.org/rec/{}",
    "ACL": "https://aclanthology.org/{}",
    "PubMed": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "PubMedCentral": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}",
    "MAG": "mag:{}",
}
_PERSON = "https://www.semanticscholar.org/author/{}"
_LISTS = frozenset({"data", "recommendedPapers"})
# Where the lists of citations and references hold the papers themselves.
_WITHIN = ("citingPaper", "citedPaper", "paper")

_BULK = re.compile(r'"corpusid"\s*:\s*[0-9]+')
_BULK_KEYS = re.compile(r'"(?:externalids|openaccessinfo|s2fieldsofstudy|publicationvenueid)"\s*:')
_GRAPH = re.compile(r'"paperId"\s*:\s*"[0-9a-f]{40}"')
_SHA = re.compile(r"https?://(?:www\.)?semanticscholar\.org/paper/(?:[^/?#\s]+/)?([0-9a-f]{40})")


def sniff(head: str) -> bool:
    """Whether ids stand in the text that this service alone gives.

    Example:
        >>> sniff('{"paperId": "649def34f8be52c8b66281af98ae884c09aef38b"}'), sniff('{"title": "A"}')
        (True, False)
        >>> sniff('{"corpusid": 215416146, "externalids": {"ACL": null}}')
        True
    """
    bulk = _BULK.search(head) is not None and _BULK_KEYS.search(head) is not None
    return begins_as_json(head) and (bulk or _GRAPH.search(head) is not None)


def read(source: Source) -> Iterator[Draft | Notice]:
    """The papers of a file; an abstract whose paper is not in the file is told.

    Example:
        >>> paper = '{"corpusid": 7, "externalids": {"ArXiv": "2010.04159"}, "title": "T"}'
        >>> abstract = '{"corpusid": 7, "openaccessinfo": {}, "abstract": "A."}'
        >>> draft = next(iter(read(Source("a.jsonl", "", f"{paper}\\n{abstract}"))))
        >>> draft.abstract, draft.key, draft.identifiers[1]
        ('A.', 'CorpusID:7', 'https://arxiv.org/abs/2010.04159')
    """
    abstracts = _abstracts(source)
    unused = dict(abstracts)
    for record in records(source, _LISTS):
        if isinstance(record, Notice):
            yield record
            continue
        line, paper = record[0], _inner(record[1])
        fields, faults = texts(paper, _FIELDS)
        corpus = fields.get("corpus", "")
        if _is_abstract(paper):
            continue
        fields.setdefault("abstract", abstracts.get(corpus, (line, ""))[1])
        unused.pop(corpus, None)
        yield from _paper(source, line, paper, fields, faults)
    for corpus, (line, _) in unused.items():
        reason = f"an abstract of CorpusID:{corpus[:80]}, which is not in this file; put papers and abstracts in one"
        yield source.rejected(line, reason)


def _inner(record: dict[str, Any]) -> dict[str, Any]:
    """The paper that an entry of a list of citations, references or search hits is about."""
    return next((record[key] for key in _WITHIN if isinstance(record.get(key), dict)), record)


def _is_abstract(record: dict[str, Any]) -> bool:
    """Whether the record is of the dataset of abstracts, which has no titles."""
    return "title" not in record and "openaccessinfo" in record


def _abstracts(source: Source) -> dict[str, tuple[int, str]]:
    """By corpus id the abstracts that stand alone, each with its line."""
    if '"openaccessinfo"' not in source.text:
        return {}
    found: dict[str, tuple[int, str]] = {}
    for record in records(source, _LISTS):
        if not isinstance(record, Notice) and _is_abstract(record[1]):
            fields, _ = texts(record[1], _FIELDS)
            found.setdefault(fields.get("corpus", ""), (record[0], fields.get("abstract", "")))
    return found


def _paper(
    source: Source, line: int, record: dict[str, Any], fields: dict[str, str], faults: list[str]
) -> Iterator[Draft | Notice]:
    types = record.get("publicationtypes") or record.get("publicationTypes")
    if isinstance(types, list) and types and all(isinstance(t, str) and no_paper(NAME, [t]) for t in types):
        yield source.rejected(line, f"no paper but of type {ascii(types)[:80]}; left out")
        return
    sha = _SHA.match(fields.get("url", ""))
    if "paper" not in fields and sha:
        fields["paper"] = sha[1]
    authors, author_ids = _authors(record.get("authors"), faults)
    venue, year = split_year(fields.get("venue", ""))
    yield from (source.warning(line, fault) for fault in faults)
    yield Draft(
        line=line,
        title=fields.get("title", ""),
        authors=authors,
        abstract=fields.get("abstract", ""),
        year=fields.get("year", year),
        venue=venue or None,
        url=fields.get("url"),
        doi=fields.get("doi"),
        key=f"CorpusID:{fields['corpus']}" if "corpus" in fields else fields.get("paper"),
        author_ids=author_ids,
        identifiers=tuple(
            template.format(fields[name].removeprefix("PMC") if name == "PubMedCentral" else fields[name])
            for name, template in _ADDRESSES.items()
            if name in fields
        ),
    )


def _authors(given: Any, faults: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not isinstance(given, list):
        if given is not None:
            faults.append("authors is not a list; dropped")
        return (), ()
    read = [texts(author, _AUTHOR) for author in given]
    for _, told in read:
        faults += told
    return tuple(fields.get("name", "") for fields, _ in read), tuple(_person(fields) for fields, _ in read)


def _person(author: dict[str, str]) -> str:
    """Who the person is: the ORCID, else the service's own page of the person."""
    return author.get("orcid") or (_PERSON.format(author["id"]) if "id" in author else "")
