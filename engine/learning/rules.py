"""Changes of how Butler reads, answers and speaks, judged: why they wait, what refuses them, whether they work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from engine.learning.changes import (
    ModelChoiceChange,
    PatternChange,
    RoutingChange,
    RuleChange,
    TaskChange,
    TemplateChange,
    ThresholdChange,
)
from engine.learning.grounds import Grounds
from engine.learning.model_choices import chosen_models
from engine.learning.outcomes import Refusal, Refused
from engine.learning.task_rules import task_fault, task_in_force, task_reason, task_shortfall
from engine.learning.thresholds import value_of
from engine.llm.jobs import JOBS
from engine.sentences import SENTENCES
from engine.understanding.handlers import HANDLERS, handler_of
from engine.understanding.home_index import READABLE
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.knowledge import Knowledge
from engine.understanding.taught_templates import examples, wildcards_in

_MOST_NAMES = 3
_VALUES: Mapping[str, str] = {
    "light_control": "40%",
    "fan_control": "66%",
    "climate_control": "21 degrees",
    "cover_control": "50%",
    "valve_control": "50%",
    "media_control": "30%",
}
_FILL = {"media": "jazz", "name": "pasta", "title": "milk", "source": "radio"}
_UNDONE = frozenset({Disposition.REFUSE, Disposition.NONE})


def rule_reason(change: RuleChange) -> str:
    """Return why a change waits for an admin, as a clause."""
    match change:
        case PatternChange():
            return "it changes how sentences are read"
        case RoutingChange():
            return f"it changes who answers: {change.handler} {HANDLERS[change.handler].about}"
        case TemplateChange():
            return "it changes what I say to everybody"
        case ThresholdChange():
            return "it changes how sure I have to be"
        case ModelChoiceChange():
            return f"it changes which language model I ask for {JOBS[change.job].about}"
        case _:
            return task_reason(change)


def rule_refusal(change: RuleChange, grounds: Grounds) -> Refused | None:
    """Return why a change would change nothing, or None."""
    same = f"That is so already: {change.phrase} is {change.meaning}."
    if isinstance(change, TaskChange) and (fault := task_fault(change)):
        return fault
    match change:
        case PatternChange():
            said = sentences(change, grounds)
            if said and all(_means(change, grounds.understand(one)) for one in said):
                return Refused(Refusal.SAME_MEANING, f"“{said[0]}” is understood so already.")
            return None
        case _:
            return Refused(Refusal.SAME_MEANING, same) if in_force(change, grounds) else None


def in_force(change: RuleChange, grounds: Grounds) -> bool:
    """Tell whether what is known says what a change says."""
    if isinstance(change, TaskChange):
        return task_in_force(change, grounds.tasks)
    return _in_knowledge(change, grounds.interpreter.knowledge)


def _in_knowledge(change: RuleChange, knowledge: Knowledge) -> bool:
    match change:
        case PatternChange():
            return any((p.template, p.intent, dict(p.slots)) == _told(change) for p in knowledge.patterns)
        case RoutingChange():
            return handler_of(change.intent, knowledge.routing).name == change.handler
        case TemplateChange():
            return knowledge.templates.get(change.key, SENTENCES[change.key].text) == change.text
        case ThresholdChange():
            return value_of(change.name, knowledge.thresholds) == change.value
        case ModelChoiceChange():
            return chosen_models(knowledge).get(change.job) == change.model
    return False


def rule_shortfall(change: RuleChange, grounds: Grounds) -> str | None:
    """Return what is still otherwise with a change in force, or None when it does what it is for."""
    if not in_force(change, grounds):
        return f"{change.phrase} is still not {change.meaning}"
    if isinstance(change, TaskChange):
        return task_shortfall(change, grounds.tasks.rules(change.owner), grounds.now)
    if isinstance(change, PatternChange):
        for said in sentences(change, grounds):
            if not _means(change, grounds.understand(said)):
                return f"“{said}” is still not understood so"
    return None


def sentences(change: PatternChange, grounds: Grounds) -> tuple[str, ...]:
    """Return what the template could be said as in this home; nothing where the home has nothing to say it of."""
    fill = {**_FILL, "value": _VALUES.get(change.intent, "10 minutes")}
    if "target" not in wildcards_in(change.template):
        return examples(change.template, fill)
    names = islice(_names(change.intent, grounds), _MOST_NAMES)
    said = (one for name in names for one in examples(change.template, {**fill, "target": f"the {name}"}))
    return tuple(dict.fromkeys(said))


def _names(intent: str, grounds: Grounds) -> Iterable[str]:
    domains = READABLE if intent == "state_query" else grounds.intents[intent].domains
    for domain in domains:
        named = [e for e in grounds.snapshot.entities if e.exposed and e.domain == domain and e.available]
        if named:
            yield named[0].name.casefold()


def _means(change: PatternChange, found: Interpretation) -> bool:
    """Tell whether a sentence is read as a pattern says; which things it is said of is no matter here."""
    if found.intent != change.intent or found.stage is not Stage.PATTERN or found.disposition in _UNDONE:
        return False
    told = {name: value for name, value in change.slots.items() if name != "action"}
    return all(found.slots.get(name) == value for name, value in told.items()) and _same_action(change, found)


def _same_action(change: PatternChange, found: Interpretation) -> bool:
    # A domain may bend what it is told (a valve that is turned on is opened), but nothing else is done by any.
    wanted, action = change.slots.get("action"), found.slots.get("action")
    return wanted == action or (wanted in _BENDS and action in _BENDS[str(wanted)])


_BENDS = {
    "on": {"open", "start", "activate", "set"},
    "off": {"close", "stop"},
    "start": {"activate"},
    "play": {"activate"},
    "open": {"unlock", "set", "increase"},
    "close": {"lock", "set", "decrease"},
    "increase": {"open", "set"},
    "decrease": {"close", "set"},
}


def _told(change: PatternChange) -> tuple[str, str, dict[str, object]]:
    return change.template, change.intent, dict(change.slots)
