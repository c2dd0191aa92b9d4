"""Telling the admins what the watch took back by itself, and on what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from butler.conversation.improvement_words import change_words
from butler.conversation.notices import automatic_rollback
from butler.conversation.phrasing import joined
from butler.conversation.turn import Notify
from engine.api import Engine
from engine.learning.taken_back import TakenBack
from engine.understanding.snapshot import Snapshot
from store import improvements
from store.database import Store


@dataclass(frozen=True)
class Teller:
    """Tells the admins, once, of everything that was taken back."""

    engine: Engine
    store: Store
    notify: Notify

    def tell(self, taken: Sequence[TakenBack], snapshot: Snapshot, at: datetime) -> None:
        """Put the notices up."""
        if not taken:
            return
        with self.store.atomic():
            for one in taken:
                self.notify(automatic_rollback(taken_back_text(self.store, snapshot, one)), at)
            self.engine.told(taken)


def taken_back_text(store: Store, snapshot: Snapshot, taken: TakenBack) -> str:
    """Return the notice on one rollback, with the turns that speak for it."""
    numbers = joined(f"#{number}" for number in taken.numbers)
    rows = [improvements.get(store, number) for number in taken.numbers]
    words = joined(filter(None, (change_words(store, snapshot, row.proposed_value) for row in rows if row)))
    was = "it" if len(taken.numbers) == 1 else "they"
    lines = [f"I took back {numbers}{f', that {words}' if words else ''}: {was} did harm. Nothing else changed."]
    lines += [f"· {line}" for line in taken.evidence]
    lines.append(f"/improvement {taken.numbers[0]} tells all about it.")
    return "\n".join(lines)
