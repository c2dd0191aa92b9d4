"""What people do reaches the bot as on Telegram."""

from __future__ import annotations

import time
from typing import Any

import pytest

from . import TelegramServer, User
from .conftest import Http

BUTTONS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


def newest(http: Http) -> dict[str, Any]:
    """Return the update that came last."""
    update: dict[str, Any] = http.done("getUpdates", offset=-1)[0]
    return update


def test_private_messages_share_one_counter_and_groups_have_their_own(server: TelegramServer, ana: User) -> None:
    """Message numbers are unique over private chats and small groups, and start anew in a supergroup."""
    ben = server.user(8, "Ben")
    small = server.group(-5, "Small", [ana])
    big = server.group(-1_000_000_000_005, "Big", [ana])
    assert [ana.says("a"), ben.says("b"), small.says(ana, "c"), big.says(ana, "d")] == [1, 2, 3, 1]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("lights on", False),
        ("/help", True),
        ("/help@butler_bot", True),
        ("/help@other_bot", False),
        ("please @Butler_bot, light", True),
    ],
)
def test_privacy_mode_hides_what_is_not_for_the_bot(http: Http, ana: User, text: str, seen: bool) -> None:
    """Commands and mentions are seen, other talk is not."""
    group = http.server.group(-5, "Home", [ana])
    group.says(ana, text)
    assert http.server.pending == seen


def test_a_reply_to_the_bot_is_seen_and_shows_what_it_answers(http: Http, ana: User) -> None:
    """The message that is answered is shown without the one it answers itself."""
    group = http.server.group(-5, "Home", [ana])
    first = group.says(ana, "/x")
    asked = http.done("sendMessage", chat_id=-5, text="Which?", reply_parameters={"message_id": first})
    assert asked["reply_to_message"]["text"] == "/x"
    group.says(ana, "that", reply_to=asked["message_id"])
    answered = newest(http)["message"]["reply_to_message"]
    assert (answered["text"], "reply_to_message" in answered) == ("Which?", False)


def test_a_group_without_privacy_tells_all(server: TelegramServer, ana: User) -> None:
    """A bot whose privacy mode is off sees everything."""
    server.group(-5, "Home", [ana], privacy=False).says(ana, "lights on")
    assert server.pending == 1


def test_topics_are_told_and_written_to(http: Http, ana: User) -> None:
    """Messages in a forum carry their topic."""
    forum = http.server.group(-1_000_000_000_005, "Home", [ana], threads=[3])
    forum.says(ana, "/x", thread=3)
    assert newest(http)["message"]["message_thread_id"] == 3
    assert http.done("sendMessage", chat_id=forum.id, text="x", message_thread_id=3)["is_topic_message"]


def test_edits_forwards_and_old_messages_are_marked(http: Http, ana: User) -> None:
    """The bot can tell when a message was written, changed, and by whom."""
    number = ana.says("old", ago=3600)
    assert newest(http)["message"]["date"] < time.time() - 3000
    ana.edits(number, "new")
    edited = newest(http)["edited_message"]
    assert (edited["text"], "edit_date" in edited) == ("new", True)
    ana.says("x", forwarded_from="Somebody")
    assert newest(http)["message"]["forward_origin"]["sender_user_name"] == "Somebody"


def test_commands_are_marked_in_utf16_units(http: Http, ana: User) -> None:
    """Entities of incoming texts count as Telegram counts."""
    ana.says("😀 /help")
    assert newest(http)["message"]["entities"] == [{"type": "bot_command", "offset": 3, "length": 5}]


def test_a_press_carries_the_message_as_it_is_now(http: Http, server: TelegramServer, ana: User) -> None:
    """Only shown buttons can be pressed, except by a client that still shows the old ones."""
    sent = http.done("sendMessage", chat_id=7, text="Sure?", reply_markup=BUTTONS)["message_id"]
    ana.presses(sent, "No")
    query = newest(http)["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("n", "Sure?")
    http.done("editMessageText", chat_id=7, message_id=sent, text="Done.")
    assert server.message(ana, sent).keyboard == []
    assert server.message(ana, sent).edits == (("Sure?", [[("Yes", "y"), ("No", "n")]]),)
    with pytest.raises(LookupError, match="no button 'Yes'"):
        ana.presses(sent, "Yes")
    ana.presses(sent, "Yes", stale=True)
    assert newest(http)["callback_query"]["message"]["text"] == "Done."
    http.done("deleteMessage", chat_id=7, message_id=sent)
    ana.presses(sent, data="y")
    assert newest(http)["callback_query"]["message"]["date"] == 0
    assert ana.messages == []


def test_blocking_and_groups_are_told(http: Http, server: TelegramServer, ana: User) -> None:
    """The bot hears that it was blocked, thrown out, moved, and who came."""
    ana.blocks_bot()
    assert newest(http)["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    group = server.group(-5, "Home", [ana])
    group.adds(server.user(8, "Ben"))
    assert newest(http)["message"]["new_chat_members"][0]["first_name"] == "Ben"
    assert http.done("getChatMember", chat_id=-5, user_id=8)["status"] == "member"
    group.migrates(-1_000_000_000_009)
    assert newest(http)["message"]["migrate_from_chat_id"] == -5


def test_waiting_tells_what_came_instead(http: Http, server: TelegramServer, ana: User) -> None:
    """A wait that fails shows the talk and the calls."""
    ana.says("hello")
    http.done("sendMessage", chat_id=7, text="Good day.")
    assert server.wait_for(chat=ana, text="good").text == "Good day."
    with pytest.raises(AssertionError, match=r"(?s)no message of the bot with 'evening'.*Ana: hello.*sendMessage"):
        server.wait_for(text="evening", timeout=0.05)


def test_drafts_reactions_and_actions_are_kept(http: Http, server: TelegramServer, ana: User) -> None:
    """What leaves no message can be seen too."""
    number = ana.says("thanks")
    http.done("sendChatAction", chat_id=7, action="typing")
    http.done("sendMessageDraft", chat_id=7, draft_id=1, text="Thin")
    http.done("setMessageReaction", chat_id=7, message_id=number, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert [action for _, action in server.actions(ana)] == ["typing"]
    assert server.state.chats[7].drafts == ["Thin"]
    assert server.message(ana, number).reaction == ("👍",)
