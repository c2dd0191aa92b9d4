"""The weather that is coming, as the home's weather service forecasts it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from butler.conversation.answers import sky_words, weather_answer
from butler.conversation.phrasing import joined, opening
from butler.conversation.spans import Span, day_words, span_of, today
from butler.conversation.turn import Ports, Turn
from butler.home.errors import HomeError
from butler.home.offers import Forecast, HomeWeather, offers_of
from engine.tasks.wall import local
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Entity

_MOST_DAYS = 7
_LIKELY = 50.0
_WET = frozenset({"rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail"})
_WHITE = frozenset({"snowy", "snowy-rainy"})
_BRIGHT = frozenset({"sunny", "clear", "clear-night", "partlycloudy"})


@dataclass(frozen=True)
class _Topic:
    """Something people ask after; `so` says whether a forecast has it, or None where it does not tell."""

    words: re.Pattern[str]
    name: str
    so: Callable[[Forecast, Entity], bool | None]


@dataclass(frozen=True)
class _Question:
    """A question about the weather: of which entity, for when, and after what."""

    entity: Entity
    span: Span
    topic: _Topic | None


def outlook_text(ports: Ports, turn: Turn, found: Interpretation) -> str | None:
    """Return the answer to a question about the weather, or None where the home knows of none."""
    entity = next((e for e in turn.snapshot.entities if e.domain == "weather" and e.exposed), None)
    if entity is None:
        return None
    if found.slots.get("city"):
        return f"I only know the weather here at home, not in {found.slots['city']}."
    home = offers_of(ports.home).weather
    if home is None:
        return weather_answer(turn.snapshot)
    span = span_of(ports, turn, found.text)
    if span is not None and span.end <= turn.incoming.at:
        return "I only know how the weather is and will be, not how it was."
    topic = next((topic for topic in _TOPICS if topic.words.search(found.text)), None)
    question = _Question(entity, span or today(ports, turn), topic)
    now = weather_answer(turn.snapshot, coming=None) if span is None and topic is None else None
    return _answer(ports, turn, home, question, now)


def _answer(ports: Ports, turn: Turn, home: HomeWeather, question: _Question, now: str | None) -> str:
    try:
        told = _told(ports, turn, _forecasts(ports, home, question), question)
    except HomeError:
        return now or f"I couldn't get the forecast for {question.span.wording} just now."
    if now is not None:
        return f"{now} {told}".strip()
    return told or f"There is no forecast for {question.span.wording}."


def _forecasts(ports: Ports, home: HomeWeather, question: _Question) -> list[Forecast]:
    """Return the forecasts of a span, by the hour for hours and by the day for days where there are such."""
    zone, span = ports.settings.time_zone, question.span
    first = local(span.start, zone).date()
    for hourly in (True, False) if span.is_part_of_a_day else (False, True):
        rows = [row for row in home.forecasts(question.entity.entity_id, hourly=hourly) if row.at < span.end]
        rows = [row for row in rows if (row.at >= span.start if hourly else local(row.at, zone).date() >= first)]
        if rows:
            return rows
    return []


def _told(ports: Ports, turn: Turn, rows: Sequence[Forecast], question: _Question) -> str:
    days: dict[str, list[Forecast]] = {}
    for row in rows:
        name = day_words(local(row.at, ports.settings.time_zone).date(), ports, turn)
        days.setdefault(name, []).append(row)
    lead = _lead(question, days) if rows and question.topic else ""
    shown = list(days.items())[:_MOST_DAYS]
    if question.span.is_part_of_a_day and len(days) == 1:
        shown = [(question.span.wording, list(rows))]
    lines = [f"{opening(name)}: {_summary(of_day, question)}." for name, of_day in shown]
    return f"{lead} {' '.join(lines)}".strip()


def _lead(question: _Question, days: Mapping[str, Sequence[Forecast]]) -> str:
    """Return whether what was asked after is forecast; nothing where the forecast does not tell."""
    topic = question.topic
    if topic is None:
        return ""
    told = {name: [topic.so(row, question.entity) for row in rows] for name, rows in days.items()}
    having = [name for name, verdicts in told.items() if True in verdicts]
    if having:
        when = joined(having) if len(told) > 1 else question.span.wording
        return f"{opening(topic.name)} is forecast for {when}."
    if all(None in verdicts for verdicts in told.values()):
        return ""
    return f"No {topic.name} is forecast for {question.span.wording}."


def _summary(rows: Sequence[Forecast], question: _Question) -> str:
    entity, topic = question.entity, question.topic
    skies = Counter(row.condition for row in rows if row.condition)
    parts = [sky_words(skies.most_common(1)[0][0])] if skies else []
    unit = str(entity.attributes.get("temperature_unit") or "°")
    warmths = [value for row in rows for value in (row.low, row.temperature) if value is not None]
    if warmths:
        low, high = round(min(warmths)), round(max(warmths))
        parts.append(f"{low}{unit}" if low == high else f"{low} to {high}{unit}")
    chances = [row.rain_chance for row in rows if row.rain_chance is not None]
    if chances:
        parts.append(f"{round(max(chances))}% chance of rain")
    winds = [row.wind for row in rows if row.wind is not None]
    if winds and topic is not None and topic.name == "strong wind":
        parts.append(f"wind up to {round(max(winds))} {entity.attributes.get('wind_speed_unit') or ''}".rstrip())
    return ", ".join(parts) or "nothing more is known"


def _rain(row: Forecast, _: Entity) -> bool | None:
    if row.rain_chance is not None:
        return row.rain_chance >= _LIKELY
    return row.condition in _WET if row.condition else None


def _frost(row: Forecast, entity: Entity) -> bool | None:
    coldest = row.low if row.low is not None else row.temperature
    freezing = 32.0 if "F" in str(entity.attributes.get("temperature_unit") or "") else 0.0
    return None if coldest is None else coldest <= freezing


def _strong(row: Forecast, entity: Entity) -> bool | None:
    limits: Mapping[str, float] = MappingProxyType({"km/h": 39.0, "mph": 24.0, "m/s": 10.8, "kn": 21.0})
    limit = limits.get(str(entity.attributes.get("wind_speed_unit")))
    return None if row.wind is None or limit is None else row.wind >= limit


def _condition(among: frozenset[str]) -> Callable[[Forecast, Entity], bool | None]:
    return lambda row, _: row.condition in among if row.condition else None


_TOPICS = (
    _Topic(re.compile(r"\b(?:snow\w*|sleet|sledg\w+)\b", re.IGNORECASE), "snow", _condition(_WHITE)),
    _Topic(re.compile(r"\b(?:frost\w*|freez\w+|icy|ice)\b", re.IGNORECASE), "frost", _frost),
    _Topic(re.compile(r"\b(?:wind\w*|gale\w*|breez\w+|storm\w*)\b", re.IGNORECASE), "strong wind", _strong),
    _Topic(
        re.compile(r"\b(?:rain\w*|umbrella|brolly|wet|dry|shower\w*|drizzl\w+|pour\w*)\b", re.IGNORECASE), "rain", _rain
    ),
    _Topic(re.compile(r"\b(?:sun\w*|bright)\b", re.IGNORECASE), "sun", _condition(_BRIGHT)),
)
