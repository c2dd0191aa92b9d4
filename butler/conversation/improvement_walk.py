"""One improvement from its signals to its end: the evidence, the reason, the test, what happened, and the watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from butler.conversation.improvement_words import change_words, improvement_line
from butler.conversation.phrasing import joined
from butler.conversation.readings import taken_for
from butler.conversation.tested_words import shortened, verdict_lines
from butler.conversation.turn import Ports, Turn
from butler.conversation.watch_words import watch_lines
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Snapshot
from store import Status, improvements, people, signals
from store.improvements import AuditEntry, Improvement
from store.signals import Signal
from store.status import IN_FORCE

_MOST_SIGNALS = 6
_MOST_STEPS = 12
_TAUGHT = frozenset({"voice_command", "user_suggestion"})
_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "automatic": "what went wrong before",
        "voice_command": "what was said in talk",
        "user_suggestion": "a suggestion",
        "insight": "an insight",
    }
)
_HOW: Mapping[str, str] = MappingProxyType(
    {
        "correction": "corrected",
        "choice": "answered by a choice",
        "rephrase": "said again in other words",
        "undo": "undone",
        "press": "marked as wrong by a press",
        "complaint": "complained about",
        "llm_fallback": "left to the language model",
        "entity_fail": "a name I didn't know",
        "low_confidence": "I wasn't sure",
        "feedback": "complained about",
    }
)


def improvement_text(ports: Ports, turn: Turn, number: int) -> str | None:
    """Return all about one improvement; None when there is none of that number."""
    found = improvements.get(ports.store, number)
    if found is None:
        return None
    source = _SOURCES.get(found.source, found.source.replace("_", " "))
    lines = [f"{improvement_line(ports.store, turn.snapshot, found)}, tier {found.tier}, from {source}"]
    if found.rationale:
        said = f"It was said: “{shortened(found.rationale)}”"
        lines.append(said if found.source in _TAUGHT else f"Because: {shortened(found.rationale)}")
    lines += _evidence(ports, turn, found)
    lines += verdict_lines(ports.store, found, with_turns=turn.incoming.private)
    lines += _steps(ports, found)
    lines += watch_lines(ports.store, found, ports.settings.time_zone, turn.incoming.at)
    if change_words(ports.store, turn.snapshot, found.proposed_value):  # else it was erased, and nothing can come back
        lines += _ways_on(found)
    return "\n".join(lines)


def _evidence(ports: Ports, turn: Turn, found: Improvement) -> Iterable[str]:
    told = signals.get(ports.store, found.signal_ids)
    if not told:
        return
    count = f"{len(told)} {'signal' if len(told) == 1 else 'signals'}"
    if not turn.incoming.private:
        yield f"Evidence: {count}. What people said is shown in our private chat only."
        return
    yield f"Evidence, {count}:"
    for signal in told[-_MOST_SIGNALS:]:
        yield f"· {_signal_words(ports, turn.snapshot, signal)}"
    if len(told) > _MOST_SIGNALS:
        yield f"· and {len(told) - _MOST_SIGNALS} before these"


def _signal_words(ports: Ports, snapshot: Snapshot, signal: Signal) -> str:
    who = people.name_of(ports.store, signal.speaker) if signal.speaker else "somebody"
    said_by = signal.context.get("said_by")
    of_whom = f" (of {people.name_of(ports.store, str(said_by))}'s)" if said_by else ""
    how = _HOW.get(str(signal.context.get("evidence") or signal.type.value), signal.type.value.replace("_", " "))
    pressed = ", confirmed by a press" if signal.context.get("pressed") else ""
    meant = f"; it should have been {meant_words(snapshot, signal.expected)}" if signal.expected else ""
    at = _when(ports, signal.created_at)
    said = f"“{shortened(signal.utterance)}”" if signal.utterance else "words that were erased"
    return f"{at} {who}{of_whom}: {said} ({how}{pressed}){meant}"


def meant_words(snapshot: Snapshot, document: Any) -> str:
    """Return what a turn should have been, as it stands within a sentence."""
    if not isinstance(document, Mapping):
        return "something else"
    parts = [part for part in document.get("clauses") or (document,) if isinstance(part, Mapping)]
    return joined(_part_words(snapshot, part) for part in parts)


def _part_words(snapshot: Snapshot, document: Mapping[str, Any]) -> str:
    targets = tuple(str(target) for target in document.get("targets") or ())
    found = Interpretation(
        "", str(document.get("intent")), slots=MappingProxyType(dict(document.get("slots") or {})), targets=targets
    )
    return taken_for(found, [snapshot.by_id[target] for target in targets if target in snapshot.by_id])


def _steps(ports: Ports, found: Improvement) -> Sequence[str]:
    entries = improvements.audit(ports.store, found.number)
    left_out = len(entries) - _MOST_STEPS
    lines = [_step(ports, entry) for entry in entries]
    if left_out > 0:
        lines[1 : left_out + 1] = [f"({left_out} {'step' if left_out == 1 else 'steps'} left out)"]
    return ["What happened to it:", *lines]


def _step(ports: Ports, entry: AuditEntry) -> str:
    details = entry.details if isinstance(entry.details, Mapping) else {}
    reason = f": {shortened(str(details['reason']))}" if details.get("reason") else ""
    by = people.name_of(ports.store, entry.actor)
    return f"{_when(ports, entry.created_at)} {entry.action.value.replace('_', ' ')} by {by}{reason}"


def _ways_on(found: Improvement) -> Iterable[str]:
    if found.status in IN_FORCE:
        yield f"/rollback {found.number} takes it back."
    elif found.status is Status.ROLLED_BACK:
        yield f"/redo {found.number} puts it in force again, once it passes its test again."
    elif found.status is Status.PENDING:
        yield f"It waits: /approve {found.number} or /reject {found.number}."


def _when(ports: Ports, at: datetime) -> str:
    return f"{at.astimezone(ports.settings.time_zone):%Y-%m-%d %H:%M}"
