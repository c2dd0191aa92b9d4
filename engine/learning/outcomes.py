"""What can come of a lesson or of steering one: values, each carrying what a person must be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from store import Status

MeaningKind = Literal["entity", "area", "floor", "group", "alias", "synonym", "command"]


class Refusal(StrEnum):
    """Why a lesson teaches nothing."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_LETTERS = "no_letters"
    STOP_WORDS = "stop_words"
    ODD_CHARACTERS = "odd_characters"
    COMMAND_WORD = "command_word"
    SAME_MEANING = "same_meaning"
    LOOP = "loop"
    MEANING_NOT_FOUND = "meaning_not_found"
    NAME_OF_ANOTHER = "name_of_another"
    PROHIBITION = "prohibition"
    GUEST = "guest"


class Option(StrEnum):
    """An answer to a conflict."""

    REPLACE = "replace"
    KEEP = "keep"
    ONLY_FOR_ME = "only_for_me"


@dataclass(frozen=True)
class Meaning:
    """What a phrase means already: `text` is a name or a wording, `whose` is "home", "household" or a person.

    `number` is the improvement that taught it, None for what the home itself says.
    """

    kind: MeaningKind
    text: str
    whose: str
    targets: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class Live:
    """The change is in force as improvement #number."""

    number: int
    version: int


@dataclass(frozen=True)
class Held:
    """Improvement #number passed its test and waits for an admin; `reason` is a clause ("it opens a lock").

    `known`: it waited already when the same was proposed again.
    """

    number: int
    reason: str
    known: bool = False


@dataclass(frozen=True)
class FailedCase:
    """A case that would get worse: what is said, and how it would be misunderstood."""

    id: str
    text: str
    why: str


@dataclass(frozen=True)
class Failed:
    """Improvement #number failed its test and was rejected."""

    number: int
    reasons: tuple[str, ...]
    cases: tuple[FailedCase, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """The phrase means something already: nothing was recorded, and the person is to choose."""

    phrase: str
    meaning: Meaning
    options: tuple[Option, ...] = (Option.REPLACE, Option.KEEP, Option.ONLY_FOR_ME)

    @property
    def kind(self) -> MeaningKind:
        """What kind of meaning the phrase has."""
        return self.meaning.kind

    @property
    def whose(self) -> str:
        """Whose meaning it is."""
        return self.meaning.whose


@dataclass(frozen=True)
class Refused:
    """The lesson teaches nothing, now or later; `text` is a sentence that says why."""

    reason: Refusal
    text: str


@dataclass(frozen=True)
class AlreadyKnown:
    """The phrase means exactly that already, through improvement #number."""

    number: int


LessonOutcome = Live | Held | Failed | Conflict | Refused | AlreadyKnown


@dataclass(frozen=True)
class Rejected:
    """Improvement #number was rejected by a person."""

    number: int


@dataclass(frozen=True)
class RolledBack:
    """These improvements are out of force; knowledge is at `version`."""

    numbers: tuple[int, ...]
    version: int


@dataclass(frozen=True)
class BuiltUpon:
    """Improvement #number stays: later ones, still in force, build on it."""

    number: int
    by: tuple[int, ...]


@dataclass(frozen=True)
class NoSuchImprovement:
    """No improvement bears the number."""

    number: int


@dataclass(frozen=True)
class NotNow:
    """The improvement's status does not allow the step."""

    number: int
    status: Status


Approval = Live | Failed | NoSuchImprovement | NotNow
Rejection = Rejected | NoSuchImprovement | NotNow
RollBack = RolledBack | BuiltUpon | NoSuchImprovement | NotNow
Redo = Live | Failed | NoSuchImprovement | NotNow
