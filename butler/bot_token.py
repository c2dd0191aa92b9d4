"""Where the Telegram bot's token comes from: never from a configuration file, and never into a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from butler.config_values import ConfigError
from butler.env_files import EnvFile
from butler.secret import Secret
from butler.token_sources import TokenSource

_SOURCE = TokenSource("TELEGRAM_BOT_TOKEN", re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{20,}"), "the bot's token")
WHERE_IT_BELONGS = _SOURCE.where_it_belongs


def find_token(environ: Mapping[str, str], files: Sequence[EnvFile]) -> Secret:
    """Return the token, empty when there is none; raises ConfigError, which never shows it."""
    found = _SOURCE.find(environ, files)
    if not found:
        return Secret("")
    origin, token = found
    if not _SOURCE.shape.fullmatch(token):
        raise ConfigError(origin, "", "is no bot token. BotFather gives one such as 123456789:AAF… with 35 letters")
    return Secret(token)


def refused(file: Path) -> ConfigError:
    """Return the error for a token that stands in a configuration file."""
    return ConfigError(str(file), "telegram.token", f"the token does not belong into this file: {WHERE_IT_BELONGS}")
