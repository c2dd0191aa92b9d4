"""The job table: what is due runs in order, at its instant, once, and survives a restart."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.scheduler import LEASE, Job, JobBusyError, Run, Scheduler, UnknownJobError, daily, never
from store import Store, jobs, open_store
from store.models import ExecutionLog

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


class Diary:
    """Jobs that note when they ran."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, datetime]] = []

    def job(self, name: str, next_due: Callable[[datetime], datetime | None]) -> Job:
        def run(now: datetime) -> str:
            self.entries.append((name, now))
            return f"ran {name}"

        return Job(name, run, next_due)


def every(period: timedelta) -> Callable[[datetime], datetime]:
    return lambda now: now + period


def planned(store: Store, *table: Job, owner: str = "me") -> Scheduler:
    scheduler = Scheduler(store, table, owner=owner)
    scheduler.plan(NOON)
    return scheduler


def test_advancing_runs_what_falls_due_in_the_order_of_due_and_name_each_at_its_instant(store: Store) -> None:
    diary, seen = Diary(), list[datetime]()
    scheduler = planned(
        store, diary.job("b", every(2 * HOUR)), diary.job("a", every(2 * HOUR)), diary.job("c", every(HOUR))
    )
    scheduler.run_until(NOON, NOON + 2.5 * HOUR, seen.append)
    one, two = NOON + HOUR, NOON + 2 * HOUR
    assert diary.entries == [("c", one), ("a", two), ("b", two), ("c", two)]
    assert seen == [one, two, two, two, NOON + 2.5 * HOUR]


def test_a_job_is_due_at_its_very_instant_and_not_before(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", every(HOUR)))
    assert scheduler.run_due(NOON + HOUR - timedelta(microseconds=1)) == []
    assert scheduler.run_due(NOON + HOUR) == [Run("a", NOON + HOUR, "ran a")]


def test_a_job_that_was_overdue_for_long_runs_once(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", every(HOUR)))
    scheduler.run_due(NOON + 100 * HOUR)
    assert diary.entries == [("a", NOON + 100 * HOUR)]
    assert scheduler.due(NOON + 100 * HOUR) == ()


def test_due_times_and_last_runs_outlive_the_process(store: Store) -> None:
    diary = Diary()
    planned(store, diary.job("a", every(HOUR))).run("a", NOON)
    again = Scheduler(store, [diary.job("a", every(HOUR))], owner="another")
    again.plan(NOON + 30 * HOUR)
    row = jobs.get(store, "a")
    assert row is not None
    assert (row.last_run, row.due) == (NOON, NOON + HOUR)
    assert [due.name for due in again.due(NOON + 30 * HOUR)] == ["a"]


def test_a_job_that_is_never_due_runs_only_when_asked(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", never))
    assert scheduler.run_until(NOON, NOON + 10_000 * HOUR, lambda _: None) == []
    assert scheduler.run("a", NOON).summary == "ran a"


def test_a_job_somebody_else_runs_is_left_alone_until_their_lease_ends(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", every(HOUR)))
    jobs.take(store, "a", owner="somebody", now=NOON, lease=LEASE)
    with pytest.raises(JobBusyError):
        scheduler.run("a", NOON)
    assert diary.entries == []
    assert scheduler.run("a", NOON + LEASE).summary == "ran a"


def test_a_failing_job_is_told_recorded_and_due_again(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: datetime) -> str:
        raise RuntimeError("no luck")

    scheduler = planned(store, Job("a", fail, every(HOUR)))
    done = scheduler.run("a", NOON)
    assert done.problem == "RuntimeError: no luck"
    assert "job failed" in caplog.text
    assert [due.name for due in scheduler.due(NOON + HOUR)] == ["a"]
    logged = store.rows(store.model(ExecutionLog).select())
    assert [(row["stage"], row["component"], row["outcome"]) for row in logged] == [
        ("job", "a", "failed: RuntimeError: no luck")
    ]


def test_an_unknown_job_is_refused_with_the_names_of_those_there_are(store: Store) -> None:
    with pytest.raises(UnknownJobError, match="the jobs are a"):
        planned(store, Diary().job("a", never)).run("z", NOON)


def test_a_timetable_that_would_never_end_is_an_error(store: Store) -> None:
    with pytest.raises(ValueError, match="due again at once"):
        planned(store, Diary().job("a", lambda now: now)).run("a", NOON)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T12:00+01:00", "2026-03-29T04:00+02:00"),
        ("2026-03-29T04:00+02:00", "2026-03-30T04:00+02:00"),
        ("2026-10-25T03:59+01:00", "2026-10-25T04:00+01:00"),
        ("2026-10-24T04:00+02:00", "2026-10-25T04:00+01:00"),
    ],
)
def test_a_daily_job_keeps_to_the_wall_clock_across_the_change_of_time(now: str, due: str) -> None:
    found = daily(4, ZoneInfo("Europe/Berlin"))(datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(due)


def test_a_daily_job_is_due_once_on_a_day_that_has_its_hour_twice_or_not_at_all() -> None:
    timetable, at = daily(2, ZoneInfo("Europe/Berlin")), datetime(2026, 3, 27, 12, tzinfo=UTC)
    days = []
    for _ in range(300):
        at = timetable(at) or at
        days.append(at.astimezone(ZoneInfo("Europe/Berlin")).date())
    assert days == [days[0] + timedelta(days=n) for n in range(300)]


def failing(times: int) -> tuple[Job, list[datetime]]:
    """Return a daily job that fails so many times, and when it was run."""
    runs: list[datetime] = []

    def run(now: datetime) -> str:
        runs.append(now)
        if len(runs) <= times:
            raise RuntimeError("no luck")
        return "at last"

    return Job("a", run, daily(3, UTC)), runs


def test_a_job_that_fails_is_tried_again_soon_and_then_keeps_to_its_timetable(store: Store) -> None:
    job, runs = failing(2)
    scheduler = planned(store, job)
    scheduler.run_until(NOON, NOON + timedelta(days=2), lambda _: None)
    three = datetime(2026, 3, 15, 3, 0, tzinfo=UTC)
    assert runs == [
        three,
        three + timedelta(minutes=5),
        three + timedelta(minutes=35),
        three + timedelta(days=1),
    ]


def test_a_job_that_fails_for_good_is_not_tried_for_ever(store: Store) -> None:
    job, runs = failing(100)
    scheduler = planned(store, job)
    scheduler.run_until(NOON, NOON + timedelta(days=1), lambda _: None)
    assert len(runs) == 4


def test_a_failing_job_stops_no_other(store: Store) -> None:
    job, _ = failing(100)
    diary = Diary()
    scheduler = planned(store, job, diary.job("b", daily(3, UTC)))
    scheduler.run_until(NOON, NOON + timedelta(hours=15, minutes=1), lambda _: None)
    assert [name for name, _ in diary.entries] == ["b"]


def test_a_job_is_not_begun_twice_even_where_the_clock_jumps_past_its_lease(store: Store) -> None:
    """Somebody sets the clock two days forward while the job runs."""
    begun: list[datetime] = []

    def run(now: datetime) -> str:
        begun.append(now)
        assert scheduler.run_due(now + timedelta(days=2)) == []
        with pytest.raises(JobBusyError):
            scheduler.run("a", now + timedelta(days=2))
        return "done"

    scheduler = planned(store, Job("a", run, every(HOUR)))
    scheduler.run_due(NOON + HOUR)
    assert len(begun) == 1


def test_a_clock_that_is_set_back_runs_nothing_again(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", daily(3, UTC)))
    three = datetime(2026, 3, 15, 3, 0, tzinfo=UTC)
    scheduler.run_due(three)
    assert scheduler.run_due(three - HOUR) == []
    assert scheduler.run_due(three) == []
    assert len(diary.entries) == 1


def test_a_job_that_has_work_since_an_upgrade_becomes_due(store: Store) -> None:
    """An older program knew the job and never had it due."""
    planned(store, Diary().job("a", never))
    diary = Diary()
    scheduler = planned(store, diary.job("a", every(HOUR)))
    scheduler.run_due(NOON + HOUR)
    assert len(diary.entries) == 1


def test_what_runs_in_the_background_is_told_apart(store: Store) -> None:
    diary = Diary()
    slow = diary.job("slow", every(HOUR))
    scheduler = planned(store, diary.job("quick", every(HOUR)), Job("slow", slow.run, slow.next_due, background=True))
    at = NOON + HOUR
    assert [row.name for row in scheduler.due(at, background=True)] == ["slow"]
    assert [done.name for done in scheduler.run_due(at, background=False)] == ["quick"]
    assert [done.name for done in scheduler.run_due(at)] == ["slow"]


def test_a_clock_that_was_a_year_ahead_stops_no_job(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", daily(3, UTC)))
    scheduler.run_due(NOON + timedelta(days=365))
    scheduler.run_due(NOON)
    scheduler.run_due(NOON + timedelta(days=2))
    assert [at for _, at in diary.entries] == [NOON + timedelta(days=365), NOON + timedelta(days=2)]


def test_what_falls_due_earlier_is_run_then_and_never_put_off(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", every(10 * HOUR)))
    assert jobs.schedule_earlier(store, "a", NOON + HOUR)
    assert not jobs.schedule_earlier(store, "a", NOON + 2 * HOUR)
    assert scheduler.next_due(NOON) == NOON + HOUR
    scheduler.run_until(NOON, NOON + 3 * HOUR, lambda _: None)
    assert diary.entries == [("a", NOON + HOUR)]


def test_a_job_that_was_never_due_is_when_something_falls_due(store: Store) -> None:
    diary = Diary()
    scheduler = planned(store, diary.job("a", never))
    assert scheduler.next_due(NOON) is None
    jobs.schedule_earlier(store, "a", NOON + HOUR)
    scheduler.run_due(NOON + HOUR)
    assert diary.entries == [("a", NOON + HOUR)]


def test_what_falls_due_while_its_job_runs_is_run_for(store: Store) -> None:
    """It was put down after the job looked for what there is, and before it ended."""
    agenda = [NOON + HOUR]

    def run(now: datetime) -> str:
        agenda[:] = [at for at in agenda if at > now]
        if now == NOON + HOUR:
            agenda.append(NOON + 2 * HOUR)
            jobs.schedule_earlier(store, "a", NOON + 2 * HOUR)
        return "done"

    scheduler = planned(store, Job("a", run, lambda now: min((at for at in agenda if at > now), default=None)))
    done = scheduler.run_until(NOON, NOON + 5 * HOUR, lambda _: None)
    assert [run.at for run in done] == [NOON + HOUR, NOON + 2 * HOUR]


def test_nobody_is_woken_for_what_runs_in_the_background(store: Store) -> None:
    slow = Diary().job("slow", every(HOUR))
    scheduler = planned(store, Job("slow", slow.run, slow.next_due, background=True))
    assert scheduler.next_due(NOON) is None


@pytest.mark.parametrize("advancing", [True, False])
def test_a_job_that_another_process_takes_meanwhile_is_left_to_it(store: Store, *, advancing: bool) -> None:
    """It was due and free when it was looked at; the other jobs go on."""
    diary = Diary()

    def take_from_us(now: datetime) -> str:
        assert jobs.take(store, "b", owner="another", now=now, lease=LEASE)
        return "taken"

    table = Job("a", take_from_us, every(24 * HOUR)), diary.job("b", every(HOUR)), diary.job("c", every(24 * HOUR))
    scheduler = Scheduler(store, table, owner="me")
    for job in table:
        jobs.schedule(store, job.name, NOON)
    if advancing:
        scheduler.run_until(NOON, NOON + 2 * HOUR, lambda _: None)
    else:
        scheduler.run_due(NOON)
    assert diary.entries == [("c", NOON)]
    assert [row.name for row in jobs.due(store, NOON + 2 * HOUR)] == ["b"]
