"""A fresh store, its learning writer, and a household's moment in time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import Head, LearningWriter, NewRow, Proposal, Store, head, open_store

NOW = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)
LAMP = NewRow("alias", "big bertha", {"target": "light.floor_lamp"})


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    """Where the fresh store lies."""
    return tmp_path / "butler.db"


@pytest.fixture
def store(db_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with open_store(db_path) as opened:
        yield opened


@pytest.fixture
def writer(store: Store) -> Iterator[LearningWriter]:
    """Open the learning writer of the store."""
    opened = LearningWriter(store)
    yield opened
    opened.close()


def proposed(writer: LearningWriter, **changes: object) -> int:
    """Propose an alias and return its number."""
    values: dict[str, object] = {
        "improvement_type": "alias",
        "tier": 1,
        "target": "light.floor_lamp",
        "proposed_value": {"alias": "big bertha"},
        "submitted_by": "ana",
    }
    return writer.propose(Proposal(**{**values, **changes}), actor="ana", at=NOW)  # type: ignore[arg-type]


def approved(writer: LearningWriter) -> int:
    """Bring an improvement to the brink of deployment and return its number."""
    number = proposed(writer)
    writer.record_test(number, passed=True, results={"accuracy": 1.0}, at=NOW)
    writer.approve(number, actor="system", at=NOW)
    return number


def deployed(writer: LearningWriter, store: Store, *rows: NewRow, digest: str | None = None) -> int:
    """Deploy rows (the lamp's when none are given) and return the improvement's number."""
    number = approved(writer)
    before = head(store).digest
    after = digest or f"{before}+{number}"
    writer.deploy(number, rows or (LAMP,), expected_head_digest=before, new_digest=after, actor="system", at=NOW)
    return number


def moving(step: Callable[..., Head], number: int, store: Store, digest: str, **more: object) -> Head:
    """Roll back or redo from the head as it is now."""
    return step(number, expected_head_digest=head(store).digest, new_digest=digest, actor="ana", at=NOW, **more)
