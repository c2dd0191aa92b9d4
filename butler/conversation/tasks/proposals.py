"""What slow work proposes about a task or project: how it is put, and what its buttons do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from butler.conversation.tasks.amending import amend_task, amend_thought, tell
from butler.conversation.tasks.capturing import read, write_down
from butler.conversation.tasks.phrases import due_of, moment, short
from butler.conversation.turn import Effect, Notice, Option, Ports, Turn
from engine.tasks.amendments import Amendment
from engine.tasks.kinds import Kind, Priority
from engine.tasks.times import read_time
from store import projects, task_proposals, tasks, thoughts
from store.task_proposals import Answer, TaskProposal

NOTICE = "proposal"
_OVER = "That is over, so I changed nothing."


def proposal_notice(proposal: TaskProposal) -> Notice:
    """Return the notice that puts a proposal to its person; one that changes nothing has nothing to take."""
    ways = ("Take", "Skip", "Change") if proposal.change else ("Skip",)
    options = (Option(way, {"kind": f"proposal_{way.lower()}", "proposal": proposal.id}) for way in ways)
    return Notice(NOTICE, f"💡 {proposal.text}", to=proposal.user, buttons=tuple(options))


def take_proposed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do what was proposed, if it still fits."""
    proposal = _answered(ports, turn, effect, "taken")
    if proposal is None:
        return
    number = _number(proposal)
    if proposal.kind == "task_analysis":
        _take_analysis(ports, turn, number, proposal.change)
    elif "task" in proposal.change:
        task = tasks.get(ports.store, proposal.change["task"], user=turn.user)
        today = read_time("today", moment(turn), ports.settings.time_zone)
        if task is None or task.status != "open":
            turn.say(_OVER)
        else:
            tell(ports, turn, amend_task(ports, turn, task, Amendment(due=today), "press"))
    else:
        _write_step(ports, turn, number, str(proposal.change["title"]))


def skip_proposed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Leave what was proposed; it is not proposed again."""
    if _answered(ports, turn, effect, "skipped") is not None:
        turn.outcome = "declined"
        turn.say("All right, I leave it as it is.")


def change_proposed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Have the person say how it should be."""
    proposal = _answered(ports, turn, effect, "changed")
    if proposal is None:
        return
    task = _task_of(ports, proposal)
    if task is not None:
        turn.say(f"How should it be? Say for example “move task {task} to friday”, or “make task {task} urgent”.")
        return
    project = projects.get(ports.store, _number(proposal)) if proposal.subject.startswith("project:") else None
    example = f"add 'buy paint' to the {short(project.name)} project" if project else "no, that's a task for friday"
    turn.say(f"How should it be? Say for example “{example}”.")


def _answered(ports: Ports, turn: Turn, effect: Effect, how: Answer) -> TaskProposal | None:
    """Keep how a proposal was answered; None where it was answered before, or is no longer open."""
    proposal = task_proposals.get(ports.store, effect["proposal"], user=turn.user)
    at = turn.incoming.at
    if proposal is None or not task_proposals.answer(ports.store, proposal.id, how, at=at, user=turn.user):
        turn.outcome = "press_refused"
        turn.trace("proposal", "too_late", component="slow_work", task_proposal=effect["proposal"])
        turn.say(_OVER)
        return None
    turn.trace(
        "proposal",
        how,
        component="slow_work",
        outcome=proposal.source,
        confidence=proposal.confidence,
        project_id=_number(proposal) if proposal.subject.startswith("project:") else None,
        task_proposal=proposal.id,
        of=proposal.kind,
        subject=proposal.subject,
        model=proposal.model,
        why=proposal.why,
        change=proposal.change,
        alternatives=list(proposal.alternatives),
        after_s=(at - proposal.created_at).total_seconds(),
    )
    return proposal


def _take_analysis(ports: Ports, turn: Turn, number: int, change: Mapping[str, Any]) -> None:
    thought = thoughts.get(ports.store, number, user=turn.user)
    if thought is None or thought.status == "removed":
        turn.say(_OVER)
        return
    priority = Priority(change["priority"]) if "priority" in change else None
    wanted = Amendment(due=due_of(change.get("due")), priority=priority)
    task = tasks.of_thought(ports.store, thought.id)
    if task is None:
        tell(ports, turn, amend_thought(ports, turn, thought, wanted, "press"))
    elif task.status == "open":
        tell(ports, turn, amend_task(ports, turn, task, wanted, "press"))
    else:
        turn.say(_OVER)


def _write_step(ports: Ports, turn: Turn, number: int, title: str) -> None:
    project = projects.get(ports.store, number)
    captured = read(ports, turn, title, Kind.TASK)
    if project is None or project.status != "active" or captured is None:
        turn.say(_OVER)
        return
    # What a model wrote is a title and nothing else: no time, no tag and no question is read out of it.
    whole = replace(captured, title=title, due=None, priority=Priority.NORMAL, project=project.name, asks=())
    write_down(ports, turn, replace(whole, confidence=1.0, rings_at=None))


def _task_of(ports: Ports, proposal: TaskProposal) -> int | None:
    if "task" in proposal.change:
        return int(proposal.change["task"])
    task = tasks.of_thought(ports.store, _number(proposal)) if proposal.subject.startswith("thought:") else None
    return task.id if task is not None and task.status == "open" else None


def _number(proposal: TaskProposal) -> int:
    return int(proposal.subject.partition(":")[2])
