"""Count the lessons, corrections and feedback found in labelled talk: python -m bench.lessons FILE...

Each file is JSONL with `text` and `label`. Rows labelled `negative` teach, forget and correct nothing: the goal is 0.
The figures for `correction` and for feedback are information: many such rows speak of other things than a home.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from engine.understanding.home_words import sounds_like_home
from engine.understanding.lessons import Correct, Feedback, Forget, Teach, parse_lesson

_ROOMS = "kitchen, living room, bedroom, guest room, bathroom, hall, office, garage, garden, porch, dining room, attic"
_THINGS = "light, lights, lamp, fan, blinds, curtains, heater, speaker, tv, door, window, switch, sensor, plug"
_WORDS = (
    "music, volume, heating, thermostat, vacuum, garage door, front door, gate, movie night, good night, floor lamp,"
    " everything, upstairs, downstairs, house, home, stop, cancel, help, pause, play, next, yes, no, timer, alarm,"
    " list, shopping list, reminder, weather, time, date, turn on, turn off, switch on, switch off, dim, open, close"
)


def typical_home() -> frozenset[str]:
    """Return the names, places and command words of an ordinary home."""
    rooms, things = _ROOMS.split(", "), _THINGS.split(", ")
    pairs = {f"{room} {thing}" for room in rooms for thing in things}
    return frozenset({*rooms, *things, *pairs, *(word.strip() for word in _WORDS.split(","))})


_HOME = typical_home()


def knows(phrase: str) -> bool:
    """Tell whether `phrase` names something in the typical home or is a command to it."""
    words = phrase.casefold().strip(" .,!?")
    first = words.split(" ", 1)[0]
    return words in _HOME or (
        first in {"turn", "switch", "dim", "open", "close", "set", "play"} and sounds_like_home(words)
    )


def main(paths: Iterable[str]) -> int:
    """Print the figures of every file; return 1 if talk was taken for a lesson."""
    failures = 0
    for path in paths:
        rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
        print(f"{Path(path).name}: {len(rows)} rows")
        failures += _negatives([row["text"] for row in rows if row["label"] == "negative"])
        _recognised(rows)
        _speed([row["text"] for row in rows])
    return 1 if failures else 0


def _negatives(texts: list[str]) -> int:
    if not texts:
        return 0
    failures = 0
    for after_action in (False, True):
        for vocabulary in (None, knows):
            found = Counter[str]()
            for text in texts:
                lesson = parse_lesson(text, after_action=after_action, vocabulary=vocabulary)
                if isinstance(lesson, Teach | Correct | Forget):
                    print(f"    {lesson!r} in {text!r}")
                if lesson is not None:
                    found[type(lesson).__name__] += 1
            wrong = found["Teach"] + found["Correct"] + found["Forget"]
            failures += wrong
            setting = f"after action {after_action!s:5} vocabulary {vocabulary is not None!s:5}"
            print(f"  negative, {setting}: {wrong} of {len(texts)} taken for a lesson (goal 0); {dict(found)}")
    return failures


def _recognised(rows: list[dict[str, str]]) -> None:
    labels = {"correction", "general_negate", "general_praise", "general_affirm", "general_confirm"}
    for label in sorted(labels & {row["label"] for row in rows}):
        texts = [row["text"] for row in rows if row["label"] == label]
        lessons = [parse_lesson(text, after_action=True, vocabulary=knows) for text in texts]
        found = Counter(_kind(lesson) for lesson in lessons)
        print(f"  {label} (information): {dict(found)} of {len(texts)}")


def _kind(lesson: object) -> str:
    if isinstance(lesson, Feedback):
        return "positive" if lesson.positive else "negative"
    return type(lesson).__name__ if lesson is not None else "-"


def _speed(texts: list[str]) -> None:
    begun = time.perf_counter()
    for text in texts:
        parse_lesson(text, after_action=True, vocabulary=knows)
    each = (time.perf_counter() - begun) / max(len(texts), 1)
    print(f"  {each * 1000:.2f} ms an utterance")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
