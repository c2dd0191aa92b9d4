"""The digest: one message to the admins after a night with changes, with what was learned, from what, and *Undo*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from butler.conversation.improvement_words import change_words
from butler.conversation.notices import Why, hold_back
from butler.conversation.turn import Notice, Notify, Option
from engine.understanding.snapshot import Snapshot
from store import Action, Status, facts, improvements, pauses
from store.database import Store
from store.improvements import Improvement
from store.status import improvement_number

_TOLD = "digest_told"  # the highest number of an audit row a digest has told
_OTHER_SUBJECTS = frozenset({"base", pauses.SUBJECT})
_MOST = 8  # improvements with a button of their own


def send_digest(store: Store, snapshot: Snapshot, notify: Notify, at: datetime) -> str:
    """Tell the admins what Butler learned by itself since the last digest, once; return a sentence on it."""
    with store.atomic():
        told = int(facts.get(store, _TOLD) or 0)
        entries = improvements.audit_after(store, told)
        if not entries:
            hold_back(store, "digest", Why.NOTHING, at)
            return "Nothing changed."
        facts.put(store, _TOLD, str(entries[-1].number))
        fresh = [one for one in entries if one.action is Action.APPLIED and one.improvement_id not in _OTHER_SUBJECTS]
        learned = _automatic(store, [improvement_number(one.improvement_id) for one in fresh])
        if not learned:
            hold_back(store, "digest", Why.NOTHING, at)
            return "Nothing was learned."
        notify(_notice(store, snapshot, learned), at)
    return f"Told of {len(learned)} {'change' if len(learned) == 1 else 'changes'}."


def _automatic(store: Store, numbers: Sequence[int]) -> list[Improvement]:
    """Return those that came from evidence and are in force still, each once."""
    found = [improvements.get(store, number) for number in dict.fromkeys(numbers)]
    in_force = {Status.APPLIED, Status.COMPLETED}
    return [one for one in found if one is not None and one.source == "automatic" and one.status in in_force]


def _notice(store: Store, snapshot: Snapshot, learned: Sequence[Improvement]) -> Notice:
    lines = ["What I learned by myself:"]
    lines += [f"· {change_words(store, snapshot, one.proposed_value)} (#{one.number}){_why(one)}" for one in learned]
    lines.append("Each passed its test and is being watched. /improvement N tells all about one.")
    buttons = [Option(f"Undo #{one.number}", {"kind": "take_back", "improvements": [one.number]}) for one in learned]
    if len(learned) > 1:
        everything = {"kind": "take_back", "improvements": [one.number for one in learned]}
        buttons = [*buttons[:_MOST], Option("Undo all", everything)]
    return Notice("digest", "\n".join(lines), buttons=tuple(buttons))


def _why(one: Improvement) -> str:
    return f": {one.rationale}" if one.rationale else ""
