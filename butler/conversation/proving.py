"""✅ and ❌ under an answer: where something newly learned changed it, and where what its words mean is in doubt.

Beside them is offered what was meant by the same words before, or may be meant by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from butler.conversation.acting import entities_of
from butler.conversation.experiences import experience_of
from butler.conversation.imperatives import imperative
from butler.conversation.messages import Role
from butler.conversation.phrasing import joined, many
from butler.conversation.readings import kind_of
from butler.conversation.responding import too_unsure
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import situation_of
from engine.learning.attribution import UNCHANGED, Attribution
from engine.learning.documents import to_document
from engine.learning.doubts import Instead
from engine.learning.experience import WITNESSED, Experience, Happened
from engine.understanding.handlers import HandlerRisk, handler_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation
from engine.understanding.other_readings import may_be_about
from engine.understanding.plain import plain

_LONGEST = 40  # of what a button says was meant
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "task": "task_add",
        "reminder": "reminder_set",
        "note": "note_add",
        "idea": "note_add",
        "question": "note_add",
    }
)
"""The intent of each kind of thought that was written down."""


def attribution_of(ports: Ports, turn: Turn) -> Attribution:
    """Return what of the newly learned changed this turn, having asked whether it was right where that is wanted."""
    experience = experience_of(turn)
    if experience.found is None or not experience.learnable or experience.happened not in WITNESSED:
        return UNCHANGED
    situation = situation_of(ports, turn, turn.previous)
    changed = ports.engine.attribute(experience.found, situation, experience.text, turn.incoming.chat)
    if changed.charges:
        turn.trace("watch", "changed", component="engine", improvements=list(changed.changed_by))
    instead = () if turn.incoming.user.role is Role.GUEST else _offers(ports, turn, changed, experience)
    if experience.happened in {Happened.ASKED, Happened.NOT_UNDERSTOOD}:
        _offer(turn, instead)
        return replace(changed, confirm=False)
    asks = experience.happened is Happened.ACTED or (
        experience.happened is Happened.ANSWERED and not changed.charges and _asks_of_answer(turn, instead)
    )
    right = Option("✅", {"kind": "right", "turn": turn.number})
    wrong = Option("❌", {"kind": "wrong", "turn": turn.number})
    return replace(changed, confirm=changed.confirm and asks and _offer(turn, (right, wrong, *instead)))


def _asks_of_answer(turn: Turn, instead: Sequence[Option]) -> bool:
    """Tell whether to ask about an answer: not where Butler asks something itself, nor where it did something else."""
    found, last = turn.interpretation, turn.drafts[-1] if turn.drafts else None
    if found is None or last is None or last.text.rstrip().endswith("?") or turn.incoming.user.role is Role.GUEST:
        return False
    return _made(turn) in {None, found.intent} and (bool(instead) or _matters(found))


def _made(turn: Turn) -> str | None:
    """Return the intent of what was written down, None where nothing was."""
    made = next((trace.decision for trace in turn.traces if trace.stage == "capture"), None)
    return None if made is None else _KINDS.get(made, made)


def _offers(ports: Ports, turn: Turn, changed: Attribution, experience: Experience) -> tuple[Option, ...]:
    """Return what was meant by the same words before, and what else these may mean, unless they were answered as talk.

    Only who said something in this chat sees it again as it was said; of others it is told what was done in the home.
    """
    talk = experience.found is not None and not _matters(experience.found)
    talk = talk and experience.happened is not Happened.NOT_UNDERSTOOD
    made = _made(turn)
    effect = {"kind": "instead", "turn": turn.number}
    options: dict[str, Option] = {}
    for one in (*_guess(ports, turn, experience), *changed.instead):
        same = plain(one.found.text) == plain(turn.text)
        words = (None if talk else _reading(turn, one.found)) if same else _words(turn, one)
        if words and not (same and one.found.intent == made):
            reading = replace(one.found, text=turn.text, stage=None, confidence=1.0)  # a person said so, once pressed
            how = {"meant": to_document(reading)} if same else {"wanted": words}
            quoted = not same or INTENTS[one.found.intent].acts
            label = f"I meant “{short(words, _LONGEST)}”" if quoted else f"I meant {words}"
            options.setdefault(label, Option(label, {**effect, **how}))
    return tuple(options.values())


def _guess(ports: Ports, turn: Turn, experience: Experience) -> tuple[Instead, ...]:
    """Return what words were taken for and not answered as, because that was too unsure."""
    found = experience.found
    if found is None or experience.happened is not Happened.NOT_UNDERSTOOD or not too_unsure(found):
        return ()
    if not may_be_about(turn.text, found.intent):
        return ()
    read = ports.engine.read_as(turn.text, found.intent, situation_of(ports, turn, turn.previous))
    return (Instead(read, own=True),) if read is not None else ()


def _reading(turn: Turn, found: Interpretation) -> str | None:
    """Return what the words of a turn may be about, in Butler's words; nobody means small talk by a press."""
    if found.intent not in INTENTS or not _matters(found):
        return None
    entities = entities_of(turn, found)
    if INTENTS[found.intent].acts:
        return imperative(found, entities) if entities else None
    return f"a question about {many(entities)}" if entities else kind_of(found.intent)


def _matters(found: Interpretation) -> bool:
    """Tell whether more comes of what was understood than a sentence."""
    return any(handler_of(part.intent, {}).risk >= HandlerRisk.READS for part in found.clauses or (found,))


def _words(turn: Turn, one: Instead) -> str | None:
    if one.own:
        return one.found.text
    parts = one.found.clauses or (one.found,)
    home = all(INTENTS[part.intent].acts and part.targets for part in parts if part.intent in INTENTS)
    known = all(target in turn.snapshot.by_id for part in parts for target in part.targets)
    return joined(imperative(part, entities_of(turn, part)) for part in parts) if home and known else None


def _offer(turn: Turn, options: tuple[Option, ...]) -> bool:
    """Put options under the last message, unless that asks something else already; tell whether they are there."""
    last = turn.drafts[-1] if turn.drafts else None
    choosing = last is not None and last.kind == "choose" and turn.outcome == "asked"
    if not options or last is None or (last.kind is not None and not choosing):
        return False
    if last.to is not None or last.file is not None:
        return False
    # "Never mind" stays the last.
    shown = (*last.options[:-1], *options, last.options[-1]) if choosing else (*last.options, *options)
    turn.drafts[-1] = replace(last, options=shown)
    return True
