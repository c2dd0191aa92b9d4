"""Teaching in talk: what a word is to mean becomes a change, and its outcome is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from butler.conversation import wording
from butler.conversation.dialogue import Deed
from butler.conversation.messages import Role
from butler.conversation.nearest import nearest_names
from butler.conversation.phrasing import the
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import named, place_named, understand, would_act
from engine.api import LessonContext
from engine.learning import outcomes
from engine.learning.changes import AliasChange, ChangeError, CommandChange, SynonymChange, WordChange, to_payload
from engine.learning.wordings import hidden_characters, odd_phrase
from engine.understanding.interpretation import Disposition, Stage
from engine.understanding.knowledge import Ownership
from engine.understanding.lesson import Teach

_LABELS = MappingProxyType(
    {
        outcomes.Option.REPLACE: "Replace",
        outcomes.Option.KEEP: "Keep",
        outcomes.Option.ONLY_FOR_ME: "Only for me",
    }
)
_ROLES: Mapping[Role, Literal["admin", "resident", "guest"]] = MappingProxyType(
    {Role.ADMIN: "admin", Role.RESIDENT: "resident", Role.GUEST: "guest"}
)
_TRIALS = ("{meaning} the {name}", "turn the {name} {meaning}", "set the {name} to {meaning}")


@dataclass(frozen=True)
class Owner:
    """Whose a word is to be."""

    scope: Ownership = "household"
    owner: str | None = None


def teach(ports: Ports, turn: Turn, lesson: Teach) -> None:
    """Learn what a lesson says, or say why not."""
    turn.trace("lesson", "teach", phrase=lesson.phrase, meaning=lesson.meaning, personal=lesson.personal)
    if turn.incoming.user.role is Role.GUEST:
        turn.outcome = "refused"
        turn.say(wording.GUESTS_CANNOT_TEACH)
        return
    hidden = hidden_characters(" ".join((turn.incoming.text or "").split()))
    if hidden:
        # Understanding reads past them, but what nobody sees must not become part of a word, nor be passed over.
        turn.outcome = "lesson_refused"
        turn.say(f"I can't learn “{lesson.phrase}”: {odd_phrase(hidden).text}")
        return
    owner = Owner("personal", turn.user) if lesson.personal else Owner()
    try:
        change = change_for(ports, turn, lesson.phrase, lesson.meaning, owner)
    except ChangeError:
        change = None
    if change is None:
        _ask_for_meaning(turn, lesson, owner)
        return
    learn(ports, turn, change, rationale=turn.text)


def change_for(ports: Ports, turn: Turn, phrase: str, meaning: str, owner: Owner) -> WordChange | None:
    """Return the change that gives `phrase` a meaning: a name, a whole command or a wording; None if it has none."""
    place = place_named(ports, turn, meaning)
    if place is not None and place.area:
        return AliasChange(phrase, "area", place.area, owner.scope, owner.owner)
    if place is not None:
        return SynonymChange(phrase, meaning, owner.scope, owner.owner)
    found = named(ports, turn, meaning)
    if len(found.targets) == 1 and not found.group:
        return AliasChange(phrase, "entity", found.targets[0], owner.scope, owner.owner)
    if would_act(understand(ports, turn, meaning)):
        return CommandChange(phrase, meaning, owner.scope, owner.owner)
    if found.targets or _is_wording(ports, turn, meaning):
        return SynonymChange(phrase, meaning, owner.scope, owner.owner)
    return None


def _is_wording(ports: Ports, turn: Turn, meaning: str) -> bool:
    """Tell whether a phrase is one that commands are made of, by trying it on a light of this home."""
    light = next((e for e in turn.snapshot.entities if e.domain == "light" and e.exposed), None)
    if light is None:
        return False
    for trial in _TRIALS:
        found = understand(ports, turn, trial.format(meaning=meaning, name=light.name))
        exact = found.stage is Stage.PATTERN and found.disposition is Disposition.ACT
        if exact and found.targets == (light.entity_id,):
            return True
    return False


def learn(
    ports: Ports, turn: Turn, change: WordChange, *, rationale: str, answer: outcomes.Option | None = None
) -> outcomes.LessonOutcome:
    """Hand a change to the engine, tell what came of it, and return that."""
    outcome = propose(ports, turn, change, rationale=rationale, answer=answer)
    tell(turn, change, outcome)
    return outcome


def propose(
    ports: Ports, turn: Turn, change: WordChange, *, rationale: str, answer: outcomes.Option | None = None
) -> outcomes.LessonOutcome:
    """Hand a change to the engine and keep what came of it with the turn, without a word."""
    context = LessonContext(
        person=turn.user,
        source="voice_command",
        rationale=rationale,
        snapshot=turn.snapshot,
        at=turn.incoming.at,
        turn=turn.number,
        answer=answer,
        role=_ROLES[turn.incoming.user.role],
    )
    outcome = ports.engine.lesson(change, context)
    turn.readings.clear()
    kind = type(outcome).__name__.lower()
    turn.trace("learn", kind, component="engine", phrase=change.phrase, meaning=change.meaning)
    turn.outcome = f"lesson_{kind}"
    if isinstance(outcome, outcomes.Live):
        turn.improvements.append(outcome.number)
        turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, outcome.number))
    return outcome


def tell(turn: Turn, change: WordChange, outcome: outcomes.LessonOutcome) -> None:
    """Say what came of a lesson; a conflict is asked about with buttons."""
    if isinstance(outcome, outcomes.Conflict):
        _ask_about_conflict(turn, change, outcome)
        return
    turn.say(outcome_text(turn, change, outcome))


def outcome_text(turn: Turn, change: WordChange, outcome: outcomes.LessonOutcome) -> str:
    """Return what came of a lesson in a sentence or two."""
    return _TEXTS[type(outcome)](turn, change, outcome)


def meaning_words(turn: Turn, change: WordChange) -> str:
    """Return what a phrase is to mean as it stands within a sentence."""
    if isinstance(change, AliasChange):
        known = turn.snapshot.by_id if change.kind == "entity" else turn.snapshot.areas_by_id
        target = known.get(change.target)
        return the(target.name) if target else change.target
    return f"“{change.meaning}”"


def from_now_on(turn: Turn, change: WordChange, number: int) -> str:
    """Return the sentence for a word that is live."""
    verb = "is" if isinstance(change, AliasChange) else "means"
    whose = " when you say it" if change.scope == "personal" else ""
    return f"From now on “{change.phrase}” {verb} {meaning_words(turn, change)}{whose} (#{number})."


def _live(turn: Turn, change: WordChange, outcome: outcomes.Live) -> str:
    return f"Got it. {from_now_on(turn, change, outcome.number)}"


def _held(turn: Turn, change: WordChange, outcome: outcomes.Held) -> str:
    number, why = outcome.number, outcome.reason.rstrip(".")
    return (
        f"I've written down as #{number} that “{change.phrase}” should mean {meaning_words(turn, change)}, but "
        f"it isn't in use yet: {why}. It waits for approval; an admin can allow it with /approve {number}."
    )


def _failed(_: Turn, change: WordChange, outcome: outcomes.Failed) -> str:
    why = "; ".join(outcome.reasons) or "other things would be misunderstood"
    shown = f" For example: “{outcome.cases[0].text}”: {outcome.cases[0].why}." if outcome.cases else ""
    tested = f"I tested “{change.phrase}” and it would make me worse ({why})"
    return f"{tested}, so I didn't learn it (#{outcome.number}).{shown}"


def _refused(_: Turn, change: WordChange, outcome: outcomes.Refused) -> str:
    return f"I can't learn “{change.phrase}”: {outcome.text}"


def _known(turn: Turn, change: WordChange, outcome: outcomes.AlreadyKnown) -> str:
    return f"I know that already: “{change.phrase}” means {meaning_words(turn, change)} (#{outcome.number})."


_TEXTS: MappingProxyType[type, Callable[..., str]] = MappingProxyType(
    {
        outcomes.Live: _live,
        outcomes.Held: _held,
        outcomes.Failed: _failed,
        outcomes.Refused: _refused,
        outcomes.AlreadyKnown: _known,
    }
)


def _ask_about_conflict(turn: Turn, change: WordChange, conflict: outcomes.Conflict) -> None:
    meaning = conflict.meaning
    by = {"home": "here", "household": "in this household"}.get(meaning.whose, f"for {meaning.whose}")
    number = f" (#{meaning.number})" if meaning.number else ""
    options = tuple(
        Option(_LABELS[option], {"kind": "conflict", "change": to_payload(change), "answer": option.value})
        for option in conflict.options
    )
    turn.ask(
        "conflict",
        f"“{conflict.phrase}” already means {meaning.text} {by}{number}. Should I use it for "
        f"{meaning_words(turn, change)} instead?",
        options,
        about=f"what “{conflict.phrase}” means",
    )


def _ask_for_meaning(turn: Turn, lesson: Teach, owner: Owner) -> None:
    names = nearest_names(turn.snapshot, lesson.meaning)
    turn.trace("lesson", "meaning_not_found", meaning=lesson.meaning)
    text = f"I can't find “{lesson.meaning}” in the home, so I haven't learned anything."
    if not names:
        turn.say(f"{text} Which device, room or command do you mean?")
        return
    options = tuple(
        Option(
            name,
            {
                "kind": "teach_target",
                "change": to_payload(AliasChange(lesson.phrase, "entity", i, owner.scope, owner.owner)),
            },
        )
        for name, i in names
    )
    never = Option("None of these", {"kind": "leave"})
    turn.ask("teach_target", f"{text} Do you mean one of these?", (*options, never), about=f"“{lesson.phrase}”")


def for_speaker(change: WordChange, user: str) -> WordChange:
    """Return the change as the speaker's own."""
    return replace(change, scope="personal", owner=user)
