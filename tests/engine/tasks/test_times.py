"""Times are read as people mean them, and no time is seen where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.times import golden_verdicts, main, point_verdicts, trap_verdicts
from engine.learning.task_cases import is_as_expected
from engine.tasks.due import Due, DueKind, TimeMapping
from engine.tasks.times import find_duration, find_time, read_time, usual, wording_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 14, 0, tzinfo=BERLIN)
AFTER_WORK = TimeMapping("after work", "at 18:00")
SOON = TimeMapping("soon", "in 2 days")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def _year(number: int) -> datetime:
    return datetime.fromisoformat(f"{number}-01-01")


def due_of(text: str, mappings: tuple[TimeMapping, ...] = ()) -> Due:
    found = find_time(text, NOW, BERLIN, mappings)
    assert found is not None, text
    return found.due


def test_the_golden_times_are_read_as_written_down() -> None:
    """Of the golden times 97 in a hundred are right, and each wrong one is named."""
    verdicts = list(golden_verdicts())
    wrong = [f"{verdict.text!r}: {verdict.expected}, not {verdict.got}" for verdict in verdicts if not verdict.right]
    assert len(verdicts) >= 200
    assert len(wrong) <= 0.03 * len(verdicts), "\n".join(wrong)


def test_no_time_is_seen_in_a_trap() -> None:
    """Of the traps none is taken for a time."""
    verdicts = list(trap_verdicts())
    assert len(verdicts) >= 60
    assert [verdict.text for verdict in verdicts if not verdict.right] == []


def test_the_golden_times_stand_in_five_zones_or_more_with_both_clock_changes() -> None:
    """The golden times hold what they promise to hold."""
    verdicts = list(golden_verdicts())
    categories = {verdict.group for verdict in verdicts}
    assert {"dst-spring", "dst-autumn", "leap", "leap-day", "year-end"} <= categories


def test_what_was_not_said_precisely_asks() -> None:
    """Soon, later and after work are kept with their words, and ask."""
    for text in ("soon", "later", "after work", "some day", "when i get home"):
        due = due_of(f"fix the hinge {text}")
        assert (due.kind, due.asks, due.wording) == (DueKind.OPEN, True, text)


def test_what_is_to_be_done_before_a_stretch_of_time_is_due_before_it_begins() -> None:
    """Before march is by the last of february, before the evening by six; the end of something stays its end."""
    due = due_of("switch the energy supplier before march")
    assert (due.kind, due.day, due.by) == (DueKind.DAY, date(2027, 2, 28), True)
    assert due_of("be back before this evening").at == datetime(2026, 11, 18, 18, 0, tzinfo=BERLIN)
    assert due_of("renew it before the end of march").end == date(2027, 4, 1)
    assert due_of("renew it by march").end == date(2027, 4, 1)


def test_a_taught_phrase_is_what_the_household_means() -> None:
    """A learned mapping makes a time of words that would have been asked about."""
    due = due_of("fix the hinge after work", (AFTER_WORK,))
    assert due.at == datetime(2026, 11, 18, 18, 0, tzinfo=BERLIN)
    assert not due.asks
    assert due_of("fix the hinge soon", (SOON,)).day == date(2026, 11, 20)


def test_a_taught_phrase_takes_the_day_that_stands_beside_it() -> None:
    """After work on friday is six o'clock on friday where after work is six."""
    assert due_of("fix the hinge tomorrow after work", (AFTER_WORK,)).at == datetime(2026, 11, 19, 18, tzinfo=BERLIN)


def test_a_taught_phrase_that_means_no_time_changes_nothing() -> None:
    """What a mapping means must be a time, and a bare number is an hour."""
    assert due_of("fix the hinge after work", (TimeMapping("after work", "when pigs fly"),)).asks
    assert find_time("feed the hens at feeding hour", NOW, BERLIN, (TimeMapping("", "at 5"),)) is None
    due = due_of("bring it teatime", (TimeMapping("teatime", "17"),))
    assert due.at == datetime(2026, 11, 18, 17, tzinfo=BERLIN)


def test_a_taught_phrase_wins_over_a_convention() -> None:
    """Tonight is nine o'clock in a household that says so."""
    due = due_of("defrost the soup tonight", (TimeMapping("tonight", "at 21:00"),))
    assert due.at == datetime(2026, 11, 18, 21, tzinfo=BERLIN)


def test_the_rest_of_the_sentence_is_the_title() -> None:
    """The words of the time go, with what ties them to the sentence."""
    for text, title in (
        ("buy oat milk this weekend", "buy oat milk"),
        ("call the vet by friday", "call the vet"),
        ("Tomorrow, buy stamps", "buy stamps"),
        ("on the 5th transfer the rent", "transfer the rent"),
        ("settle on the 5th the bill", "settle the bill"),
        ("ring by the 7th my aunt", "ring my aunt"),
        ("every other monday at 7 take the bins out", "take the bins out"),
        ("feed  the   cat  TOMORROW  at 5", "feed the cat"),
    ):
        found = find_time(text, NOW, BERLIN)
        assert found is not None
        assert found.rest_of(text) == title


def test_a_day_and_a_time_that_stand_apart_belong_together() -> None:
    """Both pieces make the time, and neither stays in the title."""
    text = "remind me tomorrow to ring mum at 5"
    found = find_time(text, NOW, BERLIN)
    assert found is not None
    assert found.due.at == datetime(2026, 11, 19, 17, tzinfo=BERLIN)
    assert [text[start:end] for start, end in found.spans] == ["tomorrow", "at 5"]
    assert found.rest_of(text) == "remind me to ring mum"


def test_what_is_over_is_no_time_for_a_task() -> None:
    """A sentence about last week says no due time, and a question that looks back does."""
    assert find_time("return the book i borrowed last week", NOW, BERLIN) is None
    found = find_time("what did i do last week", NOW, BERLIN, looking_back=True)
    assert found is not None
    assert (found.due.start, found.due.end) == (date(2026, 11, 9), date(2026, 11, 16))


def test_an_answer_may_be_a_bare_number_and_a_sentence_may_not() -> None:
    """Asked when, "5" is five o'clock; in a list of things it is a number."""
    due = read_time("5", NOW, BERLIN)
    assert due is not None
    assert due.at == datetime(2026, 11, 18, 17, tzinfo=BERLIN)
    assert find_time("buy 5 lemons", NOW, BERLIN) is None


def test_an_answer_with_more_than_a_time_is_not_only_a_time() -> None:
    """What says something else as well is no answer to when."""
    assert read_time("buy milk tomorrow", NOW, BERLIN) is None
    assert read_time("blue", NOW, BERLIN) is None
    assert read_time("", NOW, BERLIN) is None
    answer = read_time("Tomorrow then, please.", NOW, BERLIN)
    assert answer is not None
    assert answer.day == date(2026, 11, 19)


def test_an_hour_that_is_past_today_asks() -> None:
    """Nine this morning, said at two, is doubtful."""
    assert due_of("ring the school today at 9am").asks


def test_a_date_that_reads_both_ways_asks() -> None:
    """3/4 may be two days, 15/4 only one."""
    assert due_of("service the bike on 3/4").asks
    assert not due_of("service the bike on 15/4").asks


def test_durations_are_found_with_their_words() -> None:
    """How long is given in seconds, with the place of its words."""
    for text, seconds, words in (
        ("set a pasta timer for 8 minutes", 480, "for 8 minutes"),
        ("timer 1h30", 5400, "1h30"),
        ("give me half an hour", 1800, "half an hour"),
        ("a 45-minute timer", 2700, "45-minute"),
        ("an hour and a half please", 5400, "an hour and a half"),
        ("2 minutes and 30 seconds", 150, "2 minutes and 30 seconds"),
    ):
        found = find_duration(text)
        assert found is not None, text
        assert (found[0], text[slice(*found[1])]) == (seconds, words)
    assert find_duration("buy 8 lemons") is None
    assert find_duration("0 minutes") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tomorrow at 5", "tomorrow at 17:00"),
        ("this weekend", "this weekend"),
        ("every monday at 7", "every Monday at 07:00"),
        ("every weekday at 7 and 19", "every weekday at 07:00 and 19:00"),
        ("by friday", "by Friday"),
        ("on march 3rd", "Wednesday 3 March 2027"),
        ("tonight", "tonight"),
        ("tomorrow morning", "tomorrow morning"),
        ("next week", "next week"),
        ("in december", "in December"),
        ("soon", "soon"),
        ("the last friday of every month", "the last Friday of every month"),
        ("every other day", "every other day"),
        ("friday 3-5pm", "Friday from 15:00 to 17:00"),
        ("in 2028", "in 2028"),
        ("at the end of every month", "the last day of every month"),
        ("every year on 3 may", "every year on 3 May"),
    ],
)
def test_a_time_is_said_back_in_plain_words(text: str, words: str) -> None:
    """What is understood can be read by a person."""
    assert wording_of(due_of(text), NOW, BERLIN) == words


@given(st.text(max_size=300), st.sampled_from(ZONES))
def test_no_text_is_an_error(text: str, zone: str) -> None:
    """Whatever is typed is read, or not, without an error."""
    for read in (find_time(text, NOW, ZoneInfo(zone)), find_time(text, NOW, ZoneInfo(zone), looking_back=True)):
        assert read is None or 0 <= read.start < read.end <= len(text)
    read_time(text, NOW, ZoneInfo(zone))
    find_duration(text)


_WORDS = (
    "at on by in the of next last this every other a an half quarter past to from until between and week weekend month "
    "year day days hours minutes monday friday sunday march may tomorrow today tonight noon midnight morning night 12 "
    "first third 5 30 99 2026 7pm 12:30 31st - , / . christmas easter end beginning after before ago soon later twice "
    "two twenty fortnight 0"
).split()


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(_WORDS), max_size=14),
    st.sampled_from(ZONES),
    st.datetimes(_year(1990), _year(2090)),
)
def test_no_heap_of_time_words_is_an_error(words: list[str], zone: str, now: datetime) -> None:
    """Words of time in any order are read, or not, without an error; what is found survives being stored."""
    text, instant = " ".join(words), now.replace(tzinfo=UTC)
    found = find_time(text, instant, ZoneInfo(zone), (AFTER_WORK, SOON))
    if found is None:
        return
    due = found.due
    assert Due.from_document(json.loads(json.dumps(due.to_document()))) == due
    assert wording_of(due, instant, ZoneInfo(zone))
    assert text[found.start : found.end].strip()
    if due.kind is DueKind.RANGE:
        assert due.start is not None
        assert due.end is not None
        assert due.start < due.end


@given(st.datetimes(_year(2000), _year(2080)), st.integers(1, 500), st.sampled_from(ZONES))
def test_minutes_from_now_are_minutes_on_any_day(now: datetime, minutes: int, zone: str) -> None:
    """In so many minutes is that long, also where the clocks change meanwhile."""
    instant = now.replace(tzinfo=UTC)
    found = find_time(f"in {minutes} minutes", instant, ZoneInfo(zone))
    assert found is not None
    assert found.due.at == instant + timedelta(minutes=minutes)


@given(st.datetimes(_year(2000), _year(2080)), st.integers(1, 12), st.sampled_from(ZONES))
def test_a_bare_hour_is_still_to_come_and_within_a_day(now: datetime, hour: int, zone: str) -> None:
    """At five is a five o'clock of the next 25 hours, and not in the depth of the night."""
    instant = now.replace(tzinfo=UTC)
    found = find_time(f"at {hour}", instant, ZoneInfo(zone))
    assert found is not None
    at = found.due.at
    assert at is not None
    assert timedelta() < at - instant <= timedelta(hours=26)
    wall = at.astimezone(ZoneInfo(zone))
    if wall.minute == 0:
        assert wall.hour % 12 == hour % 12
        assert wall.time() >= time(6)


@pytest.mark.parametrize(
    "piece", ["at 1 ", "every ", "1-", "a week from ", "12:", "1h noon ", "7pm two - ", "the day before "]
)
def test_a_long_heap_of_one_word_is_read_to_its_end(piece: str) -> None:
    """No pattern runs away on a text made to let it."""
    text = (piece * 2000)[:2000]
    found = find_time(text, NOW, BERLIN)
    assert found is None or found.end <= len(text)
    read_time(text, NOW, BERLIN)
    find_duration(text)


def test_the_benchmark_prints_its_goals(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file of labelled expressions is judged to its grain, and rows that are no dates are left out."""
    rows = [
        {"text": "tomorrow", "ref": "2026-11-18T14:00:00", "source": "facebook/duckling"}
        | {"simple": {"kind": "point", "value": "2026-11-19T00:00:00", "grain": "day"}},
        {"text": "half past nonsense", "ref": "2026-11-18T14:00:00", "source": "own"}
        | {"simple": {"kind": "point", "value": "unresolved"}},
        {"text": "blue", "ref": "2026-11-18T14:00:00", "source": "own"}
        | {"simple": {"kind": "point", "value": "2026-11-19T12:00:00"}},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    verdicts = list(point_verdicts(path))
    assert [(verdict.text, verdict.right) for verdict in verdicts] == [("tomorrow", True), ("blue", False)]
    assert main([str(path), "--misses"]) == 0
    assert "points in duckling's reading (1)" in capsys.readouterr().out


def test_the_judge_of_the_golden_times_can_fail() -> None:
    """Another day, another kind, or a forgotten question is not as expected."""
    due = Due(DueKind.DAY, "friday", day=date(2026, 11, 20))
    assert is_as_expected(due, {"kind": "day", "day": "2026-11-20"})
    assert not is_as_expected(due, {"kind": "day", "day": "2026-11-21"})
    assert not is_as_expected(due, {"kind": "day", "day": "2026-11-20", "asks": True})
    assert not is_as_expected(None, {"kind": "day", "day": "2026-11-20"})


def test_the_conventions_can_be_another_household_s() -> None:
    """Where days come first in dates, 3/4 is the third of april."""
    found = find_time("service the bike on 3/4", NOW, BERLIN, (), replace(usual(), day_first=True))
    assert found is not None
    assert found.due.day == date(2027, 4, 3)
