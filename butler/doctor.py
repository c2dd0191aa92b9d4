"""The checks of `butler doctor`: what `butler run` needs, what is wrong with it, and what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from butler import homes
from butler.app import encoder_of
from butler.bot_token import WHERE_IT_BELONGS
from butler.config import Config, ConfigError
from butler.data_folder import DataFolder
from butler.home.errors import HomeError
from butler.language_models import lacking
from butler.servers import ServerError, ask_speech, ask_telegram
from engine.embedding.errors import EmbeddingError
from engine.llm.errors import LanguageModelError
from store.errors import StoreError
from store.inspection import inspect

_LEAST_FREE = 500_000_000
"""Bytes: the store, a copy of it for an upgrade, and a backup."""
_TELEGRAMS_OWN = "api.telegram.org"
_TRIED = "words that no vector ships for, so that the model is run"


@dataclass(frozen=True)
class Finding:
    """What one check came to: what is so, or a problem with what to do about it."""

    name: str
    ok: bool
    text: str


@dataclass(frozen=True)
class _Check:
    """One check: `look` returns what is so or raises."""

    name: str
    look: Callable[[Config], str]

    def finding(self, config: Config) -> Finding:
        try:
            return Finding(self.name, ok=True, text=self.look(config))
        except (_ProblemError, HomeError, EmbeddingError, ServerError, StoreError) as exc:
            return Finding(self.name, ok=False, text=str(exc))


class _ProblemError(Exception):
    """A check found something wrong."""


def findings(data: DataFolder, configured: Callable[[], Config]) -> Iterator[Finding]:
    """Yield what each check comes to; without a configuration, those that need none."""
    yield from _of_folder(data)
    try:
        config = configured()
    except ConfigError as exc:
        yield Finding("configuration", ok=False, text=f"{exc}. Checks that need the configuration are left out")
        return
    yield from (check.finding(config) for check in CHECKS)


def _of_folder(data: DataFolder) -> Iterator[Finding]:
    for name, look in (("data folder", _folder), ("store", _store), ("disk", _disk)):
        try:
            yield Finding(name, ok=True, text=look(data))
        except (_ProblemError, StoreError) as exc:
            yield Finding(name, ok=False, text=str(exc))


def _folder(data: DataFolder) -> str:
    there = _nearest(data.path)
    if not there.is_dir():
        raise _ProblemError(f"{there} is no folder; name another data folder with --data or BUTLER_DATA")
    try:
        with TemporaryFile(dir=there):
            pass
    except OSError as exc:
        raise _ProblemError(f"{there} cannot be written ({exc.strerror}); give it to the user Butler runs as") from exc
    if there != data.path:
        return f"{data.path} is made by the first start"
    holder = data.holder()
    return f"{data.path}, in use by {holder}" if holder else f"{data.path}, in nobody's use"


def _store(data: DataFolder) -> str:
    if not data.store.exists():
        return "there is none yet; the first start makes it"
    waiting = inspect(data.store)
    return "sound; the next start backs it up and brings it up to date" if waiting else "sound"


def _disk(data: DataFolder) -> str:
    try:
        free = shutil.disk_usage(_nearest(data.path)).free
    except OSError as exc:
        raise _ProblemError(f"cannot be looked at ({exc.strerror})") from exc
    if free < _LEAST_FREE:
        raise _ProblemError(f"only {_megabytes(free)} are free; make room for at least {_megabytes(_LEAST_FREE)}")
    return f"{_megabytes(free)} are free"


def _nearest(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if os.path.lexists(each))


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000:,} MB"


def _configuration(config: Config) -> str:
    if config.warnings:
        raise _ProblemError("; ".join(config.warnings))
    return str(config.data.config) if config.data.config.is_file() else "the defaults, and the environment"


def _time_zone(config: Config) -> str:
    if config.household.time_zone is UTC:
        raise _ProblemError(
            "none is configured, so Butler's clock shows UTC; write under [household] in "
            f'{config.data.config}: time_zone = "Europe/Berlin", or what is right where you live'
        )
    return str(config.household.time_zone)


def _token(config: Config) -> str:
    if not config.telegram.token:
        raise _ProblemError(f"there is none; get one from BotFather in Telegram, and {WHERE_IT_BELONGS}")
    return "there is one, and it has the right shape"


def _telegram(config: Config) -> str:
    if not config.telegram.token:
        raise _ProblemError("not asked, since there is no token")
    bot = ask_telegram(config.telegram)
    groups = "reads all that is written in its groups" if bot.reads_groups else "in groups it sees what is meant for it"
    return f"{config.telegram.api_base} knows the bot @{bot.username} ({groups})"


def _updates(config: Config) -> str:
    url = config.telegram.webhook_url
    if url is None:
        return "polled for"
    own = urlsplit(config.telegram.api_base).hostname != _TELEGRAMS_OWN
    if not own and not url.startswith("https://"):
        raise _ProblemError("telegram.webhook_url must begin with https://: Telegram delivers nowhere else")
    return f"by webhook to {config.telegram.webhook_listen}, port {config.telegram.webhook_port}"


def _home(config: Config) -> str:
    if config.home_assistant.url is not None:
        return _assistant(config.home_assistant.url, config)
    house = homes.house_of(config)
    which = config.home_file or "the demo home that ships with Butler"
    return f"{which}, with {len(house.snapshot.entities)} devices"


def _assistant(url: str, config: Config) -> str:
    seen = homes.look(config)
    named = sum(entity.exposed for entity in seen.entities)
    if not named:
        raise _ProblemError(
            f"{url} is reached and exposes nothing to its assistants; expose devices under Settings > Voice "
            "assistants, or set home.exposed_only to false"
        )
    return f"Home Assistant at {url}, with {named} devices to speak of among {len(seen.entities)}"


def _model(config: Config) -> str:
    vectors = encoder_of(config).encode([_TRIED])
    return f"{config.embedding_model} works, with {vectors.shape[1]} dimensions"


def _language_model(config: Config) -> str:
    if not config.ollama.enabled:
        return "none is asked; everything works without one"
    try:
        missing = lacking(config)
    except LanguageModelError as exc:
        raise _ProblemError(f"{exc} Start the server at {config.ollama.host}; until then Butler does without") from exc
    if missing:
        fetch = ", ".join(f"`ollama pull {name}`" for name in missing)
        raise _ProblemError(f"{config.ollama.host} lacks {', '.join(missing)}: fetch with {fetch}")
    return f"{config.ollama.host} has {', '.join(dict.fromkeys(config.ollama.models.values()))}"


def _speech(config: Config) -> str:
    if config.speech.host is None:
        return "none is configured, so voice notes are not understood"
    return f"{ask_speech(config.speech)} at {config.speech.host}:{config.speech.port}"


CHECKS = (
    _Check("configuration", _configuration),
    _Check("time zone", _time_zone),
    _Check("token", _token),
    _Check("telegram", _telegram),
    _Check("updates", _updates),
    _Check("home", _home),
    _Check("model", _model),
    _Check("language model", _language_model),
    _Check("speech", _speech),
)
"""In the order in which they are told."""
