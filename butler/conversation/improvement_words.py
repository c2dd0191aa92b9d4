"""Improvements in words: what one says, whose it is, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from butler.conversation.phrasing import joined, the
from engine.learning.changes_of_tasks import WEEKDAYS
from engine.llm.jobs import JOBS
from engine.tasks.rules import OF_CAPTURES, WITH_DEADLINE
from engine.understanding.handlers import HANDLERS
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import OF_INTENTS
from engine.understanding.snapshot import Snapshot
from store import people
from store.database import Store
from store.improvements import Improvement

Change = Mapping[str, Any]
ASKED: Mapping[str, str] = MappingProxyType(
    {"kind": "what it is", "when": "when it should be", "what": "what exactly is meant"}
)
ERASED = "something that was erased with who said it"


def improvement_line(store: Store, snapshot: Snapshot, found: Improvement) -> str:
    """Return one improvement in a line: its number, what it says, how it stands, and who taught it."""
    verb = "suggested" if found.source == "user_suggestion" else "taught"
    who = f", {verb} by {people.name_of(store, found.submitted_by)}" if found.submitted_by else ""
    status = found.status.value.replace("_", " ")
    words = change_words(store, snapshot, found.proposed_value) or found.target or ERASED
    return f"#{found.number} {words} ({status}{who})"


def _about(name: object) -> str:
    intent = INTENTS.get(str(name))
    return intent.about.partition(":")[0] if intent else str(name)


def _exemplar(value: Change) -> str:
    intent = INTENTS.get(str(value.get("intent")))
    alone = ", said in just these words" if value.get("verbatim") else ""
    return f"“{value.get('text')}” is about {intent.about if intent else value.get('intent')}{alone}"


def _pattern(value: Change) -> str:
    slots = value.get("slots")
    slots = slots if isinstance(slots, dict) else {}
    said = [str(slots["action"])] if "action" in slots else []
    said += [f"{name.replace('_', ' ')} {slots[name]}" for name in sorted(slots) if name != "action"]
    means = f": {joined(said)}" if said else ""
    return f"“{value.get('template')}” is read as {_about(value.get('intent'))}{means}"


def _routing(value: Change) -> str:
    handler = HANDLERS.get(str(value.get("handler")))
    does = f" ({handler.name}: it {handler.about})" if handler else ""
    return f"what is about {_about(value.get('intent'))} is answered otherwise{does}"


def _template(value: Change) -> str:
    return f"the sentence “{value.get('key')}” is worded “{value.get('text')}”"


def _model_choice(value: Change) -> str:
    job = JOBS.get(str(value.get("job")))
    return f"the language model {value.get('model')} is asked for {job.about if job else value.get('job')}"


def _keyword_rule(value: Change) -> str:
    return f"what names “{value.get('phrase')}” is of {value.get('priority')} priority"


def _ambiguity_rule(value: Change) -> str:
    return f"I ask {ASKED.get(str(value.get('asks')), 'about it')} where “{value.get('phrase')}” is said"


def _time_mapping(value: Change) -> str:
    return f"“{value.get('phrase')}” says when: {value.get('meaning')}"


def _report_hour(value: Change) -> str:
    weekday = value.get("weekday")
    on = f" on {WEEKDAYS[weekday].capitalize()}" if isinstance(weekday, int) and weekday in range(7) else ""
    hour = value.get("hour")
    return f"reports come{on} at {hour:02}:00" if isinstance(hour, int) else f"reports come{on}"


def _threshold(value: Change) -> str:
    name, number = str(value.get("name")), value.get("value")
    of = name.partition(":")[2].replace("_", " ")
    if name.startswith(OF_CAPTURES):
        sort = "a thought with a time" if name == WITH_DEADLINE else f"a thought that looks like a {of}"
        return f"I ask what {sort} is when I am less than {_percent(number)} sure"
    if name.startswith(OF_INTENTS):
        return (
            f"I ask before I take something for {_about(name.partition(':')[2])} when less than {_percent(number)} sure"
        )
    return f"the threshold “{name}” is {number}"


def _percent(number: object) -> str:
    return f"{number:.0%}" if isinstance(number, int | float) else str(number)


_TOLD: Mapping[str, Callable[[Change], str]] = MappingProxyType(
    {
        "exemplar": _exemplar,
        "pattern": _pattern,
        "routing": _routing,
        "template": _template,
        "threshold": _threshold,
        "model_choice": _model_choice,
        "keyword_rule": _keyword_rule,
        "ambiguity_rule": _ambiguity_rule,
        "time_mapping": _time_mapping,
        "report_hour": _report_hour,
    }
)


def change_words(store: Store, snapshot: Snapshot, value: Any) -> str:
    """Return what a change says, as it stands within a sentence; empty for what is no change."""
    if not isinstance(value, dict):
        return ""
    told = _TOLD.get(str(value.get("type")))
    mine = f" for {people.name_of(store, str(value['owner']))}" if value.get("owner") else ""
    if told:
        return f"{told(value)}{mine}"
    phrase = value.get("phrase") or value.get("text")
    meaning = value.get("target") or value.get("replacement") or value.get("text") or value.get("intent")
    known = snapshot.by_id.get(str(meaning)) or snapshot.areas_by_id.get(str(meaning))
    shown = the(known.name) if known else f"“{meaning}”"
    return f"“{phrase}” means {shown}{mine}" if phrase else ""
