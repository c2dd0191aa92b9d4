"""Finding what was said before in the same words, whatever their case."""

from typing import Any


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001  # the runner's signature
    """Add the index of words."""
    db.execute_sql("CREATE INDEX turns_words ON turns (lower(text), number) WHERE interpretation IS NOT NULL")
