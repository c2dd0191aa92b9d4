"""Why Butler understood the last message as it did, told from the turn's record and trace."""

from __future__ import annotations

from butler.conversation.model_help import STAGE as MODEL_STAGE
from butler.conversation.model_help import told_of_model
from butler.conversation.phrasing import joined, names_of, the
from butler.conversation.readings import because, kind_of, taken_for
from butler.conversation.shown import turn_of
from butler.conversation.taught import taught_by, taught_words
from butler.conversation.turn import Ports, Turn
from engine.learning.documents import from_document
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.snapshot import Entity
from store import traces, turns
from store.traces import TraceEntry

_STAGES = {
    Stage.PATTERN: "a sentence pattern matched it (stage: pattern)",
    Stage.EXEMPLAR: "it is close to examples I know (stage: exemplar)",
    Stage.LLM: "the language model read it (stage: llm)",
}
_TOLD = {
    "lesson": "I took it for a lesson ({decision}).",
    "learn": "The lesson's outcome: {decision}.",
    "route": "In this household, “{decision}” answers that.",
    "risk": "Something in it is guarded, so I asked first.",
    "undo": "I took it as an undo.",
    "feedback": "I noted the turn before as {decision}.",
    "capture": "I read it as: {decision}.",
    "rule": "I went by what I was taught: {decision}.",
    "amend": "I took it for a change of what was written down before: {decision}.",
    "error": "Something went wrong on my side: {decision}.",
}


def why_text(ports: Ports, turn: Turn) -> str:
    """Return the explanation of this person's last turn here, or of the one a reply speaks of."""
    number = turn.dialogue.last_turn if turn.about is None else turn.about
    row = turns.get(ports.store, number) if number is not None else None
    if row is None:
        return "There is no message before this one that I could explain."
    did = f"said “{row.text}”" if row.text else f"pressed {_label(ports, row.press)}"
    lines = [f"You {did} (turn {row.number})."]
    entries = traces.by_turn(ports.store, row.number)
    if row.interpretation:
        found = from_document(row.interpretation)
        for clause in found.clauses or (found,):
            entities = [turn.snapshot.by_id[i] for i in clause.targets if i in turn.snapshot.by_id]
            lines.append(_understood(clause, entities, told=row.press is not None))
            lines += _reasons(ports, turn, clause, entities)
    lines += _steps(entries)
    if row.calls:
        lines.append(f"I called {joined(_call_words(call) for call in row.calls)}.")
    return "\n".join(lines)


def _label(ports: Ports, button: str | None) -> str:
    """Return what stood on a button, in quotation marks; only "a button" where that is not kept."""
    number = turn_of(button or "")
    asked = turns.get(ports.store, number) if number is not None else None
    shown = (one for message in (asked.reply if asked else None) or () for one in message.get("buttons", ()))
    return next((f"“{one['label']}”" for one in shown if one["id"] == button), "a button")


def _understood(found: Interpretation, entities: list[Entity], *, told: bool) -> str:
    what = taken_for(found, entities)
    if told and found.stage is None:
        return f"I took it for {what}, as you told me."
    how = _STAGES.get(found.stage, "no stage was sure of it") if found.stage else "no stage was sure of it"
    sure = f"I was {found.confidence:.0%} sure"
    if not found.runners_up:
        return f"I took it for {what}: {how}, and {sure}; there was no runner-up."
    other = found.runners_up[0]
    return (
        f"I took it for {what}: {how}, and {sure}; the runner-up was {kind_of(other.intent)} ({other.confidence:.0%})."
    )


def _reasons(ports: Ports, turn: Turn, found: Interpretation, entities: list[Entity]) -> list[str]:
    lines: list[str] = []
    if entities:
        said = f"“{found.mention}”" if found.mention else "What you said"
        lines.append(f"{said} stood for {joined(the(name) for name in names_of(entities))}.")
    words = {word.number: word for word in taught_words(ports, turn)}
    for number in found.used:
        quoted = f"the word “{words[number].phrase}”" if number in words else _taught_otherwise(ports, number)
        lines.append(f"I used {quoted}, taught by {taught_by(ports, number)}.")
    return lines + _not_simply_done(found)


def _taught_otherwise(ports: Ports, number: int) -> str:
    known = ports.engine.improvement(number)
    return f"the sentence “{known.target}”" if known and known.improvement_type == "pattern" else "a taught word"


def _not_simply_done(found: Interpretation) -> list[str]:
    if found.reason is None:
        return []
    if found.disposition is Disposition.ASK:
        return [f"I asked, because {because(found.reason)}."]
    if found.disposition is Disposition.CONFIRM:
        return []  # a step says that it was asked about
    return [f"I did not simply do it, because {because(found.reason)}."]


def _steps(entries: list[TraceEntry]) -> list[str]:
    asked = [told_of_model(entry) for entry in entries if entry.stage == MODEL_STAGE]
    steps = ((_TOLD[entry.stage], str(entry.decision).replace("_", " ")) for entry in entries if entry.stage in _TOLD)
    return [*asked, *dict.fromkeys(form.format(decision=decision) for form, decision in steps)]


def _call_words(call: dict[str, object]) -> str:
    ids = call.get("entity_id")
    return f"{call.get('service')} for {joined(ids) if isinstance(ids, list) else ids}"
