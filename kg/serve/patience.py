"""HTTP connections with an end to patience: slow senders and clients that read no answer are cut off.

uvicorn waits for ever for the rest of a request's head, and for a client to read; a handful of such clients
(https://en.wikipedia.org/wiki/Slowloris_(cyber_attack)) would hold every connection.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.web import web


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 over llhttp, with a clock on the head of each request and on each answer, and an end to heads."""

    _in_head = False
    _head = 0  # bytes of the head under way

    _waiting: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock: the head of the first request."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Stop the clock once the head is whole; start it where a further request begins."""
        super().data_received(data)
        self._head += len(data) if self._in_head else 0
        if self._head > web().connections.head_kib * 1024 and not self.transport.is_closing():
            self.send_400_response("the head of the request is too long")
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._waiting is None and not self.transport.is_closing():
            self._await_head()

    def on_message_begin(self) -> None:
        """Start to count."""
        self._in_head, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self._stop_waiting()
        self._stop_stalled()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Start the clock: the client does not read."""
        super().pause_writing()
        self._stalled = self.loop.call_later(web().connections.stall_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the clock: it reads on."""
        self._stop_stalled()
        super().resume_writing()

    def _await_head(self) -> None:
        self._waiting = self.loop.call_later(web().connections.head_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _stop_stalled(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
