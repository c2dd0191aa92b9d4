"""What Home Assistant's services answer: forecasts, appointments and lists."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from butler.home.assistant.errors import AssistantError, RefusedError, SilentError
from butler.home.assistant.keeper import Keeper
from butler.home.assistant.refusals import call_error
from butler.home.errors import CallTimeoutError, HomeUnreachableError
from butler.home.offers import Appointment, Forecast, ListItem
from butler.home.port import Call


async def answered(keeper: Keeper, call: Call, timeout_s: float) -> Mapping[str, Any]:
    """Return what a service answers, by entity id; raises a HomeError."""
    return await _asked(keeper, call, timeout_s, return_response=True)


async def told(keeper: Keeper, call: Call, timeout_s: float) -> None:
    """Call a service that changes what is no state; raises a HomeError."""
    await _asked(keeper, call, timeout_s)


async def _asked(keeper: Keeper, call: Call, timeout_s: float, **more: Any) -> Mapping[str, Any]:
    domain, _, service = call.service.partition(".")
    ends = asyncio.get_running_loop().time() + timeout_s
    try:
        async with asyncio.timeout_at(ends):
            connection = await keeper.there()
        answer = await connection.ask(
            "call_service",
            max(ends - asyncio.get_running_loop().time(), 0.0),
            domain=domain,
            service=service,
            service_data=dict(call.data),
            target={"entity_id": list(call.entity_ids)},
            **more,
        )
    except RefusedError as exc:
        raise call_error(call, exc, call.entity_ids) from exc
    except SilentError as exc:
        raise CallTimeoutError(call.service, call.entity_ids, str(exc)) from exc
    except (AssistantError, TimeoutError) as exc:
        raise HomeUnreachableError(str(exc) or "Home Assistant is not reached") from exc
    response = answer.get("response") if isinstance(answer, Mapping) else None
    return response if isinstance(response, Mapping) else {}


def forecasts_of(answer: Mapping[str, Any], entity_id: str) -> tuple[Forecast, ...]:
    """Return the forecasts in an answer, in order; what has no time is passed over."""
    found = []
    for row in _rows(answer, entity_id, "forecast"):
        at = _moment(row.get("datetime"))
        if isinstance(at, datetime):
            found.append(
                Forecast(
                    at=at,
                    condition=row["condition"] if isinstance(row.get("condition"), str) else None,
                    temperature=_number(row.get("temperature")),
                    low=_number(row.get("templow")),
                    rain_chance=_number(row.get("precipitation_probability")),
                    rain=_number(row.get("precipitation")),
                    wind=_number(row.get("wind_speed")),
                )
            )
    return tuple(sorted(found, key=lambda forecast: forecast.at))


def appointments_of(answer: Mapping[str, Any]) -> tuple[Appointment, ...]:
    """Return the appointments of all calendars in an answer, in order."""
    found = []
    for calendar in answer:
        for row in _rows(answer, calendar, "events"):
            start, end = _moment(row.get("start")), _moment(row.get("end"))
            if start is not None and end is not None and isinstance(row.get("summary"), str):
                place = row["location"] if isinstance(row.get("location"), str) and row["location"] else None
                found.append(Appointment(row["summary"], start, end, place, calendar))
    return tuple(sorted(found, key=lambda one: (str(one.start), one.summary)))


def items_of(answer: Mapping[str, Any], entity_id: str) -> tuple[ListItem, ...]:
    """Return the lines of a list in an answer, in its order."""
    return tuple(
        ListItem(str(row.get("uid") or row["summary"]), str(row["summary"]), row.get("status") == "completed")
        for row in _rows(answer, entity_id, "items")
        if row.get("summary")
    )


def _rows(answer: Mapping[str, Any], entity_id: str, key: str) -> Iterable[Mapping[str, Any]]:
    table = answer.get(entity_id)
    rows = table.get(key) if isinstance(table, Mapping) else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _moment(value: object) -> date | datetime | None:
    """Return a day, or an instant in UTC; Home Assistant gives times with their zone."""
    try:
        if not isinstance(value, str):
            return None
        if "T" not in value and " " not in value:
            return date.fromisoformat(value)
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
