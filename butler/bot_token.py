"""Where the Telegram bot's token comes from: never from a configuration file, and never into a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from butler.config_values import ConfigError
from butler.env_files import EnvFile
from butler.secret import Secret

VARIABLE = "TELEGRAM_BOT_TOKEN"
FILE_VARIABLE = "TELEGRAM_BOT_TOKEN_FILE"
WHERE_IT_BELONGS = (
    f"put it into the environment variable {VARIABLE}, into a file that {FILE_VARIABLE} names, "
    f"or into a file .env in the data folder"
)

_SHAPE = re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{20,}")
_LONGEST = 4_096
"""Bytes of a token's file that are read; tokens have about fifty."""


def find_token(environ: Mapping[str, str], files: Sequence[EnvFile]) -> Secret:
    """Return the token, empty when there is none; raises ConfigError, which never shows it.

    The environment comes before the `.env` files, and a variable with the token before one that names its file.
    """
    found = _named(environ, VARIABLE, FILE_VARIABLE, Path.cwd())
    for each in files:
        prefix = f"{each.file}: "
        found = found or _named(each.variables, prefix + VARIABLE, prefix + FILE_VARIABLE, each.file.parent)
    if not found:
        return Secret("")
    origin, token = found
    if not _SHAPE.fullmatch(token):
        raise ConfigError(origin, "", "is no bot token. BotFather gives one such as 123456789:AAF… with 35 letters")
    return Secret(token)


def refused(file: Path) -> ConfigError:
    """Return the error for a token that stands in a configuration file."""
    return ConfigError(str(file), "telegram.token", f"the token does not belong into this file: {WHERE_IT_BELONGS}")


def _named(variables: Mapping[str, str], origin: str, file_origin: str, folder: Path) -> tuple[str, str] | None:
    if token := variables.get(VARIABLE, "").strip():
        return origin, token
    if not (name := variables.get(FILE_VARIABLE, "").strip()):
        return None
    if _SHAPE.search(name):
        raise ConfigError(file_origin, "", f"names a file; the token itself goes into {VARIABLE}")
    file = folder / Path(name).expanduser()
    return f"{file_origin}={file}", _content(file, file_origin)


def _content(file: Path, origin: str) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LONGEST).decode("utf-8-sig", "replace").strip()
    except OSError as exc:
        raise ConfigError(origin, "", f"the file {file} cannot be read ({exc.strerror})") from exc
    if not content:
        raise ConfigError(origin, "", f"the file {file} is empty; it has to hold the bot's token")
    return content
