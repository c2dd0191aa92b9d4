"""The head: which knowledge is in force."""

from __future__ import annotations

from dataclasses import dataclass

from store.database import Store

HEAD_SQL = "SELECT version, digest, high_water FROM head"


@dataclass(frozen=True)
class Head:
    """Which knowledge is in force: its version, its digest ('' before the first), the highest improvement ever live."""

    version: int
    digest: str
    high_water: int


@dataclass(frozen=True)
class ExpectedHead:
    """The head a change was tested over; without a version, the digest alone has to be the same."""

    digest: str
    version: int | None = None


def head(store: Store) -> Head:
    """Return the head as it is now; another process may have moved it."""
    return Head(*store.database.fetch(HEAD_SQL)[0])
