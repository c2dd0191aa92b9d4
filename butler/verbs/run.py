"""`butler run`: serve the household's chats."""

from __future__ import annotations

import asyncio
import logging
import os
from argparse import Namespace
from contextlib import ExitStack

from butler.app import build
from butler.clock import SystemClock
from butler.failures import UsageError
from butler.verbs.setting_up import config_of, log_for_service


def run(options: Namespace) -> int:
    """Serve Telegram until a signal ends the process; raises UsageError without a token."""
    config = config_of(options)
    log_for_service(config)
    # The library writes what people said, and a traceback a fault; what matters of it the channel logs itself.
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    if not config.telegram.token:
        raise UsageError(
            "there is no bot token; get one from @BotFather and set TELEGRAM_BOT_TOKEN, or write it into a .env file"
        )
    # The library warns each time it tells seconds in the old way.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    from butler.channels.telegram.serving import Service  # noqa: PLC0415 - the library is only needed with a token

    async def serve() -> None:
        await Service(app).run()

    with config.data.held("run"), ExitStack() as closing:
        app = build(config, clock=SystemClock())
        closing.callback(app.close)
        asyncio.run(serve())
    return 0
