"""The files of a build as DCAT distributions.

DCAT 3: https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution; checksums in SPDX terms, as DCAT asks:
https://spdx.org/rdf/terms/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.namespaces import BASE, STANDARD
from kg.write.rdf import Description, Iri, Literal, Property, a, english, standard_iri, stated
from kg.write.void_settings import settings

_SPDX = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a build.

    Attributes:
        name: its path within the folder, with ``/`` between.
        size: in bytes.
        sha256: of its bytes, in hexadecimal.
    """

    name: str
    size: int
    sha256: str


def measured_files(folder: Path) -> tuple[File, ...]:
    """The distributions that a folder holds, with size and checksum, by name.

    Raises:
        OSError: where one cannot be read.
    """
    return tuple(
        _measured(folder, name) for name in sorted(settings().files) if folder.joinpath(name).is_file()
    )


def _measured(folder: Path, name: str) -> File:
    with folder.joinpath(name).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(name, folder.joinpath(name).stat().st_size, digest)


def distribution_iri(base: str, name: str) -> Iri:
    """The IRI of a file of a build.

    Example:
        >>> distribution_iri("http://a.org/", "tables/papers.parquet").value
        'http://a.org/distribution/tables-papers-parquet'
    """
    return Iri(f"{base}distribution/{name.replace('.', '-').replace('/', '-')}")


def rights() -> tuple[Property, ...]:
    """Licence, and what it does not cover."""
    return (
        stated("dcterms:license", [Iri(settings().license)]),
        stated("dcterms:rights", [english(settings().rights)]),
    )


def distribution(file: File, base: str = BASE) -> Iterator[Description]:
    """A file and its checksum, each where it is known."""
    about = settings().files.get(file.name, {})
    media_type, other = about.get("media_type"), about.get("format")
    checksum = _checksum_iri(base, file.sha256)
    size = Literal(str(file.size), STANDARD["xsd"] + "nonNegativeInteger")
    yield Description(
        distribution_iri(base, file.name),
        (
            a("dcat:Distribution"),
            stated("dcterms:title", [Literal(file.name)]),
            stated("dcterms:description", [english(about["description"])] if about else []),
            stated("dcat:mediaType", [Iri(_MEDIA_TYPES + media_type)] if media_type else []),
            stated("dcterms:format", [Iri(other)] if other else []),
            *rights(),
            stated("dcat:byteSize", [size] if file.sha256 else []),
            (Iri(_SPDX + "checksum"), (checksum,) if file.sha256 else ()),
        ),
    )
    if file.sha256:
        yield _checksum(file.sha256, base)


def _checksum(sha256: str, base: str) -> Description:
    return Description(
        _checksum_iri(base, sha256),
        (
            (standard_iri("rdf:type"), (Iri(_SPDX + "Checksum"),)),
            (Iri(_SPDX + "algorithm"), (Iri(_SPDX + "checksumAlgorithm_sha256"),)),
            (Iri(_SPDX + "checksumValue"), (Literal(sha256, STANDARD["xsd"] + "hexBinary"),)),
        ),
    )


def _checksum_iri(base: str, sha256: str) -> Iri:
    return Iri(f"{base}checksum/{sha256}")
