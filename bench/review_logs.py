"""Logs of a household that never was, from a seed: habits that are planted in them, and as much that means nothing.

What is written is what the running program writes: the same stages, decisions and metadata. A `Log` can be read as an
export or written into a store; both hold the same traces under the same ids.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.review.traces import ExportedTraces, Trace
from engine.tasks.capture import Capture, capture
from engine.tasks.kinds import Kind
from engine.tasks.rules import TaskRules
from engine.tasks.times import read_time
from store import Store, traces, turns
from store.traces import TraceEntry
from store.turns import NewTurn

ZONE = ZoneInfo("Europe/Berlin")
BEGAN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
PEOPLE = ("ana", "ben", "cleo", "dora")
BIG, SMALL, OTHER = "qwen2.5:14b", "qwen2.5:3b", "llama3.2:3b"

_DO = ("buy {}", "look at the {}", "fix the {}", "sort out the {}", "clean the {}", "order a new {}", "return the {}")
_THINGS = (
    "ladder kettle fence gutter bike lamp heater printer stroller carpet freezer toaster blender sofa mirror hammock "
    "drill wardrobe radio grill tent suitcase backpack globe easel piano aquarium compost hedge doorbell curtain shelf"
).split()
_SYLLABLES = "ba ko mi ra tu ne lo shi va du pe zo".split()
_WHEN = ("", "", "", " tomorrow", " on friday", " next week")


@dataclass
class Log:
    """Traces in the order they were written, and the clock at which the next are."""

    random: random.Random
    now: datetime = BEGAN
    traces: list[Trace] = field(default_factory=list)
    turns: list[NewTurn] = field(default_factory=list)
    notices: int = 0
    written: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, seed: int) -> Log:
        """Return an empty log; the same seed writes the same."""
        return cls(random.Random(seed))

    @property
    def export(self) -> ExportedTraces:
        """The log as an export of it is read."""
        return ExportedTraces(tuple(self.traces))

    def into(self, store: Store) -> None:
        """Write the log into a store that holds nothing, or what of it was written into it before."""
        known_turns, known_traces = self.written
        with store.atomic():
            for turn in self.turns[known_turns:]:
                turns.append(store, turn)
            traces.append(store, [_entry(one) for one in self.traces[known_traces:]])
        self.written = (len(self.turns), len(self.traces))

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def turn(self, user: str, text: str | None, outcome: str, *stages: dict[str, Any], **closing: Any) -> int:
        """Write a turn with its stages and return its number."""
        press = None if text is not None else f"t{len(self.turns)}b0"
        self.turns.append(NewTurn(user, user, self.now, text=text, press=press, outcome=outcome))
        number = len(self.turns)
        told = {"turn": number, "user": user, "chat": user, "text": text, "press": press, "came_to": outcome}
        ending = {"decision": closing.pop("intent", "none"), "outcome": outcome, "metadata": closing}
        way = "press" if press else "talk"
        for stage in (*stages, {"stage": "turn", "component": way, "duration_ms": 4.0, **ending}):
            self._write(f"turn-{number}", stage, **told)
        return number

    def outside(self, trace_id: str, user: str | None = None, turn: int | None = None, **stage: Any) -> None:
        """Write a trace of no turn of its own."""
        of = self.turns[turn - 1] if turn is not None else None
        told = {"turn": turn, "user": user if of is None else of.user, "chat": None, "text": None, "press": None}
        told |= {"came_to": None} if of is None else {"chat": of.chat, "text": of.text, "came_to": of.outcome}
        self._write(trace_id, stage, **told)

    def _write(self, trace_id: str, stage: dict[str, Any], **told: Any) -> None:
        blank = dict.fromkeys(("decision", "outcome", "confidence", "duration_ms", "model", "project", "verdict"))
        values = {**blank, "metadata": {}, "at": self.now, **stage, **told}
        values["metadata"] = {key: value for key, value in values["metadata"].items() if value is not None}
        self.traces.append(Trace(id=len(self.traces) + 1, trace_id=trace_id, **values))


@dataclass(frozen=True)
class Written:
    """A thought in a log: the turn it was captured in, and what it was taken for."""

    turn: int
    user: str
    at: datetime
    captured: Capture


def write_down(log: Log, user: str, text: str, *, sure: float | None = None, asks: bool | None = None) -> Written:
    """Have somebody say a thought; `sure` and `asks` stand in for what would be found by reading it."""
    found = capture(text, kind=Kind.TASK, now=log.now, zone=ZONE, rules=TaskRules.base())
    assert found is not None, text
    found = replace(found, confidence=found.confidence if sure is None else sure)
    asked = [ask.value for ask in found.asks] if asks is None else ["kind"] * asks
    number = len(log.turns) + 1
    stages: list[dict[str, Any]] = [
        {"stage": "understand", "component": "pattern", "decision": "task_add", "outcome": "act", "confidence": 1.0},
        {
            "stage": "capture",
            "component": "tasks",
            "decision": found.kind.value,
            "outcome": "asks" if asked else "understood",
            "confidence": found.confidence,
            "duration_ms": 0.4,
            "metadata": {
                "title": found.title,
                "due": found.due.to_document() if found.due else None,
                "priority": found.priority.value,
                "asks": asked,
            },
        },
        {"stage": "written", "component": "tasks", "decision": found.kind.value, "metadata": {"thought": number}},
    ]
    if asked:
        asking = {"asks": asked[0], "thought": number}
        stages.append({"stage": "clarify", "component": "tasks", "decision": "asked", "metadata": asking})
    turn = log.turn(user, text, "acted", *stages, intent="task_add")
    return Written(turn, user, log.now, found)


def amend(log: Log, of: Written, by: str = "talk", **after: Any) -> None:
    """Have what was written down be changed by hand."""
    log.turn(of.user, "no, change that", "acted", amendment(log, of, by, after), intent="task_amend")


def amendment(log: Log, of: Written, by: str, after: dict[str, Any]) -> dict[str, Any]:
    """Return the trace of a change."""
    after_s = (log.now - of.at).total_seconds()
    was: dict[str, Any] = {
        "priority": of.captured.priority.value,
        "kind": of.captured.kind.value,
        "title": of.captured.title,
    }
    was["due"] = of.captured.due.to_document() if of.captured.due else None
    return {
        "stage": "amend",
        "component": "tasks",
        "decision": "+".join(sorted(after)),
        "outcome": "correction" if after_s <= 600 else "change",
        "metadata": {
            "by": by,
            "thought": of.turn,
            "of_turn": of.turn,
            "before": {name: was.get(name) for name in after},
            "after": after,
            "after_s": after_s,
        },
    }


def answer(log: Log, of: Written, *, helped: bool, **after: Any) -> None:
    """Have a question about a thought be answered, with what it changed."""
    said = {"asks": "kind", "thought": of.turn, "of_turn": of.turn, "after_s": (log.now - of.at).total_seconds()}
    outcome = "helped" if helped else "as_understood"
    answered = {"stage": "clarify", "component": "tasks", "decision": "answered", "outcome": outcome, "metadata": said}
    changed = [amendment(log, of, "press", after)] if helped else []
    log.turn(of.user, None, "clarified", *changed, answered)


def expire(log: Log, of: Written, asks: str = "kind") -> None:
    """Have a question about a thought go unanswered."""
    said = {"asks": asks, "thought": of.turn, "after_s": (log.now - of.at).total_seconds()}
    log.outside(
        f"clarification-{of.turn}",
        turn=of.turn,
        stage="clarify",
        component="tasks",
        decision="filed",
        outcome="unanswered",
        metadata=said,
    )


def due(log: Log, wording: str) -> dict[str, Any]:
    """Return the time that a wording means now, as a trace holds it."""
    found = read_time(wording, log.now, ZONE)
    assert found is not None, wording
    return found.to_document()


def tell(log: Log, user: str, kind: str = "waiting") -> int:
    """Have somebody be told something unasked, and return the number of the notice."""
    log.notices += 1
    said = {"to": user, "notice": log.notices, "waits_s": 0.0}
    log.outside(
        f"notice-{log.notices}", user, stage="notice", component=kind, decision="send", outcome="sent", metadata=said
    )
    return log.notices


def press(log: Log, user: str, notice: int, after_s: float, kind: str = "waiting") -> None:
    """Have somebody press a button under a notice so many seconds after it came."""
    log.wait(seconds=after_s)
    said = {"notice": notice, "notice_kind": kind, "after_s": after_s}
    stage = {"stage": "press", "component": "conversation", "decision": "approve", "outcome": "pressed"}
    log.turn(user, None, "acted", {**stage, "metadata": said})


def ask_model(log: Log, user: str, model: str, *, useful: bool, seconds: float, wrong: bool = False) -> None:
    """Have a model be asked what a sentence means; `wrong` is what somebody puts right afterwards."""
    text = f"could you {log.random.choice(_DO).format(log.random.choice(_THINGS))}"
    asked = {
        "stage": "llm",
        "component": model,
        "model": model,
        "decision": "used" if useful else log.random.choice(("unsure", "unfit", "nothing")),
        "outcome": "ask" if useful else "none",
        "duration_ms": seconds * 1000,
        "metadata": {"model": model, "seconds": seconds},
    }
    number = log.turn(user, text, "asked" if useful else "not_understood", asked, intent="light_control")
    if useful and wrong:
        log.wait(seconds=20)
        log.turn(user, "no, the other one", "acted", says="correction", of_turn=number, intent="light_control")


def offer(log: Log, user: str, model: str | None, how: str, project: int | None = None) -> None:
    """Have an offer about a task be answered, or expire."""
    log.outside(
        f"proposal-{len(log.traces)}",
        user,
        stage="proposal",
        component="slow_work",
        decision=how,
        model=model,
        project=project,
        metadata={"to": user, "of": "task_analysis"},
    )


def guess(log: Log, user: str, intent: str, sure: float, *, wrong: bool) -> None:
    """Have a command be guessed and done, and be put right where it was wrong."""
    stage = {"stage": "understand", "component": "exemplar", "decision": intent, "outcome": "act", "confidence": sure}
    number = log.turn(user, f"{log.random.choice(_THINGS)} please", "acted", stage, intent=intent)
    if wrong:
        log.wait(seconds=20)
        log.turn(user, "no", "acted", says="correction", of_turn=number, intent=intent)


def ordinary(log: Log) -> str:
    """Return a thought like any other."""
    said = log.random.choice(_DO).format(log.random.choice(_THINGS))
    rare = f" for {''.join(log.random.choices(_SYLLABLES, k=3))}" if log.random.random() < 0.5 else ""
    return f"{said}{rare}{log.random.choice(_WHEN)}"


def shuffled(log: Log, steps: Iterable[Any]) -> None:
    """Do steps in an order of chance, some time apart and by day."""
    todo = list(steps)
    log.random.shuffle(todo)
    for step in todo:
        log.wait(minutes=log.random.randint(20, 240))
        if not 7 <= log.now.astimezone(ZONE).hour < 21:
            log.wait(hours=10)
        step()


def _entry(one: Trace) -> TraceEntry:
    return TraceEntry(
        trace_id=one.trace_id,
        stage=one.stage,
        component=one.component,
        created_at=one.at,
        turn=one.turn,
        decision=one.decision,
        outcome=one.outcome,
        confidence=one.confidence,
        duration_ms=one.duration_ms,
        metadata=dict(one.metadata) or None,
        project=one.project,
        model=one.model,
    )
