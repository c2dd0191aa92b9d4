"""Lists, forecasts and calendars of the test home."""

from __future__ import annotations

import datetime as dt

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.components.todo import TodoItem, TodoItemStatus, TodoListEntity, TodoListEntityFeature
from homeassistant.components.weather import WeatherEntity, WeatherEntityFeature
from homeassistant.const import UnitOfTemperature

from .thing import Thing


class Todo(Thing, TodoListEntity):
    _attr_supported_features = (
        TodoListEntityFeature.CREATE_TODO_ITEM
        | TodoListEntityFeature.UPDATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
    )

    def furnish(self, state, attributes):
        self._made = 0
        self._attr_todo_items = []
        for summary in attributes.get("items", ()):
            self._add(TodoItem(summary=summary, status=TodoItemStatus.NEEDS_ACTION))

    def _add(self, item):
        self._made += 1
        item.uid = f"item-{self._made}"
        self._attr_todo_items = [*self._attr_todo_items, item]

    async def async_create_todo_item(self, item):
        await self._told()
        self._add(item)
        self.async_write_ha_state()

    async def async_update_todo_item(self, item):
        await self._told()
        self._attr_todo_items = [item if known.uid == item.uid else known for known in self._attr_todo_items]
        self.async_write_ha_state()

    async def async_delete_todo_items(self, uids):
        await self._told()
        self._attr_todo_items = [item for item in self._attr_todo_items if item.uid not in uids]
        self.async_write_ha_state()


class Weather(Thing, WeatherEntity):
    _attr_native_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_supported_features = WeatherEntityFeature.FORECAST_DAILY | WeatherEntityFeature.FORECAST_HOURLY

    def furnish(self, state, attributes):
        self._attr_condition = state
        self._attr_native_temperature = attributes.get("temperature")
        self._attr_humidity = attributes.get("humidity")
        self._forecasts = attributes.get("forecast", {})

    async def async_forecast_daily(self):
        return self._forecasts.get("daily", [])

    async def async_forecast_hourly(self):
        return self._forecasts.get("hourly", [])


class Calendar(Thing, CalendarEntity):
    def furnish(self, state, attributes):
        self._events = [
            CalendarEvent(_when(row["start"]), _when(row["end"]), row["summary"], location=row.get("location"))
            for row in attributes.get("events", ())
        ]

    @property
    def event(self):
        return self._events[0] if self._events else None

    async def async_get_events(self, hass, start_date, end_date):
        return [e for e in self._events if e.start_datetime_local < end_date and e.end_datetime_local > start_date]


def _when(text):
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
