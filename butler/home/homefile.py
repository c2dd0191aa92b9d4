"""Home files: a house written down in JSON or TOML, read into a snapshot."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from butler.home.errors import HomeFileError
from engine.understanding.snapshot import Area, Entity, Floor, Snapshot

RESTING_STATES: Mapping[str, str] = MappingProxyType(
    {
        "alarm_control_panel": "disarmed",
        "binary_sensor": "off",
        "climate": "off",
        "cover": "closed",
        "fan": "off",
        "input_boolean": "off",
        "light": "off",
        "lock": "locked",
        "media_player": "off",
        "script": "off",
        "siren": "off",
        "switch": "off",
        "vacuum": "docked",
        "valve": "closed",
    }
)

_Place = TypeVar("_Place", Floor, Area)

_TOP = ("floors", "areas", "entities")
_FLOOR = ("id", "name", "level", "aliases")
_AREA = ("id", "name", "floor", "aliases")
_ENTITY = ("entity_id", "name", "area", "state", "attributes", "aliases", "device_class", "exposed")
_ENTITY_ID = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
_NUMBERS = (
    "brightness",
    "color_temp_kelvin",
    "current_position",
    "current_temperature",
    "media_track",
    "percentage",
    "temperature",
    "volume_level",
)
_BOOLEANS = ("is_volume_muted",)
_LISTS = ("hvac_modes", "rgb_color", "source_list", "supported_color_modes")


@dataclass(frozen=True)
class HomeFile:
    """A house as its file says, and what was odd about the file."""

    snapshot: Snapshot
    warnings: tuple[str, ...] = ()


def load_home(path: Path) -> HomeFile:
    """Read a home file, TOML by its suffix and JSON otherwise; raise HomeFileError naming the wrong key."""
    kind = "TOML" if path.suffix.lower() == ".toml" else "JSON"
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text) if kind == "TOML" else json.loads(text)
    except OSError as exc:
        raise HomeFileError("", f"{path} cannot be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise HomeFileError("", f"{path} is not UTF-8 text") from exc
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as exc:
        raise HomeFileError("", f"{path} is not valid {kind}: {exc}") from exc
    return parse_home(document)


def parse_home(document: object) -> HomeFile:
    """Build the house a parsed home file describes; raise HomeFileError naming the wrong key."""
    warnings: list[str] = []
    top = _Table("", document, _TOP, warnings)
    floors = _unique([_floor(table) for table in top.tables("floors", _FLOOR)], "floors")
    areas = _unique([_area(table, floors) for table in top.tables("areas", _AREA)], "areas")
    entities = [_entity(table, areas) for table in top.tables("entities", _ENTITY)]
    seen: set[str] = set()
    for index, entity in enumerate(entities):
        if entity.entity_id in seen:
            raise HomeFileError(f"entities[{index}].entity_id", f"{entity.entity_id!r} is there twice")
        seen.add(entity.entity_id)
    return HomeFile(Snapshot(floors, areas, tuple(entities)), tuple(warnings))


def slug(name: str) -> str:
    """Return a name as an id: lower case, plain letters, underscores."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).lower() if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or re.sub(r"\W+", "_", name.casefold()).strip("_")


class _Table:
    """One object of the file, which knows its own key and checks what is taken from it."""

    def __init__(self, key: str, value: object, known: tuple[str, ...], warnings: list[str]) -> None:
        if not isinstance(value, dict):
            raise HomeFileError(key, f"must be an object, not {_kind(value)}")
        self.key, self._values, self._warnings = key, value, warnings
        warnings.extend(f"unknown key {self.name(k)} is ignored" for k in value if k not in known)

    def name(self, key: str) -> str:
        """Return the full key, as messages name it."""
        return f"{self.key}.{key}" if self.key else key

    def get(self, key: str, *kinds: type) -> Any:
        """Return a value of one of the kinds, or None where it is missing or null."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            wanted = " or ".join(_KINDS[kind] for kind in kinds)
            raise HomeFileError(self.name(key), f"must be {wanted}, not {_kind(value)}")
        return value

    def text(self, key: str) -> str | None:
        """Return a non-empty text without its outer blanks, or None where it is missing."""
        value: str | None = self.get(key, str)
        if value is not None and not value.strip():
            raise HomeFileError(self.name(key), "must not be empty")
        return value.strip() if value is not None else None

    def required(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.text(key)
        if value is None:
            raise HomeFileError(self.name(key), "is missing")
        return value

    def aliases(self) -> tuple[str, ...]:
        """Return the aliases; a null among them (Home Assistant's sign for the own name) is passed over."""
        found = []
        for index, alias in enumerate(self.get("aliases", list) or ()):
            if alias is not None and not isinstance(alias, str):
                raise HomeFileError(f"{self.name('aliases')}[{index}]", f"must be a text, not {_kind(alias)}")
            if alias and alias.strip():
                found.append(alias.strip())
        return tuple(dict.fromkeys(found))

    def tables(self, key: str, known: tuple[str, ...]) -> list[_Table]:
        """Return the objects in a list."""
        rows = self.get(key, list) or ()
        return [_Table(f"{self.name(key)}[{index}]", row, known, self._warnings) for index, row in enumerate(rows)]


_KINDS = {
    str: "a text",
    int: "a number",
    float: "a number with a point",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null" if value is None else type(value).__name__)


def _floor(table: _Table) -> Floor:
    name = table.required("name")
    return Floor(table.text("id") or slug(name), name, table.get("level", int), table.aliases())


def _area(table: _Table, floors: tuple[Floor, ...]) -> Area:
    name = table.required("name")
    return Area(table.text("id") or slug(name), name, _place(table, "floor", floors), table.aliases())


def _place(table: _Table, key: str, places: tuple[Floor, ...] | tuple[Area, ...]) -> str | None:
    wanted = table.text(key)
    if wanted is None:
        return None
    for place in places:
        if place.id == wanted:
            return place.id
    for place in places:
        if place.name.casefold() == wanted.casefold():
            return place.id
    raise HomeFileError(table.name(key), f"there is no {key} {wanted!r}")


def _unique(places: list[_Place], key: str) -> tuple[_Place, ...]:
    ids: set[str] = set()
    names: set[str] = set()
    for index, place in enumerate(places):
        if place.id in ids:
            raise HomeFileError(f"{key}[{index}].id", f"{place.id!r} is there twice")
        if place.name.casefold() in names:
            raise HomeFileError(f"{key}[{index}].name", f"{place.name!r} is there twice")
        ids.add(place.id)
        names.add(place.name.casefold())
    return tuple(places)


def _entity(table: _Table, areas: tuple[Area, ...]) -> Entity:
    entity_id = table.required("entity_id")
    if not _ENTITY_ID.fullmatch(entity_id):
        raise HomeFileError(table.name("entity_id"), f"{entity_id!r} is not of the form domain.object_id")
    domain, _, object_id = entity_id.partition(".")
    state = table.get("state", str, int, float)
    attributes = _attributes(table)
    device_class = table.text("device_class") or attributes.pop("device_class", None)
    if device_class is not None and not isinstance(device_class, str):
        raise HomeFileError(f"{table.name('attributes')}.device_class", f"must be a text, not {_kind(device_class)}")
    exposed = table.get("exposed", bool)
    return Entity(
        entity_id=entity_id,
        name=table.text("name") or object_id.replace("_", " ").title(),
        area=_place(table, "area", areas),
        state=str(state) if state is not None else RESTING_STATES.get(domain, "unknown"),
        attributes=MappingProxyType(attributes),
        aliases=table.aliases(),
        device_class=device_class,
        exposed=True if exposed is None else exposed,
    )


def _attributes(table: _Table) -> dict[str, Any]:
    attributes: dict[str, Any] = dict(table.get("attributes", dict) or {})
    inner = _Table(table.name("attributes"), attributes, tuple(attributes), [])
    for key in _NUMBERS:
        inner.get(key, int, float)
    for key in _BOOLEANS:
        inner.get(key, bool)
    for key in _LISTS:
        inner.get(key, list)
    attributes.pop("friendly_name", None)
    return attributes
