"""`/stats`: the weeks in lines, with the curve where pictures can be shown."""

from __future__ import annotations

import base64

from store import inbox, outbox
from tests.acceptance.family import ADA, RIA, Family
from tests.butler.conversation.conftest import Chat


def test_an_admin_is_sent_the_curve(family: Family) -> None:
    """What was corrected was not right at the first try."""
    family.say("turn on the desk lamp", RIA)
    family.say("turn on the kitchen light", RIA)
    family.say("no, I meant the bedroom light", RIA)
    told = family.say("/stats", ADA)
    assert "2026-W47 (from 16 Nov): 2 turns, 50% right at the first try, 1 corrected, 0 fell back" in told
    (message,) = family.messages
    assert message.file
    assert (message.file.mime, message.file.content[:4]) == ("image/png", b"\x89PNG")


def test_it_goes_out_as_a_picture_and_is_not_kept(family: Family) -> None:
    store = family.app.store
    family.say("turn on the desk lamp", RIA)
    person = family.app.member(ADA)
    assert person
    inbox.receive(store, 1, sender=ADA, chat=ADA, message=5, payload="{}", at=family.clock.now())
    family.app.handle(person, ADA, text="/stats", receipt=1)
    (row,) = outbox.due(store, "telegram", family.clock.now())
    assert row.kind == "photo"
    assert row.forget
    assert base64.b64decode(row.payload["file"]["base64"]).startswith(b"\x89PNG")


def test_in_a_terminal_it_says_how_to_draw_it(chat: Chat) -> None:
    chat.say("turn on the desk lamp")
    told = chat.say("/stats", who="adm")
    assert "1 turn, 100% right at the first try" in told
    assert "butler stats --png" in told
    assert chat.last.messages[0].file is None


def test_with_no_turns_there_is_nothing_to_count(chat: Chat) -> None:
    assert "nothing to count" in chat.say("/stats", who="adm")
