"""What passes between the server and a worker over their socket: a request one way, a reply the other.

A worker evaluates what strangers wrote, so its replies are read as plain data (a head in JSON, then the body
as it is); only the server's own requests are pickled. Each part is preceded by its length in bytes, unsigned,
in network order.
"""

from __future__ import annotations

import json
import pickle
import struct
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from kg.serve.reply import Reply

_REQUEST = struct.Struct("!Q")
_REPLY = struct.Struct("!IQ")
_LONGEST_HEAD = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker says after a job.

    Attributes:
        reply: for the client.
        retires: whether the worker ends now, since it has grown or is not to be trusted any more.
        trouble: the traceback of a job that failed, for the log; empty where all went well.
    """

    reply: Reply
    retires: bool = False
    trouble: str = ""


def pack_request(job: str, request: object) -> bytes:
    """A request as bytes.

    Example:
        >>> import io
        >>> read_request(io.BytesIO(pack_request("page", "topic/vision")))
        ('page', 'topic/vision')
    """
    content = pickle.dumps((job, request), pickle.HIGHEST_PROTOCOL)
    return _REQUEST.pack(len(content)) + content


def read_request(stream: BinaryIO) -> tuple[str, Any] | None:
    """The next request; None where the server has closed the socket."""
    start = stream.read(_REQUEST.size)
    if len(start) < _REQUEST.size:
        return None
    (length,) = _REQUEST.unpack(start)
    content = stream.read(length)
    if len(content) < length:
        return None
    job, request = pickle.loads(content)
    return job, request


def pack_outcome(outcome: Outcome) -> tuple[bytes, bytes]:
    """An outcome as two pieces to be sent one after the other; the second is the body, not copied."""
    reply = outcome.reply
    head = json.dumps(
        [reply.status, reply.media_type, reply.headers, outcome.retires, outcome.trouble]
    ).encode()
    return _REPLY.pack(len(head), len(reply.content)) + head, reply.content


class FrameError(Exception):
    """A worker sent what is no outcome, or one larger than allowed."""


@dataclass(slots=True)
class OutcomeReader:
    """Puts an outcome together from the pieces in which it arrives.

    Attributes:
        most: bytes that a body may have.

    Example:
        >>> reader = OutcomeReader(most=100)
        >>> start, body = pack_outcome(Outcome(Reply(200, "text/plain", b"yes")))
        >>> reader.feed(start) is None
        True
        >>> reader.feed(body).reply.content
        b'yes'
    """

    most: int
    _received: bytearray = field(default_factory=bytearray)

    def feed(self, piece: bytes) -> Outcome | None:
        """Take a piece; the outcome once it is whole.

        Raises:
            FrameError: where the pieces make no outcome.
        """
        self._received += piece
        if len(self._received) < _REPLY.size:
            return None
        head_length, length = _REPLY.unpack_from(self._received)
        if head_length > _LONGEST_HEAD or length > self.most:
            raise FrameError("a reply larger than allowed")
        body = _REPLY.size + head_length
        if len(self._received) < body + length:
            return None
        whole = memoryview(self._received)
        outcome = _outcome(bytes(whole[_REPLY.size : body]), bytes(whole[body:]))
        if len(outcome.reply.content) != length:
            raise FrameError("more bytes than were announced")
        self._received = bytearray()
        return outcome


def _outcome(head: bytes, content: bytes) -> Outcome:
    try:
        status, media_type, headers, retires, trouble = json.loads(head)
        fields = tuple((str(name), str(value)) for name, value in headers)
        reply = Reply(int(status), str(media_type), content, fields)
    except (TypeError, ValueError) as error:
        raise FrameError(f"no head of a reply: {error}") from None
    return Outcome(reply, bool(retires), str(trouble))
