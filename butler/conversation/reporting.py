"""What came of an action, told from what was read back: never "done" where nothing was seen to be so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from butler.conversation.crowds import crowd_text
from butler.conversation.describing import degrees, described, percent
from butler.conversation.phrasing import joined, many, opening, small, subject, the, verb
from butler.home.control import ActionReport
from butler.home.planners.steps import Unsupported
from butler.home.port import CallOutcome, Outcome
from engine.understanding.snapshot import Entity, Snapshot

Slots = Mapping[str, Any]


def report_text(report: ActionReport, unsupported: Iterable[Unsupported], slots: Slots, snapshot: Snapshot) -> str:
    """Return sentences that say what is so now, and what could not be done and why."""
    crowd = crowd_text(report, slots)
    sentences = [crowd] if crowd else []
    for kind in _ORDER:
        outcomes = report.with_outcome(kind)
        if outcomes and not (crowd and kind in _AS_ASKED):
            sentences += _SENTENCES[kind](outcomes, slots)
    sentences += _cannot(unsupported, snapshot)
    return " ".join(sentences)


def short_text(report: ActionReport, slots: Slots, word: str = "") -> str | None:
    """Return "kitchen light off" (with `word`, "kitchen light back off") where all went well, else None."""
    if not report.succeeded:
        return None
    groups = _by_phrase(report.outcomes, lambda entity: now_words(entity, slots))
    middle = f" {word}" if word else ""
    return joined(f"{_plain_subject(entities)}{middle} {words}" for words, entities in groups.items())


def now_words(entity: Entity, slots: Slots) -> str:
    """Return what the entity is now, seen from what was asked of it."""
    action = slots.get("action")
    if entity.domain == "media_player":
        return _player_words(entity, slots, action)
    if entity.domain in {"scene", "script"}:
        return "activated" if entity.domain == "scene" else "started"
    if entity.domain == "vacuum" and action == "locate":
        return "calling out, if it heard me"
    return f"{described(entity)}{_asked_detail(entity, slots)}"


def _asked_detail(entity: Entity, slots: Slots) -> str:
    """Return what was asked for and does not show in the plain description: a colour, or what is set while off."""
    if entity.domain == "climate" and entity.state == "off" and slots.get("temperature") is not None:
        target = entity.attributes.get("temperature")
        return "" if target is None else f", but set to {degrees(entity, target)} for when it runs"
    if entity.domain == "light" and entity.state == "on":
        if slots.get("color"):
            return f", in {slots['color']}"
        if slots.get("color_temp"):
            return f", at {entity.attributes.get('color_temp_kelvin') or slots['color_temp']} K"
    return ""


def _player_words(entity: Entity, slots: Slots, action: object) -> str:
    attributes = entity.attributes
    level = attributes.get("volume_level")
    if action in {"mute", "unmute"}:
        return "muted" if attributes.get("is_volume_muted") else "no longer muted"
    if (slots.get("volume") is not None or action in {"increase", "decrease"}) and level is not None:
        return f"at {percent(level * 100)} volume"
    if action == "select_source" or slots.get("source"):
        return f"on {attributes.get('source')}"
    return described(entity)


def _entity(outcome: CallOutcome) -> Entity:
    known = outcome.after or outcome.before
    return known or Entity(outcome.entity_id, outcome.entity_id.partition(".")[2].replace("_", " "))


def _by_phrase(outcomes: Iterable[CallOutcome], words: Callable[[Entity], str]) -> dict[str, list[Entity]]:
    groups: dict[str, list[Entity]] = {}
    for outcome in outcomes:
        entity = _entity(outcome)
        groups.setdefault(words(entity), []).append(entity)
    return groups


def _plain_subject(entities: Sequence[Entity]) -> str:
    begun, _ = subject(entities)
    return small(begun) if len(entities) > 1 else small(entities[0].name)


def _changed(outcomes: Sequence[CallOutcome], slots: Slots) -> list[str]:
    groups = _by_phrase(outcomes, lambda entity: now_words(entity, slots))
    return [f"{begun} {verb} {words}." for words, entities in groups.items() for begun, verb in [subject(entities)]]


def _already(outcomes: Sequence[CallOutcome], slots: Slots) -> list[str]:
    groups = _by_phrase(outcomes, lambda entity: _limit_words(entity, slots) or now_words(entity, slots))
    found = [(words, *subject(entities)) for words, entities in groups.items()]
    return [f"{begun} {verb} already {words}." for words, begun, verb in found]


def _limit_words(entity: Entity, slots: Slots) -> str | None:
    """Return what keeps a light from getting any brighter, for which "on" would be no answer."""
    brightening = slots.get("action") == "increase" and "brightness" not in slots
    return "at full brightness" if brightening and entity.domain == "light" and entity.state == "on" else None


def _unchanged(outcomes: Sequence[CallOutcome], _: Slots) -> list[str]:
    groups = _by_phrase(outcomes, described)
    return [f"I tried, but {many(entities)} did not react: still {words}." for words, entities in groups.items()]


def _unavailable(outcomes: Sequence[CallOutcome], _: Slots) -> list[str]:
    begun, verb = subject([_entity(outcome) for outcome in outcomes])
    return [f"{begun} {verb} unavailable at the moment, so I could not do that."]


def _error(outcomes: Sequence[CallOutcome], _: Slots) -> list[str]:
    return [_problem(outcome) for outcome in outcomes]


def _problem(outcome: CallOutcome) -> str:
    entity = _entity(outcome)
    names = [entity.name]
    pronoun = "they are" if verb(names) == "are" else "it is"
    return f"{opening(the(entity.name))} reported a problem{_because(outcome)}; {pronoun} {described(entity)}."


def _timed_out(outcomes: Sequence[CallOutcome], _: Slots) -> list[str]:
    entities = [_entity(outcome) for outcome in outcomes]
    groups = _by_phrase(outcomes, described)
    states = joined(words for words in groups)
    return [f"{opening(many(entities))} did not answer in time; when I looked, the state was still {states}."]


def _because(outcome: CallOutcome) -> str:
    return f" ({outcome.problem})" if outcome.problem else ""


_ORDER = (
    Outcome.CHANGED,
    Outcome.ALREADY,
    Outcome.UNCHANGED,
    Outcome.TIMED_OUT,
    Outcome.ERROR,
    Outcome.UNAVAILABLE,
)
_AS_ASKED = frozenset({Outcome.CHANGED, Outcome.ALREADY})
_SENTENCES: Mapping[Outcome, Callable[[Sequence[CallOutcome], Slots], list[str]]] = MappingProxyType(
    {
        Outcome.CHANGED: _changed,
        Outcome.ALREADY: _already,
        Outcome.UNCHANGED: _unchanged,
        Outcome.TIMED_OUT: _timed_out,
        Outcome.ERROR: _error,
        Outcome.UNAVAILABLE: _unavailable,
    }
)
_CANNOT = MappingProxyType(
    {
        "brightness": "can't be dimmed",
        "color": "can't show that colour",
        "color_temp": "can't change its shade of white",
        "hvac_mode": "doesn't have that mode",
        "position": "can't be moved part of the way",
        "source": "doesn't have that source",
        "speed": "has no speeds",
        "temperature": "can't be set to that temperature",
        "read_only": "can only be read, never switched",
        "unknown_entity": "is no longer in the home",
    }
)


def _cannot(unsupported: Iterable[Unsupported], snapshot: Snapshot) -> list[str]:
    groups: dict[tuple[str, str | None], list[Entity]] = {}
    for one in unsupported:
        entity = snapshot.by_id.get(one.entity_id) or Entity(one.entity_id, one.entity_id)
        groups.setdefault((one.what, one.detail), []).append(entity)
    return [_cannot_sentence(what, detail, entities) for (what, detail), entities in groups.items()]


def _cannot_sentence(what: str, detail: str | None, entities: Sequence[Entity]) -> str:
    problem = _CANNOT.get(what, "can't do that")
    hint = f" (it takes {detail})" if detail and what != "color" else ""
    return f"{opening(many(entities))} {problem}{hint}."
