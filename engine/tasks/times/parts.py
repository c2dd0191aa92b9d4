"""Parts of a day, spans counted from now, and words that say a time without saying when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from engine.tasks.times.durations import DURATION, Duration, Grain, duration_of, shifted
from engine.tasks.times.moment import Clock, Days, Moment, Scene, Stretch
from engine.tasks.times.rule import Rule, rule
from engine.tasks.wall import instant_of

_FREE = r"(?<![\w./:-])"
_UNIT_TRIGGERS = (
    "second seconds sec secs minute minutes min mins hour hours hr hrs h d m s w y day days week weeks wk wks "
    "fortnight fortnights month months year years yr yrs decade decades quarter mo night nights"
)


def _part(found: re.Match[str], scene: Scene) -> Moment | None:
    name = found["part"].replace("afternoonish", "afternoon").replace("nighttime", "night")
    when = found["when"] or ""
    moved = {"this": 0, "today": 0, "tomorrow": 1, "yesterday": -1, "last": -1, "next": 1}.get(when)
    lean = (found["lean"] or "").strip()
    if lean and f"{lean}_{name}" in scene.conventions.parts:
        name = f"{lean}_{name}"
    elif lean == "late" and name == "night":
        name = "late_tonight"
    name = {"lunch": "lunchtime", "lunch time": "lunchtime"}.get(name, name)
    days = Days.one(scene.today + timedelta(days=moved)) if moved is not None else None
    return Moment(part=name, days=days, past=when in {"last", "yesterday"})


def _checked_part(found: re.Match[str], scene: Scene) -> Moment | None:
    said = found.group()
    alone = said == found["part"]
    moment = _part(found, scene)
    return moment.having(relative="bare part") if moment and alone else moment


def _tonight(found: re.Match[str], scene: Scene) -> Moment | None:
    late = found["late"] is not None
    return Moment(part="late_tonight" if late else "tonight", days=Days.one(scene.today), relative="tonight")


def _first_thing(found: re.Match[str], scene: Scene) -> Moment | None:
    days = Days.one(scene.today + timedelta(days=1)) if found["tomorrow"] else None
    return Moment(part="early_morning", days=days)


def _close(found: re.Match[str], scene: Scene) -> Moment | None:
    habits = scene.conventions
    business = found["what"] in {"cob", "close of business", "close of play", "eob"}
    at = habits.close_of_business if business else habits.end_of_day
    return Moment(clock=Clock(at.hour, at.minute, settled=True), days=Days.one(scene.today), relative="close")


def moved_by(scene: Scene, by: Duration) -> Moment:
    """Return now moved by a duration: an instant for hours and finer, a day for days, weeks, months and years."""
    if by.grain >= Grain.DAY and not by.seconds:
        return Moment(days=Days.one(shifted(scene.wall, by).date()), grain=by.grain)
    wall = shifted(scene.wall, Duration(by.months, by.days))
    base = instant_of(wall.date(), wall.time(), scene.zone) if (by.months or by.days) else scene.now
    return Moment(exact=(base + timedelta(seconds=by.seconds)).astimezone(UTC), grain=by.grain)


def _in(found: re.Match[str], scene: Scene) -> Moment | None:
    by = duration_of(found["duration"])
    return moved_by(scene, by) if by else None


def _ago(found: re.Match[str], scene: Scene) -> Moment | None:
    by = duration_of(found["duration"])
    return moved_by(scene, -by).having(past=True) if by else None


def _in_number(found: re.Match[str], scene: Scene) -> Moment | None:
    return moved_by(scene, Duration(seconds=60 * int(found["count"]), grain=Grain.MINUTE))


def _shift(found: re.Match[str], _: Scene) -> Moment | None:
    by = duration_of(found["duration"])
    if by is None:
        return None
    return Moment(shift=-by if found["way"] in {"before", "prior to"} else by)


def _now(found: re.Match[str], scene: Scene) -> Moment | None:
    del found
    return Moment(exact=scene.now, relative="bare now")


def _vague(found: re.Match[str], _: Scene) -> Moment | None:
    return Moment(vague=found.group())


def _later(found: re.Match[str], scene: Scene) -> Moment | None:
    midnight = datetime.combine(scene.today + timedelta(days=1), datetime.min.time())
    return Moment(stretch=Stretch(scene.wall, midnight)) if found else None


_NAMES = "morning|afternoonish|afternoon|evening|night|nighttime|lunchtime|lunch time"
_ABOUT = r"(?:about |around |approximately |exactly |only |just |roughly |another |like |the next |precisely )*"
_AFTER_WHAT = (
    r"work|school|lunch|dinner|supper|breakfast|tea|class|practice|church|uni|college|the gym|gym|the meeting"
    r"|bath time"
    r"|the weekend shop|sunset|sunrise|dark|training|bedtime|sleep|my shift|shift|the show|the match|the game"
)

_NOT_AT = r"(?:work|school|class|church|college|uni|the|my|sleep)"

RULES: tuple[Rule, ...] = (
    rule(
        "morning afternoonish afternoon evening night nighttime lunchtime lunch mornings evenings",
        rf"{_FREE}(?:(?:(?:in|during) (?:the )?)?(?P<lean>early|late) |(?<=\w )(?:in|during) (?:the )?|(?:^|"
        rf"(?<= ))(?:in the|during the|at|over) )?"
        rf"(?:(?P<when>this|last|next|today|tomorrow|yesterday) )?(?P<part>{_NAMES})(?![\w-])",
        _checked_part,
    ),
    rule(
        "early hours",
        rf"{_FREE}(?:in )?the (?P<lean>early) (?P<when>(?!x)x)?hours of the (?P<part>morning)(?!\w)",
        _part,
    ),
    rule("tonight tonite", rf"{_FREE}(?P<late>(?:late|later) )?(?:tonight|tonite)(?!\w)", _tonight),
    rule(
        "thing", rf"{_FREE}first thing(?: (?:in the morning|(?P<tomorrow>tomorrow(?: morning)?)))?(?!\w)", _first_thing
    ),
    rule(
        "cob eod eob close end day",
        rf"{_FREE}(?:the )?(?P<what>cob|eod|eob|close of business|close of play|end of (?:the )?day)(?!\w)",
        _close,
    ),
    rule(
        _UNIT_TRIGGERS + " 0",
        rf"{_FREE}(?:in|within|after) {_ABOUT}(?P<duration>{DURATION})(?:'s|'|s')?(?: time| from now)?(?: or so)?"
        r"(?! (?:each|per|of|before|after|ago)(?!\w))(?!\w)",
        _in,
    ),
    rule(
        _UNIT_TRIGGERS,
        rf"{_FREE}(?P<duration>{DURATION})(?: from (?:now|today)| hence| later| out|(?:'| )time from now)(?!\w)",
        _in,
    ),
    rule("0", rf"(?<![\w./:,-])(?:\+ ?|now \+ ?)(?P<duration>{DURATION})", _in),
    rule(_UNIT_TRIGGERS, rf"{_FREE}(?P<duration>{DURATION}) (?:ago|back|earlier)(?!\w)", _ago),
    rule("0", rf"{_FREE}in (?P<count>[1-9]\d?)(?=$|[.!?]|(?<=^in \d) remind|(?<=^in \d\d) remind)", _in_number),
    rule(
        _UNIT_TRIGGERS,
        rf"{_FREE}(?P<duration>{DURATION}) (?P<way>before|prior to|after|from|following)(?= (?!now)\w)",
        _shift,
    ),
    rule(
        "week weeks fortnight",
        rf"{_FREE}(?P<duration>(?:an?|one|two|three|\d) (?:weeks?|fortnight)) (?P<way>on|this|next)"
        r"(?= (?:mon|tues|wednes|thurs|fri|satur|sun)day)",
        _shift,
    ),
    rule(
        "now immediately moment atm",
        rf"{_FREE}(?:right now|now|immediately|at the moment|atm)(?=$|[,.;!?])",
        _now,
    ),
    rule("today day", rf"{_FREE}later (?:on )?(?:today|in the day)(?!\w)", _later),
    rule(
        "these days soon later sometime someday eventually asap whenever point moment while bit time day",
        rf"{_FREE}(?:as soon as possible|asap|soon(?:ish|er or later)?|sometime soon|at some (?:point|stage)"
        rf"|someday|some day|one day"
        rf"|sometime|some time|eventually|(?<!you )(?<!until )later(?: on)?(?! in )"
        r"|in a (?:while|bit|moment|jiffy)|in the "
        rf"(?:near )?future"
        rf"|when(?:ever)? (?:i|we|you) (?:have|get|can find|find) (?:the |some |a )?(?:time|chance|moment|minute)"
        rf"|one of these days|before long|any ?time(?: soon)?)(?=$|[,.;!?:/]| (?:today|this|next|tomorrow"
        rf"|in|to|on|please|i|we|remind|buy|call|before|after|and))",
        _vague,
    ),
    rule(
        "after before when once work bed school lunch dinner",
        rf"{_FREE}(?:(?:right |just |straight )?(?:after|before|during|at(?! {_NOT_AT})) "
        rf"(?:{_AFTER_WHAT}|bed|going to bed"
        rf"|i go to bed|we leave|i leave|leaving(?: home| the house)?)"
        rf"|(?:when|once|as soon as|after) (?:i|we) (?:get|come|am|are|'m|arrive|got) (?:back )?(?:home|back|in|up"
        rf"|to work|to the office|to school)(?: from work)?"
        rf"|when i'm (?:home|back)|at bedtime|before bedtime)(?=$|[,.;!?:/]| (?:today|tomorrow|on|please|to|and|i"
        rf"|we|tonight|this|remind|call|buy|every))",
        _vague,
    ),
)
