"""Changes to what was written down: "move the dentist to monday", "make it urgent", "no, that's a note".

Ordinary talk is full of such words, so only what is unmistakable counts: a verb that changes, what it changes, and
what to. Right after something was written down less is needed ("I meant friday"), and where the sentence was
understood as a change of a task already, less again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from engine.tasks import amendment_words as say
from engine.tasks.amendment_times import Moment, coming, is_open, moved, time_of
from engine.tasks.due import Due
from engine.tasks.kinds import Kind, Priority
from engine.tasks.priority import read_priority
from engine.tasks.project_words import known_name
from engine.tasks.rules import TaskRules
from engine.tasks.slips import mended
from engine.tasks.titles import title_of, without_lead, without_trail
from engine.tasks.words import words_of

_LONGEST = 400
"""What is longer than that, in characters, is a story."""


@dataclass(frozen=True)
class Amendment:
    """What is to be changed; `target` are the words for it, None for the last thing written down.

    What stays is None or False. `shift` moves its time by that much instead of to a `due`; a due that is only a day
    leaves the hour to the task's own.
    """

    target: str | None = None
    due: Due | None = None
    priority: Priority | None = None
    kind: Kind | None = None
    title: str | None = None
    project: str | None = None
    done: bool = False
    drop: bool = False
    shift: timedelta | None = None


@dataclass(frozen=True)
class _Said:
    """A sentence and what is known of it: `fresh` after something was written down, `meant` a change for sure."""

    text: str
    moment: Moment
    fresh: bool
    meant: bool
    corrected: bool
    projects: Sequence[str]

    @property
    def loose(self) -> bool:
        """Whether less than an unmistakable change will do."""
        return self.fresh or self.meant


@dataclass(frozen=True)
class _Aim:
    """What a change is aimed at: the words for it, None for the last thing written down."""

    target: str | None


def parse_amendment(
    text: str,
    *,
    after_capture: bool,
    now: datetime,
    zone: tzinfo,
    rules: TaskRules,
    projects: Sequence[str] = (),
    intent: str | None = None,
) -> Amendment | None:
    """Return the change a text asks for, or None: most talk asks for none.

    `after_capture` says that something was written down in the message before; `intent` what the sentence was
    understood as, if it was ("task_amend", "task_complete", "reminder_cancel").
    """
    plain_said = " ".join(text.split())
    whole = mended(without_trail(plain_said))
    bare = _bare(whole)
    if not bare or len(bare) > _LONGEST:
        return None
    corrected = say.NO.match(plain_said) is not None
    meant = intent in {"task_amend", "task_complete", "reminder_cancel"}
    sentence = _Said(bare, Moment(now, zone, rules), after_capture, meant, corrected, projects)
    found = _read(sentence) or _with_priority(sentence, whole)
    return found or (_loosely_done(sentence) if intent == "task_complete" else None)


def _bare(text: str) -> str:
    return _behind(say.MAY_WE, _behind(say.NO, without_lead(text)))


def _behind(expression: re.Pattern[str], text: str) -> str:
    match = expression.match(text)
    return text[match.end() :] if match else text


def _with_priority(said: _Said, whole: str) -> Amendment | None:
    """Return "that's a task for friday, urgent" with both its parts, and a bare "urgent" after a capture."""
    if not said.fresh:
        return None
    pressing = read_priority(f"x {whole}", said.moment.rules, marks=False)
    if pressing.said is None:
        return None
    rest = _bare(pressing.rest.removeprefix("x").strip(" ,;."))
    if not rest:
        return Amendment(priority=pressing.priority)
    found = _read(replace(said, text=rest))
    return replace(found, priority=pressing.priority) if found else None


def _read(said: _Said) -> Amendment | None:
    return next((found for reader in _READERS if (found := reader(said)) is not None), None)


def _aim(words: str | None, said: _Said, *, alone: bool = False) -> _Aim | None:
    """Return what words aim at, None where that is nothing written down; `alone` says that "it" will always do."""
    target = say.AROUND.sub("", (words or "").strip(" ,.'\"")).strip(" ,.'\"")
    if not target or say.IS_IT.fullmatch(words or ""):
        return _Aim(None) if said.loose or alone else None
    return None if say.NO_TARGET.fullmatch(target) and not said.meant else _Aim(target)


def _done(said: _Said) -> Amendment | None:
    if said.loose and say.JUST_DONE.fullmatch(said.text):
        return Amendment(done=True)
    for expression in _DONE_FORMS:
        match = expression.fullmatch(said.text)
        if match is not None:
            words = match["target"] or match.groupdict().get("other")
            aim = _aim(_behind(say.I_HAVE, words or ""), said, alone=expression is say.MARK)
            return Amendment(aim.target, done=True) if aim else None
    return None


_DONE_FORMS = (
    say.DONE_WITH,
    say.MARK,
    say.THEN_TICK,
    say.TICK_OFF,
    say.OFF_FIRST,
    say.DID,
    say.TICK_TASK,
    say.IS_DONE,
)


def _loosely_done(said: _Said) -> Amendment | None:
    """Return a sentence that was understood as "it is done", whatever its words: they are what is done."""
    aim = _aim(title_of(say.IS_OVER.sub("", _behind(say.I_HAVE, said.text))), said)
    return Amendment(aim.target, done=True) if aim else None


def _drop(said: _Said) -> Amendment | None:
    if said.fresh and say.DROP_IT.fullmatch(said.text):
        return Amendment(drop=True)
    named = (say.DROP_ABOUT, say.DROP_DIARY, say.DROP)
    for expression in (*named, say.DROP_ANY) if said.meant else named:
        match = expression.fullmatch(said.text)
        if match is not None:
            aim = _aim(match["target"], said)
            return Amendment(aim.target, drop=True) if aim else None
    return None


def _move(said: _Said) -> Amendment | None:
    lead = say.SO.match(said.text) if said.meant and say.MOVE.match(said.text) is None else None
    match = say.MOVE.fullmatch(said.text, lead.end() if lead else 0)
    rest = moved(match["rest"], said.moment) if match else None
    if match is None or rest is None:
        return None
    aim = _aim(rest.target, said, alone=bool(rest.target))
    if aim is None:
        return None
    sooner = "forward" in match["verb"].casefold() and rest.shift is not None and rest.shift > timedelta()
    shift = -rest.shift if sooner and rest.shift else rest.shift
    return Amendment(aim.target, due=rest.due, shift=shift)


def _set_date(said: _Said) -> Amendment | None:
    match = say.SET_DATE.fullmatch(said.text)
    needs = (
        None if match or not (said.loose or say.TASK_WORD.search(said.text)) else say.NEEDS_DATE.fullmatch(said.text)
    )
    named = found.groupdict() if (found := match or needs) else {}
    words = next((named[name] for name in ("target", "task", "other") if named.get(name)), None)
    when = next((named[name] for name in ("when", "due", "until") if named.get(name)), None)
    due = time_of(when, said.moment) if when else None
    aim = _aim(words, said)
    return Amendment(aim.target, due=due) if due is not None and aim else None


def _meant_time(said: _Said) -> Amendment | None:
    """Return "make it friday", "I meant friday", "tomorrow instead" or "no, at 6", right after a capture."""
    if not said.loose:
        return None
    for expression in (say.MAKE_IT, say.TIME_AFTER, say.MEANT_TIME):
        match = expression.fullmatch(said.text)
        numbers = match is not None and match.groupdict().get("verb") not in {"set", "put", "change"}
        due = coming(match["when"], said.moment, numbers=numbers) if match else None
        if due is not None:
            return Amendment(due=due)
    due = coming(said.text, said.moment, numbers=said.corrected)
    return Amendment(due=due) if due is not None and (said.corrected or not is_open(due)) else None


def _priority(said: _Said) -> Amendment | None:
    for expression in (say.PRIORITY_OF, say.RAISE, say.MAKE, say.IS_PRESSING):
        match = expression.fullmatch(said.text)
        if match is None:
            continue
        level = _level_of(match)
        sure = level is Priority.URGENT or say.SURE.search(said.text) is not None
        if expression is say.IS_PRESSING and not (say.TASK_WORD.search(said.text) or said.fresh):
            continue
        aim = _aim(match.groupdict().get("target"), said, alone=sure and expression is not say.IS_PRESSING)
        if aim is not None and (sure or said.meant):
            return Amendment(aim.target, priority=level)
    return None


def _level_of(match: re.Match[str]) -> Priority:
    named = match.groupdict()
    if named.get("way"):
        return Priority.HIGH if named["way"].casefold() in {"raise", "increase", "bump up"} else Priority.LOW
    return Priority.LOW if named.get("isnt") else next(level for level in Priority if named.get(level.value))


def _kind(said: _Said) -> Amendment | None:
    if not said.loose:
        return None
    match = say.AS_KIND.fullmatch(said.text) or say.NOT_KIND.fullmatch(said.text)
    if match is None:
        return None
    rest = (match.groupdict().get("rest") or "").strip(" ,")
    due = time_of(rest, said.moment) if rest else None
    return Amendment(kind=say.KINDS[match["kind"].casefold()], due=due) if due is not None or not rest else None


def _project(said: _Said) -> Amendment | None:
    match = say.PROJECT.fullmatch(said.text)
    if match is not None:
        aim = _aim(match["target"], said)
        quoted_or_new = match["verb"].casefold() == "add" and (aim is None or aim.target is not None)
        if aim is None or quoted_or_new:
            return None
        return Amendment(aim.target, project=known_name(match["name"], said.projects))
    match = (say.FOR_PROJECT.fullmatch(said.text) or say.TAG.fullmatch(said.text)) if said.fresh else None
    if match is None:
        return None
    name = match[1].replace("_", " ").replace("-", " ") if match.re is say.TAG else match["name"]
    return Amendment(project=known_name(name, said.projects))


def _rename(said: _Said) -> Amendment | None:
    match = say.RENAME.fullmatch(said.text)
    if match is None and said.loose:
        match = say.CALL_IT.fullmatch(said.text)
    if match is None and (said.meant or say.TASK_WORD.search(said.text)):
        match = say.CHANGE.fullmatch(said.text)
    if match is None:
        return _meant_title(said)
    aim = _aim(match.groupdict().get("target"), said, alone=True)
    due = time_of(match["title"], said.moment, numbers=False) if match.re is say.CHANGE else None
    title = None if due else title_of(match["title"])
    return Amendment(aim.target, due=due, title=title) if aim and (due or title) else None


def _meant_title(said: _Said) -> Amendment | None:
    """Return "no, I meant call dad": something to do, or it would be no title."""
    match = say.MEANT.fullmatch(said.text) if said.fresh else None
    title = title_of(match["title"]) if match else ""
    verb, _, rest = title.casefold().partition(" ")
    acts = verb in words_of("verbs") - say.HOME_VERBS
    return Amendment(title=title) if acts and rest and not say.PRONOUN.search(rest) else None


_READERS: tuple[Callable[[_Said], Amendment | None], ...] = (
    _kind,
    _priority,
    _project,
    _done,
    _drop,
    _set_date,
    _move,
    _meant_time,
    _rename,
)
