"""What is on its way to somebody who leaves, and the goodbye."""

import pytest

from store import LearningWriter, Store, erasing, inbox, outbox
from tests.store.conftest import NOW
from tests.store.leaving_scene import ANA, BOB, erase, live_in, roll_back_own


@pytest.fixture
def lived_in(store: Store, writer: LearningWriter) -> Store:
    """Return a store in which two people lived."""
    return live_in(store, writer)


def test_what_waits_for_them_is_not_sent(lived_in: Store, writer: LearningWriter) -> None:
    """Of the messages that waited only Bob's is due; updates of theirs are done with."""
    erase(lived_in, writer)
    assert [row.user for row in outbox.due(lived_in, "telegram", NOW)] == [BOB]
    assert [row.sender for row in inbox.waiting(lived_in)] == [BOB]


def test_a_message_on_its_way_is_forgotten_when_it_has_arrived(lived_in: Store, writer: LearningWriter) -> None:
    """The sender ends it as always; then its text and chat are gone."""
    (first, *_) = outbox.due(lived_in, "telegram", NOW)
    outbox.claim(lived_in, first.id, NOW)
    erase(lived_in, writer)
    assert outbox.sent(lived_in, first.id, 9, NOW)
    found = outbox.get(lived_in, first.id)
    assert found is not None
    assert (found.payload, found.chat, found.user, found.external_id) == ({}, "", "person-1", None)


def test_a_goodbye_joins_the_transaction(lived_in: Store, writer: LearningWriter) -> None:
    """Added after the erasing in the same transaction, it is sent, and then forgotten too."""
    name = erasing.begin(lived_in, ANA, at=NOW)
    roll_back_own(lived_in, writer)
    writer.erase(ANA, name)
    with lived_in.atomic():
        erasing.erase(lived_in, ANA, name)
        goodbye = outbox.Outgoing("telegram", ANA, name, {"text": "Goodbye."}, NOW, NOW, forget=True)
        number = outbox.add(lived_in, goodbye)
    due = outbox.due(lived_in, "telegram", NOW)
    assert [(row.chat, row.payload) for row in due if row.id == number] == [(ANA, {"text": "Goodbye."})]
    outbox.claim(lived_in, number, NOW)
    outbox.sent(lived_in, number, 3, NOW)
    assert erasing.scrub(lived_in)
    assert ANA.encode() not in b"".join(path.read_bytes() for path in lived_in.path.parent.iterdir())
