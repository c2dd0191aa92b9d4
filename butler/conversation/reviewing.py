"""`/review`: what is for people to look at, with what can be done about each matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from butler.conversation.experiences import ROLES
from butler.conversation.golden_adding import GoldenRefusedError, case_of_matter, is_understood, keep_case
from butler.conversation.improvement_walk import meant_words
from butler.conversation.improvement_words import change_words
from butler.conversation.journal import about_to, about_to_learn
from butler.conversation.review_matters import Matter, cluster_fact, open_matters
from butler.conversation.tested_words import shortened
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.api import LessonContext
from engine.learning import outcomes
from engine.learning.changes import Change, to_payload
from engine.understanding.snapshot import Snapshot
from store import facts, improvements, people, reviews, signals
from store.database import Store

MOST_SHOWN = 5
NOTHING = "Nothing is for review: nobody complained, no lesson failed, and no correction was left over."
_IN_PRIVATE = "Please ask me that in our private chat: it shows what people said to me."
_SETTLED = "That is settled already. /review shows what is left."
_HOW = "Say what it should mean, by teaching it or with /suggest."


def review(ports: Ports, turn: Turn) -> None:
    """Show the newest matters with their buttons, and how many more there are; only where nobody else reads it."""
    if not turn.incoming.private:
        turn.say(_IN_PRIVATE)
        return
    found = open_matters(ports.engine, ports.store, turn.snapshot, turn.incoming.at)
    if not found:
        turn.say(NOTHING)
        return
    shown = found[:MOST_SHOWN]
    lines = [f"For review, {len(found)} in all:" if len(found) > 1 else "For review:"]
    when = _clock(ports)
    lines += [f"{at}. {matter_line(ports.store, turn.snapshot, one, when)}" for at, one in enumerate(shown, 1)]
    if len(found) > len(shown):
        lines.append(f"{len(found) - len(shown)} more: /review shows them once these are settled.")
    turn.offer("\n".join(lines), tuple(option for at, one in enumerate(shown, 1) for option in _options(at, one)))


def matter_line(store: Store, snapshot: Snapshot, matter: Matter, when: Callable[[datetime], str]) -> str:
    """Return one matter in a line or two."""
    who = f" by {people.name_of(store, matter.person)}" if matter.person else ""
    meant = f"; it should have been {meant_words(snapshot, matter.meant)}" if matter.meant else ""
    taken = f"; I took it for {meant_words(snapshot, matter.taken)}" if matter.taken else ""
    said = f"“{shortened(matter.utterance)}”"
    if matter.kind == "feedback":
        return f"{said} was said to be wrong{who} ({when(matter.at)}){taken}{meant}."
    if matter.kind == "failed":
        row = improvements.get(store, matter.improvement or 0)
        words = change_words(store, snapshot, row.proposed_value) if row else ""
        return (
            f"#{matter.improvement}, taught{who} ({when(matter.at)}), failed its test: {words or said}. {_why(matter)}"
        )
    votes = f"{matter.votes} {'vote' if matter.votes == 1 else 'votes'}"
    happened = f"was put right{who}" if matter.meant else f"was said{who} and came to nothing"
    name = facts.get(store, cluster_fact(matter.key))
    about = f"{name[:1].upper()}{name[1:]}: " if name else ""
    why = f"I learned nothing from it: {matter.reason}."
    return f"{about}{said} {happened} (last {when(matter.at)}, {votes}){meant}. {why}"


def _why(matter: Matter) -> str:
    return f"{shortened(matter.reason[:1].upper() + matter.reason[1:])}. /improvement {matter.improvement} tells more."


def _options(at: int, matter: Matter) -> tuple[Option, ...]:
    def option(label: str, kind: str) -> Option:
        return Option(f"{at} {label}", {"kind": kind, "key": matter.key})

    golden = () if matter.kind == "failed" else (option("Add to golden", "review_golden"),)
    return (option("Propose", "review_propose"), option("Close", "review_close"), *golden)


def close_matter(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Be done with a matter."""
    if not reviews.close(ports.store, effect["key"], "closed", turn.user, turn.incoming.at):
        turn.say(_SETTLED)
        return
    turn.trace("review", "closed", key=effect["key"])
    turn.outcome = "reviewed"
    turn.say("Closed: it won't be shown again.")


def propose_matter(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Suggest the change that would put a matter right, or say how a person can."""
    matter = _found(ports, turn, effect)
    if matter is None:
        return
    if matter.change is None:
        turn.say(f"I can't tell what “{shortened(matter.utterance)}” should have been. {_HOW}")
        return
    about_to_learn(ports, turn)
    context = LessonContext(
        person=turn.user,
        source="user_suggestion",
        rationale=f"proposed from a review: {matter.reason}",
        snapshot=turn.snapshot,
        at=turn.incoming.at,
        turn=turn.number,
        role=ROLES[turn.incoming.user.role],
        signals=matter.signals,
    )
    outcome = ports.engine.suggest(matter.change, context)
    turn.readings.clear()
    turn.trace("review", "proposed", outcome=type(outcome).__name__, key=matter.key)
    turn.outcome = "reviewed"
    if isinstance(outcome, outcomes.Live | outcomes.Held | outcomes.Failed):
        signals.mark(ports.store, matter.signals, outcome.number)
        reviews.close(ports.store, matter.key, f"proposed as #{outcome.number}", turn.user, turn.incoming.at)
    turn.say(_came_of(ports, turn, matter.change, outcome))


def _came_of(ports: Ports, turn: Turn, change: Change, outcome: outcomes.LessonOutcome) -> str:
    words = change_words(ports.store, turn.snapshot, to_payload(change)) or f"“{change.phrase}”"
    match outcome:
        case outcomes.Live(number=number):
            turn.improvements.append(number)
            return f"It passed its test and is in use: {words} (#{number})."
        case outcomes.Held(number=number, reason=reason):
            return f"It passed its test and waits as #{number}: {words}. {reason.rstrip('.')}. /approve {number}"
        case outcomes.Failed(number=number, reasons=reasons):
            return f"It failed its test (#{number}): {'; '.join(reasons)}. /improvement {number} tells more."
        case outcomes.Refused(text=text):
            return f"I can't learn that {words}: {text}"
        case outcomes.AlreadyKnown(number=number):
            return f"I know that already: {words} (#{number})."
        case _:
            return f"That {words} stands against what it means now. {_HOW}"


def add_matter_to_golden(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Add what was said, with what it should be taken for, to the household's golden file."""
    matter = _found(ports, turn, effect)
    if matter is None:
        return
    try:
        case = case_of_matter(ports, turn, matter)
        about_to(
            ports, turn, "golden", "I may or may not have added that to the golden cases: /review shows it if not."
        )
        kept = keep_case(ports.settings.golden_file, case)
    except GoldenRefusedError as problem:
        turn.say(str(problem))
        return
    reviews.close(ports.store, matter.key, "added to golden", turn.user, turn.incoming.at)
    turn.trace("review", "golden", key=matter.key)
    turn.outcome = "reviewed"
    yet = "" if is_understood(ports, turn, kept) else " It isn't taken so yet; once it is, no change may lose that."
    turn.say(f"Added to the golden cases: “{kept.utterance}” is {meant_words(turn.snapshot, _document(case))}.{yet}")


def _document(case: Effect) -> Effect:
    entities = dict(case["expected_entities"])
    targets = entities.pop("device", [])
    return {"intent": case["expected_intent"], "slots": entities, "targets": targets}


def _found(ports: Ports, turn: Turn, effect: Effect) -> Matter | None:
    matters = open_matters(ports.engine, ports.store, turn.snapshot, turn.incoming.at)
    found = next((matter for matter in matters if matter.key == effect["key"]), None)
    if found is None:
        turn.say(_SETTLED)
    return found


def _clock(ports: Ports) -> Callable[[datetime], str]:
    return lambda at: f"{at.astimezone(ports.settings.time_zone):%Y-%m-%d %H:%M}"
