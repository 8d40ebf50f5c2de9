"""How much one client may ask: so many requests a minute, so many at once.

The minute is a token bucket (https://en.wikipedia.org/wiki/Token_bucket) that holds a minute's requests.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class TooManyError(Exception):
    """A client asks too much; the message is a line for it.

    Attributes:
        wait: seconds until it may ask again.
    """

    def __init__(self, line: str, wait: int) -> None:
        super().__init__(line)
        self.wait = wait


@dataclass(slots=True)
class _Account:
    """What a client has left, and when that was reckoned."""

    left: float
    at: float
    working: int = 0


class Clients:
    """The accounts of the clients; the longest unseen are forgotten.

    Args:
        per_minute: requests a minute of one client; 0 for any number.
        at_once: requests of one client under way; 0 for any number.
        remembered: accounts that are kept.

    Example:
        >>> clients = Clients(per_minute=1, at_once=0, remembered=10)
        >>> with clients.admitted("10.0.0.1", now=0.0):
        ...     pass
        >>> with clients.admitted("10.0.0.1", now=1.0):
        ...     pass
        Traceback (most recent call last):
        kg.serve.clients.TooManyError: more than 1 requests a minute; wait 59 s
    """

    def __init__(self, per_minute: int, at_once: int, remembered: int) -> None:
        self._per_minute = per_minute
        self._at_once = at_once
        self._remembered = remembered
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    @contextmanager
    def admitted(self, client: str, now: float) -> Iterator[None]:
        """Count one request of a client while it is under way.

        Args:
            client: its address.
            now: seconds of a clock that never goes back.

        Raises:
            TooManyError: where it asks too much.
        """
        if not (self._per_minute or self._at_once):
            yield
            return
        account = self._account(client, now)
        if self._at_once and account.working >= self._at_once:
            raise TooManyError(f"more than {self._at_once} requests at once; wait for the answers", 1)
        if self._per_minute:
            self._charge(account)
        account.working += 1
        try:
            yield
        finally:
            account.working -= 1

    def _account(self, client: str, now: float) -> _Account:
        account = self._accounts.setdefault(client, _Account(self._per_minute, now))
        self._accounts.move_to_end(client)
        earned = (now - account.at) * self._per_minute / 60
        account.left, account.at = min(self._per_minute, account.left + earned), now
        while len(self._accounts) > self._remembered:
            self._accounts.popitem(last=False)
        return account

    def _charge(self, account: _Account) -> None:
        if account.left < 1:
            wait = max(1, round((1 - account.left) * 60 / self._per_minute))
            raise TooManyError(f"more than {self._per_minute} requests a minute; wait {wait} s", wait)
        account.left -= 1
