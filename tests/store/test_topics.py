"""The named reads and writes of each topic."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from store import Store, buttons, dialogue, errors, jobs, people, projects, traces, turns, vectors
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)


def test_a_turn_is_filled_in_and_read_back(store: Store) -> None:
    """What is known later joins the turn; a turn that does not exist is not made up."""
    number = turns.append(store, turns.NewTurn("ana", "c", NOW, text="lamp on", knowledge_version=3))
    assert turns.amend(store, number, calls=[{"service": "light.turn_on"}], prior_states={"light.x": {"state": "off"}})
    assert turns.amend(store, 99, outcome="done") is False
    found = turns.get(store, number)
    assert found is not None
    assert (found.text, found.knowledge_version, found.calls) == ("lamp on", 3, [{"service": "light.turn_on"}])
    assert (found.prior_states, found.at) == ({"light.x": {"state": "off"}}, NOW)
    assert turns.get(store, 99) is None


def test_the_last_turn_is_the_persons_own_in_that_chat(store: Store) -> None:
    """Neither another person's turn nor another chat's is the last one; `acted` skips turns without calls."""
    acted = turns.append(store, turns.NewTurn("ana", "c", NOW, calls=[{"service": "s"}]))
    idle = turns.append(store, turns.NewTurn("ana", "c", NOW + MINUTE, calls=[]))
    turns.append(store, turns.NewTurn("bob", "c", NOW + 2 * MINUTE))
    turns.append(store, turns.NewTurn("ana", "other", NOW + 3 * MINUTE))
    last, last_acted = turns.last(store, "ana", "c"), turns.last(store, "ana", "c", acted=True)
    assert last is not None
    assert last_acted is not None
    assert (last.number, last_acted.number) == (idle, acted)
    assert turns.last(store, "eve", "c") is None
    assert turns.last_instant(store) == NOW + 3 * MINUTE
    assert [turn.number for turn in turns.recent(store, 2, until=3)] == [2, 3]


def test_dialogue_state_is_kept_per_person_and_chat(store: Store) -> None:
    """The newest state counts, an empty one is forgotten, and nobody sees another's."""
    dialogue.save(store, "ana", "c", {"question": 1}, at=NOW)
    dialogue.save(store, "ana", "c", {"question": 2}, at=NOW)
    dialogue.save(store, "bob", "c", {"question": 3}, at=NOW)
    assert dialogue.load(store, "ana", "c") == {"question": 2}
    assert dialogue.load(store, "ana", "other") == {}
    dialogue.save(store, "ana", "c", {}, at=NOW)
    assert (dialogue.load(store, "ana", "c"), dialogue.load(store, "bob", "c")) == ({}, {"question": 3})
    dialogue.clear_all(store)
    assert dialogue.load(store, "bob", "c") == {}


def test_a_button_is_used_once(store: Store) -> None:
    """Only the first press counts; expiry is told by the button."""
    buttons.add(store, [buttons.Button("b1", "ana", "c", {"verb": "yes"}, NOW, NOW + MINUTE)])
    found = buttons.get(store, "b1")
    assert found is not None
    assert (found.payload, found.expired(NOW + MINUTE), found.expired(NOW + 2 * MINUTE)) == (
        {"verb": "yes"},
        False,
        True,
    )
    assert [buttons.use(store, "b1", at=NOW), buttons.use(store, "b1", at=NOW)] == [True, False]
    assert (buttons.get(store, "nothing"), buttons.use(store, "nothing", at=NOW)) == (None, False)


def test_a_button_is_no_younger_where_the_clock_was_set_back(store: Store) -> None:
    """A yes that holds for a minute does not hold for a year because of a clock; one without an end is not touched."""
    buttons.add(store, [buttons.Button("b1", "ana", "c", None, NOW, NOW + MINUTE)])
    buttons.add(store, [buttons.Button("b2", "ana", "c", None, NOW)])
    short, lasting = buttons.get(store, "b1"), buttons.get(store, "b2")
    assert short is not None
    assert lasting is not None
    year_ago = NOW - timedelta(days=365)
    assert [short.expired(NOW), short.expired(year_ago), lasting.expired(year_ago)] == [False, True, False]


def test_retired_buttons_cannot_be_used(store: Store) -> None:
    """A new question takes the old one's buttons away, in that chat only."""
    buttons.add(store, [buttons.Button(f"b{chat}", "ana", chat, None, NOW) for chat in "cd"])
    buttons.retire(store, "ana", "c", at=NOW)
    assert [buttons.use(store, "bc", at=NOW), buttons.use(store, "bd", at=NOW)] == [False, True]
    buttons.clear_all(store)
    assert buttons.get(store, "bd") is None


def test_traces_come_back_in_the_order_written(store: Store) -> None:
    """A large batch is one transaction, read by turn or by trace."""
    entries = [
        traces.TraceEntry(f"t{n % 2}", "pattern", "hassil", NOW, turn=n % 2, confidence=0.5, metadata={"n": n})
        for n in range(1203)
    ]
    traces.append(store, entries)
    traces.append(store, [])
    assert traces.by_turn(store, 1) == entries[1::2]
    assert traces.by_trace(store, "t0") == entries[0::2]


def test_the_longest_of_a_stage_is_told_for_each_turn_that_had_it(store: Store) -> None:
    """Of other stages and other turns nothing is told; a duration nobody measured is none; thousands are no trouble."""
    spans = {1: (3.0, 9.0, 2.0), 2: (None,), 3: (), 4: (5.0, None)}
    entry = traces.TraceEntry("t", "understand", "engine", NOW)
    traces.append(store, [replace(entry, turn=turn, duration_ms=span) for turn in spans for span in spans[turn]])
    traces.append(store, [replace(entry, turn=3, stage="home", duration_ms=70.0)])
    traces.append(store, [replace(entry, turn=turn, duration_ms=float(turn)) for turn in range(5, 2005)])
    assert traces.longest(store, "understand", [4, 3, 2, 1, 1]) == [9.0, 0.0, 5.0]
    assert traces.longest(store, "understand", range(5, 2005)) == [float(turn) for turn in range(5, 2005)]
    assert traces.longest(store, "understand", ()) == []


def test_a_batch_of_traces_is_written_whole_or_not_at_all(store: Store) -> None:
    """One bad entry keeps the whole batch out."""
    good = traces.TraceEntry("t", "pattern", "hassil", NOW)
    bad = traces.TraceEntry("t", None, "hassil", NOW)  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(errors.StoreConstraint):
        traces.append(store, [*[good] * 600, bad])
    assert traces.by_trace(store, "t") == []


def test_a_trace_names_the_project_it_was_about_and_the_model_that_had_a_part(store: Store) -> None:
    """Both come back; a project there is not is refused, with the whole batch."""
    hall = projects.find_or_add(store, "hall", "ana", NOW)
    entry = traces.TraceEntry("t", "slow", "next_action", NOW, project=hall.id, model="small:3b \ud83d")
    traces.append(store, [entry])
    assert [(found.project, found.model) for found in traces.by_trace(store, "t")] == [(hall.id, "small:3b \ufffd")]
    with pytest.raises(errors.StoreConstraint):
        traces.append(store, [replace(entry, trace_id="u"), replace(entry, trace_id="u", project=99)])
    assert traces.by_trace(store, "u") == []


def test_jobs_fall_due_in_the_order_of_time_and_name(store: Store) -> None:
    """A job is due at its instant, not before; rescheduling moves it."""
    for name, due in [("b", NOW), ("a", NOW), ("late", NOW - MINUTE), ("later", NOW + MINUTE), ("never", None)]:
        jobs.schedule(store, name, due)
    assert [job.name for job in jobs.due(store, NOW)] == ["late", "a", "b"]
    jobs.schedule(store, "late", NOW + MINUTE)
    assert [job.name for job in jobs.due(store, NOW)] == ["a", "b"]


def test_a_job_is_held_by_one_until_it_is_finished_or_its_lease_runs_out(store: Store) -> None:
    """Nobody else takes a held job, and one who lost the lease cannot finish it."""
    jobs.schedule(store, "watch", NOW)
    assert jobs.take(store, "watch", owner="one", now=NOW, lease=MINUTE)
    assert not jobs.take(store, "watch", owner="two", now=NOW, lease=MINUTE)
    assert jobs.due(store, NOW) == []
    assert jobs.take(store, "watch", owner="two", now=NOW + MINUTE, lease=MINUTE)
    assert not jobs.finish(store, "watch", owner="one", ran=NOW, next_due=None)
    assert jobs.finish(store, "watch", owner="two", ran=NOW + MINUTE, next_due=NOW + 2 * MINUTE)
    assert jobs.get(store, "watch") == jobs.Job("watch", NOW + 2 * MINUTE, NOW + MINUTE)
    assert jobs.take(store, "watch", owner="one", now=NOW, lease=MINUTE)
    assert [jobs.release_expired(store, NOW), jobs.release_expired(store, NOW + MINUTE)] == [0, 1]


def test_vectors_are_kept_by_text_and_model(store: Store) -> None:
    """A vector comes back bit for bit; another model's does not."""
    rng = np.random.default_rng(7)
    kept = {f"h{n}": rng.standard_normal(384).astype(np.float32) for n in range(600)}
    vectors.put_many(store, kept, "model")
    vectors.put_many(store, {"h0": kept["h1"]}, "other")
    found = vectors.get_many(store, [*kept, "missing"], "model")
    assert found.keys() == kept.keys()
    assert all(np.array_equal(found[name], kept[name]) for name in kept)
    assert (vectors.count(store, "model"), vectors.count(store, "other")) == (600, 1)


def test_a_person_keeps_the_day_they_were_first_seen(store: Store) -> None:
    """A new role replaces the old one; ids are case-sensitive."""
    people.admit(store, "ana", "resident", name="Ana", username=None, at=NOW)
    people.admit(store, "Ana", "guest", name="", username="ana2", at=NOW + MINUTE)
    again = people.admit(store, "ana", "admin", name="Ana", username=None, at=NOW + MINUTE)
    assert again == people.Person("ana", "admin", NOW, "Ana")
    assert [person.user for person in people.everyone(store)] == ["ana", "Ana"]
    assert people.get(store, "bob") is None
