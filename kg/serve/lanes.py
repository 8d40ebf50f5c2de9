"""Lanes of workers: who is free, who waits, in the order of arrival."""

from __future__ import annotations

import asyncio
from collections import deque
from enum import Enum
from typing import Generic, Protocol, TypeVar


class Lane(Enum):
    """Whose requests a worker serves; those of one lane never wait for the other."""

    QUERY = "query"  # strangers' SPARQL, of any length
    PAGE = "page"  # pages, search and what else is made of short queries of ours


class LineFullError(Exception):
    """As many wait as may wait."""


class _Mortal(Protocol):
    @property
    def alive(self) -> bool: ...


W = TypeVar("W", bound=_Mortal)


class Line(Generic[W]):
    """The workers of one lane that are free, and the requests that wait for one.

    Args:
        most: requests that may wait.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._free: list[W] = []
        self._waiting: deque[asyncio.Future[W]] = deque()

    def offer(self, worker: W) -> None:
        """A worker is free: it goes to who has waited longest."""
        while self._waiting:
            first = self._waiting.popleft()
            if not first.done():
                first.set_result(worker)
                return
        self._free = [other for other in self._free if other.alive]
        self._free.append(worker)

    async def take(self, seconds: float) -> W:
        """A free worker.

        Args:
            seconds: to wait for one.

        Raises:
            LineFullError: where too many wait already.
            TimeoutError: where none became free in time.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            worker = self._free.pop() if self._free else await self._wait(deadline)
            if worker.alive:
                return worker

    async def _wait(self, deadline: float) -> W:
        if len(self._waiting) >= self._most:
            raise LineFullError
        place: asyncio.Future[W] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout_at(deadline):
                return await place
        except BaseException:
            if place.done() and not place.cancelled():  # the worker came in the moment of leaving
                self.offer(place.result())
            raise
        finally:
            if place in self._waiting:
                self._waiting.remove(place)
