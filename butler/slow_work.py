"""The job `slow_work`: what the fast path left open about thoughts and projects, thought over and put to its person.

A piece of work is leased, so that one a kill cut off is done again; what comes of it is kept with its end, in one
transaction. A person gets one proposal a day at most, never in quiet hours and never beside an open question.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from butler.conversation import dialogue
from butler.conversation.notices import TELEGRAM, Why, hold_back
from butler.conversation.settings import Settings
from butler.conversation.tasks.phrases import due_of, short
from butler.conversation.tasks.proposals import NOTICE, proposal_notice
from butler.conversation.turn import Notify
from engine.api import Engine
from engine.learning.breathing import breathe
from engine.llm import LanguageModel, LanguageModelError
from engine.llm.jobs import TASKS
from engine.scheduler import Job, hourly
from engine.tasks.kinds import Priority
from engine.tasks.slow import (
    Matter,
    Proposed,
    StalledProject,
    Step,
    about_project,
    about_thought,
    asked_about_project,
    asked_about_thought,
)
from engine.tasks.times import wording_of
from store import clarifications, notices, people, projects, task_proposals, tasks, thoughts, traces, work
from store.database import Store
from store.projects import Project
from store.task_proposals import NewTaskProposal, TaskProposal
from store.thoughts import Thought
from store.traces import TraceEntry
from store.work import Work

_LOG = logging.getLogger(__name__)
JOB = "slow_work"
LEASE = timedelta(minutes=10)
STALLED = timedelta(days=14)
_ONE_A = timedelta(days=1)
_EXPIRES = timedelta(days=30)
_PROJECT_PRIORITY = 60
_MOST_AT_ONCE = 25
_KINDS = ("task_analysis", "project_next_action")


@dataclass(frozen=True)
class _Offer:
    """What is proposed to whom, in which words."""

    user: str
    text: str
    proposed: Proposed


@dataclass(frozen=True)
class SlowWork:
    """Does the work that waits, one piece after the other, and puts what came of it to people."""

    engine: Engine
    store: Store
    settings: Settings
    notify: Notify
    owner: str
    timer: Callable[[], float] = time.perf_counter

    def job(self) -> Job:
        """Return the job: hourly, in the background, behind everything else."""
        return Job(JOB, self.run, hourly, background=True)

    def run(self, now: datetime) -> str:
        """Look for projects that stand still, do what waits, and offer what is open; return what was done."""
        with self.store.atomic():
            ended = task_proposals.expire(self.store, before=now - _EXPIRES)
            traces.append(self.store, [_expired(one, now) for one in ended])
        self._look_for_stalled(now)
        done = proposed = 0
        while done < _MOST_AT_ONCE and (piece := work.take(self.store, self.owner, now, LEASE, _KINDS)) is not None:
            breathe()
            proposed += self._do(piece, now)
            done += 1
        told = sum(self._offer(user, now) for user in self._waited_for())
        return f"Thought over {done}, proposed {proposed}, told of {told}." if done or told else "Nothing waited."

    def _look_for_stalled(self, now: datetime) -> None:
        """Have a project thought over that has no open task, or that nobody touched for long; once in that time."""
        stalled = {project.id for project in projects.stalled(self.store, now - STALLED)}
        for project in projects.active(self.store):
            rests = now - project.touched_at > _ONE_A and not tasks.of_project(self.store, project.id, limit=1)
            if project.id not in stalled and not rests:
                continue
            subject = f"project:{project.id}"
            lately = task_proposals.of_subject(self.store, subject, limit=1)
            if not lately or now - lately[0].created_at > STALLED:
                work.put(self.store, "project_next_action", subject, priority=_PROJECT_PRIORITY, at=now)

    def _do(self, piece: Work, now: datetime) -> bool:
        """Think one piece over and keep what came of it; return whether that is a proposal."""
        began = self.timer()
        offer = self._about_thought(piece, now) if piece.kind == "task_analysis" else self._about_project(piece)
        took = (self.timer() - began) * 1000
        with self.store.atomic():
            if not work.finish(self.store, piece.id, self.owner, at=now):
                return False  # somebody else has it now, and nothing of this may be kept
            number = self._keep(piece, offer, now) if offer is not None else None
            traces.append(self.store, [_trace(piece, offer, number, now, took)])
        return number is not None

    def _keep(self, piece: Work, offer: _Offer, now: datetime) -> int:
        proposed = offer.proposed
        return task_proposals.add(
            self.store,
            NewTaskProposal(
                kind=piece.kind,
                subject=piece.subject,
                user=offer.user,
                text=offer.text,
                change=dict(proposed.change),
                source=proposed.source,
                why=proposed.why,
                created_at=now,
                model=proposed.model,
                alternatives=proposed.alternatives,
                confidence=proposed.confidence,
            ),
        )

    def _about_thought(self, piece: Work, now: datetime) -> _Offer | None:
        thought = thoughts.get(self.store, _number(piece))
        if thought is None or thought.status == "removed" or not thought.title or thought.amended_at is not None:
            return None  # it is gone, or the person has said what it is
        task = tasks.of_thought(self.store, thought.id)
        if task is not None and task.status != "open":
            return None
        matter = self._matter(thought, now)
        proposed = self._thought(lambda: about_thought(matter), lambda model: asked_about_thought(model, matter))
        if proposed is None:
            return None
        what = " and ".join(_wishes(proposed, now, self.settings))
        return _Offer(thought.user, f"{short(thought.title)}: shall I {what}? ({proposed.why})", proposed)

    def _matter(self, thought: Thought, now: datetime) -> Matter:
        rules = self.engine.task_rules(thought.user)
        due, priority = due_of(thought.due), Priority(thought.priority)
        return Matter(thought.text, thought.title, due, priority, now, self.settings.time_zone, rules)

    def _about_project(self, piece: Work) -> _Offer | None:
        project = projects.get(self.store, _number(piece))
        if project is None or project.status != "active":
            return None
        mine = [task for task in tasks.of_project(self.store, project.id) if task.user == project.created_by]
        oldest = sorted(mine, key=lambda task: task.id)
        stalled = StalledProject(project.name, tuple(Step(task.id, task.title) for task in oldest))
        proposed = self._thought(lambda: about_project(stalled), lambda model: asked_about_project(model, stalled))
        if proposed is None:
            return None
        return _Offer(project.created_by, _project_text(project, stalled, proposed), proposed)

    def _thought(
        self, by_rules: Callable[[], Proposed | None], by_model: Callable[[LanguageModel], Proposed | None]
    ) -> Proposed | None:
        """Return what a model says where there is one; where it fails or says nothing, what rules say."""
        model = self.engine.model_for(TASKS)
        if model is None:
            return by_rules()
        try:
            return by_model(model) or by_rules()
        except LanguageModelError as exc:
            _LOG.info("slow work goes on without a model: %s", exc)
            found = by_rules()
            return replace(found, problem=f"{model.id}: {type(exc).__name__}") if found else None

    def _waited_for(self) -> list[str]:
        """Return the people to whom something is offered that was not put to them yet."""
        sql = "SELECT DISTINCT user FROM task_proposals WHERE state = 'open' ORDER BY user"
        return [str(user) for (user,) in self.store.database.fetch(sql)]

    def _offer(self, user: str, now: datetime) -> bool:
        """Put the oldest proposal that a person has not seen to them, unless something speaks against it."""
        told = [notice for notice in notices.of_user(self.store, user) if notice.kind == NOTICE]
        seen = {button["effect"].get("proposal") for notice in told for button in notice.buttons}
        fresh = [one for one in task_proposals.open_of(self.store, user) if one.id not in seen]
        if not fresh:
            return False
        why = self._against(user, now, told[-1].created_at if told else None)
        with self.store.atomic():
            if why is not None:
                self._hold_back(fresh[0], why, now)
                return False
            self.notify(proposal_notice(fresh[0]), now)
        return True

    def _against(self, user: str, now: datetime, last: datetime | None) -> Why | None:
        if user.startswith(TELEGRAM) and people.get(self.store, user) is None:
            return Why.NOBODY
        if last is not None and now - last < _ONE_A:
            return Why.LIMIT
        if self.settings.quiet_hours.hold(now, self.settings.time_zone):
            return Why.QUIET
        asked = dialogue.load(self.store, user, user).question
        waits = (asked is not None and not asked.expired(now)) or clarifications.open_of(self.store, user) is not None
        return Why.OPEN_QUESTION if waits else None

    def _hold_back(self, proposal: TaskProposal, why: Why, now: datetime) -> None:
        """Log why a proposal waits, once for each reason."""
        trace_id = f"proposal-{proposal.id}"
        if why.value not in {entry.outcome for entry in traces.by_trace(self.store, trace_id)}:
            to = None if why is Why.NOBODY else proposal.user
            about = {"task_proposal": proposal.id}
            hold_back(self.store, NOTICE, why, now, to=to, metadata=about, trace_id=trace_id)


def _number(piece: Work) -> int:
    return int(piece.subject.partition(":")[2])


def _wishes(proposed: Proposed, now: datetime, settings: Settings) -> list[str]:
    due = due_of(proposed.change.get("due"))
    when = f"put it down for {wording_of(due, now, settings.time_zone)}" if due is not None else ""
    priority = proposed.change.get("priority")
    return [wish for wish in (when, f"give it {priority} priority" if priority else "") if wish]


def _project_text(project: Project, stalled: StalledProject, proposed: Proposed) -> str:
    name = f"the {short(project.name)} project"
    titles = {step.number: step.title for step in stalled.steps}
    if "task" in proposed.change:
        number = proposed.change["task"]
        return f"The next step of {name}: {short(titles[number])} (task {number})? Taken, it is for today."
    if "title" in proposed.change:
        return f"The next step of {name}: shall I write down “{proposed.change['title']}”? ({proposed.why})"
    return f"What is the next step of {name}? Say for example “add 'buy paint' to {name}”."


def _trace(piece: Work, offer: _Offer | None, number: int | None, now: datetime, took: float) -> TraceEntry:
    proposed = offer.proposed if offer is not None else None
    metadata = {"subject": piece.subject, "work": piece.id, "attempts": piece.attempts}
    if offer is not None and proposed is not None:
        metadata |= {
            "to": offer.user,
            "task_proposal": number,
            "job": TASKS,
            "why": proposed.why,
            "change": dict(proposed.change),
            "alternatives": list(proposed.alternatives),
            "tokens_per_second": proposed.tokens_per_second,
            "problem": proposed.problem,
        }
    return TraceEntry(
        trace_id=f"work-{piece.id}",
        stage="slow",
        component=piece.kind,
        created_at=now,
        decision="proposed" if proposed is not None else "nothing",
        outcome=proposed.source if proposed is not None else "nothing to propose",
        confidence=proposed.confidence if proposed is not None else None,
        duration_ms=took,
        metadata=metadata,
        project=_number(piece) if piece.subject.startswith("project:") and proposed is not None else None,
        model=proposed.model if proposed is not None else None,
    )


def _expired(proposal: TaskProposal, now: datetime) -> TraceEntry:
    about = proposal.subject.partition(":")
    return TraceEntry(
        trace_id=f"proposal-{proposal.id}",
        stage="proposal",
        component="slow_work",
        created_at=now,
        decision="expired",
        outcome=proposal.source,
        confidence=proposal.confidence,
        duration_ms=0.0,
        metadata={"to": proposal.user, "task_proposal": proposal.id, "of": proposal.kind, "subject": proposal.subject},
        project=int(about[2]) if about[0] == "project" else None,
        model=proposal.model,
    )
