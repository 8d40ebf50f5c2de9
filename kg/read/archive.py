"""Zip archives as folders of files, read in memory: nothing is unpacked to disk and no name in them is a path to us.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. What an archive claims of itself is not believed:
its list of files is measured before it is read, and every member is decompressed up to a limit (``limits.toml``).
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from struct import unpack_from

from kg.read.limits import limits
from kg.read.source import GZIP, ReadError, Source, source_of
from kg.read.walk import ARCHIVE, has_extension
from kg.records import Location, Notice, Severity

_MEMBER, _EMPTY = b"PK\x03\x04", b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
_END_RECORD = 22  # bytes of the record that ends an archive, without its comment (4.3.16)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)


def is_archive(content: bytes) -> bool:
    """Whether these bytes begin as a zip archive does."""
    return content.startswith((_MEMBER, _EMPTY))


def members(content: bytes, shown: str, extensions: Sequence[str]) -> Iterator[Source | Notice]:
    """The files of an archive that may hold papers, sorted by name, one at a time; a notice for each left out.

    Args:
        content: the bytes of the archive.
        shown: its path as messages tell it; members are shown as ``archive.zip/folder/file.bib``.
        extensions: how the names of files end that are read, in lower case; the others are passed over, as are
            hidden ones.

    Raises:
        ReadError: where the archive is broken or its list of files too long.
    """
    _require_short_list(content, shown)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _BROKEN as error:
        raise ReadError(f"{shown}: broken zip archive ({_line(error)}); fetch or make it again") from None
    with archive:
        found = [entry for entry in archive.infolist() if _is_wanted(entry, extensions)]
        if len(found) > limits().archive_members:
            raise ReadError(
                f"{shown}: more than {limits().archive_members:,} files in one archive; unpack or split it"
            )
        left = limits().archive_bytes
        for entry in sorted(found, key=lambda entry: (entry.filename, entry.header_offset)):
            name = f"{shown}/{_printable(entry.filename)}"
            try:
                member = _content(archive, entry, name, left)
                left -= len(member)
                yield source_of(member, name)
            except ReadError as error:
                reason = str(error).removeprefix(f"{name}: ")
                yield Notice(Location(name, 1), Severity.REJECTED, f"file left out: {reason}")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int) -> bytes:
    """A member's bytes, no more of them than the limits allow."""
    if entry.flag_bits & 1:
        raise ReadError(f"{name}: encrypted; unpack the archive")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ReadError(f"{name}: a symbolic link; links are not followed")
    if entry.compress_type not in _METHODS:
        raise ReadError(f"{name}: compressed in another way than deflate; unpack the archive")
    packed = limits().gzip_ratio * entry.compress_size
    most = min(limits().file_bytes, left, max(limits().gzip_free_bytes, packed))
    try:
        with archive.open(entry) as file:
            content = file.read(most + 1)
    except _BROKEN as error:
        raise ReadError(f"{name}: broken in the archive ({_line(error)}); fetch or make it again") from None
    if len(content) > most:
        raise ReadError(f"{name}: expands to more than {most:,} bytes; unpack and split it")
    if is_archive(content) or content.startswith(GZIP):
        raise ReadError(f"{name}: an archive or compressed file within an archive; unpack the outer one")
    return content


def _is_wanted(entry: zipfile.ZipInfo, extensions: Sequence[str]) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts) or "__MACOSX" in parts
    return not entry.is_dir() and not hidden and has_extension(parts[-1], [*extensions, ARCHIVE])


def _require_short_list(content: bytes, shown: str) -> None:
    """Refuse an archive whose list of files would fill memory, by the record at its end."""
    end = content.rfind(_EMPTY, max(0, len(content) - _LONGEST_COMMENT - _END_RECORD))
    if end < 0 or len(content) < end + _END_RECORD:
        raise ReadError(f"{shown}: broken zip archive (no end); fetch or make it again")
    (size,) = unpack_from("<I", content, end + 12)
    if size > limits().archive_directory_bytes or content[:end].rfind(b"PK\x06\x07", max(0, end - 20)) >= 0:
        raise ReadError(f"{shown}: too many files in one archive; unpack or split it")


def _printable(name: str) -> str:
    """A member's name for people, without what would look like another place."""
    plain = "".join(c if c.isprintable() else "\ufffd" for c in name.replace("\\", "/"))
    return "/".join(part for part in plain.split("/") if part not in ("", ".", ".."))


def _line(error: BaseException) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in str(error)).split())[:100]
