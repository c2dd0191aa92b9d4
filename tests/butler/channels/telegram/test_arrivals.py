"""What updates say to Butler."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from butler.channels.telegram.arrivals import Arrival, Kind, read
from tests.butler.channels.telegram.updates import ALONE, ANA, BOT, FAMILY, ME, SENT, message, pressed, said, update


def _read(got: Update) -> Arrival:
    arrival = read(got, ME)
    assert arrival is not None
    return arrival


def _in_family(text: str | None, **more: Any) -> Arrival | None:
    return read(update(message=message(text, chat=FAMILY, **more)), ME)


def test_a_private_text_is_from_its_sender_in_their_own_chat() -> None:
    """Person and private chat have the same id; name and time are kept."""
    arrival = _read(said("turn on the light"))
    assert (arrival.kind, arrival.sender, arrival.chat) == (Kind.MESSAGE, "telegram:7", "telegram:7")
    assert (arrival.name, arrival.username, arrival.private) == ("Ana Lima", "ana", True)
    assert (arrival.text, arrival.sent_at) == ("turn on the light", datetime.fromtimestamp(SENT, UTC))


def test_an_update_read_again_from_what_was_kept_says_the_same() -> None:
    """What is stored is enough to deal with it after a restart."""
    reply = {**message("old", number=12), "from": BOT}
    got = update(message=message("apply", reply_to_message=reply))
    assert Update.de_json(got.to_dict()) is not None
    assert read(Update.de_json(got.to_dict()), ME) == read(got, ME)


def test_a_press_carries_its_button_and_what_to_answer() -> None:
    """The message it hangs under, the button's id and the query's id are kept."""
    arrival = _read(pressed("t9m0b1"))
    assert (arrival.kind, arrival.press, arrival.callback, arrival.message) == (Kind.PRESS, "t9m0b1", "900", 41)


def test_a_press_under_a_message_telegram_no_longer_shows_counts() -> None:
    """An old message is only a chat and a number."""
    old = {"message_id": 5, "date": 0, "chat": ALONE}
    got = update(callback_query={"id": "1", "from": ANA, "message": old, "chat_instance": "1", "data": "x"})
    assert (_read(got).press, _read(got).message) == ("x", 5)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@butler_bot turn on the light", "turn on the light"),
        ("@Butler_Bot, turn on the light", "turn on the light"),
        ("turn on the light @butler_bot", "turn on the light"),
        ("Butler, turn on the light", "Butler, turn on the light"),
        ("hey jeeves, good night", "hey jeeves, good night"),
        ("/help@butler_bot", "/help"),
        ("/help", "/help"),
    ],
)
def test_in_a_group_mention_name_and_own_commands_address_butler(text: str, heard: str) -> None:
    """The mention is taken out; a leading name is left to the conversation."""
    arrival = _in_family(text)
    assert arrival is not None
    assert (arrival.text, arrival.chat, arrival.private) == (heard, "telegram:-100200", False)


@pytest.mark.parametrize(
    "text",
    [
        "turn on the light",
        "the butler did it",
        "/help@other_bot",
        "/weather",
        "ask @butler_bot2",
        "butlers, all of them",
    ],
)
def test_what_a_group_says_among_itself_is_ignored(text: str) -> None:
    """Neither a word that holds the name nor another bot's command is meant for Butler."""
    assert _in_family(text) is None


def test_in_a_group_a_reply_to_butler_addresses_it_and_one_to_others_does_not() -> None:
    """A reply needs no name."""
    mine = {"message_id": 12, "date": SENT, "chat": FAMILY, "from": BOT, "text": "Which one?"}
    arrival = _in_family("the left one", reply_to_message=mine)
    assert arrival is not None
    assert arrival.reply == 12
    assert _in_family("the left one", reply_to_message={**mine, "from": {**ANA, "id": 8}}) is None


def test_a_topic_is_a_chat_of_its_own_whose_first_message_is_no_reply() -> None:
    """In a forum every message looks like a reply to the one that began the topic."""
    began = {"message_id": 3, "date": SENT, "chat": FAMILY, "from": BOT, "forum_topic_created": _TOPIC}
    topic = {"message_thread_id": 3, "is_topic_message": True, "reply_to_message": began}
    assert _in_family("turn it on", **topic) is None
    arrival = _in_family("Butler, turn it on", **topic)
    assert arrival is not None
    assert (arrival.chat, arrival.reply) == ("telegram:-100200/3", None)


_TOPIC = {"name": "Lights", "icon_color": 1}


def test_edits_and_forwarded_messages_are_told_apart() -> None:
    """Whoever deals with them must know."""
    edited = _read(update(edited_message=message("turn off the light", edit_date=SENT + 60)))
    assert (edited.edited, edited.sent_at) == (True, datetime.fromtimestamp(SENT + 60, UTC))
    origin = {"type": "hidden_user", "sender_user_name": "Zoe", "date": SENT}
    assert _read(update(message=message("open the door", forward_origin=origin))).forwarded


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Ana\u202e", "\u2066Lima", "Ana Lima"),
        ("A\u200bna\n\n/approve 1", "", "Ana /approve 1"),
        ("👩\u200d🌾 Ana", "", "👩\u200d🌾 Ana"),
        ("x" * 64, "y" * 64, "x" * 63 + "…"),
        ("\u200d\u202e", "", ""),
    ],
)
def test_a_name_is_kept_as_it_may_stand_in_a_sentence(first: str, last: str, shown: str) -> None:
    """What turns the writing around, breaks the line or is not seen would put words into another's mouth."""
    sender = {**ANA, "first_name": first, "last_name": last}
    assert _read(update(message={**message("hi"), "from": sender})).name == shown


def test_what_has_no_words_is_named() -> None:
    """A caption is not taken for a command; a recording can be fetched."""
    photo = [{"file_id": "p", "file_unique_id": "q", "width": 1, "height": 1}]
    picture = _read(update(message=message(photo=photo, caption="turn on the light")))
    assert (picture.medium, picture.text) == ("photo", None)
    voice = {"file_id": "v", "file_unique_id": "w", "duration": 3, "file_size": 900}
    note = _read(update(message=message(voice=voice)))
    assert note.medium == "voice"
    assert note.voice is not None
    assert (note.voice.file, note.voice.size, note.voice.seconds) == ("v", 900, 3.0)


@pytest.mark.parametrize(
    "content",
    [
        {"message": message(new_chat_title="x", chat=FAMILY)},
        {"message": {**message("hi"), "from": BOT}},
        {"message": message("Butler, hi", chat=FAMILY, sender_chat={"id": -5, "type": "channel", "title": "c"})},
        {"channel_post": message("Butler, hi", chat={"id": -5, "type": "channel", "title": "c"})},
        {},
    ],
)
def test_bots_channels_and_service_messages_are_ignored(content: dict[str, Any]) -> None:
    """They are nobody Butler talks with."""
    assert read(update(**content), ME) is None


def test_being_blocked_and_a_group_that_moves_are_noticed() -> None:
    """Both change where messages can go."""
    user = {"user": BOT}
    was, now = {**user, "status": "member"}, {**user, "status": "kicked", "until_date": 0}
    change = {"chat": ALONE, "from": ANA, "date": SENT, "old_chat_member": was, "new_chat_member": now}
    assert _read(update(my_chat_member=change)).kind is Kind.GONE
    back = {**change, "old_chat_member": now, "new_chat_member": was}
    assert read(update(my_chat_member=back), ME) is None
    moved = _read(update(message=message(chat={**FAMILY, "id": -9, "type": "group"}, migrate_to_chat_id=-100900)))
    assert (moved.kind, moved.chat, moved.moved_to) == (Kind.MOVED, "telegram:-9", "telegram:-100900")
