"""Makes one interpretation of several clauses: talk around a command is dropped, doubt about the whole vetoes all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.understanding.clauses import sounds_like_order, starts_like_command, told_beside
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.plain import plain
from engine.understanding.vetoing import vetoed, why_not

_VETOING = frozenset({Reason.NEGATION, Reason.CONDITION, Reason.QUOTED, Reason.DEFERRED})
_OF_ALL_CLAUSES = frozenset({Reason.CONDITION, Reason.DEFERRED, Reason.QUOTED})
_READY = frozenset({Disposition.ACT, Disposition.CONFIRM})
_REQUESTS = frozenset(
    {"list", "task", "timer", "reminder", "alarm", "note", "schedule", "notice", "time", "date", "weather"}
)
_POINTS_BACK = re.compile(r"\b(?:it|them|those|these|that)\b")
_SEVERAL = 2
_LIKELY = 0.5
_RETRACTED = re.compile(
    r"\b(?:never ?mind|nvm|forget it|actually no|no wait|scratch that|or rather no|on second thoughts?|wait no"
    r"|cancel that|oh no don't)\b"
)


def join(clauses: Sequence[Interpretation], text: str, read_whole: Callable[[str], Interpretation]) -> Interpretation:
    """Return the meaning of `text`, whose clauses were read one by one; `read_whole` reads it as one clause."""
    acting = [one for one in clauses if INTENTS[one.intent].acts or one.intent == "state_query"]
    ready = [one for one in acting if one.targets and one.disposition in _READY]
    retracted = bool(_RETRACTED.search(plain(text)))
    notice = clauses[-1].intent == "notice_set" and told_beside(text) is not None
    veto = Reason.NEGATION if retracted else _veto(clauses[:-1] if notice else clauses)
    if not acting and veto is None and (asked := _all_requests(clauses)):
        used = tuple(sorted({number for one in asked for number in one.used}))
        return replace(asked[0], text=text, clauses=asked, used=used)
    unexplained = any(one.reason != veto and one not in ready for one in acting)
    if not acting and veto is None and (told := _told_amid_talk(clauses)):
        return replace(told, text=text)
    if not (ready or (notice and veto is None)) or veto in _OF_ALL_CLAUSES or (veto and unexplained):
        return _under_veto(vetoed(read_whole(text), text), veto)
    if retracted:
        return replace(ready[0], text=text, disposition=Disposition.REFUSE, reason=Reason.NEGATION)
    kept = _merge_values([one for one in clauses if one in ready or _is_worth_telling(one)])
    if len(kept) == 1:
        return replace(kept[0], text=text)
    used = tuple(sorted({number for one in kept for number in one.used}))
    return replace(kept[0], text=text, clauses=kept, used=used)


def _told_amid_talk(clauses: Sequence[Interpretation]) -> Interpretation | None:
    """Return the one request of a known wording amid talk ("it's used up, take milk off the list, there is none")."""
    requests = [one for one in clauses if _is_request(one)]
    others = [one for one in clauses if one.stage is Stage.PATTERN and one not in requests]
    return requests[0] if len(requests) == 1 and not others else None


def _all_requests(clauses: Sequence[Interpretation]) -> tuple[Interpretation, ...]:
    """Return the parts of a message that asks for several things to be kept, nothing where it asks for one or none.

    A part beside them that is not understood is said so, unless it is only talk.
    """
    pointing = any(_is_request(one) and _POINTS_BACK.search(plain(one.text)) for one in clauses)
    asked = tuple(
        one
        for one in clauses
        if _is_request(one) or _is_order(one) or (_is_likely_request(one) and not (pointing and one is clauses[0]))
    )
    return asked if len(asked) >= _SEVERAL and not all(map(_is_order, asked)) else ()


def _is_likely_request(clause: Interpretation) -> bool:
    kept = clause.intent.partition("_")[0] in _REQUESTS and clause.disposition is Disposition.ACT
    return kept and clause.confidence >= _LIKELY


def _is_order(clause: Interpretation) -> bool:
    return clause.reason is Reason.NOT_UNDERSTOOD and sounds_like_order(clause.text)


def _is_request(clause: Interpretation) -> bool:
    return clause.stage is Stage.PATTERN and clause.intent.partition("_")[0] in _REQUESTS


def _veto(clauses: Sequence[Interpretation]) -> Reason | None:
    """Return the reason a clause was refused for, else the reason that talk around the commands gives."""
    for one in clauses:
        if one.reason in _VETOING and one.disposition in {Disposition.REFUSE, Disposition.NONE}:
            return one.reason
    for one in clauses:
        if INTENTS[one.intent].acts or one.intent == "state_query" or _is_request(one):
            continue  # when a reminder is to ring says nothing of the command beside it
        if (why := why_not(one.text)) in _VETOING:
            return why
    return None


def _under_veto(meant: Interpretation, veto: Reason | None) -> Interpretation:
    if veto is None or not INTENTS[meant.intent].acts or meant.disposition not in {*_READY, Disposition.ASK}:
        return meant
    intent = "schedule_set" if veto in {Reason.DEFERRED, Reason.CONDITION} else meant.intent
    return replace(meant, intent=intent, disposition=Disposition.REFUSE, reason=veto, choices=())


def _is_worth_telling(clause: Interpretation) -> bool:
    """Tell whether a clause that cannot be carried out is more than talk."""
    if _is_request(clause) or _is_likely_request(clause) or _is_order(clause):
        return True
    return clause.reason in _VETOING or (clause.disposition is Disposition.ASK and starts_like_command(clause.text))


def _merge_values(clauses: Sequence[Interpretation]) -> tuple[Interpretation, ...]:
    """Join what is one thing to do: "set it to 35 % and make it red"."""
    merged: list[Interpretation] = []
    for clause in clauses:
        last = merged[-1] if merged else None
        if last and _sets_the_same(last, clause):
            merged[-1] = replace(last, slots={**last.slots, **clause.slots})
        else:
            merged.append(clause)
    return tuple(merged)


def _sets_the_same(one: Interpretation, other: Interpretation) -> bool:
    both_set = one.slots.get("action") == other.slots.get("action") == "set"
    return both_set and one.intent == other.intent and one.targets == other.targets
