"""Puts the pieces of a time expression together: "9" and "tomorrow" and "in the morning"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from engine.tasks.times.durations import Grain, shifted
from engine.tasks.times.edges import edge_of
from engine.tasks.times.holidays import Feast
from engine.tasks.times.moment import Calendar, Days, Moment, Nth, Piece, Scene, days_of
from engine.tasks.times.periods import period, weekend_of
from engine.tasks.times.recurring import GLUE, again, spoken
from engine.tasks.times.spans import beside

_TO = re.compile(r" ?(?:-|to|till|until|til|thru|through|and)(?: the)? ?")
_LISTED = re.compile(r" ?(?:,|and|&|, and) ?")


def chosen(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces that do not overlap, the longest first chosen, in the order of the text."""
    taken: list[Piece] = []
    covered: set[int] = set()
    for piece in sorted(pieces, key=lambda each: each.start - each.end):
        if covered.isdisjoint((piece.start, piece.end - 1)):  # a longer one that lies inside would have come first
            taken.append(piece)
            covered.update(range(piece.start, piece.end))
    return sorted(taken, key=lambda each: each.start)


def composed(pieces: Sequence[Piece], text: str, scene: Scene) -> list[Piece]:
    """Return the pieces joined as far as they belong together."""
    joined = _with_following(list(pieces), text, scene)
    joined = _folded(joined, text, scene, _merged)
    joined = _folded(joined, text, scene, _ranged)
    return [piece for piece in joined if not piece.moment.empty]


Joining = Callable[[Piece, Piece, str, Scene], Moment | None]


def _folded(pieces: list[Piece], text: str, scene: Scene, join: Joining) -> list[Piece]:
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        moment = join(last, piece, text[last.end : piece.start], scene) if last else None
        if last and moment:
            done[-1] = Piece(last.start, piece.end, moment)
        else:
            done.append(piece)
    return done


def _with_following(pieces: list[Piece], text: str, scene: Scene) -> list[Piece]:
    """Apply "the end of" and "a week from" to what follows them."""
    done: list[Piece] = []
    for piece in reversed(pieces):
        moment = piece.moment
        if not (moment.edge or moment.shift):
            done.append(piece)
            continue
        target = done[-1] if done else None
        found = None
        if target and re.fullmatch(r" ?(?:the |my |this )?", text[piece.end : target.start]):
            found = _edged(moment.edge, target.moment, scene) if moment.edge else _moved(moment, target.moment, scene)
        if target and found:
            done[-1] = Piece(piece.start, target.end, found)
        elif moment.pick:
            end = piece.start + text[piece.start : piece.end].rindex(" ")
            done.append(Piece(piece.start, end, moment.having(edge="")))
    return done[::-1]


def _edged(edge: str, target: Moment, scene: Scene) -> Moment | None:
    days = days_of(target, scene)
    if days is None:
        return None
    if edge.startswith(("before ", "after ")):
        return beside(edge, days)
    if edge.startswith("weekend "):
        saturday = Nth(int(edge.split()[1]), 5).starts_in(days.start, days.end)
        return Moment(stretch=weekend_of(saturday.start, scene)) if saturday else None
    if edge == "weekend":
        return Moment(stretch=weekend_of(days.start, scene))
    if edge == "week":
        return Moment(days=period(days.start, Grain.WEEK))
    return edge_of(days, edge, scene)


def _moved(shift: Moment, target: Moment, scene: Scene) -> Moment | None:
    by = shift.shift
    if by is None:
        return None
    days = days_of(target, scene)
    if days is None:
        if target.clock is None or target.clock.latent or by.days or by.months:
            return None
        minutes = (target.clock.hour * 60 + target.clock.minute + by.seconds // 60) % 1440
        return target.having(clock=replace(target.clock, hour=minutes // 60, minute=minutes % 60))
    if by.seconds:
        return None
    start = shifted(datetime.combine(days.start, datetime.min.time()), by).date()
    if start < scene.today and target.pick is not None:
        following = target.pick.starts_in(days.end, days.end + timedelta(days=800)) or days
        start = shifted(datetime.combine(following.start, datetime.min.time()), by).date()
    return target.having(pick=None, days=Days.one(start), part=target.part or shift.part)


def _merged(first: Piece, second: Piece, gap: str, scene: Scene) -> Moment | None:
    a, b = first.moment, second.moment
    if a.again or b.again:
        return again(a, b, gap, scene)
    dashed = gap.strip() == "-" and not (a.clock is None and b.clock and not b.clock.latent)
    if dashed or not GLUE.fullmatch(gap):
        return None
    if a.vague or b.vague:
        return _without_vague(a, b, gap)
    for one, other in ((a, b), (b, a)):
        found = _picked(one, other, scene)
        if found:
            return found
    amid = a.clock is not None and a.clock.latent and not b.part and first.start > 0
    return None if amid else _side_by_side(a, b, gap)


def _without_vague(a: Moment, b: Moment, gap: str) -> Moment | None:
    if gap.strip() or (a.vague and b.vague):
        return None
    other = b if a.vague else a
    vague = a.vague or b.vague
    return (
        other
        if (other.whole or (other.clock and not other.clock.latent)) and vague.startswith(("some", "later", "any"))
        else Moment(vague=f"{a.vague}{b.vague}")
    )


def _picked(a: Moment, b: Moment, scene: Scene) -> Moment | None:
    """Join a rule with the days it is to be found in, or with another rule."""
    if a.pick is None:
        return None
    joined: Moment | None = None
    if isinstance(a.pick, Calendar) and isinstance(b.pick, Calendar):
        both = None if a.pick.overlaps(b.pick) else a.pick.joined(b.pick)
        joined = Moment(pick=both) if both else None
    elif b.pick is not None and isinstance(a.pick, Nth):
        days = b.pick.coming(scene.today)
        if days is not None and days.grain is Grain.DAY and days.single:
            days = Days(days.start, days.start + timedelta(days=400))
        joined = _within(a.pick, days)
    elif b.days is not None and b.pick is None and b.days.single and isinstance(a.pick, Nth):
        joined = _within(a.pick, Days(b.days.end, b.days.end + timedelta(days=400)))
    elif b.days is not None and b.pick is None and isinstance(a.pick, Feast) and b.grain is Grain.YEAR:
        joined = _within(a.pick, period(b.days.start, Grain.YEAR))
    elif b.days is not None and b.pick is None and b.days.single:
        joined = _agreeing(a, b)
    elif b.days is not None and b.pick is None:
        joined = _within(a.pick, b.days)
    if joined is None or (a.clock and b.clock) or (a.part and b.part):
        return None
    clock, until = (a.clock, a.until) if a.clock else (b.clock, b.until)
    return joined.having(
        clock=spoken(clock), until=until, part=a.part or b.part, asks=a.asks or b.asks, past=a.past or b.past
    )


def _agreeing(a: Moment, b: Moment) -> Moment | None:
    assert b.days is not None
    day = b.days.start
    if b.relative == "next" and isinstance(a.pick, Calendar) and a.pick.day is not None and a.pick.weekday is None:
        return Moment(pick=replace(a.pick, weekday=day.weekday()))
    if not isinstance(a.pick, Calendar) or a.pick.starts_in(day, day + timedelta(days=1)) is None:
        return None
    return Moment(days=b.days)


def _within(pick: object, days: Days | None) -> Moment | None:
    if days is None or not isinstance(pick, (Calendar, Nth, Feast)):
        return None
    found = pick.starts_in(days.start, days.end)
    return Moment(days=found) if found else None


def _side_by_side(a: Moment, b: Moment, gap: str) -> Moment | None:
    """Join what says different things: a day, a part of it, and a time of it."""
    if (a.exact and b.relative == "today") or (b.exact and a.relative == "today"):
        return a if a.exact else b
    if a.relative == "close" and b.whole and not b.clock:
        return b.having(clock=a.clock, relative="close")
    if (a.whole and b.whole) or (a.clock and b.clock) or (a.part and b.part):
        return None
    if any(each.stretch or each.exact for each in (a, b)):
        return None
    clock_side = a if a.clock else b
    if (
        clock_side.clock
        and clock_side.clock.latent
        and (clock_side.part or len(gap) > 3 or gap.strip(" ,") not in {"", "at", "in", "on", "the", "for"})
    ):
        return None
    clock, until = clock_side.clock, clock_side.until
    whole = a if a.whole else b
    return whole.having(
        clock=spoken(clock),
        until=until,
        part=a.part or b.part,
        past=a.past or b.past,
        asks=a.asks or b.asks,
        relative=_told(whole) or _told(a) or _told(b),
    )


def _told(moment: Moment) -> str:
    return "" if moment.relative.startswith("bare") else moment.relative


def _ranged(first: Piece, second: Piece, gap: str, scene: Scene) -> Moment | None:
    a, b = first.moment, second.moment
    if a.again or b.again:
        return None
    alternatives = gap.strip(" ,") == "or" or (
        _LISTED.fullmatch(gap) and a.pick and b.pick and "between" not in scene.words
    )
    if alternatives:
        return a.having(asks=True, clock=a.clock or b.clock)
    if not _TO.fullmatch(gap):
        return None
    link = gap.strip()
    if a.clock and b.clock and not b.whole and not a.until and not b.until and link != "and":
        return a.having(clock=spoken(a.clock), until=spoken(b.clock))
    return _from_day_to_day(a, b, scene) if link != "and" or "between" in scene.words else None


def _from_day_to_day(a: Moment, b: Moment, scene: Scene) -> Moment | None:
    if not (a.whole and b.whole) or any(each.clock or each.exact or each.stretch for each in (a, b)):
        return None
    start = days_of(a, scene)
    end = b.pick.starts_in(start.start, date.max - timedelta(days=1)) if b.pick and start else b.days
    if start is None or end is None or end.end <= start.start:
        return None
    return Moment(days=Days(start.start, end.end), past=a.past and b.past)
