"""Teaching in talk: what a word is to mean becomes a change, and its outcome is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from butler.conversation import wording
from butler.conversation.dialogue import Deed
from butler.conversation.journal import about_to_learn
from butler.conversation.messages import Role
from butler.conversation.nearest import by_name, nearest_names
from butler.conversation.notices import waiting_lesson
from butler.conversation.phrasing import the
from butler.conversation.time_lessons import TimeLessonError, time_lesson
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import is_wording, named, place_named, understand, would_act
from engine.api import LessonContext
from engine.learning import outcomes
from engine.learning.changes import (
    AliasChange,
    ChangeError,
    CommandChange,
    SynonymChange,
    TimeMappingChange,
    WordChange,
    to_payload,
)
from engine.learning.experience import Saying
from engine.learning.wordings import hidden_characters, odd_phrase
from engine.understanding.flattening import written_out
from engine.understanding.home_index import Place, key_of
from engine.understanding.knowledge import Ownership
from engine.understanding.lesson import Teach
from store import people

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
Taught = WordChange | TimeMappingChange
_STILL = "still"  # said of the lesson's own sentences, which it was to make understood


@dataclass(frozen=True)
class Owner:
    """Whose a word is to be."""

    scope: Ownership = "household"
    owner: str | None = None


def teach(ports: Ports, turn: Turn, lesson: Teach) -> None:
    """Learn what a lesson says, or say why not."""
    turn.trace("lesson", "teach", phrase=lesson.phrase, meaning=lesson.meaning, personal=lesson.personal)
    if turn.incoming.user.role is Role.GUEST and not lesson.personal:
        turn.outcome = "refused"
        turn.say(ports.words(wording.GUESTS_CANNOT_TEACH))
        return
    hidden = hidden_characters(" ".join((turn.incoming.text or "").split()))
    if hidden:
        # Understanding reads past them, but what nobody sees must not become part of a word, nor be passed over.
        turn.outcome = "lesson_refused"
        turn.say(f"I can't learn “{lesson.phrase}”: {odd_phrase(hidden).text}")
        return
    if _is_of_time(ports, turn, lesson):
        return
    owner = Owner("personal", turn.user) if lesson.personal else Owner()
    try:
        change = change_for(ports, turn, lesson.phrase, lesson.meaning, owner)
    except ChangeError:
        change = None
    if change is None:
        _ask_for_meaning(ports, turn, lesson, owner)
        return
    if _is_its_name(ports, turn, change):
        turn.outcome = "lesson_alreadyknown"
        turn.say(f"I know that already: “{change.phrase}” is {meaning_words(turn, change)}.")
        return
    learn(ports, turn, change, rationale=turn.text)


def _is_of_time(ports: Ports, turn: Turn, lesson: Teach) -> bool:
    """Learn what a phrase says of when, or say why not; False where it says nothing of that."""
    try:
        change = time_lesson(ports, turn, lesson)
    except TimeLessonError as error:
        turn.outcome = "lesson_refused"
        turn.say(f"I can't learn “{lesson.phrase}”: {error}.")
        return True
    if change is not None:
        learn(ports, turn, change, rationale=turn.text)
    return change is not None


def _is_its_name(ports: Ports, turn: Turn, change: WordChange) -> bool:
    """Tell whether the home itself calls the thing or place so, and nothing else."""
    if not isinstance(change, AliasChange):
        return False
    index = ports.indexes.of(turn.snapshot)
    key = key_of(change.phrase)
    if change.kind == "area":
        return index.places.get(key) == Place(area=change.target) and key not in index.names
    return index.names.get(key) == (change.target,) and key not in index.places


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
    whole = written_out(meaning, ports.engine.knowledge, turn.user)
    if would_act(understand(ports, turn, whole)):
        return CommandChange(phrase, whole, owner.scope, owner.owner)
    if found.targets or is_wording(ports, turn, meaning):
        return SynonymChange(phrase, meaning, owner.scope, owner.owner)
    return None


def learn(
    ports: Ports, turn: Turn, change: Taught, *, rationale: str, answer: outcomes.Option | None = None
) -> outcomes.LessonOutcome:
    """Hand a change to the engine, tell what came of it, and return that."""
    outcome = propose(ports, turn, change, rationale=rationale, answer=answer)
    tell(turn, change, outcome)
    return outcome


def propose(
    ports: Ports, turn: Turn, change: Taught, *, rationale: str, answer: outcomes.Option | None = None
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
    about_to_learn(ports, turn)
    outcome = ports.engine.lesson(change, context)
    turn.readings.clear()
    kind = type(outcome).__name__.lower()
    turn.trace("learn", kind, component="engine", phrase=change.phrase, meaning=change.meaning)
    turn.outcome = f"lesson_{kind}"
    if isinstance(outcome, outcomes.Held) and not outcome.known:
        _tell_admins(ports, turn, change, outcome)
    if isinstance(outcome, outcomes.AlreadyKnown):
        turn.improvements.append(outcome.number)  # who teaches it again counts on it, too
    if isinstance(outcome, outcomes.Live):
        turn.improvements.append(outcome.number)
        turn.dialogue = turn.dialogue.did(Deed(turn.number, turn.incoming.at, outcome.number))
    return outcome


def _tell_admins(ports: Ports, turn: Turn, change: Taught, outcome: outcomes.Held) -> None:
    whose = " for themselves" if change.scope == "personal" else ""
    text = (
        f"{people.name_of(ports.store, turn.user)} would like to teach me{whose} that “{change.phrase}” means "
        f"{meaning_words(turn, change)} (#{outcome.number}). It waits because {outcome.reason.rstrip('.')}. "
        "Shall I learn it?"
    )
    ports.notify(waiting_lesson(outcome.number, text, but=turn.user), turn.incoming.at)


def tell(turn: Turn, change: Taught, outcome: outcomes.LessonOutcome) -> None:
    """Say what came of a lesson; a conflict is asked about with buttons."""
    if isinstance(outcome, outcomes.Conflict):
        _ask_about_conflict(turn, change, outcome)
        return
    turn.say(outcome_text(turn, change, outcome))


def outcome_text(turn: Turn, change: Taught, outcome: outcomes.LessonOutcome) -> str:
    """Return what came of a lesson in a sentence or two."""
    return _TEXTS[type(outcome)](turn, change, outcome)


def meaning_words(turn: Turn, change: Taught) -> str:
    """Return what a phrase is to mean as it stands within a sentence."""
    if isinstance(change, AliasChange):
        known = turn.snapshot.by_id if change.kind == "entity" else turn.snapshot.areas_by_id
        target = known.get(change.target)
        return the(target.name) if target else change.target
    return f"“{change.meaning}”"


def from_now_on(turn: Turn, change: Taught, number: int) -> str:
    """Return the sentence for a word that is live."""
    verb = "is" if isinstance(change, AliasChange) else "means"
    whose = " when you say it" if change.scope == "personal" else ""
    return f"From now on “{change.phrase}” {verb} {meaning_words(turn, change)}{whose} (#{number})."


def _live(turn: Turn, change: Taught, outcome: outcomes.Live) -> str:
    return f"Got it. {from_now_on(turn, change, outcome.number)}"


def _held(turn: Turn, change: Taught, outcome: outcomes.Held) -> str:
    number, why = outcome.number, outcome.reason.rstrip(".")
    return (
        f"I've written down as #{number} that “{change.phrase}” should mean {meaning_words(turn, change)}, but "
        f"it isn't in use yet: {why}. It waits for approval; an admin can allow it with /approve {number}."
    )


def _failed(turn: Turn, change: Taught, outcome: outcomes.Failed) -> str:
    why = "; ".join(outcome.reasons) or "other things would be misunderstood"
    case = outcome.cases[0] if outcome.cases else None
    if case:
        said = f"“{case.text}”" if case.text else "something that works for somebody else"
        why = f"{said} {by_name(turn.snapshot, case.why)}" if case.why else f"{said} would change"
    worse = "" if case and _STILL in case.why else "it would make me worse: "
    return f"I tested “{change.phrase}”: {worse}{why}. So I didn't learn it (#{outcome.number})."


def _refused(_: Turn, change: Taught, outcome: outcomes.Refused) -> str:
    return f"I can't learn “{change.phrase}”: {outcome.text}"


def _known(turn: Turn, change: Taught, outcome: outcomes.AlreadyKnown) -> str:
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


def _ask_about_conflict(turn: Turn, change: Taught, conflict: outcomes.Conflict) -> None:
    meaning = conflict.meaning
    by = {"home": "here", "household": "in this household"}.get(meaning.whose, "for you")
    number = f" (#{meaning.number})" if meaning.number else ""
    later = turn.later
    of_turn = later.of_turn if later is not None and later.saying is Saying.CORRECTION else None
    effect = {"kind": "conflict", "change": to_payload(change), "of_turn": of_turn}
    options = tuple(Option(_LABELS[option], {**effect, "answer": option.value}) for option in conflict.options)
    turn.ask(
        "conflict",
        f"“{conflict.phrase}” already means {_meant(meaning)} {by}{number}. Should I use it for "
        f"{meaning_words(turn, change)} instead?",
        options,
        about=f"what “{conflict.phrase}” means",
    )


def _meant(meaning: outcomes.Meaning) -> str:
    return the(meaning.text) if meaning.kind in {"entity", "area", "floor", "alias"} else meaning.text


def _ask_for_meaning(ports: Ports, turn: Turn, lesson: Teach, owner: Owner) -> None:
    several = [choice for choice in named(ports, turn, lesson.meaning).choices if len(choice.targets) == 1]
    names = [(choice.label, choice.targets[0]) for choice in several] or nearest_names(turn.snapshot, lesson.meaning)
    turn.trace("lesson", "meaning_not_found", meaning=lesson.meaning)
    text = f"I can't find “{lesson.meaning}” in the home, so I haven't learned anything."
    if several:
        text = f"There is more than one thing that “{lesson.meaning}” could be, so I haven't learned anything yet."
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
