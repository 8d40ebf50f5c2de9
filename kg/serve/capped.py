"""A buffer that takes so much and no more."""

from __future__ import annotations

from io import BytesIO


class TooLargeError(Exception):
    """What was written is more than the buffer may hold."""


class Capped(BytesIO):
    """Bytes in memory, up to a limit.

    Args:
        most: how many bytes it holds at most.

    Example:
        >>> buffer = Capped(3)
        >>> buffer.write(b"abc")
        3
        >>> buffer.write(b"d")
        Traceback (most recent call last):
        kg.serve.capped.TooLargeError: more than 3 bytes
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, content: bytes, /) -> int:  # type: ignore[override]
        """Append bytes.

        Raises:
            TooLargeError: where they do not fit.
        """
        if self.tell() + len(content) > self.most:
            raise TooLargeError(f"more than {self.most} bytes")
        return super().write(content)
