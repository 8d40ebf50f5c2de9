"""A source: the bytes of one file as text with line numbers.

Lines end at LF, CR LF or CR and nowhere else; ``str.splitlines`` also splits at U+2028, U+0085, form feeds and
more, which real titles and abstracts contain.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from kg.read.limits import limits
from kg.records import Location, Notice, Severity

GZIP = b"\x1f\x8b"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z][\w.:-]{0,40})[\"']")
_CHUNK = 1 << 20


class ReadError(Exception):
    """A source that cannot be read at all; the message is one line for a person, with the remedy."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read.

    Attributes:
        path: the path as given.
        sha256: the SHA-256 of its bytes as they are on disk, in hexadecimal.
        format: the name of its format.
        papers: how many papers it gave, before those that stand twice are merged.
    """

    path: str
    sha256: str
    format: str
    papers: int


@dataclass(frozen=True, slots=True)
class Source:
    """One file as text.

    Attributes:
        path: the path as given.
        sha256: the SHA-256 of its bytes as they are on disk, in hexadecimal.
        text: its text, every line ending a single LF.
        notices: what was wrong with its bytes.
    """

    path: str
    sha256: str
    text: str
    notices: tuple[Notice, ...] = ()

    @property
    def head(self) -> str:
        """The first characters, enough to tell the format from."""
        return self.text[: limits().head_characters]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line with its 1-based number, without its ending.

        Example:
            >>> list(Source("a.md", "", "one\\ntwo\\u2028still two").lines())
            [(1, 'one'), (2, 'two\\u2028still two')]
        """
        start, number = 0, 1
        while (end := self.text.find("\n", start)) >= 0:
            yield number, self.text[start:end]
            start, number = end + 1, number + 1
        yield number, self.text[start:]

    def warning(self, line: int, reason: str) -> Notice:
        """A notice about a record that is kept."""
        return Notice(Location(self.path, line), Severity.WARNING, reason)

    def rejected(self, line: int, reason: str) -> Notice:
        """A notice about a record that is left out."""
        return Notice(Location(self.path, line), Severity.REJECTED, reason)


def open_source(path: Path, shown: str) -> Source:
    """Read a file, decompressing it where it is gzip.

    Args:
        path: the file.
        shown: its path as messages and locations tell it.

    Raises:
        ReadError: where it is missing, not to be read, too large, broken or no text.
    """
    return source_of(file_content(path, shown), shown)


def file_content(path: Path, shown: str) -> bytes:
    """The bytes of a file, one more than the limit at most.

    Raises:
        ReadError: where it is missing or not to be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(limits().file_bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{shown}: {reason}; name a file that exists and may be read") from None


def source_of(content: bytes, shown: str) -> Source:
    """The source that these bytes are.

    Args:
        content: the bytes of a file, gzip or plain.
        shown: its path as messages and locations tell it.

    Raises:
        ReadError: where they are too many, broken or no text.

    Example:
        >>> source_of(b"\\xef\\xbb\\xbfone\\r\\ntwo", "a.md").text
        'one\\ntwo'
    """
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(GZIP):
        content = _decompress(content, shown)
    if len(content) > limits().file_bytes:
        raise ReadError(f"{shown}: larger than {limits().file_bytes:,} bytes; split it into several files")
    if content.startswith(_UTF16_MARKS):
        raise ReadError(f"{shown}: UTF-16 text; save it as UTF-8 and run again")
    content = _as_utf8(content.removeprefix(_UTF8_MARK), shown)
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _require_text(content, shown)
    content, long_lines = _without_long_lines(content, shown)
    text, bad_lines = _decode(content, shown)
    return Source(shown, digest, text, (*long_lines, *bad_lines))


def _as_utf8(content: bytes, shown: str) -> bytes:
    """An XML document in UTF-8, whatever encoding it declares (https://www.w3.org/TR/xml/#charencoding)."""
    declared = _XML_ENCODING.match(content)
    if declared is None:
        return content
    try:
        codec = codecs.lookup(declared[1].decode("ascii"))
        if codec.name == "utf-8":
            return content
        if declared[0].decode(codec.name) != declared[0].decode("ascii"):
            raise LookupError("the declaration itself is in another encoding")
        return content.decode(codec.name).encode("utf-8")
    except (LookupError, ValueError):
        raise ReadError(
            f"{shown}: not in the encoding that it declares, {ascii(declared[1])[1:]}; save it as UTF-8"
        ) from None


def _decompress(content: bytes, shown: str) -> bytes:
    limit = min(limits().file_bytes, max(limits().gzip_free_bytes, limits().gzip_ratio * len(content)))
    out = BytesIO()
    try:
        with gzip.GzipFile(fileobj=BytesIO(content)) as file:
            while chunk := file.read(_CHUNK):
                out.write(chunk)
                if out.tell() > limit:
                    raise ReadError(f"{shown}: expands to more than {limit:,} bytes; decompress and split it")
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{shown}: broken gzip ({error}); fetch or compress it again") from None
    return out.getvalue()


def _require_text(content: bytes, shown: str) -> None:
    """Refuse images, archives and the like; a stray control character in a text is let through."""
    head = content[: limits().head_characters].decode("utf-8", "replace")
    if len(_CONTROL.findall(head)) > limits().control_share * len(head):
        raise ReadError(
            f"{shown}: not a text file; kg reads papers as text: BibTeX, RIS, CSV, JSON, XML and more"
        )


def _without_long_lines(content: bytes, shown: str) -> tuple[bytes, list[Notice]]:
    """The bytes with overlong lines emptied, so that no reader ever holds one."""
    limit = limits().line_bytes
    if len(content) <= limit:
        return content, []
    notices: list[Notice] = []
    kept = BytesIO()
    start, number = 0, 1
    while start <= len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        if end - start > limit:
            reason = f"line of {end - start:,} bytes, more than {limit:,}; left out"
            notices.append(Notice(Location(shown, number), Severity.REJECTED, reason))
            kept.write(b"\n")
        else:
            kept.write(content[start : end + 1])
        start, number = end + 1, number + 1
    return (kept.getvalue(), notices) if notices else (content, notices)


def _decode(content: bytes, shown: str) -> tuple[str, list[Notice]]:
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    lines = [_decode_line(line) for line in content.split(b"\n")]
    reason = "bytes that are not UTF-8, replaced by U+FFFD; save the file as UTF-8"
    notices = [
        Notice(Location(shown, number), Severity.WARNING, reason)
        for number, (_, whole) in enumerate(lines, start=1)
        if not whole
    ]
    return "\n".join(line for line, _ in lines), notices


def _decode_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace"), False
