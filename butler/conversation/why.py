"""Why Butler understood the last message as it did, told from the turn's record and trace."""

from __future__ import annotations

from butler.conversation.phrasing import joined, names_of, the
from butler.conversation.taught import taught_by, taught_words
from butler.conversation.turn import Ports, Turn
from engine.learning.documents import from_document
from engine.understanding.interpretation import Interpretation, Stage
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
    "risk": "Something in it is guarded, so I asked first.",
    "ask": "I asked, because of this: {decision}.",
    "undo": "I took it as an undo.",
    "feedback": "I noted the turn before as {decision}.",
    "press": "It was a button: {decision}.",
    "refuse": "I did nothing with it: {decision}.",
    "error": "Something went wrong on my side: {decision}.",
}


def why_text(ports: Ports, turn: Turn) -> str:
    """Return the explanation of this person's last turn here, or of the one a reply speaks of."""
    number = turn.dialogue.last_turn if turn.about is None else turn.about
    row = turns.get(ports.store, number) if number is not None else None
    if row is None:
        return "There is no message before this one that I could explain."
    lines = [
        f"You said “{row.text}” (turn {row.number})." if row.text else f"You pressed a button (turn {row.number})."
    ]
    entries = traces.by_turn(ports.store, row.number)
    if row.interpretation:
        found = from_document(row.interpretation)
        for clause in found.clauses or (found,):
            lines.append(_understood(clause))
            lines += _reasons(ports, turn, clause)
    lines += _steps(entries)
    if row.calls:
        lines.append(f"I called {joined(_call_words(call) for call in row.calls)}.")
    return "\n".join(lines)


def _understood(found: Interpretation) -> str:
    action = found.slots.get("action") or found.slots.get("query")
    what = f"{found.intent.replace('_', ' ')}{f', {action}' if action else ''}"
    how = _STAGES.get(found.stage, "no stage was sure of it") if found.stage else "no stage was sure of it"
    sure = f"I was {found.confidence:.0%} sure"
    if not found.runners_up:
        return f"I understood {what}: {how}, and {sure}; there was no runner-up."
    other = found.runners_up[0]
    rival = f"{other.intent.replace('_', ' ')} ({other.confidence:.0%})"
    return f"I understood {what}: {how}, and {sure}; the runner-up was {rival}."


def _reasons(ports: Ports, turn: Turn, found: Interpretation) -> list[str]:
    lines: list[str] = []
    entities = [turn.snapshot.by_id[i] for i in found.targets if i in turn.snapshot.by_id]
    if entities:
        said = f"“{found.mention}”" if found.mention else "What you said"
        lines.append(f"{said} stood for {joined(the(name) for name in names_of(entities))}.")
    words = {word.number: word for word in taught_words(ports, turn)}
    for number in found.used:
        quoted = f"the word “{words[number].phrase}”" if number in words else "a taught word"
        lines.append(f"I used {quoted}, taught by {taught_by(ports, number)}.")
    if found.reason:
        lines.append(f"It was not simply acted on: {found.reason.value.replace('_', ' ')}.")
    return lines


def _steps(entries: list[TraceEntry]) -> list[str]:
    told = dict.fromkeys((_TOLD[entry.stage], entry.decision) for entry in entries if entry.stage in _TOLD)
    return [form.format(decision=str(decision).replace("_", " ")) for form, decision in told]


def _call_words(call: dict[str, object]) -> str:
    ids = call.get("entity_id")
    return f"{call.get('service')} for {joined(ids) if isinstance(ids, list) else ids}"
