"""The configuration: flags, environment and files, in that order, read into frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, time, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from butler import assistant_config, bot_token
from butler import config_values as values
from butler.assistant_config import HomeAssistant
from butler.config_values import ConfigError, UnfitError, Value
from butler.conversation.messages import Role
from butler.data_folder import DataFolder
from butler.env_files import EnvFile, env_files
from butler.secret import Secret
from engine.understanding.risk import RiskPolicy

__all__ = [
    "KEYS",
    "Config",
    "ConfigError",
    "HomeAssistant",
    "Household",
    "Ollama",
    "People",
    "QuietHours",
    "Speech",
    "Telegram",
    "load_config",
    "packaged_config",
]


@dataclass(frozen=True)
class Household:
    """What Butler is called, the zone of its clock, how many hours an invitation holds.

    `place` is the latitude and longitude of the home in degrees, None where they are not configured.
    """

    names: tuple[str, ...]
    time_zone: tzinfo
    invitation_hours: int
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class People:
    """Those who are not plain residents."""

    admins: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()

    def role_of(self, user: str) -> Role:
        """Return the role of a user."""
        if user in self.admins:
            return Role.ADMIN
        return Role.GUEST if user in self.guests else Role.RESIDENT


@dataclass(frozen=True)
class Ollama:
    """Whether language models may be asked, where, which for what job, and how many seconds a turn waits for one."""

    enabled: bool
    host: str
    models: Mapping[str, str]
    wait_s: int


@dataclass(frozen=True)
class QuietHours:
    """When nothing is sent unasked, by the household's clock; `end` is excluded."""

    start: time
    end: time


@dataclass(frozen=True)
class Telegram:
    """The bot's token (empty when there is none), the Bot API's address, and where a webhook is reached and listens.

    Without `webhook_url` updates are polled for.
    """

    token: Secret
    api_base: str
    webhook_url: str | None
    webhook_listen: str
    webhook_port: int


@dataclass(frozen=True)
class Speech:
    """The Wyoming server that writes down voice notes; without a `host` there is none."""

    host: str | None
    port: int


@dataclass(frozen=True)
class Config:
    """All of it, and what was odd about the files."""

    data: DataFolder
    household: Household
    people: People
    home_file: Path | None
    home_assistant: HomeAssistant
    risk: RiskPolicy
    embedding_model: str
    ollama: Ollama
    quiet_hours: QuietHours
    telegram: Telegram
    speech: Speech
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Key:
    """One key of the configuration; `variable` overrides the name its environment variable would have."""

    section: str
    name: str
    read: Callable[[Value], Any]
    variable: str = ""

    @property
    def path(self) -> str:
        return f"{self.section}.{self.name}"

    @property
    def environment(self) -> str:
        return self.variable or f"BUTLER_{self.section}_{self.name}".upper()


KEYS = (
    _Key("household", "name", values.filled),
    _Key("household", "aliases", values.texts),
    _Key("household", "time_zone", values.zone),
    _Key("household", "invitation_hours", values.whole(1, 720)),
    _Key("household", "latitude", values.degrees(90)),
    _Key("household", "longitude", values.degrees(180)),
    _Key("people", "admins", values.texts),
    _Key("people", "guests", values.texts),
    _Key("home", "file", values.file),
    _Key("home", "url", values.address_if_any, "HOME_ASSISTANT_URL"),
    _Key("home", "exposed_only", values.flag),
    _Key("risk", "guarded_domains", values.texts),
    _Key("risk", "guarded_cover_classes", values.texts),
    _Key("risk", "guarded_cover_words", values.texts),
    _Key("risk", "guarded_entities", values.texts),
    _Key("embedding", "model", values.filled),
    _Key("ollama", "enabled", values.flag, "BUTLER_OLLAMA"),
    _Key("ollama", "host", values.filled, "OLLAMA_HOST"),
    _Key("ollama", "models", values.models),
    _Key("ollama", "wait_seconds", values.whole(1, 60)),
    _Key("quiet_hours", "start", values.hour),
    _Key("quiet_hours", "end", values.hour),
    _Key("telegram", "api_base", values.address, "TELEGRAM_API_BASE"),
    _Key("telegram", "webhook_url", values.address_if_any),
    _Key("telegram", "webhook_listen", values.filled),
    _Key("telegram", "webhook_port", values.whole(1, 65_535)),
    _Key("speech", "wyoming", values.endpoint),
)


_TELEGRAM = ("api_base", "webhook_url", "webhook_listen", "webhook_port")
_OLLAMA = ("enabled", "host", "models", "wait_seconds")


def load_config(
    data: DataFolder,
    *,
    environ: Mapping[str, str],
    flags: Mapping[str, Any] | None = None,
    file: Path | None = None,
    working_folder: Path | None = None,
    zone_of_system: bool = True,
) -> Config:
    """Return the configuration of a data folder; raises ConfigError.

    `flags` are values by key ("home.file"); a None counts as not given. A `.env` in `working_folder` or in the data
    folder stands in for variables that the environment lacks. `zone_of_system` says whether TZ stands in for a time
    zone that is not configured.
    """
    warnings: list[str] = []
    env = list(env_files(working_folder, data.path))
    layers = [_flags(flags or {}), _environment(environ), *(_environment(each.variables, each) for each in env)]
    if file is not None:
        layers.append(_from_file(file.expanduser(), warnings))
    if data.config.is_file():
        layers.append(_from_file(data.config, warnings))
    layers.append(_from_file(packaged_config(), warnings))
    read = {key.path: _read(key, layers) for key in KEYS}
    zone = read["household.time_zone"] or (_system_zone(environ, warnings) if zone_of_system else UTC)
    tokens = bot_token.find_token(environ, env), assistant_config.find_token(environ, env)
    return _assembled(data, read, zone, tokens, warnings)


def packaged_config() -> Path:
    """Return the file that ships with Butler: in the installed package, or at the root of a checkout."""
    package = Path(__file__).parent
    installed = package / "config.toml"
    return installed if installed.is_file() else package.parent / "config.toml"


def _assembled(
    data: DataFolder, read: Mapping[str, Any], zone: tzinfo, tokens: tuple[Secret, Secret], warnings: list[str]
) -> Config:
    of_bot, of_home = tokens
    people = People(frozenset(read["people.admins"]), frozenset(read["people.guests"]))
    if both := people.admins & people.guests:
        raise ConfigError("configuration", "people.guests", f"{', '.join(sorted(both))} cannot be admin and guest")
    return Config(
        data=data,
        household=Household(
            (read["household.name"], *read["household.aliases"]),
            zone,
            read["household.invitation_hours"],
            _place(read["household.latitude"], read["household.longitude"]),
        ),
        people=people,
        home_file=read["home.file"],
        home_assistant=assistant_config.of(
            read["home.url"], of_home, read["home.file"], warnings, exposed_only=read["home.exposed_only"]
        ),
        risk=RiskPolicy(
            domains=frozenset(read["risk.guarded_domains"]),
            cover_classes=frozenset(read["risk.guarded_cover_classes"]),
            cover_words=frozenset(word.casefold() for word in read["risk.guarded_cover_words"]),
            entities=frozenset(read["risk.guarded_entities"]),
        ),
        embedding_model=read["embedding.model"],
        ollama=Ollama(*(read[f"ollama.{name}"] for name in _OLLAMA)),
        quiet_hours=QuietHours(read["quiet_hours.start"], read["quiet_hours.end"]),
        telegram=Telegram(of_bot, *(read[f"telegram.{name}"] for name in _TELEGRAM)),
        speech=Speech(*read["speech.wyoming"]),
        warnings=tuple(warnings),
    )


def _place(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    if (latitude is None) != (longitude is None):
        missing = "household.latitude" if latitude is None else "household.longitude"
        raise ConfigError("configuration", missing, "latitude and longitude are given both, or neither")
    return None if latitude is None or longitude is None else (latitude, longitude)


def _read(key: _Key, layers: Sequence[Mapping[str, Value]]) -> Any:
    given = next((layer[key.path] for layer in layers if key.path in layer), None)
    assert given is not None, f"the packaged config.toml lacks {key.path}"
    try:
        return key.read(given)
    except UnfitError as exc:
        raise ConfigError(given.origin, key.path, str(exc)) from exc


def _flags(flags: Mapping[str, Any]) -> dict[str, Value]:
    return {path: Value(value, "command line", Path.cwd()) for path, value in flags.items() if value is not None}


def _environment(variables: Mapping[str, str], file: EnvFile | None = None) -> dict[str, Value]:
    prefix, folder = (f"{file.file}: ", file.file.parent) if file else ("", Path.cwd())
    return {
        key.path: Value(variables[key.environment], prefix + key.environment, folder)
        for key in KEYS
        if variables.get(key.environment)
    }


def _from_file(file: Path, warnings: list[str]) -> dict[str, Value]:
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise ConfigError(str(file), "", f"cannot be read ({exc.strerror})") from exc
    except UnicodeDecodeError as exc:
        raise ConfigError(str(file), "", "is not UTF-8 text") from exc
    except (tomllib.TOMLDecodeError, RecursionError) as exc:
        raise ConfigError(str(file), "", f"is not valid TOML: {exc}") from exc
    known = {key.path for key in KEYS}
    sections = {key.section for key in KEYS}
    values: dict[str, Value] = {}
    for section, table in document.items():
        if section in sections and not isinstance(table, dict):
            raise ConfigError(str(file), section, f"must be a table: write [{section}] on a line of its own")
        paths = {f"{section}.{name}": value for name, value in table.items()} if section in sections else {section: 0}
        if "telegram.token" in paths:
            raise bot_token.refused(file)
        if "home.token" in paths:
            raise assistant_config.refused(file)
        warnings.extend(f"{file}: unknown key {path} is ignored" for path in paths if path not in known)
        values |= {path: Value(value, str(file), file.parent) for path, value in paths.items() if path in known}
    return values


def _system_zone(environ: Mapping[str, str], warnings: list[str]) -> tzinfo:
    name = environ.get("TZ", "").removeprefix(":")
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        warnings.append(f"TZ: {name!r} is no name of a time zone; UTC is used")
        return UTC
