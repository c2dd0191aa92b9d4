"""Every call the official server refuses is refused in its words."""

from __future__ import annotations

from typing import Any

import pytest

from . import TelegramServer, User
from .conftest import TOKEN, Http

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Yes", **button}]]}


TEXTS = [
    ({"text": ""}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "é" * 16385}, "text is too long"),
    ({"text": "x", "parse_mode": "rtf"}, "unsupported parse_mode"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": 8}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "message_thread_id": 3}, "message thread not found"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": "nonsense"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
    (
        {"text": "x", "reply_markup": keyboard()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "reply_markup": keyboard(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": keyboard(url="http://localhost")},
        "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
    ),
]


@pytest.mark.parametrize(("params", "problem"), TEXTS, ids=range(len(TEXTS)))
def test_a_wrong_message_is_refused(http: Http, ana: User, params: dict[str, Any], problem: str) -> None:
    """A wrong text is refused in the official words, nothing is sent, and the server notes it."""
    assert http.refused("sendMessage", **{"chat_id": ana.id, **params}) == f"Bad Request: {problem}"
    assert ana.messages == []
    assert http.server.violations[-1].description == f"Bad Request: {problem}"


@pytest.mark.parametrize("size", [64, 4096])
def test_texts_at_the_limits_pass(http: Http, ana: User, size: int) -> None:
    """4096 characters and 64 bytes of callback data are still allowed."""
    http.done("sendMessage", chat_id=ana.id, text="😀" * size, reply_markup=keyboard(callback_data="x" * 64))
    assert len(ana.messages[0].text) == size
    assert http.server.violations == []


def test_a_wrong_edit_is_refused(http: Http, ana: User) -> None:
    """Edits are refused for messages that are gone, foreign, without text, unchanged, too long or wrongly marked up."""
    own, sent = ana.says("mine"), http.done("sendMessage", chat_id=ana.id, text="here")["message_id"]
    where = {"chat_id": ana.id, "message_id": sent}
    assert http.refused("editMessageText", chat_id=ana.id, message_id=99, text="x").endswith(
        "message to edit not found"
    )
    assert http.refused("editMessageText", chat_id=ana.id, message_id=own, text="x").endswith("message can't be edited")
    assert http.refused("editMessageText", **where, text="here") == NOT_MODIFIED
    assert http.refused("editMessageReplyMarkup", **where) == NOT_MODIFIED
    assert http.refused("editMessageText", **where, text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    asked = {"force_reply": True}
    assert http.refused("editMessageText", **where, text="x", reply_markup=asked).endswith("inline keyboard expected")
    document = upload(http, "sendDocument", "document", b"abc", chat_id=ana.id)["result"]["message_id"]
    problem = http.refused("editMessageText", chat_id=ana.id, message_id=document, text="x")
    assert problem.endswith("there is no text in the message to edit")
    problem = http.refused("editMessageCaption", chat_id=ana.id, message_id=document, caption="x" * 1025)
    assert problem.endswith("message caption is too long")


def upload(http: Http, method: str, name: str, content: bytes, **data: Any) -> dict[str, Any]:
    url = f"{http.server.base_url}/bot{TOKEN}/{method}"
    response = http.client.post(url, data=data, files={name: ("file.png", content)})
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (PNG + (9000).to_bytes(4, "big") + (2000).to_bytes(4, "big"), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (b"x" * (10 * 1024 * 1024 + 1), "Request Entity Too Large"),
    ],
    ids=["no image", "dimensions", "size"],
)
def test_a_wrong_photo_is_refused(http: Http, ana: User, content: bytes, problem: str) -> None:
    """A photo must be a picture, of at most 10 MB and 10000 pixels of width and height together."""
    assert upload(http, "sendPhoto", "photo", content, chat_id=ana.id)["description"] == problem


def test_a_photo_and_an_attached_document_arrive(http: Http, ana: User) -> None:
    """Files come directly or as attach://name."""
    assert upload(http, "sendPhoto", "photo", PNG + (8).to_bytes(4, "big") * 2, chat_id=ana.id, caption="hi")["ok"]
    assert upload(http, "sendDocument", "part", b"abc", chat_id=ana.id, document="attach://part")["ok"]
    photo, document = ana.messages
    assert (photo.kind, photo.text) == ("photo", "hi")
    assert document.file is not None
    assert document.file.content == b"abc"
    assert http.server.violations == []


def test_chats_the_bot_may_not_write_to(http: Http, server: TelegramServer, ana: User) -> None:
    """Blocked, kicked, never started and migrated chats each have their answer."""
    group = server.group(-1_000_000_000_005, "Home", [ana])
    small = server.group(-5, "Small", [ana])
    stranger = server.user(9, "Sam", started=False)
    ana.blocks_bot()
    group.kicks_bot(ana)
    small.migrates(-1_000_000_000_006)
    said = "Forbidden: bot was blocked by the user"
    assert http.refused("sendMessage", chat_id=ana.id, text="x") == said
    said = "Forbidden: bot was kicked from the supergroup chat"
    assert http.refused("sendMessage", chat_id=group.id, text="x") == said
    assert http.refused("sendMessage", chat_id=stranger.id, text="x") == "Bad Request: chat not found"
    moved = http.ask("sendMessage", chat_id=small.id, text="x")
    assert moved["parameters"] == {"migrate_to_chat_id": -1_000_000_000_006}
    ana.unblocks_bot()
    assert http.done("sendMessage", chat_id=ana.id, text="x")


def test_presses_actions_and_files(http: Http, server: TelegramServer, ana: User) -> None:
    """Answers to unknown or old presses, long answers, unknown actions, unknown and big files are refused."""
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    sent = http.done("sendMessage", chat_id=ana.id, text="?", reply_markup=keyboard(callback_data="1"))
    press = ana.presses(sent["message_id"], "Yes")
    assert http.refused("answerCallbackQuery", callback_query_id="1") == late
    assert http.refused("answerCallbackQuery", callback_query_id=press, text="x" * 201).endswith(": MESSAGE_TOO_LONG")
    assert http.done("answerCallbackQuery", callback_query_id=press, text="fine") is True
    assert ana.answer_to(press) == {"text": "fine"}
    assert http.refused("answerCallbackQuery", callback_query_id=press) == late
    server.state.callback_lifetime = -1
    assert http.refused("answerCallbackQuery", callback_query_id=ana.presses(sent["message_id"], "Yes")) == late
    action = http.refused("sendChatAction", chat_id=ana.id, action="dancing")
    assert action == "Bad Request: wrong parameter action in request"
    unknown = http.refused("getFile", file_id="x")
    assert unknown == "Bad Request: wrong file_id or the file is temporarily unavailable"
    ana.sends_voice(b"x", size=20 * 1024 * 1024 + 1)
    assert http.refused("getFile", file_id=next(iter(server.state.files))) == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("commands", "problem"),
    [
        ([{"command": "Help", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "command description must be non-empty"),
        ([{"command": "help", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
    ids=["case", "length", "description", "number"],
)
def test_a_wrong_menu_is_refused(http: Http, commands: list[dict[str, str]], problem: str) -> None:
    """Menus have at most 100 commands of lower-case letters, digits and underscores, each described."""
    assert http.refused("setMyCommands", commands=commands) == f"Bad Request: {problem}"


def test_menus_are_kept_by_scope(http: Http, server: TelegramServer, ana: User) -> None:
    """Each scope has its own menu, which can be read and deleted."""
    help_, undo = ({"command": name, "description": name} for name in ("help", "undo"))
    scope = {"type": "chat", "chat_id": ana.id}
    http.done("setMyCommands", commands=[help_])
    http.done("setMyCommands", commands=[help_, undo], scope=scope)
    assert (server.menu(), server.menu("chat", ana)) == (["help"], ["help", "undo"])
    assert http.done("getMyCommands", scope=scope) == [help_, undo]
    http.done("deleteMyCommands", scope=scope)
    assert server.menu("chat", ana) == []


def test_wrong_addresses(http: Http, server: TelegramServer) -> None:
    """A wrong token, an unknown method and one that is not modelled differ."""
    wrong = http.client.get(f"{server.base_url}/bot1:x/getMe")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert http.refused("getMoney") == "Not Found: method not found"
    assert http.ask("sendPoll")["error_code"] == 501
    assert http.ask("GETME")["ok"]


@pytest.mark.parametrize("form", ["query", "urlencoded", "json"])
def test_parameters_come_in_every_form(http: Http, ana: User, form: str) -> None:
    """Query, form and JSON bodies say the same; nested values may be JSON strings."""
    url = f"{http.server.base_url}/bot{TOKEN}/sendMessage"
    params = {"chat_id": "7", "text": "x", "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'}
    carried: dict[str, Any] = {"query": {"params": params}, "urlencoded": {"data": params}, "json": {"json": params}}
    assert http.client.post(url, **carried[form]).json()["ok"]
    assert ana.messages[0].keyboard == [[("a", "b")]]


def test_unknown_parameters_are_noted_though_not_refused(http: Http, ana: User) -> None:
    """The official server passes over what it does not know; a test should not."""
    http.done("sendMessage", chat_id=ana.id, text="x", colour="red")
    assert [v.description for v in http.server.violations] == ["unknown parameter colour"]
