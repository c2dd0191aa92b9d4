"""What a server says to Butler, written down as shapes: `python -m tests.home_assistant.recording` records a real one.

Texts become "text", numbers "number"; of lists only the kinds of things in them are kept. Codes of errors stay.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from butler.home.assistant.connection import Address, Connection
from butler.home.assistant.errors import RefusedError

FILE = Path(__file__).parent / "recorded.json"
_LISTS = (
    "config/floor_registry/list",
    "config/area_registry/list",
    "config/entity_registry/list",
    "homeassistant/expose_entity/list",
)
_LAMP = "light.table"
_REFUSED: Mapping[str, tuple[str, str, dict[str, Any]]] = {
    "unknown service": ("light.dance", _LAMP, {}),
    "out of range": ("climate.set_temperature", "climate.heating", {"temperature": 90}),
}


def recorded() -> dict[str, Any]:
    """Return what a real server was heard to say."""
    document: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return document


def heard(address: Address) -> dict[str, Any]:
    """Return what a server says, with the house of the tests."""
    return asyncio.run(_heard(address))


async def _heard(address: Address) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session:
        connection = await Connection.open(session, address, 10)
        reading = asyncio.ensure_future(connection.read())
        try:
            return await _said(connection)
        finally:
            await connection.close()
            await asyncio.gather(reading, return_exceptions=True)


async def _said(connection: Connection) -> dict[str, Any]:
    said = {kind: _shape(await connection.ask(kind, 10)) for kind in _LISTS}
    entries = await connection.ask("config/entity_registry/get_entries", 10, entity_ids=[_LAMP, "light.nowhere"])
    said["config/entity_registry/get_entries"] = {"known": _shape(entries[_LAMP]), "unknown": entries["light.nowhere"]}
    said["get_config: unit_system"] = (await connection.ask("get_config", 10))["unit_system"]["temperature"]
    events: list[Mapping[str, Any]] = []
    came = asyncio.Event()

    def take(event: Mapping[str, Any]) -> None:
        events.append(event)
        came.set()

    number = await connection.subscribe("subscribe_entities", take, 10, entity_ids=[_LAMP])
    await came.wait()
    came.clear()
    call = {"domain": "light", "service": "turn_on", "target": {"entity_id": [_LAMP]}}
    result = await connection.ask("call_service", 10, **call, service_data={"brightness": 33})
    await came.wait()
    connection.unsubscribe(number)
    whole, change = events[0]["a"][_LAMP], events[1]["c"][_LAMP]
    said["subscribe_entities: all"] = {name: _shape(whole[name]) for name in ("s", "c", "lc")}
    said["subscribe_entities: change"] = _shape({key: value for key, value in change["+"].items() if key != "c"})
    said["call_service"] = {"context": {"id": _shape(result["context"]["id"])}}
    said["refused"] = {name: await _code(connection, *refused) for name, refused in _REFUSED.items()}
    said["unknown command"] = await _refusal(connection, "no/such/thing")
    return said


async def _code(connection: Connection, service: str, entity_id: str, data: dict[str, Any]) -> str:
    domain, _, name = service.partition(".")
    target = {"entity_id": [entity_id]}
    return await _refusal(connection, "call_service", domain=domain, service=name, service_data=data, target=target)


async def _refusal(connection: Connection, kind: str, **fields: Any) -> str:
    try:
        await connection.ask(kind, 10, **fields)
    except RefusedError as exc:
        return exc.code
    return "done"


def _shape(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value and all("." in str(key) for key in value):  # a table by entity ids
            return {"*": _merged([_shape(one) for one in value.values()])}
        return {str(key): _shape(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return [_merged([_shape(one) for one in value])] if value else []
    if isinstance(value, bool) or value is None:
        return "flag" if isinstance(value, bool) else None
    return "number" if isinstance(value, int | float) else "text"


def _merged(shapes: list[Any]) -> Any:
    """Return one shape for several: what is null in some is of the kind it has in others."""
    known = [shape for shape in shapes if shape is not None]
    if not known:
        return None
    if all(isinstance(shape, dict) for shape in known):
        keys = sorted({key for shape in known for key in shape})
        return {key: _merged([shape.get(key) for shape in known]) for key in keys}
    if all(isinstance(shape, list) for shape in known):
        return next((shape for shape in known if shape), [])
    return known[0]


def unsaid(shape: Any, of: Any, where: str = "") -> list[str]:
    """Return where a shape says what the other does not, or says it in another kind; null goes with anything."""
    if shape is None or of is None or shape == of:
        return []
    if isinstance(shape, dict) and isinstance(of, dict):
        found = [f"{where}.{key}" for key in shape if key not in of]
        return found + [line for key in shape if key in of for line in unsaid(shape[key], of[key], f"{where}.{key}")]
    if isinstance(shape, list) and isinstance(of, list):
        return unsaid(shape[0], of[0], f"{where}[]") if shape and of else []
    return [f"{where}: {shape} for {of}"]


if __name__ == "__main__":
    from tests.home_assistant.houses import EVERYTHING
    from tests.home_assistant.real_server import RealServer

    with tempfile.TemporaryDirectory() as folder:
        server = RealServer(Path(folder))
        try:
            server.start()
            server.load(EVERYTHING)
            FILE.write_text(json.dumps(heard(server.address), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        finally:
            server.stop()
    sys.stdout.write(f"{FILE}\n")
