"""What people write down in chat, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tasks.capture import Capture, capture
from engine.tasks.due import DueKind, TimeMapping
from engine.tasks.kinds import Ask, Kind, Priority
from engine.tasks.rules import AmbiguityRule, KeywordRule, TaskRules

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)  # a Tuesday
LISBON = ZoneInfo("Europe/Lisbon")
PROJECTS = ("Hall", "garden shed", "Loft conversion")
BASE = TaskRules.base()


def caught(text: str, kind: Kind | None = None, rules: TaskRules = BASE, now: datetime = NOW) -> Capture:
    """Return what a text is caught as; it has to be caught."""
    found = capture(text, kind=kind, now=now, zone=LISBON, rules=rules, projects=PROJECTS)
    assert found is not None
    return found


TASK, REMINDER, ALARM = Kind.TASK, Kind.REMINDER, Kind.ALARM
NOTE, IDEA, QUESTION = Kind.NOTE, Kind.IDEA, Kind.QUESTION

KINDS_AND_TITLES = [
    # reminders
    ("remind me to call mum tomorrow at 5", REMINDER, "call mum"),
    ("Remind me tomorrow to pick up the Kids' shoes", REMINDER, "pick up the Kids' shoes"),
    ("can you remind me in an hour to turn the roast", REMINDER, "turn the roast"),
    ("could you please remind me to water the ferns on friday?", REMINDER, "water the ferns"),
    ("on thursday remind us about the swimming bag", REMINDER, "the swimming bag"),
    ("remind me that I need to ring the bank at 3pm", REMINDER, "ring the bank"),
    ("remind me at noon that the cake is in the oven", REMINDER, "the cake is in the oven"),
    ("set a reminder for tomorrow at 8: take the bins out", REMINDER, "take the bins out"),
    ("set me a reminder to feed the tortoise tonight", REMINDER, "feed the tortoise"),
    ("make a reminder about the gas meter for monday", REMINDER, "the gas meter"),
    ("new reminder: fetch the suit from the cleaners", REMINDER, "fetch the suit from the cleaners"),
    ("reminder to renew the parking permit", REMINDER, "renew the parking permit"),
    ("i need a reminder to book the ferry", REMINDER, "book the ferry"),
    ("I need to set a reminder to pay the nursery", REMINDER, "pay the nursery"),
    ("give me a nudge at 4pm to start the fire", REMINDER, "start the fire"),
    ("nudge me at 6pm about the laundry", REMINDER, "the laundry"),
    ("ping me in 20 minutes to check the bread", REMINDER, "check the bread"),
    ("don't let me forget to sign the school form", REMINDER, "sign the school form"),
    ("dont let us forget the birthday candles", REMINDER, "the birthday candles"),
    ("I'd like to be reminded to stretch at 11", REMINDER, "stretch"),
    ("i want to be reminded about the rent on the 1st", REMINDER, "the rent"),
    ("the boiler man comes tomorrow, remind me at 8am", REMINDER, "the boiler man comes"),
    ("call grandad tomorrow, remind me", REMINDER, "call grandad"),
    ("don't let me miss the match, ping me at 5", REMINDER, "the match"),
    ("keep in mind that the cat is fed at six", NOTE, "the cat is fed at six"),
    ("set a reminder for half past three: turn the heating off", REMINDER, "turn the heating off"),
    ("question for the roofer: is the gutter lead?", QUESTION, "is the gutter lead?"),
    ("can I be reminded at 4 to fetch the parcel", REMINDER, "fetch the parcel"),
    ("remind Leo to bring his recorder at 8am", REMINDER, "remind Leo to bring his recorder"),
    ("tell me to leave at 5pm", REMINDER, "leave"),
    ("create a dentist reminder for 4pm", REMINDER, "dentist"),
    ("remnid me to oil the hinges tomorrow", REMINDER, "oil the hinges"),
    ("every monday remind me to put the recycling out", REMINDER, "put the recycling out"),
    ("remind me to turn off the oven in 30 minutes", REMINDER, "turn off the oven"),
    ("remind me to buy tickets, please", REMINDER, "buy tickets"),
    ("oh, before I forget, remind me to ring Rosa tonight", REMINDER, "ring Rosa"),
    # alarms
    ("wake me up at 7", ALARM, "wake up"),
    ("wake me at quarter to six tomorrow please", ALARM, "wake up"),
    ("set an alarm for 6:30", ALARM, "alarm"),
    ("set my alarm for half past five on saturday", ALARM, "alarm"),
    ("alarm at 9 tomorrow", ALARM, "alarm"),
    ("could you set an alarm for 7am", ALARM, "alarm"),
    ("i need an alarm at 5am", ALARM, "alarm"),
    ("get me up at 6 tomorrow", ALARM, "wake up"),
    ("i want to wake up at 6am tomorrow", ALARM, "wake up"),
    ("a 6am alarm please", ALARM, "alarm"),
    # tasks by a word that says so
    ("task: sweep the terrace", TASK, "sweep the terrace"),
    ("new task: order firewood", TASK, "order firewood"),
    ("todo paint the gate", TASK, "paint the gate"),
    ("to-do: bleed the radiators", TASK, "bleed the radiators"),
    ("To do: clear the loft", TASK, "clear the loft"),
    ("add a task to mend the puncture", TASK, "mend the puncture"),
    ("can you add a task for me to sort the shed", TASK, "sort the shed"),
    ("create a task called return the ladder", TASK, "return the ladder"),
    ("add wash the car to my to-do list", TASK, "wash the car"),
    ("put book the chimney sweep on my todo list please", TASK, "book the chimney sweep"),
    ("add descale the kettle to my tasks", TASK, "descale the kettle"),
    ("stick mow the lawn on the to do list", TASK, "mow the lawn"),
    ("don't forget to defrost the peas", TASK, "defrost the peas"),
    ("Dont forget the library books", TASK, "the library books"),
    ("remember to switch the heating oil supplier", TASK, "switch the heating oil supplier"),
    ("i must remember to post the keys", TASK, "post the keys"),
    ("i have to remember to charge the drill", TASK, "charge the drill"),
    ("write down that I need to call the roofer", TASK, "call the roofer"),
    ("put the vet on the calendar for friday at 10", TASK, "the vet"),
    ("add a meeting with the accountant tomorrow at 2pm", TASK, "meeting with the accountant"),
    # tasks by their shape
    ("I need to buy milk this weekend", TASK, "buy milk"),
    ("we should really fix the gutter", TASK, "fix the gutter"),
    ("we need to order new filters by friday", TASK, "order new filters"),
    ("i've got to hand in the form tomorrow", TASK, "hand in the form"),
    ("gotta clean the barbecue", TASK, "clean the barbecue"),
    ("I have to ring the council on monday", TASK, "ring the council"),
    ("must get the spare key cut", TASK, "get the spare key cut"),
    ("i really need to sort out the cables", TASK, "sort out the cables"),
    ("buy a new hose", TASK, "buy a new hose"),
    ("Call Dr. Silva about the results", TASK, "Call Dr. Silva about the results"),
    ("pay the plumber on friday", TASK, "pay the plumber"),
    ("wash the curtains next week", TASK, "wash the curtains"),
    ("please book a table for saturday", TASK, "book a table"),
    ("ok so I need to wrap the presents", TASK, "wrap the presents"),
    ("we have to let the plumber in tomorrow at 9", TASK, "let the plumber in"),
    # notes
    ("note: the stopcock is under the sink", NOTE, "the stopcock is under the sink"),
    ("Note to self: the shed key is blue", NOTE, "the shed key is blue"),
    ("can you make a note that the boiler code is 4711", NOTE, "the boiler code is 4711"),
    ("take a note: gate code is 1990", NOTE, "gate code is 1990"),
    ("please note down that the fuse is 13 amp", NOTE, "the fuse is 13 amp"),
    ("jot down that the cat had her jab last tuesday", NOTE, "the cat had her jab last tuesday"),
    ("write this down: meter reading 20413", NOTE, "meter reading 20413"),
    ("remember that the bin lorry comes early in june", NOTE, "the bin lorry comes early in june"),
    ("keep a note that we owe Ines 20 euros", NOTE, "we owe Ines 20 euros"),
    ("the alarm company is Securo, write that down", NOTE, "the alarm company is Securo"),
    ("put this in my notes: rug is 2 by 3 metres", NOTE, "rug is 2 by 3 metres"),
    ("for the record, the tank was full on monday", NOTE, "the tank was full on monday"),
    # ideas
    ("idea: paint the hall", IDEA, "paint the hall"),
    ("Idea - a swing in the apple tree", IDEA, "a swing in the apple tree"),
    ("i have an idea: breakfast in the garden", IDEA, "breakfast in the garden"),
    ("had an idea, a cupboard under the stairs, save that", IDEA, "a cupboard under the stairs"),
    ("new idea: movie night on fridays", IDEA, "movie night on fridays"),
    ("what if we put the desk by the window", IDEA, "what if we put the desk by the window"),
    ("we could rent out the attic", IDEA, "we could rent out the attic"),
    # questions
    ("question: which paint did we use?", QUESTION, "which paint did we use?"),
    ("should we repaint the hall?", QUESTION, "should we repaint the hall?"),
    ("note: do we need a new boiler?", QUESTION, "do we need a new boiler?"),
    ("write down: who has the spare key?", QUESTION, "who has the spare key?"),
    ("ask the plumber about the leak?", QUESTION, "ask the plumber about the leak?"),
]


@pytest.mark.parametrize(("text", "kind", "title"), KINDS_AND_TITLES)
def test_a_thought_gets_its_kind_and_its_title_without_the_filler(text: str, kind: Kind, title: str) -> None:
    found = caught(text)
    assert (found.kind, found.title) == (kind, title)


@pytest.mark.parametrize(
    ("text", "due", "wording"),
    [
        ("remind me to call mum tomorrow at 5", DueKind.POINT, "tomorrow at 5"),
        ("I need to buy milk this weekend", DueKind.RANGE, "this weekend"),
        ("pay the plumber on friday", DueKind.DAY, "on friday"),
        ("we need to order new filters by friday", DueKind.DAY, "by friday"),
        ("every monday remind me to put the recycling out", DueKind.RECURRENCE, "every monday"),
        ("remind me soon to call mum", DueKind.OPEN, "soon"),
    ],
)
def test_when_it_is_due_is_kept_with_its_wording(text: str, due: DueKind, wording: str) -> None:
    found = caught(text).due
    assert found is not None
    assert (found.kind, found.wording) == (due, wording)


@pytest.mark.parametrize(
    "text",
    [
        "note: the boiler was serviced last tuesday",
        "idea: a picnic this weekend",
        "should we go to the coast on sunday?",
        "remember that the shop closes at 6",
    ],
)
def test_a_time_in_what_is_only_written_down_is_part_of_it(text: str) -> None:
    found = caught(text)
    assert found.due is None
    assert found.title in text


@pytest.mark.parametrize(
    ("text", "priority", "title"),
    [
        ("buy salt", Priority.NORMAL, "buy salt"),
        ("call the bank!", Priority.HIGH, "call the bank"),
        ("call the bank!!", Priority.URGENT, "call the bank"),
        ("! fix the gate", Priority.HIGH, "fix the gate"),
        ("urgent: fix the leak", Priority.URGENT, "fix the leak"),
        ("fix the leak asap", Priority.URGENT, "fix the leak"),
        ("fix the leak, it's urgent", Priority.URGENT, "fix the leak"),
        ("book the vaccine as soon as possible", Priority.URGENT, "book the vaccine"),
        ("important: sign the lease", Priority.HIGH, "sign the lease"),
        ("todo sign the lease, high priority", Priority.HIGH, "sign the lease"),
        ("sort the photos when you get a chance", Priority.LOW, "sort the photos"),
        ("sort the photos, no rush", Priority.LOW, "sort the photos"),
        ("low priority: sort the photos", Priority.LOW, "sort the photos"),
        ("sort the photos, not urgent", Priority.LOW, "sort the photos"),
        ("sort the photos !low", Priority.LOW, "sort the photos"),
        ("!urgent call the vet", Priority.URGENT, "call the vet"),
        ("remind me to call the vet tomorrow, urgent!", Priority.URGENT, "call the vet"),
        ("call the urgent care clinic", Priority.NORMAL, "call the urgent care clinic"),
        ("buy the book 'important women'", Priority.NORMAL, "buy the book 'important women'"),
        ("idea: paint the hall red!", Priority.NORMAL, "paint the hall red"),
    ],
)
def test_how_pressing_it_is_comes_from_words_and_marks(text: str, priority: Priority, title: str) -> None:
    found = caught(text)
    assert (found.priority, found.title) == (priority, title)


@pytest.mark.parametrize(
    ("text", "project", "title"),
    [
        ("buy paint #hall", "Hall", "buy paint"),
        ("#hall buy paint", "Hall", "buy paint"),
        ("buy roofing felt #garden_shed", "garden shed", "buy roofing felt"),
        ("buy seeds #allotment", "allotment", "buy seeds"),
        ("add 'buy paint' to the hall project", "Hall", "buy paint"),
        ("add buy paint to the hall project", "Hall", "buy paint"),
        ("task for the hall project: choose a colour", "Hall", "choose a colour"),
        ("order insulation for the loft conversion project", "Loft conversion", "order insulation"),
        ("loft conversion: call the architect", "Loft conversion", "call the architect"),
        ("measure the windows for the kitchen project tomorrow", "kitchen", "measure the windows"),
        ("idea: a skylight #loft-conversion", "Loft conversion", "a skylight"),
        ("finish the maths project", None, "finish the maths project"),
        ("buy the number 7 candles", None, "buy the number 7 candles"),
    ],
)
def test_a_project_is_named_by_words_or_a_hashtag(text: str, project: str | None, title: str) -> None:
    found = caught(text)
    assert (found.project, found.title) == (project, title)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("remind me to call mum tomorrow at 5", ()),
        ("remind me to call mum", (Ask.WHEN,)),
        ("remind me soon to call mum", (Ask.WHEN,)),
        ("buy milk soon", (Ask.WHEN,)),
        ("set an alarm", (Ask.WHEN,)),
        ("remind me", (Ask.TITLE, Ask.WHEN)),
        ("remind me tomorrow at 5", (Ask.TITLE,)),
        ("note", (Ask.TITLE,)),
        ("the dishwasher is leaking", (Ask.KIND,)),
        ("ask the plumber about the leak?", (Ask.KIND,)),
        ("buy milk", ()),
        ("maybe paint the hall", (Ask.KIND,)),
        ("task: maybe paint the hall", ()),
        ("idea: maybe paint the hall soon", ()),
    ],
)
def test_what_is_unclear_is_asked_and_nothing_else(text: str, asks: tuple[Ask, ...]) -> None:
    assert caught(text).asks == asks


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("remind me to call mum at 5pm", datetime(2026, 3, 10, 17, tzinfo=UTC)),
        ("remind me to call mum in an hour", datetime(2026, 3, 10, 15, tzinfo=UTC)),
        ("remind me to call mum on friday", datetime(2026, 3, 13, 9, tzinfo=UTC)),
        ("remind me this weekend to call mum", datetime(2026, 3, 14, 9, tzinfo=UTC)),
        ("remind me tomorrow morning to call mum", datetime(2026, 3, 11, 9, tzinfo=UTC)),
        ("remind me to call mum by 5pm", datetime(2026, 3, 10, 16, tzinfo=UTC)),
        ("remind me to call mum by friday", datetime(2026, 3, 13, 9, tzinfo=UTC)),
        ("remind me to call mum every sunday", datetime(2026, 3, 15, 9, tzinfo=UTC)),
        ("remind me to call mum on the 30th", datetime(2026, 3, 30, 8, tzinfo=UTC)),  # summer time by then
        ("wake me at 6:15 tomorrow", datetime(2026, 3, 11, 6, 15, tzinfo=UTC)),
    ],
)
def test_a_reminder_or_alarm_rings_at_an_instant(text: str, rings: datetime) -> None:
    assert caught(text).rings_at == rings


def test_a_reminder_for_today_rings_within_what_is_left_of_it() -> None:
    late = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    assert caught("remind me to lock up today").rings_at == datetime(2026, 3, 10, 15, tzinfo=UTC)
    assert caught("remind me to lock up today", now=late).rings_at == datetime(2026, 3, 10, 23, 45, tzinfo=UTC)


def test_only_reminders_and_alarms_ring() -> None:
    assert caught("buy milk tomorrow at 5").rings_at is None
    assert caught("note: the shop closes at 6").rings_at is None


def test_the_confidence_falls_from_a_word_that_says_it_to_a_guess() -> None:
    said, shape, guess = (
        caught(text).confidence for text in ("task: sweep", "sweep the terrace", "the terrace is wet")
    )
    assert said == BASE.threshold("explicit")
    assert shape == BASE.threshold("shape")
    assert guess == BASE.threshold("guess")
    assert said > shape > guess


def test_a_time_that_asks_and_a_long_title_lower_the_confidence() -> None:
    assert caught("buy milk soon").confidence < caught("buy milk tomorrow").confidence
    assert caught("buy " + "very " * 14 + "ripe tomatoes").confidence < caught("buy ripe tomatoes").confidence


@pytest.mark.parametrize("text", ["hello", "milk", "ok then", "good one"])
def test_small_talk_stays_below_what_is_written_down_unasked(text: str) -> None:
    assert caught(text).confidence < BASE.threshold("write_down")


@pytest.mark.parametrize(
    ("text", "given", "kind"),
    [
        ("idea: paint the hall", Kind.TASK, Kind.IDEA),
        ("remind me to call mum at 5", Kind.TASK, Kind.REMINDER),
        ("swimming on tuesday at 4", Kind.REMINDER, Kind.REMINDER),
        ("the wine was the portuguese one", Kind.NOTE, Kind.NOTE),
        ("the terrace", Kind.TASK, Kind.TASK),
        ("should we sell the car?", Kind.NOTE, Kind.QUESTION),
        ("buy milk", Kind.NOTE, Kind.NOTE),
    ],
)
def test_words_that_say_the_kind_win_over_what_the_sentence_was_taken_for(text: str, given: Kind, kind: Kind) -> None:
    assert caught(text, given).kind is kind


def test_a_sentence_taken_for_something_else_than_it_looks_like_is_less_sure() -> None:
    assert caught("buy milk", Kind.NOTE).confidence < caught("buy milk", Kind.TASK).confidence


def test_a_household_s_own_words_decide_how_pressing_and_how_clear_a_thought_is() -> None:
    rules = replace(
        BASE,
        keywords=(*BASE.keywords, KeywordRule("tax", Priority.HIGH)),
        ambiguous=(*BASE.ambiguous, AmbiguityRule("sort out", Ask.WHEN)),
        times=(TimeMapping("after work", "at 18:00"),),
    )
    pressing = caught("pay the tax", rules=rules)
    assert (pressing.priority, pressing.title) == (Priority.HIGH, "pay the tax")
    assert caught("pay the taxi", rules=rules).priority is Priority.NORMAL
    assert caught("sort out the shed", rules=rules).asks == (Ask.WHEN,)
    assert caught("remind me after work to call mum", rules=rules).rings_at == datetime(2026, 3, 10, 18, tzinfo=UTC)
    assert caught("remind me after work to call mum").asks == (Ask.WHEN,)


def test_a_newer_rule_for_the_same_words_wins() -> None:
    rules = replace(BASE, keywords=(*BASE.keywords, KeywordRule("asap", Priority.HIGH, filler=True)))
    assert caught("fix the leak asap", rules=rules).priority is Priority.HIGH


@pytest.mark.parametrize("text", ["", "   ", "...", "!!!", "?", "😀"])
def test_a_text_without_a_word_is_no_thought(text: str) -> None:
    assert capture(text, kind=None, now=NOW, zone=LISBON, rules=BASE, projects=PROJECTS) is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "remind me to call mum tomorrow at 5 by the hall project #x ! urgent note idea so please 'a \" and".split()
        ),
        min_size=1,
        max_size=40,
    )
)
def test_any_order_of_such_words_is_read_without_a_word_made_up(words: list[str]) -> None:
    found = capture(" ".join(words), kind=None, now=NOW, zone=LISBON, rules=BASE, projects=PROJECTS)
    said = {word.strip("'\"") for word in words} | {"wake", "up", "alarm"}
    assert found is None or {word.strip("'\"") for word in found.title.split()} <= said
