"""What a text teaches, with its slips mended and with what only sounds like a lesson left out."""

from __future__ import annotations

import pytest

from engine.understanding.lesson import Correct, Forget, Lesson, Teach, Undo
from engine.understanding.lesson_reading import lesson_in
from tests.engine.understanding.house import knows


@pytest.mark.parametrize(
    ("text", "lesson"),
    [
        ("remeber that cave means the office", Teach("cave", "office")),
        ("forgt the office", Forget("office")),
        ("unod that", Undo()),
        ("rename the office to cave", Teach("cave", "office", renames=True)),
        ("rename the fence task to mend the gate", None),
        ("no, put it on low instead", Correct("put it on low")),
        ("put it on low instead", None),
    ],
)
def test_one_call_mends_slips_and_leaves_out_what_is_no_lesson(text: str, lesson: Lesson | None) -> None:
    """Tasks are renamed and things put otherwise without a word of it being learned."""
    assert lesson_in(text, after_action=True, vocabulary=knows) == lesson
