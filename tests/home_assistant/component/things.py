"""The entities of the test home: real ones of Home Assistant's base classes that remember what they were told."""

from __future__ import annotations

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.climate import ClimateEntity, ClimateEntityFeature, HVACMode
from homeassistant.components.cover import CoverEntity, CoverEntityFeature
from homeassistant.components.fan import FanEntity, FanEntityFeature
from homeassistant.components.light import ColorMode, LightEntity
from homeassistant.components.lock import LockEntity
from homeassistant.components.media_player import MediaPlayerEntity, MediaPlayerEntityFeature, MediaPlayerState
from homeassistant.components.sensor import SensorEntity
from homeassistant.components.switch import SwitchEntity
from homeassistant.components.vacuum import StateVacuumEntity, VacuumActivity, VacuumEntityFeature
from homeassistant.components.valve import ValveEntity, ValveEntityFeature
from homeassistant.const import UnitOfTemperature

from .keepers import Calendar, Todo, Weather
from .thing import Thing


class Light(Thing, LightEntity):
    _attr_min_color_temp_kelvin = 2000
    _attr_max_color_temp_kelvin = 6500

    def furnish(self, state, attributes):
        modes = {ColorMode(mode) for mode in attributes.get("supported_color_modes", ["color_temp", "rgb"])}
        self._attr_supported_color_modes = modes
        self._attr_color_mode = ColorMode(attributes.get("color_mode") or min(modes))
        self._attr_is_on = state == "on"
        self._attr_brightness = attributes.get("brightness") or 255
        self._attr_color_temp_kelvin = attributes.get("color_temp_kelvin") or 2700
        self._attr_hs_color = tuple(attributes["hs_color"]) if attributes.get("hs_color") else (0.0, 0.0)
        self._attr_rgb_color = tuple(attributes["rgb_color"]) if attributes.get("rgb_color") else (255, 255, 255)

    async def async_turn_on(self, **asked):
        values = {"is_on": True}
        for name in ("brightness", "hs_color", "rgb_color", "color_temp_kelvin"):
            if name in asked:
                values[name] = asked[name]
        for name, mode in (("hs_color", "hs"), ("rgb_color", "rgb"), ("color_temp_kelvin", "color_temp")):
            if name in asked:
                values["color_mode"] = ColorMode(mode)
        await self._told(**values)

    async def async_turn_off(self, **_):
        await self._told(is_on=False)


class Switch(Thing, SwitchEntity):
    def furnish(self, state, attributes):
        self._attr_is_on = state == "on"

    async def async_turn_on(self, **_):
        await self._told(is_on=True)

    async def async_turn_off(self, **_):
        await self._told(is_on=False)


class Fan(Thing, FanEntity):
    _attr_supported_features = FanEntityFeature.SET_SPEED | FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF

    def furnish(self, state, attributes):
        self._attr_percentage = attributes.get("percentage", 50) if state == "on" else 0
        self._attr_speed_count = 100

    async def async_turn_on(self, percentage=None, preset_mode=None, **_):
        await self._told(percentage=percentage or self._attr_percentage or 50)

    async def async_turn_off(self, **_):
        await self._told(percentage=0)

    async def async_set_percentage(self, percentage):
        await self._told(percentage=percentage)


class Climate(Thing, ClimateEntity):
    _attr_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_target_temperature_step = 0.5
    _attr_supported_features = (
        ClimateEntityFeature.TARGET_TEMPERATURE | ClimateEntityFeature.TURN_ON | ClimateEntityFeature.TURN_OFF
    )

    def furnish(self, state, attributes):
        self._attr_hvac_modes = [HVACMode(mode) for mode in attributes.get("hvac_modes", ["off", "heat", "cool"])]
        self._attr_hvac_mode = HVACMode(state if state not in {None, "unavailable"} else "off")
        self._attr_target_temperature = float(attributes.get("temperature", 20))
        self._attr_current_temperature = attributes.get("current_temperature", 19.5)
        self._attr_min_temp = float(attributes.get("min_temp", 7))
        self._attr_max_temp = float(attributes.get("max_temp", 35))

    async def async_set_temperature(self, temperature=None, hvac_mode=None, **_):
        mode = {"hvac_mode": hvac_mode} if hvac_mode else {}
        await self._told(target_temperature=temperature, **mode)

    async def async_set_hvac_mode(self, hvac_mode):
        await self._told(hvac_mode=hvac_mode)

    async def async_turn_on(self):
        await self._told(hvac_mode=HVACMode.HEAT)

    async def async_turn_off(self):
        await self._told(hvac_mode=HVACMode.OFF)


class Cover(Thing, CoverEntity):
    _attr_supported_features = (
        CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE | CoverEntityFeature.STOP | CoverEntityFeature.SET_POSITION
    )

    def furnish(self, state, attributes):
        self._attr_is_opening = self._attr_is_closing = False
        self._attr_current_cover_position = attributes.get("current_position", 100 if state == "open" else 0)

    @property
    def is_closed(self):
        return self._attr_current_cover_position == 0

    async def async_open_cover(self, **_):
        await self._told(current_cover_position=100)

    async def async_close_cover(self, **_):
        await self._told(current_cover_position=0)

    async def async_stop_cover(self, **_):
        await self._told(is_opening=False, is_closing=False)

    async def async_set_cover_position(self, position, **_):
        await self._told(current_cover_position=position)


class Valve(Thing, ValveEntity):
    _attr_supported_features = (
        ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE | ValveEntityFeature.STOP | ValveEntityFeature.SET_POSITION
    )
    _attr_reports_position = True

    def furnish(self, state, attributes):
        self._attr_current_valve_position = attributes.get("current_position", 100 if state == "open" else 0)

    async def async_open_valve(self):
        await self._told(current_valve_position=100)

    async def async_close_valve(self):
        await self._told(current_valve_position=0)

    async def async_stop_valve(self):
        await self._told()

    async def async_set_valve_position(self, position):
        await self._told(current_valve_position=position)


class Lock(Thing, LockEntity):
    def furnish(self, state, attributes):
        self._attr_is_locked = state != "unlocked"

    async def async_lock(self, **_):
        await self._told(is_locked=True)

    async def async_unlock(self, **_):
        await self._told(is_locked=False)


class Player(Thing, MediaPlayerEntity):
    _attr_supported_features = (
        MediaPlayerEntityFeature.TURN_ON
        | MediaPlayerEntityFeature.TURN_OFF
        | MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.NEXT_TRACK
        | MediaPlayerEntityFeature.PREVIOUS_TRACK
        | MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_STEP
        | MediaPlayerEntityFeature.VOLUME_MUTE
        | MediaPlayerEntityFeature.SELECT_SOURCE
    )

    def furnish(self, state, attributes):
        self._attr_state = MediaPlayerState(state if state not in {None, "unavailable"} else "off")
        self._attr_volume_level = attributes.get("volume_level", 0.5)
        self._attr_is_volume_muted = attributes.get("is_volume_muted", False)
        self._attr_source_list = attributes.get("source_list", ["Radio", "TV"])
        self._attr_source = attributes.get("source", self._attr_source_list[0])
        self._attr_media_title = attributes.get("media_title", "First Song")
        self._attr_media_track = attributes.get("media_track", 2)

    async def async_turn_on(self):
        await self._told(state=MediaPlayerState.IDLE)

    async def async_turn_off(self):
        await self._told(state=MediaPlayerState.OFF)

    async def async_media_play(self):
        await self._told(state=MediaPlayerState.PLAYING)

    async def async_media_pause(self):
        await self._told(state=MediaPlayerState.PAUSED)

    async def async_media_stop(self):
        await self._told(state=MediaPlayerState.IDLE)

    async def async_media_next_track(self):
        await self._told(media_track=self._attr_media_track + 1)

    async def async_media_previous_track(self):
        await self._told(media_track=self._attr_media_track - 1)

    async def async_play_media(self, media_type, media_id, **_):
        await self._told(state=MediaPlayerState.PLAYING, media_title=media_id, media_track=1)

    async def async_set_volume_level(self, volume):
        await self._told(volume_level=volume)

    async def async_mute_volume(self, mute):
        await self._told(is_volume_muted=mute)

    async def async_select_source(self, source):
        await self._told(source=source)


class Vacuum(Thing, StateVacuumEntity):
    _attr_supported_features = (
        VacuumEntityFeature.START
        | VacuumEntityFeature.STOP
        | VacuumEntityFeature.PAUSE
        | VacuumEntityFeature.RETURN_HOME
        | VacuumEntityFeature.LOCATE
        | VacuumEntityFeature.STATE
    )

    def furnish(self, state, attributes):
        self._attr_activity = VacuumActivity(state if state not in {None, "unavailable"} else "docked")

    async def async_start(self):
        await self._told(activity=VacuumActivity.CLEANING)

    async def async_pause(self):
        await self._told(activity=VacuumActivity.PAUSED)

    async def async_stop(self, **_):
        await self._told(activity=VacuumActivity.IDLE)

    async def async_return_to_base(self, **_):
        await self._told(activity=VacuumActivity.DOCKED)

    async def async_locate(self, **_):
        await self._told()


class Sensor(Thing, SensorEntity):
    def furnish(self, state, attributes):
        self._attr_native_value = state
        self._attr_native_unit_of_measurement = attributes.get("unit_of_measurement")


class BinarySensor(Thing, BinarySensorEntity):
    def furnish(self, state, attributes):
        self._attr_is_on = state == "on"


THINGS = {
    "binary_sensor": BinarySensor,
    "calendar": Calendar,
    "climate": Climate,
    "cover": Cover,
    "fan": Fan,
    "light": Light,
    "lock": Lock,
    "media_player": Player,
    "sensor": Sensor,
    "switch": Switch,
    "todo": Todo,
    "vacuum": Vacuum,
    "valve": Valve,
    "weather": Weather,
}
