"""Changes of how thoughts and tasks are read, and of when reports come: the household's, or one person's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.learning.change_error import ChangeError, require_owner, require_texts
from engine.tasks.kinds import Ask, Priority
from engine.tasks.mappings import mapping_fault
from engine.understanding.knowledge import Ownership
from engine.understanding.plain import plain

ASKS = {"kind": Ask.KIND, "when": Ask.WHEN, "what": Ask.TITLE}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class KeywordRuleChange:
    """A thought in which `phrase` is said has this priority, where it does not say another itself."""

    type: ClassVar[Literal["keyword_rule"]] = "keyword_rule"
    phrase: str
    priority: str
    scope: Ownership = "household"
    owner: str | None = None

    def __post_init__(self) -> None:
        _require_phrase(self.type, self.phrase)
        require_owner(self.type, self.scope, self.owner)
        if self.priority not in set(Priority):
            raise ChangeError(f"keyword_rule: “{self.priority}” is no priority: there are {', '.join(Priority)}")

    @property
    def meaning(self) -> str:
        """The priority."""
        return str(self.priority)


@dataclass(frozen=True)
class AmbiguityRuleChange:
    """A thought in which `phrase` is said leaves something open, so that Butler asks first."""

    type: ClassVar[Literal["ambiguity_rule"]] = "ambiguity_rule"
    phrase: str
    asks: str
    scope: Ownership = "household"
    owner: str | None = None

    def __post_init__(self) -> None:
        _require_phrase(self.type, self.phrase)
        require_owner(self.type, self.scope, self.owner)
        if self.asks not in ASKS:
            raise ChangeError(f"ambiguity_rule: nobody asks “{self.asks}”: there are {', '.join(ASKS)}")

    @property
    def meaning(self) -> str:
        """What is asked."""
        return self.asks


@dataclass(frozen=True)
class TimeMappingChange:
    """`phrase` says the time that `meaning` says ("after work" is "at 18:00")."""

    type: ClassVar[Literal["time_mapping"]] = "time_mapping"
    phrase: str
    meaning: str
    scope: Ownership = "household"
    owner: str | None = None

    def __post_init__(self) -> None:
        _require_phrase(self.type, self.phrase)
        require_texts(self.type, self.meaning)
        require_owner(self.type, self.scope, self.owner)
        fault = mapping_fault(self.phrase, self.meaning)
        if fault:
            raise ChangeError(f"time_mapping: {fault}")


@dataclass(frozen=True)
class ReportHourChange:
    """Reports reach `owner` at `hour` (0 to 23, the household's clock) of `weekday` (0 is Monday, None any day)."""

    type: ClassVar[Literal["report_hour"]] = "report_hour"
    owner: str
    hour: int
    weekday: int | None = None
    scope: Ownership = "personal"

    def __post_init__(self) -> None:
        require_owner(self.type, self.scope, self.owner)
        if self.scope != "personal":
            raise ChangeError("report_hour: it is always somebody's own")
        if not _is_within(self.hour, 23):
            raise ChangeError(f"report_hour: {self.hour!r} is no hour from 0 to 23")
        if self.weekday is not None and not _is_within(self.weekday, 6):
            raise ChangeError(f"report_hour: {self.weekday!r} is no weekday from 0 to 6")

    @property
    def phrase(self) -> str:
        """What the change is about."""
        return "reports"

    @property
    def meaning(self) -> str:
        """The hour, and the day of the week where there is one."""
        day = "" if self.weekday is None else f"{WEEKDAYS[self.weekday]} "
        return f"{day}{self.hour:02}:00"


PhraseRuleChange = KeywordRuleChange | AmbiguityRuleChange | TimeMappingChange
TaskChange = PhraseRuleChange | ReportHourChange


def _require_phrase(kind: str, phrase: object) -> None:
    require_texts(kind, phrase)
    if not plain(str(phrase)):
        raise ChangeError(f"{kind}: there is no word in {phrase!r}")


def _is_within(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
