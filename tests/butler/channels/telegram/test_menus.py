"""Menus of commands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TimedOut

from butler.channels.telegram.calls import TelegramCalls
from butler.channels.telegram.menus import Menus
from butler.channels.telegram.pacing import Pacing
from butler.clock import SystemClock
from butler.conversation.messages import Role
from store import Store, open_store


class _Bot:
    """Keeps the menus that were set: a chat's number, or None for everybody."""

    def __init__(self) -> None:
        self.menus: list[tuple[int | None, list[str]]] = []
        self.broken = False

    async def set_my_commands(self, commands: list[BotCommand], scope: Any) -> bool:
        if self.broken:
            raise TimedOut
        chat = int(scope.chat_id) if isinstance(scope, BotCommandScopeChat) else None
        self.menus.append((chat, [command.command for command in commands]))
        return True

    async def delete_my_commands(self, scope: Any) -> bool:
        if self.broken:
            raise TimedOut
        self.menus.append((int(scope.chat_id), []))
        return True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of this test."""
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


def _menus(bot: _Bot, store: Store, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Menus:
    return Menus(TelegramCalls(cast("Any", bot), Pacing(), SystemClock()), store, pause=pause)


def test_only_admins_see_what_only_admins_may(store: Store) -> None:
    """Everybody's menu is a guest's; an admin's private chat has one of its own."""
    bot = _Bot()
    menus = _menus(bot, store)
    asyncio.run(menus.fit("telegram:5", Role.GUEST))
    asyncio.run(menus.fit("telegram:7", Role.ADMIN))
    assert [chat for chat, _ in bot.menus] == [None, 7]
    assert "rollback" not in bot.menus[0][1]
    assert "rollback" in bot.menus[1][1]


def test_a_menu_is_set_once_even_across_a_restart(store: Store) -> None:
    """What was set is remembered."""
    bot = _Bot()
    asyncio.run(_menus(bot, store).fit("telegram:7", Role.ADMIN))
    asyncio.run(_menus(bot, store).fit("telegram:7", Role.ADMIN))
    assert len(bot.menus) == 2


def test_who_is_no_admin_any_more_loses_the_menu(store: Store) -> None:
    """A changed role changes the menu."""
    bot = _Bot()
    menus = _menus(bot, store)
    asyncio.run(menus.fit("telegram:7", Role.ADMIN))
    asyncio.run(menus.fit("telegram:7", Role.RESIDENT))
    assert bot.menus[-1][0] == 7
    assert "rollback" not in bot.menus[-1][1]


def test_a_menu_that_could_not_be_set_is_set_the_next_time(store: Store) -> None:
    """A fault is no reason to go without."""
    bot = _Bot()
    menus = _menus(bot, store)
    bot.broken = True
    asyncio.run(menus.fit("telegram:7", Role.ADMIN))
    bot.broken = False
    asyncio.run(menus.fit("telegram:7", Role.ADMIN))
    assert [chat for chat, _ in bot.menus] == [None, 7]


def test_who_is_no_member_any_more_has_everybodys_menu_again(store: Store) -> None:
    """Also after a restart, also when it has to be tried twice, and once."""
    bot = _Bot()
    asyncio.run(_menus(bot, store).fit("telegram:7", Role.ADMIN))
    menus = _menus(bot, store)
    bot.broken = True
    asyncio.run(menus.fit("telegram:7", None))
    bot.broken = False
    asyncio.run(menus.fit("telegram:7", None))
    asyncio.run(menus.fit("telegram:7", None))
    assert bot.menus[2:] == [(7, [])]


def test_who_comes_back_gets_the_menu_of_the_new_role(store: Store) -> None:
    """What was taken away is set anew."""
    bot = _Bot()
    menus = _menus(bot, store)
    for role in (Role.ADMIN, None, Role.ADMIN):
        asyncio.run(menus.fit("telegram:7", role))
    assert [(chat, "rollback" in names) for chat, names in bot.menus[1:]] == [(7, True), (7, False), (7, True)]


def test_a_strangers_menu_is_never_touched(store: Store) -> None:
    """However often they write."""
    bot = _Bot()
    menus = _menus(bot, store)

    async def write() -> None:
        for _ in range(3):
            menus.role_known("telegram:9", None)
            await menus.fit("telegram:9", None)

    asyncio.run(write())
    assert bot.menus == []


def test_who_leaves_right_after_a_menu_that_got_no_answer_has_it_reset(store: Store) -> None:
    """It may have been set all the same."""
    bot = _Bot()
    menus = _menus(bot, store)
    asyncio.run(menus.fit("telegram:5", Role.GUEST))
    bot.broken = True
    asyncio.run(menus.fit("telegram:7", Role.ADMIN))
    bot.broken = False
    asyncio.run(menus.fit("telegram:7", None))
    assert bot.menus[1:] == [(7, [])]


def test_what_failed_is_tried_again_though_nobody_writes(store: Store) -> None:
    """Who has left never writes again."""
    bot = _Bot()
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        bot.broken = len(waited) < 3

    async def leave() -> None:
        menus = _menus(bot, store, pause)
        await menus.fit("telegram:7", Role.ADMIN)
        menus.role_known("telegram:7", None)
        for _ in range(200):
            await asyncio.sleep(0.001)

    asyncio.run(leave())
    assert bot.menus[2:] == [(7, [])]
    assert len(waited) == 3


def test_what_is_tried_again_gives_way_to_a_newer_role(store: Store) -> None:
    """The menu of who came back meanwhile is not taken away."""
    bot = _Bot()

    async def leave_and_come_back() -> None:
        waits = 0

        async def pause(_: float) -> None:
            nonlocal waits
            waits += 1
            bot.broken = waits == 1
            if waits == 2:
                menus.role_known("telegram:7", Role.ADMIN)

        menus = _menus(bot, store, pause)
        await menus.fit("telegram:7", Role.ADMIN)
        menus.role_known("telegram:7", None)
        for _ in range(200):
            await asyncio.sleep(0.001)

    asyncio.run(leave_and_come_back())
    assert (7, []) not in bot.menus
