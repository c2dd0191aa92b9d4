"""One turn while it is being dealt with: what came in, what was found out, what will be said, done and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from butler.conversation import wording
from butler.conversation.dialogue import Dialogue
from butler.conversation.messages import Attachment, Incoming
from butler.conversation.settings import Settings
from butler.home.port import Call, Home, is_shut_out
from engine.api import Engine
from engine.learning.experience import Later
from engine.sentences import Sentence, worded
from engine.understanding.interpretation import Interpretation
from engine.understanding.interpreter import HomeIndexes
from engine.understanding.snapshot import Entity, Snapshot
from store.database import Store
from store.outbox import Outgoing

LATE = timedelta(minutes=10)
Effect = Mapping[str, Any]
"""What a press means, as JSON values: a `kind` from the table of effects and what that kind needs."""


@dataclass(frozen=True)
class Option:
    """One answer that is offered, and what choosing it does."""

    label: str
    effect: Effect


@dataclass(frozen=True)
class Notice:
    """Something that is told unasked, to "admins" or to one person.

    Quiet hours hold it back where it may be `held` and is not `urgent`. A `repeatable` one is sent again when it may
    have been lost. `but` is a person who need not be told. `chat` is where it is said, None for the person's own.
    """

    kind: str
    text: str
    to: str = "admins"
    buttons: tuple[Option, ...] = ()
    urgent: bool = False
    held: bool = True
    repeatable: bool = False
    but: str | None = None
    chat: str | None = None


Notify = Callable[[Notice, datetime], object]


def tell_nobody(_: Notice, __: datetime) -> None:
    """Tell a notice to nobody: for a conversation on its own."""


@dataclass(frozen=True)
class Ports:
    """What a turn works with."""

    engine: Engine
    home: Home
    store: Store
    settings: Settings
    monotonic: Callable[[], float]
    timer: Callable[[], float]
    indexes: HomeIndexes = field(default_factory=HomeIndexes)
    notify: Notify = tell_nobody

    def words(self, sentence: Sentence, **values: str) -> str:
        """Return a sentence as this household words it; every sentence that may be worded otherwise is said so.

        A home that does not let Butler in is not only out of reach: waiting would not help.
        """
        if sentence is wording.UNREACHABLE and is_shut_out(self.home):
            sentence = wording.SHUT_OUT
        return worded(sentence, self.engine.knowledge.templates, **values)


@dataclass(frozen=True)
class Draft:
    """A message before it has an id. A `question` waits for an answer; without it the buttons are only on offer.

    `lasts_s` is how long the buttons may be pressed, in seconds; `about` says what is dropped when it is cancelled.
    `to` is the chat it goes to, None for the one the turn came from. What is `fleeting` is not kept once it was sent.
    """

    text: str
    options: tuple[Option, ...] = ()
    kind: str | None = None
    about: str = ""
    lasts_s: float | None = None
    to: str | None = None
    file: Attachment | None = None
    fleeting: bool = False


@dataclass(frozen=True)
class Trace:
    """One stage of the turn: what was decided, by what, how surely."""

    stage: str
    component: str
    decision: str
    outcome: str | None = None
    confidence: float | None = None
    metadata: Mapping[str, Any] | None = None
    duration_ms: float | None = None
    project: int | None = None


@dataclass
class Turn:
    """The workspace of one turn; the only thing here that changes, and it never outlives the turn.

    `about` is the earlier turn that a reply speaks of, `settled` the messages whose buttons were answered (with what)
    or dropped, `effect` what the journal holds; `states_before` is kept where `before` does not say it. What is
    `resent` goes out as it was once more.

    `interpretation` is what the words were taken for; where understanding alone said so, it is `understood` as well,
    and the turn is one that a change is tested on. `shown` is it with what was read of the words besides.

    `later` is what this turn says of an earlier one, `previous` what "it" spoke of when the turn began; `spoilt` says
    that something of the home did not work, so that nothing may be concluded from how the turn went; `pressed` is the
    button that was pressed, or named in words. `home_until` is when the turn stops waiting for the home, by
    `Ports.monotonic`; it is set by the first call, and all further ones of the turn share what is left. `began` is
    when the turn did, by `Ports.timer`.
    """

    incoming: Incoming
    number: int
    text: str
    snapshot: Snapshot
    reachable: bool
    dialogue: Dialogue
    drafts: list[Draft] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    before: dict[str, Entity] = field(default_factory=dict)
    after: dict[str, Entity] = field(default_factory=dict)
    traces: list[Trace] = field(default_factory=list)
    improvements: list[int] = field(default_factory=list)
    interpretation: Interpretation | None = None
    understood: Interpretation | None = None
    shown: Interpretation | None = None
    outcome: str = "answered"
    readings: dict[str, Interpretation] = field(default_factory=dict)
    keeps_deed: bool = True
    unsure: bool = False
    about: int | None = None
    settled: dict[str, str | None] = field(default_factory=dict)
    effect: dict[str, Any] = field(default_factory=dict)
    states_before: Mapping[str, Any] | None = None
    resent: list[Outgoing] = field(default_factory=list)
    later: Later | None = None
    previous: Interpretation | None = None
    spoilt: bool = False
    pressed: str | None = None
    home_until: float | None = None
    began: float | None = None

    @property
    def user(self) -> str:
        """The id of the person who speaks."""
        return self.incoming.user.id

    @property
    def late(self) -> bool:
        """Whether what was said is so old that it may no longer be wanted."""
        sent_at = self.incoming.sent_at
        return sent_at is not None and self.incoming.press is None and self.incoming.at - sent_at > LATE

    @property
    def undoable(self) -> bool:
        """Whether there is anything to take back: something changed, or something may yet."""
        return self.changed or self.unsure

    @property
    def changed(self) -> bool:
        """Whether anything in the home is not as it was before the turn."""
        return any(self.after.get(entity_id) != was for entity_id, was in self.before.items())

    def say(self, text: str) -> None:
        """Add a message."""
        self.drafts.append(Draft(text))

    def ask(
        self, kind: str, text: str, options: tuple[Option, ...], *, about: str = "", lasts_s: float | None = None
    ) -> None:
        """Add a question that waits for a press or a typed answer."""
        self.drafts.append(Draft(text, options, kind, about, lasts_s))
        self.outcome = "asked"

    def offer(self, text: str, options: tuple[Option, ...]) -> None:
        """Add a message whose buttons may be pressed but need not be."""
        self.drafts.append(Draft(text, options))

    def trace(
        self,
        stage: str,
        decision: str,
        *,
        component: str = "conversation",
        outcome: str | None = None,
        confidence: float | None = None,
        duration_ms: float | None = None,
        project_id: int | None = None,
        **metadata: Any,
    ) -> None:
        """Log one stage; `project_id` is the project it was about."""
        kept = metadata or None
        self.traces.append(Trace(stage, component, decision, outcome, confidence, kept, duration_ms, project_id))
