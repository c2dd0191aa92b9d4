"""Writing the household's words into the home's own names: shown first, done after a press, and taken back by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from butler.conversation.phrasing import joined
from butler.conversation.turn import Effect, Option, Ports, Turn
from butler.home.alias_exchange import AliasEdit, Export, HomeNames, planned_export
from butler.home.errors import HomeError, HomeUnreachableError
from butler.home.offers import offers_of
from store import facts
from store.database import Store

EXPORTED = "exported_aliases"
"""The fact that keeps what was written last, so that it can be taken back."""
NOWHERE = "This home takes no names from me: it is a demo home. With Home Assistant I could write them there."
NOTHING = "The home knows all the household's words already."
_MOST = 30


def export(ports: Ports, turn: Turn) -> None:
    """Show what would be written, and wait for a press."""
    if offers_of(ports.home).names is None:
        turn.say(NOWHERE)
        return
    planned = planned_export(ports.engine.knowledge.aliases, turn.snapshot, ports.settings.risk)
    last = last_export(ports.store)
    back = (Option("Take the last export back", {"kind": "export_undo"}),) if last else ()
    if not planned.edits:
        turn.offer("\n".join([NOTHING, *left_out_lines(planned)]), back)
        return
    many = sum(len(edit.add) for edit in planned.edits)
    text = "\n".join(
        [
            f"Shall I write {'this name' if many == 1 else f'these {many} names'} into Home Assistant?",
            *difference(planned.edits),
            *left_out_lines(planned),
        ]
    )
    effect = {"kind": "export", "edits": [edit.to_document() for edit in planned.edits]}
    options = (Option("Yes, write them", effect), Option("No", {"kind": "leave"}), *back)
    turn.ask("confirm", text, options, about="the export", lasts_s=600.0)


def write_export(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Write what was shown, as far as it still holds."""
    shown = [AliasEdit.from_document(document) for document in effect["edits"]]
    planned = planned_export(ports.engine.knowledge.aliases, turn.snapshot, ports.settings.risk)
    due = _still(shown, planned.edits)
    names = offers_of(ports.home).names
    if names is None or not due:
        turn.say(NOTHING if names else NOWHERE)
        return
    try:
        done = written(names, ports.store, due)
    except HomeUnreachableError as exc:
        turn.say(f"I have seen nothing of it written: {exc}. /export shows later how things are.")
        return
    except HomeError as exc:
        turn.say(f"Nothing was written: {exc}.")
        return
    turn.trace("export", "aliases", edits=[edit.to_document() for edit in done])
    turn.outcome = "exported"
    turn.offer(told(due, done), (Option("Undo", {"kind": "export_undo"}),))


def undo_export(ports: Ports, turn: Turn, _: Effect) -> None:
    """Take back what was written last."""
    names = offers_of(ports.home).names
    if names is None:
        turn.say(NOWHERE)
        return
    try:
        turn.say(taken_back(names, ports.store))
    except HomeError as exc:
        turn.say(f"Nothing was taken back: {exc}.")


def written(names: HomeNames, store: Store, edits: Sequence[AliasEdit]) -> tuple[AliasEdit, ...]:
    """Write aliases and keep them, so that they can be taken back; return what was read back, or raise a HomeError."""
    # All that is meant to be written is kept, and first: after a crash, or where not all was seen, it may stand there.
    before = last_export(store)
    _keep(store, edits)
    try:
        return names.change_aliases(edits)
    except HomeUnreachableError:
        raise
    except HomeError:
        _keep(store, before)
        raise


def taken_back(names: HomeNames, store: Store) -> str:
    """Take the last export back and say what came of it; raises a HomeError."""
    last = last_export(store)
    if not last:
        return "There is no export to take back."
    names.change_aliases(edit.undone for edit in last)
    facts.remove(store, EXPORTED)
    return f"Taken back: {joined(_one(edit) for edit in last)}."


def last_export(store: Store) -> tuple[AliasEdit, ...]:
    """Return what was written last and not taken back."""
    kept = facts.get(store, EXPORTED)
    return tuple(AliasEdit.from_document(document) for document in json.loads(kept)) if kept else ()


def told(due: Sequence[AliasEdit], done: Sequence[AliasEdit]) -> str:
    """Return what came of an export, from what was read back."""
    there = {(edit.kind, edit.id): set(edit.add) for edit in done}
    missed = [edit for edit in due if not set(edit.add) <= there.get((edit.kind, edit.id), set())]
    lines = ["Home Assistant knows them now:", *difference(done)] if done else ["Nothing was written."]
    if missed:
        lines.append(f"It did not take all for {joined(edit.name for edit in missed)}.")
    return "\n".join(lines)


def difference(edits: Iterable[AliasEdit]) -> list[str]:
    """Return the lines of a difference."""
    lines = [f"+ {_one(edit)}" for edit in edits]
    left = len(lines) - _MOST
    return [*lines[:_MOST], f"… and {left} more"] if left > 0 else lines


def left_out_lines(planned: Export) -> list[str]:
    """Return the lines of what is not written, and why."""
    lines = [f"Not “{one.phrase}”: {one.why}." for one in planned.left_out]
    left = len(lines) - _MOST
    return [*lines[:_MOST], f"… and {left} more"] if left > 0 else lines


def _one(edit: AliasEdit) -> str:
    words = joined(f"“{alias}”" for alias in (*edit.add, *edit.remove))
    return f"{edit.name}: {words}"


def _still(shown: Iterable[AliasEdit], planned: Iterable[AliasEdit]) -> list[AliasEdit]:
    """Return of what was shown what would be written now, too."""
    now = {(edit.kind, edit.id): edit for edit in planned}
    kept = []
    for edit in shown:
        known = now.get((edit.kind, edit.id))
        add = tuple(alias for alias in edit.add if known is not None and alias in known.add)
        if add:
            kept.append(AliasEdit(edit.kind, edit.id, edit.name, add))
    return kept


def _keep(store: Store, edits: Iterable[AliasEdit]) -> None:
    facts.put(store, EXPORTED, json.dumps([edit.to_document() for edit in edits]))
