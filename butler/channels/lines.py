"""Lines of bytes from a stream, none of which may fill the memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LONGEST = 1_000_000  # bytes


@dataclass(frozen=True)
class Line:
    """One line without its end; of what is `too_long`, only the beginning is kept."""

    data: bytes
    too_long: bool = False


def lines_of(stream: BinaryIO, longest: int = LONGEST) -> Iterator[Line]:
    """Yield the lines of a stream up to its end; the last one may lack its newline."""
    while data := stream.readline(longest + 1):
        if data.endswith(b"\n"):
            yield Line(data[:-1])
        elif len(data) <= longest:
            yield Line(data)
        else:
            _skip(stream, longest)
            yield Line(data, too_long=True)


def _skip(stream: BinaryIO, longest: int) -> None:
    while (rest := stream.readline(longest)) and not rest.endswith(b"\n"):
        pass
