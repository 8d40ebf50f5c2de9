"""What a job gives back, ready to be sent over HTTP."""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a request.

    Attributes:
        status: the HTTP status code.
        media_type: of the content, with its charset where it is text.
        content: the body, whole.
        headers: further header fields, names in lower case.
    """

    status: int
    media_type: str
    content: bytes
    headers: tuple[tuple[str, str], ...] = ()


def refusal(status: int, line: str) -> Reply:
    """A line in plain text that says what is wrong and what to change.

    Example:
        >>> refusal(400, "no query").content
        b'no query\\n'
    """
    return Reply(status, PLAIN, f"{line}\n".encode())
