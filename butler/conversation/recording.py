"""What is kept of a turn: its record, buttons, state between turns and trace, in one transaction after all is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from butler.conversation import dialogue
from butler.conversation.commands import is_command
from butler.conversation.dialogue import Deed, Question
from butler.conversation.experiences import experience_of
from butler.conversation.guarded_notices import tell_of_guarded
from butler.conversation.messages import Button, Incoming, Message, Reply
from butler.conversation.posting import channel_of, post
from butler.conversation.proving import attribution_of
from butler.conversation.stored import states_of
from butler.conversation.traced import entries_of
from butler.conversation.turn import Draft, Ports, Turn
from engine.learning.documents import plain_json, to_document
from engine.learning.experience import Experience
from store import buttons, inbox, outbox, traces, turns
from store.database import Store
from store.turns import NewTurn


def begin(store: Store, incoming: Incoming) -> int:
    """Record that a turn began, and which update of the inbox led to it, and return its number."""
    text = incoming.text[:4000] if incoming.text is not None else None
    row = NewTurn(incoming.user.id, incoming.chat, incoming.at, text=text, press=incoming.press, outcome="begun")
    # Nothing came of it yet: were it lost, the update would simply be dealt with from the start.
    with store.unflushed():
        number = turns.append(store, row)
        if incoming.receipt is not None:
            inbox.begin(store, incoming.receipt, number)
    return number


def finish(ports: Ports, turn: Turn, *, unasked: bool = False) -> Reply:
    """Keep the turn and return what is to be sent; what came from the inbox is answered through the outbox.

    `unasked` says that nobody waits for the reply, so that every channel gets it from the outbox.
    """
    attribution = attribution_of(ports, turn)
    drafts = _merged(turn.drafts)
    messages = tuple(_message(turn, at, draft) for at, draft in enumerate(drafts))
    turn.dialogue = _after(turn, drafts, messages)
    channel = channel_of(turn, unasked=unasked)
    experience = experience_of(turn)
    # The outbox sends nothing before it was flushed; until then the turn would count as cut off.
    with ports.store.atomic() if channel is None else ports.store.unflushed():
        for draft, message in zip(drafts, messages, strict=True):
            buttons.add(ports.store, _rows(turn, draft, message))
        dialogue.save(ports.store, turn.user, turn.incoming.chat, turn.dialogue, at=turn.incoming.at)
        traces.append(ports.store, entries_of(turn, ports.timer()))
        _amend(ports, turn, drafts, messages, experience)
        ports.engine.record(experience, attribution)
        if channel is not None:
            post(ports, turn, tuple(zip(drafts, messages, strict=True)), channel)
        tell_of_guarded(ports, turn)
        for outgoing in turn.resent:
            outbox.add(ports.store, outgoing)
        if turn.incoming.receipt is not None:
            inbox.done(ports.store, turn.incoming.receipt, at=turn.incoming.at)
    return Reply(messages, tuple(turn.calls), turn.shown or turn.interpretation, turn.number, turn.outcome)


def _merged(drafts: list[Draft]) -> list[Draft]:
    """Join messages that follow each other without buttons."""
    merged: list[Draft] = []
    for draft in drafts:
        if merged and _plain(draft) and _plain(merged[-1]):
            between = "\n" if "\n" in draft.text or "\n" in merged[-1].text else " "
            merged[-1] = replace(merged[-1], text=f"{merged[-1].text}{between}{draft.text}")
        else:
            merged.append(draft)
    return merged


def _plain(draft: Draft) -> bool:
    return not draft.options and draft.to is None and draft.file is None and not draft.fleeting


def _message(turn: Turn, at: int, draft: Draft) -> Message:
    shown = tuple(Button(f"t{turn.number}m{at}b{place}", option.label) for place, option in enumerate(draft.options))
    return Message(f"t{turn.number}m{at}", draft.to or turn.incoming.chat, draft.text, shown, draft.file)


def _rows(turn: Turn, draft: Draft, message: Message) -> list[buttons.Button]:
    at = turn.incoming.at
    expires = at + timedelta(seconds=draft.lasts_s) if draft.lasts_s is not None else None
    siblings = [button.id for button in message.buttons] if draft.kind else []
    return [
        buttons.Button(
            shown.id,
            turn.user,
            message.to,
            {"effect": plain_json(option.effect), "siblings": siblings or [shown.id], "kind": draft.kind},
            at,
            expires,
        )
        for option, shown in zip(draft.options, message.buttons, strict=True)
    ]


def _after(turn: Turn, drafts: list[Draft], messages: tuple[Message, ...]) -> dialogue.Dialogue:
    """Return the state after the turn: its last question is open, and what it did can be undone."""
    state = turn.dialogue
    for draft, message in zip(drafts, messages, strict=True):
        if draft.kind:
            expires = turn.incoming.at + timedelta(seconds=draft.lasts_s) if draft.lasts_s is not None else None
            pairs = tuple((button.id, button.label) for button in message.buttons)
            state = replace(state, question=Question(draft.kind, draft.about, pairs, expires))
    if turn.undoable and turn.keeps_deed:
        state = state.did(Deed(turn.number, turn.incoming.at))
    if not is_command(turn.text) and not turn.incoming.wordless:
        state = replace(state, last_turn=turn.number)
    return state


def _kept(draft: Draft, message: Message) -> dict[str, Any]:
    return (replace(message, text="") if draft.fleeting else message).to_json()


def _amend(
    ports: Ports, turn: Turn, drafts: list[Draft], messages: tuple[Message, ...], experience: Experience
) -> None:
    found = turn.interpretation
    used = set(turn.improvements) | set(found.used if found else ())
    turns.amend(
        ports.store,
        turn.number,
        trace_id=f"turn-{turn.number}",
        interpretation=plain_json(to_document(found)) if found else None,
        knowledge_version=ports.engine.knowledge.version,
        knowledge_digest=ports.engine.digest(),
        snapshot={"names": turn.snapshot.names_digest},
        improvements=sorted(used),
        calls=[plain_json(call.to_json()) for call in turn.calls],
        prior_states=states_of(turn.before) if turn.states_before is None else plain_json(turn.states_before),
        outcome=turn.outcome,
        effect=None,
        role=experience.role,
        learnable=experience.learnable and experience.found is not None,
        previous=plain_json(to_document(turn.previous)) if turn.previous and experience.found else None,
        reply=[_kept(*said) for said in zip(drafts, messages, strict=True)],
    )
