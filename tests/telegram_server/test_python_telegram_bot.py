"""The library the bot is built on finds everything it expects."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Updater

from . import TelegramServer, User
from .conftest import TOKEN

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


def with_bot(server: TelegramServer, work: Callable[[Bot], Awaitable[None]]) -> None:
    """Run something with a bot of the library."""

    async def run() -> None:
        async with bot_of(server) as bot:
            await work(bot)

    asyncio.run(run())


def bot_of(server: TelegramServer) -> Bot:
    return Bot(TOKEN, base_url=f"{server.base_url}/bot", base_file_url=f"{server.base_url}/file/bot")


def test_a_conversation_with_files_and_buttons(server: TelegramServer, ana: User) -> None:
    """Messages, files, edits, presses, menus and chats survive the library's own reading."""

    async def work(bot: Bot) -> None:
        assert bot.username == "butler_bot"
        sent = await bot.send_message(7, "<b>Sure?</b>", parse_mode="HTML", reply_markup=YES)
        assert sent.entities[0].length == 5
        press = await asyncio.to_thread(ana.presses, sent.message_id, "Yes")
        (update,) = await bot.get_updates(timeout=5)
        assert update.callback_query is not None
        await update.callback_query.answer("Right away.")
        assert ana.answer_to(press) == {"text": "Right away."}
        await update.callback_query.edit_message_text("Done.")
        await bot.send_document(7, b"abc", filename="data.txt", caption="Yours", reply_to_message_id=sent.message_id)
        ana.sends_voice(b"OggS")
        (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert update.message is not None
        assert update.message.voice is not None
        file = await update.message.voice.get_file()
        assert bytes(await file.download_as_bytearray()) == b"OggS"
        await bot.set_my_commands([BotCommand("help", "Help")], scope=BotCommandScopeChat(7))
        assert (await bot.get_chat(7)).username == "ana_h"
        assert (await bot.get_chat_member(7, 7)).user.first_name == "Ana"

    with_bot(server, work)
    assert [message.text for message in ana.messages] == ["Done.", "Yours", ""]
    assert server.menu("chat", ana) == ["help"]
    assert server.violations == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "status", "status": 502}, NetworkError),
        ({"kind": "reset"}, NetworkError),
        ({"kind": "lost"}, NetworkError),
        ({"kind": "refused", "status": 403, "description": "bot was blocked by the user"}, Forbidden),
        ({"kind": "refused", "status": 400, "description": "chat not found"}, BadRequest),
        ({"kind": "flood", "retry_after": 3}, RetryAfter),
    ],
    ids=lambda value: value.get("kind") if isinstance(value, dict) else value.__name__,
)
@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
def test_troubles_become_the_errors_of_the_library(
    server: TelegramServer, ana: User, fault: dict[str, Any], error: type[Exception]
) -> None:
    """Each fault is seen by the library as its real counterpart."""

    async def work(bot: Bot) -> None:
        server.fail("sendMessage", **fault)
        with pytest.raises(error):
            await bot.send_message(7, "x")

    with_bot(server, work)


def test_a_wrong_token_ends_the_start(server: TelegramServer) -> None:
    """The library takes 401 for an invalid token."""

    async def start() -> None:
        bot = Bot("1:x", base_url=f"{server.base_url}/bot")
        with pytest.raises(InvalidToken):
            await bot.initialize()
        await bot.shutdown()

    asyncio.run(start())


def test_the_updater_polls_through_a_closed_port_and_ends_cleanly(server: TelegramServer, ana: User) -> None:
    """Everything said while the port was closed arrives afterwards, once and in order."""
    got: list[str] = []
    said = [f"message {number}" for number in range(150)]

    async def work(bot: Bot) -> None:
        queue: asyncio.Queue[object] = asyncio.Queue()
        updater = Updater(bot, queue)
        async with updater:
            await updater.start_polling(timeout=5, error_callback=lambda error: None)
            await asyncio.to_thread(server.wait_until, lambda: server.polling)
            await asyncio.to_thread(server.closed_for, 0.3)
            server.flood(ana, said)
            while len(got) < len(said):
                update = await asyncio.wait_for(queue.get(), 15)
                assert isinstance(update, Update)
                assert update.message is not None
                got.append(update.message.text or "")
            await updater.stop()

    with_bot(server, work)
    assert got == said
    assert server.pending == 0
    assert server.violations == []


def test_two_bots_that_poll_are_in_conflict(server: TelegramServer) -> None:
    """The first poller is told of the second."""

    async def work(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.to_thread(server.wait_until, lambda: server.polling)
        async with bot_of(server) as other:
            second: Coroutine[Any, Any, object] = other.get_updates(timeout=1)
            assert await second == ()
        with pytest.raises(Conflict):
            await first

    with_bot(server, work)
