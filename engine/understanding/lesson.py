"""What one utterance can say about words: a lesson, a correction, feedback, a word to forget, an undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Vocabulary = Callable[[str], bool]
"""Tells whether a phrase, exactly as it stands, names something in the home or is a command."""


@dataclass(frozen=True)
class Teach:
    """A new word: `phrase` is to mean `meaning`, which keeps the case it was written in.

    `personal`: the word is the speaker's own ("my lamp", "for me"). `quoted`: the phrase stood in quotation marks.
    `renames`: the words gave a name to a thing ("call the floor lamp Big Bertha").
    """

    phrase: str
    meaning: str
    personal: bool = False
    quoted: bool = False
    renames: bool = False


@dataclass(frozen=True)
class Correct:
    """What should have been done instead: the thing or the whole command wanted, and the thing that was not meant."""

    wanted: str | None
    negated: str | None = None


@dataclass(frozen=True)
class Feedback:
    """Praise (`positive`) or complaint about what was just done."""

    positive: bool


@dataclass(frozen=True)
class Forget:
    """A taught word that is to be forgotten."""

    phrase: str


@dataclass(frozen=True)
class Undo:
    """What was just done is to be taken back."""


Lesson = Teach | Correct | Feedback | Forget | Undo
