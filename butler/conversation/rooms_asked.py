"""Which rooms and floors the home has."""

from __future__ import annotations

import re

from butler.conversation.phrasing import joined, opening, small
from butler.conversation.tasks.reading import mark_kept
from butler.conversation.turn import Ports, Turn
from engine.understanding.plain import plain
from engine.understanding.snapshot import Floor

_HAVE = (
    r"(?: (?:(?:do|have|does|can) (?:i|we|you|the house|this house|the home)(?: have| got| know(?: of| about)?| see)?"
    r"|are(?: there)?|exist))?(?: in (?:this|the|my|our) (?:house|home|flat))?"
)
_ASKED = re.compile(
    r"(?:please )?(?:tell me |show me |list |name )?(?:which|what|how many|what are|list|name|show me)?"
    r"(?: all)?(?: of)?"
    rf"(?: ?(?:the|my|our))? ?(?P<what>rooms|areas|floors|storeys|levels){_HAVE}(?: please)?"
)
_ASKS = re.compile(r"\b(?:which|what|how many|list|name|show|tell)\b")


def answer_about_rooms(_: Ports, turn: Turn) -> bool:
    """Tell the rooms or floors of the home; False where a text asks for neither."""
    said = plain(turn.text)
    found = _ASKED.fullmatch(said)
    if found is None or _ASKS.search(said) is None:
        return False
    floors = found["what"] not in {"rooms", "areas"}
    turn.trace("rooms", "told", floors=floors)
    turn.say(_floors_told(turn) if floors else _rooms_told(turn))
    mark_kept(turn, as_understood=False)
    return True


def _floors_told(turn: Turn) -> str:
    names = [small(floor.name) for floor in _floors(turn)]
    if not names:
        return "The home tells me of no floors."
    return f"There {'is' if len(names) == 1 else 'are'} {_counted(len(names), 'floor')}: {joined(names)}."


def _rooms_told(turn: Turn) -> str:
    areas = turn.snapshot.areas
    if not areas:
        return "The home tells me of no rooms."
    lines = [f"There {'is' if len(areas) == 1 else 'are'} {_counted(len(areas), 'room')}."]
    for floor in _floors(turn):
        names = [small(area.name) for area in areas if area.floor == floor.id]
        lines += [f"{opening(small(floor.name))}: {joined(names)}."] if names else []
    known = {floor.id for floor in turn.snapshot.floors}
    rest = [small(area.name) for area in areas if area.floor not in known]
    if rest:
        lines.append(f"{'Elsewhere' if len(lines) > 1 else 'They are'}: {joined(rest)}.")
    return "\n".join(lines)


def _floors(turn: Turn) -> list[Floor]:
    return sorted(turn.snapshot.floors, key=lambda one: one.level or 0)


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind}{'' if number == 1 else 's'}"
