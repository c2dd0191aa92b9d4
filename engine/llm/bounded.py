"""How much a server may send in one answer: whoever reads it would else take in all that comes, to the last byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import httpx

LARGEST_ANSWER = 4_000_000
"""Bytes: far more than any answer that is asked for, or than a list of models."""


class TooMuchError(ValueError):
    """A server sends more than anybody asked for, or sends it packed, so that its size is not known."""


class Bounded(httpx.SyncByteStream):
    """The bytes of an answer, up to the most there may be; then a TooMuchError."""

    def __init__(self, stream: httpx.SyncByteStream, most: int) -> None:
        self._stream, self._left = stream, most

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise TooMuchError
            yield part

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()


def bound(response: httpx.Response) -> None:
    """Have an answer that has just begun raise a TooMuchError where it grows beyond all measure."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise TooMuchError
    response.stream = Bounded(cast("httpx.SyncByteStream", response.stream), LARGEST_ANSWER)
