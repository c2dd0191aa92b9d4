"""What verbs have in common: the configuration from their options, and where their log goes."""

from __future__ import annotations

import getpass
import logging
import os
import sys
from argparse import Namespace
from logging.handlers import RotatingFileHandler
from pathlib import Path

from butler.config import Config, load_config
from butler.data_folder import DataFolder
from butler.redaction import RedactingFormatter, redact_crashes

_TALKATIVE = ("httpcore", "httpx", "telegram", "tornado.access")
"""Libraries that tell every request; httpx would tell its address too, and with it the token."""
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def data_of(options: Namespace) -> DataFolder:
    """Return the data folder the options or the environment name."""
    return DataFolder.find(getattr(options, "data", None), os.environ)


def config_of(options: Namespace, *, zone_of_system: bool = True) -> Config:
    """Return the configuration under the options; raises ConfigError."""
    flags = {
        "home.file": getattr(options, "home", None),
        "people.admins": getattr(options, "admin", None),
        "people.guests": getattr(options, "guest", None),
    }
    file = getattr(options, "config", None)
    return load_config(
        data_of(options),
        environ=os.environ,
        flags=flags,
        file=file,
        working_folder=Path.cwd(),
        zone_of_system=zone_of_system,
    )


def login() -> str:
    """Return the name of whoever is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a process without a user, as in some containers
        return "admin"


def log_to_stderr() -> None:
    """Log warnings and worse to standard error."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format=_FORMAT)


def log_for_service(config: Config) -> None:
    """Log information and worse to standard error, without the tokens wherever they would stand."""
    secrets = [config.telegram.token, config.home_assistant.token]
    redact_crashes(secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets, _FORMAT))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def log_to_file(data: DataFolder) -> None:
    """Log warnings and worse into the data folder, so that they do not stand between the lines of a conversation."""
    handler = RotatingFileHandler(data.log, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, format=_FORMAT)
