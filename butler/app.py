"""The composition root: a configuration becomes a Butler that can be talked to. Nothing else builds adapters."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from butler.admission import Admission
from butler.background import Background
from butler.clock import Clock, ClockError, ManualClock, SetBack
from butler.config import Config
from butler.conversation.conversation import Conversation
from butler.conversation.leaving import LEFT, finish_leaving
from butler.conversation.messages import Incoming, Message, Person, Reply, Role
from butler.conversation.notices import Notifier, Notify
from butler.conversation.quiet_hours import QuietHours
from butler.conversation.settings import Place, Settings
from butler.conversation.showing import show_again, taken_messages, were_shown
from butler.floor import Floor, Lines, SharedHome
from butler.home import Home
from butler.homes import call_patience_s, demo_of, opened
from butler.jobs import job_table
from butler.language_models import asking_of
from butler.later_jobs import Planned
from butler.learning_jobs import LearningJobs
from butler.log_reviewing import reviewing
from butler.notice_jobs import Watching
from butler.report_jobs import ReportJobs
from butler.ringing_jobs import Ringing, Unanswered, schedules
from butler.slow_work import SlowWork
from butler.ticking import Waking
from butler.warming import Warming, make_ready
from butler.zone_change import keep_wall_times
from engine.api import Engine
from engine.embedding import Encoder, FastembedEncoder, VectorCache
from engine.learning.golden import GoldenSet
from engine.llm import Models
from engine.llm.traced import traced
from engine.scheduler import JobFailedError, Run, Scheduler
from engine.tasks.rules import TaskRules
from store import Store, jobs, open_store, people, work
from store.trace_buffer import TraceBuffer

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class App:
    """A household's Butler, for any number of threads.

    One turn or job at a time has the floor; others go on while it waits for the home, save those of the same person.
    """

    config: Config
    clock: Clock
    store: Store
    home: Home
    engine: Engine
    conversation: Conversation
    scheduler: Scheduler
    floor: Floor
    notify: Notify
    background: Background
    traces: TraceBuffer
    _ringing: Ringing
    _planned: Planned
    _set_back: SetBack
    _admission: Admission
    _warming: Warming
    _closing: ExitStack
    _lines: Lines = field(default_factory=Lines)
    waking: Waking = field(default_factory=Waking)

    def person(self, user: str) -> Person:
        """Return a user with the role the configuration gives them."""
        return Person(user, self.config.people.role_of(user))

    def member(self, user: str) -> Person | None:
        """Return a person whom the store knows, with the role they were let in with; None for anyone else."""
        known = people.get(self.store, user)
        return Person(user, Role(known.role)) if known else None

    def handle(
        self,
        person: Person,
        chat: str,
        *,
        text: str | None = None,
        press: str | None = None,
        reply_to: str | None = None,
        edited: bool = False,
        forwarded: bool = False,
        receipt: int | None = None,
        sent_at: datetime | None = None,
        medium: str | None = None,
        private: bool = True,
    ) -> Reply:
        """Deal with one message or press that came in now; `Incoming` says what the arguments are."""
        with self._lines.of(person.id), self.floor:
            reply = self.conversation.handle(
                Incoming(
                    person,
                    chat,
                    self.clock.now(),
                    text=text,
                    press=press,
                    reply_to=reply_to,
                    edited=edited,
                    forwarded=forwarded,
                    receipt=receipt,
                    sent_at=sent_at,
                    medium=medium,
                    private=private,
                )
            )
            if reply.outcome == LEFT:
                self.traces.flush()  # or what is said there of who left would come after they were erased
                finish_leaving(self.engine, self.store, self.clock.now())
        self.waking.wake()
        self._warming.begin()
        return reply

    def run_job(self, name: str) -> Run:
        """Run one job now, to its end; raises a JobError."""
        job = self.scheduler.jobs.get(name)
        with nullcontext() if job and job.background else self.floor:
            done = self.scheduler.run(name, self.clock.now())
        if done.problem is not None:
            raise JobFailedError(name, done.problem)
        return done

    def advance(self, seconds: float) -> list[Run]:
        """Move a manual clock, running what falls due on the way; raises ClockError for another clock."""
        if not isinstance(self.clock, ManualClock):
            raise ClockError("only a manual clock can be advanced: start with --clock manual")
        with self.floor:
            return self.scheduler.run_until(self.clock.now(), self.clock.after(seconds), self.clock.move_to)

    def tick(self) -> list[Run]:
        """Run what is due by now; what takes long is begun in the background, and its runs are not returned."""
        if self._set_back.happened():
            with self.floor:
                self._ringing.realign(self.clock.now())
                self._planned.realign(self.clock.now())
        self._admission.look(self.clock.now())
        if self.scheduler.due(self.clock.now(), background=True):
            self.background.submit(lambda: self.scheduler.run_due(self.clock.now(), background=True))
        with self.floor:
            return self.scheduler.run_due(self.clock.now(), background=False)

    def seconds_left(self) -> float | None:
        """Return in how many seconds `tick` is due, negative when it is overdue, or None when nothing is planned."""
        due = self.scheduler.next_due(now := self.clock.now())
        return None if due is None else (due - now).total_seconds()

    def take_notices(self) -> tuple[Message, ...]:
        """Return, in order and each once, what fell due for people on this machine; what was taken before was shown."""
        with self.floor:
            were_shown(self.store)
            return tuple(taken_messages(self.store, self.clock.now()))

    def notices_shown(self) -> None:
        """Note that the notices that were taken have been shown."""
        were_shown(self.store)

    def recover(self) -> None:
        """Bring what a crash cut off to an end; what there is to tell of it waits in the outbox."""
        with self.floor:
            self.conversation.recover(self.clock.now())
            show_again(self.store, self.clock.now())
            finish_leaving(self.engine, self.store, self.clock.now())

    def close(self) -> None:
        """Close the engine and the store."""
        self._closing.close()

    def reset(self) -> None:
        """Make the demo home as its file says; forget open questions, buttons, the last turns and faults.

        Raises NoDemoHomeError for another home.
        """
        with self.floor:
            demo_of(self.home, "reset").reset()
            self.conversation.reset()


def build(config: Config, *, clock: Clock, encoder: Encoder | None = None) -> App:
    """Build the Butler of a configuration; `close` it afterwards. The data folder's lock must be held.

    An encoder that is given takes the place of the configured one. Raises StoreError, HomeFileError and EmbeddingError.
    """
    warn_of(config)
    with ExitStack() as closing:
        store = closing.enter_context(open_store(config.data.store))
        # Whoever held a lease is gone: this process alone has the folder.
        jobs.release_expired(store, datetime.max.replace(tzinfo=UTC))
        work.release_expired(store, datetime.max.replace(tzinfo=UTC))
        encoder = encoder or encoder_of(config)
        floor = Floor()
        asking = asking_of(config, floor)
        trace_buffer = closing.enter_context(TraceBuffer(store))
        models = traced(asking.models, trace_buffer.write, clock.now) if asking else None
        engine = engine_of(config, store, encoder, clock, models)
        closing.callback(engine.close)
        home = closing.enter_context(opened(config, clock))
        settings = settings_of(config)
        notify = Notifier(store, config.people, settings).notify
        conversation = Conversation(
            engine, SharedHome(home, floor, store.flush), store, settings, monotonic=clock.monotonic, notify=notify
        )
        learning = LearningJobs(engine, SharedHome(home, floor), store, notify)
        zone, owner = config.household.time_zone, f"process {os.getpid()}"
        keep_wall_times(store, zone, clock.now())
        ringing, planned = Ringing(store, notify, zone, TaskRules.base()), Planned(conversation.ports)
        ringing.realign(clock.now())
        waking = Waking()
        planned.realign(clock.now())
        watching = Watching(conversation.ports, home, clock.now, waking.wake)
        due = schedules([ringing, Unanswered(store), planned, watching])
        slow = SlowWork(engine, store, settings, notify, owner).job()
        review = reviewing(engine, store, config.people, zone)
        reports = ReportJobs(engine, store, settings, config.people, notify, owner, review)
        table = job_table(store, zone, notify, [*learning.table(zone), *reports.table(), due, slow])
        scheduler = Scheduler(store, table, owner=owner, trace=trace_buffer.write)
        scheduler.plan(clock.now())
        background = Background(floor, lambda: engine.wanted)
        closing.callback(background.close)
        warming = Warming(lambda: make_ready(encoder, engine, home))
        closing.callback(warming.close)
        if asking:
            closing.callback(asking.close)
            asking.begin(lambda: engine.warm_model(config.risk), store, clock.now())
        app = App(
            config=config,
            clock=clock,
            store=store,
            home=home,
            engine=engine,
            conversation=conversation,
            scheduler=scheduler,
            floor=floor,
            notify=notify,
            background=background,
            traces=trace_buffer,
            waking=waking,
            _ringing=ringing,
            _planned=planned,
            _set_back=SetBack(clock),
            _admission=Admission(home, floor, store, notify),
            _warming=warming,
            _closing=closing,
        )
        app.recover()
        return replace(app, _closing=closing.pop_all())


def settings_of(config: Config) -> Settings:
    """Return what the conversation needs of the configuration."""
    return Settings(
        names=config.household.names,
        time_zone=config.household.time_zone,
        risk=config.risk,
        quiet_hours=QuietHours(config.quiet_hours.start, config.quiet_hours.end),
        invitation_hours=config.household.invitation_hours,
        golden_file=config.data.golden,
        call_timeout_s=call_patience_s(config),
        place=Place(*config.household.place) if config.household.place else None,
    )


def engine_of(config: Config, store: Store, encoder: Encoder, clock: Clock, models: Models | None = None) -> Engine:
    """Return the engine of a household, over what its store has learned; raises StoreError and GoldenError."""
    return Engine.open(
        store,
        encoder,
        GoldenSet.packaged(),
        at=clock.now(),
        risk=config.risk,
        records=config.data.verdicts,
        golden_file=config.data.golden,
        zone=config.household.time_zone,
        models=models,
    )


def encoder_of(config: Config) -> Encoder:
    """Return the configured encoder, which knows the vectors that ship with Butler."""
    shipped = resources.files("engine.understanding") / "data" / "vectors.npz"
    return VectorCache(FastembedEncoder(config.embedding_model, cache=config.data.models), Path(str(shipped)))


def warn_of(config: Config) -> None:
    """Log what is odd about a configuration."""
    for warning in config.warnings:
        _LOG.warning(warning)
