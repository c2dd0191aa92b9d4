"""The one place all calls to Telegram but receiving go through: paced, and silent while Telegram wants silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode

from butler.channels.telegram.keyboards import keyboard
from butler.channels.telegram.pacing import Pacing
from butler.channels.telegram.pieces import Piece
from butler.channels.telegram.rendering import shortened, to_html
from butler.channels.telegram.sending_errors import (
    CALL_ERRORS,
    BadMarkup,
    Failure,
    Flooded,
    NothingToReplyTo,
    meaning,
)
from butler.clock import Clock

_LOG = logging.getLogger(__name__)
_LONGEST_ANSWER = 200
_MARGIN_S = 0.1
_PRESS_PATIENCE_S = 10.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_HTML = ParseMode.HTML


@dataclass(frozen=True)
class Sent:
    """A call was carried out; a new message has this number in its chat."""

    external_id: int | None = None


@dataclass(frozen=True)
class Address:
    """A chat of Telegram and a topic in it, or none."""

    chat: int
    topic: int | None = None

    @classmethod
    def read(cls, text: str) -> Address:
        """Return the address written as telegram:CHAT or telegram:CHAT/TOPIC; raises ValueError for anything else."""
        chat, _, topic = text.removeprefix("telegram:").partition("/")
        return cls(int(chat), int(topic) if topic else None)

    @classmethod
    def is_one(cls, text: str) -> bool:
        """Return whether a text is such an address."""
        try:
            cls.read(text)
        except ValueError:
            return False
        return True


class TelegramCalls:
    """Makes calls, and returns what became of them; no method raises a TelegramError."""

    def __init__(
        self, bot: Bot, pacing: Pacing, clock: Clock, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._bot, self._pacing, self._clock, self._pause = bot, pacing, clock, pause

    def wait(self, chat: str) -> float:
        """Return in how many seconds something may be sent to a chat."""
        return self._pacing.wait(Address.read(chat).chat, self._clock.monotonic())

    def reserve(self, chat: str) -> None:
        """Count a call that is about to be made."""
        self._pacing.take(Address.read(chat).chat, self._clock.monotonic())

    def holds(self) -> dict[int | None, float]:
        """Return for how many seconds Telegram still wants no calls, to each chat; None stands for all."""
        return self._pacing.holds(self._clock.monotonic())

    def hold(self, chat: int | None, seconds: float) -> None:
        """Make no call for so long."""
        self._pacing.hold_until(chat, self._clock.monotonic() + seconds)

    async def send(self, chat: str, piece: Piece, reply_to: int | None = None) -> Sent | Failure:
        """Send a message, for which room was reserved; without markup, or as no reply, where Telegram wants that."""
        address = Address.read(chat)
        result = await self._made(address.chat, lambda: self._send(address, piece, reply_to, _HTML))
        if isinstance(result, NothingToReplyTo):
            reply_to = None
            result = await self._once_more(address.chat, lambda: self._send(address, piece, None, _HTML))
        if isinstance(result, BadMarkup):
            _LOG.warning("Telegram cannot read a message's markup, so it goes as plain text: %s", result.problem)
            result = await self._once_more(address.chat, lambda: self._send(address, piece, reply_to, None))
        return result

    async def edit(self, chat: str, external_id: int, piece: Piece) -> Sent | Failure:
        """Change a message, for which room was reserved."""
        at = Address.read(chat).chat
        result = await self._made(at, lambda: self._edit(at, external_id, piece, _HTML))
        if isinstance(result, BadMarkup):
            _LOG.warning("Telegram cannot read an edit's markup, so it goes as plain text: %s", result.problem)
            result = await self._once_more(at, lambda: self._edit(at, external_id, piece, None))
        return Sent() if isinstance(result, Sent) else result

    async def answer_press(self, callback_id: str, text: str | None = None, alert: bool = False) -> None:  # noqa: FBT001, FBT002  # the Bot API's own shape
        """Answer a press as long as somebody may still be looking, once more when Telegram wanted to wait."""
        said = shortened(text, _LONGEST_ANSWER) if text else None
        for _ in range(2):
            now = self._clock.monotonic()
            # Which chat it counts to is not known here, so any chat's silence is its silence.
            wait = max(self._pacing.held_anywhere(now), self._pacing.wait(None, now))
            if wait > _PRESS_PATIENCE_S:
                return
            if wait > 0:
                await self._pause(wait)
            await self._best_effort(None, lambda: self._bot.answer_callback_query(callback_id, said, alert))
            if not self._pacing.held_anywhere(self._clock.monotonic()):
                return

    async def typing(self, chat: str) -> None:
        """Show that Butler is typing if that can be done now."""
        to = Address.read(chat)
        await self._best_effort(
            to.chat, lambda: self._bot.send_chat_action(to.chat, ChatAction.TYPING, message_thread_id=to.topic)
        )

    async def set_menu(self, commands: Sequence[tuple[str, str]], chat: str | None = None) -> bool:
        """Set the menu of a private chat, or of all that have none of their own, and return whether that was done."""
        scope = BotCommandScopeDefault() if chat is None else BotCommandScopeChat(Address.read(chat).chat)
        menu = [BotCommand(name, about) for name, about in commands]
        return await self._best_effort(None, lambda: self._bot.set_my_commands(menu, scope=scope))

    async def drop_menu(self, chat: str) -> bool:
        """Have a private chat show the menu of all again, and return whether that was done."""
        scope = BotCommandScopeChat(Address.read(chat).chat)
        return await self._best_effort(None, lambda: self._bot.delete_my_commands(scope=scope))

    async def _best_effort(self, chat: int | None, call: Callable[[], Awaitable[Any]]) -> bool:
        now = self._clock.monotonic()
        if self._pacing.wait(None, now) > 0 or self._pacing.held(chat, now) > 0:
            return False
        self._pacing.take(None, now)
        result = await self._made(chat, call)
        if not isinstance(result, Sent):
            _LOG.debug("left undone: %s", result.problem)
        return isinstance(result, Sent)

    async def _once_more(self, chat: int, call: Callable[[], Awaitable[Any]]) -> Sent | Failure:
        self._pacing.take(chat, self._clock.monotonic())
        return await self._made(chat, call)

    async def _made(self, chat: int | None, call: Callable[[], Awaitable[Any]]) -> Sent | Failure:
        held = self._pacing.held(chat, self._clock.monotonic())
        if held > 0:
            return Flooded(held, "Telegram wants no calls just now")
        try:
            result = await call()
        except CALL_ERRORS as exc:
            failure = meaning(exc)
            if isinstance(failure, Flooded):
                now = self._clock.monotonic()
                self._pacing.hold_after_flood(chat, failure.seconds + _MARGIN_S, now)
                _LOG.warning("Telegram wants fewer calls: none for %g s", failure.seconds)
            return failure
        return Sent(result.message_id if isinstance(result, Message) else None)

    async def _send(self, to: Address, piece: Piece, reply_to: int | None, mode: str | None) -> Message:
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to is not None else None
        text = to_html(piece.text) if mode else piece.text
        common: dict[str, Any] = {
            "parse_mode": mode,
            "reply_markup": keyboard(piece.buttons),
            "message_thread_id": to.topic,
            "reply_parameters": reply,
        }
        if piece.file is None:
            return await self._bot.send_message(to.chat, text, link_preview_options=_NO_PREVIEW, **common)
        file = InputFile(piece.file.content, filename=piece.file.name)
        if piece.file.photo:
            return await self._bot.send_photo(to.chat, file, caption=text or None, **common)
        return await self._bot.send_document(to.chat, file, caption=text or None, **common)

    async def _edit(self, chat: int, external_id: int, piece: Piece, mode: str | None) -> Message | bool:
        text = to_html(piece.text) if mode else piece.text
        markup = keyboard(piece.buttons)
        if piece.file is not None:
            return await self._bot.edit_message_caption(chat, external_id, None, text, markup, mode)
        return await self._bot.edit_message_text(
            text, chat, external_id, parse_mode=mode, reply_markup=markup, link_preview_options=_NO_PREVIEW
        )
