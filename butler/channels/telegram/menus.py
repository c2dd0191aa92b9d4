"""The menus of commands: one for everybody, and another for those whose role allows more."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from butler.channels.telegram.calls import TelegramCalls
from butler.conversation.command_table import menu
from butler.conversation.messages import Role
from store import Store, StoreError, facts

_LOG = logging.getLogger(__name__)
_FACT = "telegram.menus"
_EVERYBODY = "everybody"
_LONGEST_ABOUT = 256
_AGAIN_S = (1.0, 4.0, 15.0, 60.0)  # who has left may never write again, and is still to lose their menu

_UNSEEN = object()

Commands = Sequence[tuple[str, str]]


def digest(commands: Commands) -> str:
    """Return a short text that differs for menus that differ."""
    return hashlib.sha256(json.dumps(list(commands)).encode()).hexdigest()[:16]


class Menus:
    """Keeps each member's menu as their role wants it; what was set is remembered across restarts."""

    def __init__(
        self,
        calls: TelegramCalls,
        store: Store,
        menu_of: Callable[[Role], Commands] = menu,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._calls, self._store, self._menu_of, self._pause = calls, store, menu_of, pause
        self._known: dict[str, str] | None = None
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: dict[str, Role | None] = {}

    def role_known(self, user: str, role: Role | None) -> None:
        """Note which role somebody has, None for no member; the menu is changed soon if it is not that role's.

        Where that fails it is tried a few times more, until the role is another.
        """
        if self._seen.get(user, _UNSEEN) is role or (role is None and self._is_nobody(user)):
            return
        self._seen[user] = role
        task = asyncio.get_running_loop().create_task(self._fit_in_time(user, role))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _is_nobody(self, user: str) -> bool:
        """Tell whether somebody never had a menu, as strangers never have."""
        return user not in self._seen and self._known is not None and _key(user) not in self._known

    async def _fit_in_time(self, user: str, role: Role | None) -> None:
        for seconds in (0.0, *_AGAIN_S):
            await self._pause(seconds)
            if self._seen.get(user, _UNSEEN) is not role or await self.fit(user, role):
                return
        self._seen.pop(user, None)

    async def fit(self, user: str, role: Role | None) -> bool:
        """Set the menu of everybody and of one member where they are not yet as they should be; tell whether they are.

        Who is no member, and had a menu of their own, gets everybody's again.
        """
        async with self._turn:
            try:
                return await self._fit(user, role)
            except StoreError as exc:
                _LOG.warning("which menus are set cannot be told: %s", exc)
                return False

    async def _fit(self, user: str, role: Role | None) -> bool:
        if self._known is None:
            found = await asyncio.to_thread(facts.get, self._store, _FACT)
            self._known = json.loads(found) if found else {}
        if role is None:
            return await self._drop(user)
        everybody = self._menu_of(Role.GUEST)
        if not await self._set(_EVERYBODY, everybody, None):
            return False
        own = self._menu_of(role)
        if digest(own) == digest(everybody) and _key(user) not in self._known:
            return True
        return await self._set(_key(user), own, user)

    async def _set(self, key: str, commands: Commands, chat: str | None) -> bool:
        assert self._known is not None
        if self._known.get(key) == digest(commands):
            return True
        if not await self._calls.set_menu([(name, about[:_LONGEST_ABOUT]) for name, about in commands], chat):
            self._known[key] = ""  # it may have been set all the same: who leaves is not to keep it
            return False
        self._known[key] = digest(commands)
        await self._remember()
        return True

    async def _drop(self, user: str) -> bool:
        assert self._known is not None
        if _key(user) not in self._known:
            return True
        if not await self._calls.drop_menu(user):
            return False
        del self._known[_key(user)]
        await self._remember()
        return True

    async def _remember(self) -> None:
        await asyncio.to_thread(facts.put, self._store, _FACT, json.dumps(self._known, sort_keys=True))


def _key(user: str) -> str:
    """Return what stands for a user in what is remembered, which says nothing of somebody who has left."""
    return hashlib.sha256(user.encode()).hexdigest()[:16]
