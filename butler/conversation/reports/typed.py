"""Insights answered in words: "apply", "dismiss 2", "why", or one of these as a reply to an insight."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from butler.conversation import dialogue
from butler.conversation.phrasing import joined
from butler.conversation.replying import settle_dropped
from butler.conversation.reports.closing import answered_in_words
from butler.conversation.reports.messages import APPLY, DISMISS, WHY
from butler.conversation.reports.presses import DECISIONS
from butler.conversation.reports.standing import concerns, told_open
from butler.conversation.shown import shown_message
from butler.conversation.turn import Option, Ports, Turn
from engine.understanding.plain import plain
from store import buttons, insights, turns
from store.insights import Insight

QUESTION = "insight"
_SAID = re.compile(r"(?P<what>apply|dismiss|why)(?: (?:it|that|this))?(?: (?:insight )?(?P<number>\d{1,9}))?")
_KINDS: Mapping[str, str] = MappingProxyType({"apply": APPLY, "dismiss": DISMISS, "why": WHY})
_NONE_OPEN = "No insight is open for you. /insights shows what there was, /report looks for more."


def take_insight_words(ports: Ports, turn: Turn) -> bool:
    """Do with an insight what the text says, and tell whether it spoke of one.

    Bare words mean the insight replied to, or the only one that is open; with several Butler asks which.
    """
    said = _SAID.fullmatch(plain(turn.text).replace("#", ""))
    if said is None:
        return _chosen_by_number(ports, turn)
    kind, named = _KINDS[said["what"]], said["number"]
    replied = _replied_to(ports, turn)
    if named is not None or replied is not None:
        return _decide(ports, turn, kind, int(named) if named is not None else replied or 0)
    if turn.incoming.reply_to is not None:
        return False  # it speaks of another message
    return _bare(ports, turn, kind)


def _bare(ports: Ports, turn: Turn, kind: str) -> bool:
    user = turn.incoming.user
    mine = told_open(ports.store, user.id, user.role)
    if kind == WHY and not (mine and _told_last(ports, turn, mine)):
        return False  # it asks for the reason of what was just done
    if len(mine) == 1:
        return _decide(ports, turn, kind, mine[0].id)
    if mine:
        _ask_which(turn, kind, mine)
        return True
    if not any(concerns(one, user.id, user.role) for one in insights.listing(ports.store)):
        return False
    turn.outcome = "answered"
    turn.say(_NONE_OPEN)
    return True


def _decide(ports: Ports, turn: Turn, kind: str, number: int) -> bool:
    insight = insights.get(ports.store, number)
    user = turn.incoming.user
    if insight is None and kind == WHY and not insights.listing(ports.store, limit=1):
        return False
    _close_question(ports, turn)
    if insight is not None and insight.is_open and concerns(insight, user.id, user.role):
        answered_in_words(ports, turn, insight, kind)
    DECISIONS[kind](ports, turn, number)
    return True


def _close_question(ports: Ports, turn: Turn) -> None:
    question = turn.dialogue.question
    if question is not None and question.kind == QUESTION:
        dialogue.close(ports.store, question, at=turn.incoming.at, turn=turn.number)
        settle_dropped(turn, question)
        turn.dialogue = replace(turn.dialogue, question=None)


def _replied_to(ports: Ports, turn: Turn) -> int | None:
    """Return the insight of the message that is replied to, or None."""
    replied = turn.incoming.reply_to
    shown = shown_message(ports.store, replied) if replied is not None else None
    button = buttons.get(ports.store, shown.buttons[0][0]) if shown is not None and shown.buttons else None
    effect = button.payload.get("effect", {}) if button is not None and button.user == turn.user else {}
    return effect.get("insight") if effect.get("kind") in DECISIONS else None


def _told_last(ports: Ports, turn: Turn, mine: list[Insight]) -> bool:
    """Tell whether nothing was said since the last insight came."""
    before = turn.dialogue.last_turn
    row = turns.get(ports.store, before) if before is not None else None
    latest = max(one.delivered_at for one in mine if one.delivered_at is not None)
    return row is None or row.at < latest


def _ask_which(turn: Turn, kind: str, mine: list[Insight]) -> None:
    verb = next(word for word, known in _KINDS.items() if known == kind)
    named = joined((f"“{verb} {one.id}” ({one.title.rstrip('.')})" for one in mine), "or")
    options = [Option(f"{verb.capitalize()} {one.id}", {"kind": kind, "insight": one.id}) for one in mine]
    turn.ask(QUESTION, f"Which one? Say {named}.", (*options, Option("Neither", {"kind": "leave"})))


def _chosen_by_number(ports: Ports, turn: Turn) -> bool:
    """Take a number alone as the answer to which insight is meant."""
    question, said = turn.dialogue.question, plain(turn.text).replace("#", "")
    if question is None or question.kind != QUESTION or not said.isdecimal() or len(said) > 9:
        return False
    for _, label in question.buttons:
        if label.endswith(f" {int(said)}"):
            kind = _KINDS[label.partition(" ")[0].lower()]
            return _decide(ports, turn, kind, int(said))
    return False
