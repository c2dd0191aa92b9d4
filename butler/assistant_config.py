"""Where Home Assistant is, and its token: never from a configuration file, and never into a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from butler.config_values import ConfigError
from butler.env_files import EnvFile
from butler.secret import Secret
from butler.token_sources import TokenSource

_SOURCE = TokenSource(
    "HOME_ASSISTANT_TOKEN", re.compile(r"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"), "the token"
)
WHERE_IT_BELONGS = _SOURCE.where_it_belongs


@dataclass(frozen=True)
class HomeAssistant:
    """Where Home Assistant is, the token for it, and whether Butler speaks only of what is exposed to assistants.

    Without a `url` there is none.
    """

    url: str | None
    token: Secret
    exposed_only: bool


def of(
    url: str | None, token: Secret, home_file: Path | None, warnings: list[str], *, exposed_only: bool
) -> HomeAssistant:
    """Put the parts together; raises ConfigError for an address without a token, and adds what is odd to `warnings`."""
    if url is None and token:
        warnings.append("there is a token for Home Assistant and no address: set HOME_ASSISTANT_URL, too")
    elif url is not None and home_file is not None:
        warnings.append("home.file names a demo home, so Home Assistant is not used")
        url = None
    elif url is not None and not token:
        raise ConfigError("configuration", "home.url", f"Home Assistant wants a token: {WHERE_IT_BELONGS}")
    return HomeAssistant(url, token, exposed_only)


def find_token(environ: Mapping[str, str], files: Sequence[EnvFile]) -> Secret:
    """Return the token, empty when there is none; raises ConfigError, which never shows it."""
    found = _SOURCE.find(environ, files)
    if not found:
        return Secret("")
    origin, token = found
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigError(
            origin, "", "is no token of Home Assistant's: it has letters, figures and dots, and no blanks"
        )
    return Secret(token)


def refused(file: Path) -> ConfigError:
    """Return the error for a token that stands in a configuration file."""
    return ConfigError(str(file), "home.token", f"the token does not belong into this file: {WHERE_IT_BELONGS}")
