"""What a moment comes to: the instant, the day, the range, or the recurrence that is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from engine.tasks.due import Due, DueKind
from engine.tasks.recurrence import Every, Recurrence
from engine.tasks.times.moment import Clock, Moment, Scene, days_of
from engine.tasks.wall import instant_of

_MORNINGS = {"morning", "early_morning", "late_morning"}
_LATE = {"night", "tonight", "late_tonight", "evening", "late_evening", "early_evening"}
_DEEP_NIGHT = 6
_GOING_OUT = frozenset("dinner supper drinks pub cinema film movie concert theatre restaurant party tea disco".split())
_WAKING = frozenset({"wake", "waking", "alarm", "alarms"})


def settled(moment: Moment, wording: str, scene: Scene, *, by: bool = False) -> Due | None:
    """Return what a moment comes to in a scene, or None where it comes to nothing."""
    due = _due(moment, wording, scene)
    if due is None:
        return None
    return replace(due, by=by and due.kind is not DueKind.OPEN, asks=due.asks or moment.asks)


def _due(moment: Moment, wording: str, scene: Scene) -> Due | None:
    if moment.again:
        return Due(DueKind.RECURRENCE, wording, recurrence=_recurrence(moment, moment.again, scene))
    if moment.exact:
        return Due(DueKind.POINT, wording, at=moment.exact)
    if moment.stretch:
        return _range(moment.stretch.start, moment.stretch.end, wording, scene)
    days = days_of(moment, scene)
    if days is None or days.single:
        return _in_day(moment, days.start if days else None, wording, scene)
    return Due(DueKind.RANGE, wording, start=days.start, end=days.end)


def _in_day(moment: Moment, day: date | None, wording: str, scene: Scene) -> Due | None:
    if moment.clock:
        return _at_clock(moment, moment.clock, day, wording, scene)
    if moment.part:
        return _in_part(moment.part, day, wording, scene)
    if day is not None:
        return Due(DueKind.DAY, wording, day=day)
    return Due(DueKind.OPEN, wording, asks=True) if moment.vague else None


def _range(start: datetime, end: datetime, wording: str, scene: Scene) -> Due:
    first, last = (instant_of(each.date(), each.time(), scene.zone) for each in (start, end))
    return Due(DueKind.RANGE, wording, start=first, end=last)


def _in_part(part: str, day: date | None, wording: str, scene: Scene) -> Due:
    first, last = scene.conventions.parts.get(part, scene.conventions.parts["night"])
    if day is None:
        now = scene.wall.hour * 60 + scene.wall.minute
        day = scene.today + timedelta(days=int(last <= now))
    midnight = datetime.combine(day, time())
    return _range(midnight + timedelta(minutes=first), midnight + timedelta(minutes=last), wording, scene)


def _at_clock(moment: Moment, clock: Clock, day: date | None, wording: str, scene: Scene) -> Due | None:
    tonight = moment.relative == "tonight"
    at = placed(clock, day, moment.part, scene, tonight=tonight)
    past_today = at <= scene.now and day == scene.today and not moment.past
    if moment.until is None:
        doubtful = past_today and moment.relative != "close"
        at_night = clock.half == "midnight" and day not in {None, scene.today} and not moment.part
        return Due(DueKind.POINT, wording, at=at, asks=doubtful or at_night)
    end = _end(at, moment.until, scene)
    return Due(DueKind.RANGE, wording, start=at, end=end)


def _end(start: datetime, until: Clock, scene: Scene) -> datetime:
    wall = start.astimezone(scene.zone)
    for hour in (until.hour,) if until.settled else (until.hour % 12, until.hour % 12 + 12):
        end = instant_of(wall.date(), time(hour, until.minute), scene.zone)
        if end > start:
            return end
    return instant_of(wall.date() + timedelta(days=1), time(until.hour, until.minute), scene.zone)


def placed(clock: Clock, day: date | None, part: str, scene: Scene, *, tonight: bool = False) -> datetime:
    """Return the UTC instant of a time of day, the half of the day guessed where it was not said."""
    if part:
        return _in_half(clock, day, part, scene, tonight=tonight)
    if day is None:
        return _next(clock, scene)
    if clock.half == "midnight" and day == scene.today:
        return _instant(clock, day + timedelta(days=1), 0, scene)
    if clock.settled or not 1 <= clock.hour <= 12:
        return _instant(clock, day, clock.hour, scene)
    hour = clock.hour
    early = not _WAKING.isdisjoint(scene.words) and day != scene.today
    evening = hour < 12 and not early and not _GOING_OUT.isdisjoint(scene.words)
    if evening or (hour < scene.conventions.dawn.hour and not early):
        hour += 12
    at = _instant(clock, day, hour, scene)
    if day == scene.today and at <= scene.now and hour < 12:
        return _instant(clock, day, hour + 12, scene)
    return at


def _in_half(clock: Clock, day: date | None, part: str, scene: Scene, *, tonight: bool) -> datetime:
    given = day is not None
    start = day if day is not None else scene.today
    hour = clock.hour
    if not clock.settled or (clock.half == "" and hour <= 12):
        hour %= 12
        if part in _LATE:
            small = hour < 5 and (part in {"night", "tonight", "late_tonight"} or hour == 0)
            if small and (hour != 0 or not clock.settled):
                start += timedelta(days=1) if tonight or hour == 0 else timedelta()
            else:
                hour += 12 if hour >= 5 or part != "night" else 0
        elif part not in _MORNINGS:
            hour += 12
    elif clock.half == "midnight" and part in _LATE:
        start += timedelta(days=1)
    at = _instant(clock, start, hour % 24, scene)
    return at if given or at > scene.now else _instant(clock, start + timedelta(days=1), hour % 24, scene)


def _next(clock: Clock, scene: Scene) -> datetime:
    """Return the next such time; a bare hour is not in the depth of the night unless somebody wants to be woken."""
    hours = [clock.hour]
    bare = not clock.settled and 1 <= clock.hour <= 12
    if bare:
        hours = [clock.hour % 12, clock.hour % 12 + 12]
    waking = not _WAKING.isdisjoint(scene.words)
    found = []
    for ahead in (0, 1, 2):
        for hour in hours:
            at = _instant(clock, scene.today + timedelta(days=ahead), hour, scene)
            deep = bare and not waking and hour < _DEEP_NIGHT
            if at > scene.now and not deep and not ("wake" in scene.words and bare and hour >= 12):
                found.append(at)
    return min(found)


def _instant(clock: Clock, day: date, hour: int, scene: Scene) -> datetime:
    at = time(hour, clock.minute, clock.second)
    if clock.offset is not None:
        zone = timezone(timedelta(minutes=clock.offset))
        return datetime.combine(day, at, zone).astimezone(UTC)
    return instant_of(day, at, scene.zone)


def _recurrence(moment: Moment, again: Recurrence, scene: Scene) -> Recurrence:
    if again.every in {Every.HOUR, Every.MINUTE}:
        return again
    clocks = [moment.clock] if moment.clock else []
    times = [_time_of(clock, moment.part, scene) for clock in (*clocks, *moment.more)]
    if not times and moment.part:
        times = [scene.conventions.usual_times.get(moment.part, scene.conventions.default)]
    return replace(again, times=tuple(sorted(set(times))))


def _time_of(clock: Clock, part: str, scene: Scene) -> time:
    hour = clock.hour
    if not clock.settled and 1 <= hour <= 12:
        if part:
            hour = hour % 12 + (0 if part in _MORNINGS else 12)
        elif hour < scene.conventions.dawn.hour and _WAKING.isdisjoint(scene.words):
            hour += 12
    return time(hour % 24, clock.minute, clock.second)


def is_over(due: Due, scene: Scene) -> bool:
    """Whether all of it lies before now."""
    if due.kind is DueKind.POINT:
        return due.at is not None and due.at < scene.now - timedelta(seconds=1) and not due.asks
    if due.kind is DueKind.DAY:
        return due.day is not None and due.day < scene.today
    if due.kind is DueKind.RANGE and due.end is not None:
        if isinstance(due.end, datetime):
            return due.end <= scene.now
        return due.end <= scene.today
    return False
