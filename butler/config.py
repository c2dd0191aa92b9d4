"""The configuration: flags, environment and files, in that order, read into frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, time, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from butler.conversation.messages import Role
from butler.data_folder import DataFolder
from engine.understanding.risk import RiskPolicy

_WORDS_OF_TRUTH: Mapping[str, bool] = MappingProxyType(
    {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
)


class ConfigError(Exception):
    """A value is wrong: `origin` is the file, variable or flag, `key` is "section.name" (empty for a whole file)."""

    def __init__(self, origin: str, key: str, problem: str) -> None:
        self.origin, self.key, self.problem = origin, key, problem
        super().__init__(f"{origin}: {key}: {problem}" if key else f"{origin}: {problem}")


class _UnfitError(ValueError):
    """A value cannot be what its key stands for."""


@dataclass(frozen=True)
class Household:
    """What Butler is called, and the zone of its clock."""

    names: tuple[str, ...]
    time_zone: tzinfo


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
    """Whether a language model may be asked, and where."""

    enabled: bool
    host: str


@dataclass(frozen=True)
class QuietHours:
    """When nothing is sent unasked, by the household's clock; `end` is excluded."""

    start: time
    end: time


@dataclass(frozen=True)
class Config:
    """All of it, and what was odd about the files."""

    data: DataFolder
    household: Household
    people: People
    home_file: Path | None
    risk: RiskPolicy
    embedding_model: str
    ollama: Ollama
    quiet_hours: QuietHours
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Value:
    """A value and where it was given; `folder` is what relative paths start at."""

    value: Any
    origin: str
    folder: Path


@dataclass(frozen=True)
class _Key:
    """One key of the configuration; `variable` overrides the name its environment variable would have."""

    section: str
    name: str
    read: Callable[[_Value], Any]
    variable: str = ""

    @property
    def path(self) -> str:
        return f"{self.section}.{self.name}"

    @property
    def environment(self) -> str:
        return self.variable or f"BUTLER_{self.section}_{self.name}".upper()


def _text(given: _Value) -> str:
    if not isinstance(given.value, str):
        raise _UnfitError(f"must be a text, not {given.value!r}")
    return given.value


def _filled(given: _Value) -> str:
    text = _text(given).strip()
    if not text:
        raise _UnfitError("must not be empty")
    return text


def _texts(given: _Value) -> tuple[str, ...]:
    value = given.value.split(",") if isinstance(given.value, str) else given.value
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _UnfitError(f"must be a list of texts, not {given.value!r}")
    return tuple(item.strip() for item in value if item.strip())


def _flag(given: _Value) -> bool:
    value = _WORDS_OF_TRUTH.get(given.value.strip().lower()) if isinstance(given.value, str) else given.value
    if not isinstance(value, bool):
        raise _UnfitError(f"must be true or false, not {given.value!r}")
    return value


def _file(given: _Value) -> Path | None:
    text = _text(given)
    return given.folder / Path(text).expanduser() if text else None


def _zone(given: _Value) -> tzinfo | None:
    text = _text(given).strip()
    try:
        return ZoneInfo(text) if text else None
    except (ValueError, OSError, LookupError) as exc:
        raise _UnfitError(f"{text!r} is no time zone: name one such as Europe/Berlin") from exc


def _hour(given: _Value) -> time:
    if isinstance(given.value, time):
        return given.value
    try:
        read = time.fromisoformat(_text(given))
    except ValueError as exc:
        raise _UnfitError(f'must be a time such as "22:00", not {given.value!r}') from exc
    if read.tzinfo is not None:
        raise _UnfitError("must be a time of the household's clock, without a zone")
    return read


KEYS = (
    _Key("household", "name", _filled),
    _Key("household", "aliases", _texts),
    _Key("household", "time_zone", _zone),
    _Key("people", "admins", _texts),
    _Key("people", "guests", _texts),
    _Key("home", "file", _file),
    _Key("risk", "guarded_domains", _texts),
    _Key("risk", "guarded_cover_classes", _texts),
    _Key("risk", "guarded_cover_words", _texts),
    _Key("risk", "guarded_entities", _texts),
    _Key("embedding", "model", _filled),
    _Key("ollama", "enabled", _flag, "BUTLER_OLLAMA"),
    _Key("ollama", "host", _filled, "OLLAMA_HOST"),
    _Key("quiet_hours", "start", _hour),
    _Key("quiet_hours", "end", _hour),
)


def load_config(
    data: DataFolder,
    *,
    environ: Mapping[str, str],
    flags: Mapping[str, Any] | None = None,
    file: Path | None = None,
    zone_of_system: bool = True,
) -> Config:
    """Return the configuration of a data folder; raises ConfigError.

    `flags` are values by key ("home.file"); a None counts as not given. `zone_of_system` says whether TZ stands in for
    a time zone that is not configured.
    """
    warnings: list[str] = []
    layers = [_flags(flags or {}), _environment(environ)]
    if file is not None:
        layers.append(_from_file(file.expanduser(), warnings))
    if data.config.is_file():
        layers.append(_from_file(data.config, warnings))
    layers.append(_from_file(packaged_config(), warnings))
    read = {key.path: _read(key, layers) for key in KEYS}
    zone = read["household.time_zone"] or (_system_zone(environ, warnings) if zone_of_system else UTC)
    return _assembled(data, read, zone, warnings)


def packaged_config() -> Path:
    """Return the file that ships with Butler: in the installed package, or at the root of a checkout."""
    package = Path(__file__).parent
    installed = package / "config.toml"
    return installed if installed.is_file() else package.parent / "config.toml"


def _assembled(data: DataFolder, read: Mapping[str, Any], zone: tzinfo, warnings: Sequence[str]) -> Config:
    people = People(frozenset(read["people.admins"]), frozenset(read["people.guests"]))
    if both := people.admins & people.guests:
        raise ConfigError("configuration", "people.guests", f"{', '.join(sorted(both))} cannot be admin and guest")
    return Config(
        data=data,
        household=Household((read["household.name"], *read["household.aliases"]), zone),
        people=people,
        home_file=read["home.file"],
        risk=RiskPolicy(
            domains=frozenset(read["risk.guarded_domains"]),
            cover_classes=frozenset(read["risk.guarded_cover_classes"]),
            cover_words=frozenset(word.casefold() for word in read["risk.guarded_cover_words"]),
            entities=frozenset(read["risk.guarded_entities"]),
        ),
        embedding_model=read["embedding.model"],
        ollama=Ollama(read["ollama.enabled"], read["ollama.host"]),
        quiet_hours=QuietHours(read["quiet_hours.start"], read["quiet_hours.end"]),
        warnings=tuple(warnings),
    )


def _read(key: _Key, layers: Sequence[Mapping[str, _Value]]) -> Any:
    given = next((layer[key.path] for layer in layers if key.path in layer), None)
    assert given is not None, f"the packaged config.toml lacks {key.path}"
    try:
        return key.read(given)
    except _UnfitError as exc:
        raise ConfigError(given.origin, key.path, str(exc)) from exc


def _flags(flags: Mapping[str, Any]) -> dict[str, _Value]:
    return {path: _Value(value, "command line", Path.cwd()) for path, value in flags.items() if value is not None}


def _environment(environ: Mapping[str, str]) -> dict[str, _Value]:
    return {
        key.path: _Value(environ[key.environment], key.environment, Path.cwd())
        for key in KEYS
        if environ.get(key.environment)
    }


def _from_file(file: Path, warnings: list[str]) -> dict[str, _Value]:
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
    values: dict[str, _Value] = {}
    for section, table in document.items():
        if section in sections and not isinstance(table, dict):
            raise ConfigError(str(file), section, f"must be a table, not {table!r}")
        paths = {f"{section}.{name}": value for name, value in table.items()} if section in sections else {section: 0}
        warnings.extend(f"{file}: unknown key {path} is ignored" for path in paths if path not in known)
        values |= {path: _Value(value, str(file), file.parent) for path, value in paths.items() if path in known}
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
