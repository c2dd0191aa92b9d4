"""The head: which knowledge is in force."""

from __future__ import annotations

from dataclasses import dataclass

from store.database import Store
from store.models import HeadRow


@dataclass(frozen=True)
class Head:
    """Which knowledge is in force: its version, its digest ('' before the first), the highest improvement ever live."""

    version: int
    digest: str
    high_water: int


def head(store: Store) -> Head:
    """Return the head as it is now; another process may have moved it."""
    row = store.model(HeadRow).get()
    return Head(row.version, row.digest, row.high_water)
