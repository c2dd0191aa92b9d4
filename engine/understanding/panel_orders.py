"""Orders to a security alarm ("disarm the alarm at 7"): it is never the alarm that wakes people, and is only read."""

from __future__ import annotations

import re

from engine.understanding.home_index import HomeIndex, find_span, words_of
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.judging import EXACT
from engine.understanding.plain import plain
from engine.understanding.text import without_politeness

_DOMAINS = ("alarm_control_panel.", "siren.")
_ARMS = re.compile(
    r"(?:(?:dis|un|re)?arm|set and arm) (?:the |my |our |that |this )?(?:[\w']+ ){0,2}?"
    r"(?:alarms?(?: (?:system|panel))?|security(?: (?:system|alarm|panel))?|house|home|panel|system)\b"
)
_SWITCHES = re.compile(r"(?:turn|switch) (?:on|off)|(?:turn|switch) .+ (?:on|off)\b|(?:de)?activate|set|disable|enable")


def orders_to_arm(text: str) -> bool:
    """Tell whether a text orders a security alarm on or off by a word that is used of no other alarm."""
    return _ARMS.match(without_politeness(plain(text))) is not None


def read_panel_order(text: str, index: HomeIndex) -> Interpretation | None:
    """Return a text that orders a security alarm on or off, refused; None for any other.

    What only switches has to call one of this home's by its name: "turn off the alarm" is for the one that wakes.
    """
    said = without_politeness(plain(text))
    named = panels_named(said, index)
    if not (orders_to_arm(text) or (named and _SWITCHES.match(said))):
        return None
    ids = named or tuple(sorted(entity.entity_id for entity in index.domain_members(("alarm_control_panel",))))
    return Interpretation(
        text,
        "switch_control",
        EXACT,
        Stage.PATTERN,
        targets=ids,
        disposition=Disposition.REFUSE,
        reason=Reason.READ_ONLY,
    )


def panels_named(bare: str, index: HomeIndex) -> tuple[str, ...]:
    """Return the security alarms and sirens that a plain text calls by a name with "alarm" in it."""
    words = words_of(bare)
    span = find_span(words, index.names, len(words)) if "alarm" in words else None
    ids = index.names[" ".join(words[slice(*span)])] if span else ()
    return tuple(sorted(i for i in ids if i.startswith(_DOMAINS)))
