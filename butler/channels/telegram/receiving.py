"""Where updates come from: polling, or a webhook behind a secret."""

from __future__ import annotations

import asyncio
import logging
import secrets
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import Updater

from butler.channels.telegram.bot import POLL_S, PatientBot, plainly
from butler.channels.telegram.inbox_queue import InboxQueue
from butler.config import ConfigError, Telegram

_LOG = logging.getLogger(__name__)
KINDS = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
_STOP_PATIENCE_S = 8.0


class Receiving:
    """Fills the queue with updates, from its start to its stop."""

    def __init__(self, bot: PatientBot, queue: InboxQueue, config: Telegram) -> None:
        self.queue = queue
        self._config = config
        self._updater = Updater(bot, queue)
        bot.tell_of_fetched(queue.expect)

    async def start(self) -> None:
        """Begin; raises a TelegramError when Telegram is not reached, ConfigError for a webhook it refuses."""
        await self._updater.initialize()
        if self._config.webhook_url is None:
            await self._updater.start_polling(timeout=POLL_S, allowed_updates=KINDS)
        else:
            await self._listen(self._config.webhook_url)

    async def stop(self) -> None:
        """Take nothing more; what is being saved is saved."""
        if self._updater.running:
            try:
                await asyncio.wait_for(self._updater.stop(), _STOP_PATIENCE_S)
            except TimeoutError:
                _LOG.warning("Telegram did not answer when receiving was stopped")
        await asyncio.to_thread(self.queue.close)

    async def _listen(self, url: str) -> None:
        where = f"{self._config.webhook_listen}:{self._config.webhook_port}"
        try:
            await self._updater.start_webhook(
                listen=self._config.webhook_listen,
                port=self._config.webhook_port,
                url_path=urlsplit(url).path.lstrip("/"),
                webhook_url=url,
                allowed_updates=KINDS,
                # One after the other, because each person's order is to be kept.
                max_connections=1,
                secret_token=secrets.token_urlsafe(32),
            )
        except BadRequest as exc:
            raise ConfigError("configuration", "telegram.webhook_url", f"Telegram refuses it: {plainly(exc)}") from exc
        except OSError as exc:
            raise ConfigError("configuration", "telegram.webhook_port", f"cannot listen on {where}: {exc}") from exc
