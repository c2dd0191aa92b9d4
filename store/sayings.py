"""What one person wrote, and what everybody else did: sentences, to tell whose a quoted one is."""

from __future__ import annotations

from store.database import Store
from store.own_words import OwnWords

_SAID = (
    "SELECT text FROM turns WHERE user {is_} ? AND text IS NOT NULL UNION "
    "SELECT utterance FROM improvement_signals WHERE speaker_id {is_} ?"
)


def of_person(store: Store, user: str) -> OwnWords:
    """Return the sentences a person wrote."""
    return OwnWords.of(row[0] for row in store.database.fetch(_SAID.format(is_="="), (user, user)))


def of_others(store: Store, user: str) -> OwnWords:
    """Return the sentences that anybody but this person wrote."""
    return OwnWords.of(row[0] for row in store.database.fetch(_SAID.format(is_="<>"), (user, user)))
