"""Nobody does anything above their role: every command and every kind of button, for every role and for strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from butler.conversation import command_table, effects
from butler.conversation.command_table import menu
from butler.conversation.messages import Role
from engine.learning.changes import AliasChange, AmbiguityRuleChange, to_payload
from engine.understanding.risk import is_guarded
from store import LearningWriter, Proposal, buttons, improvements, insights, people, reviews, schedules
from store.insights import NewInsight
from tests.acceptance.family import ADA, BEN, GUS, RIA, Family
from tests.acceptance.household import Parts

STRANGER = "telegram:5999999"
G, R, A = Role.GUEST, Role.RESIDENT, Role.ADMIN
PEOPLE = {G: GUS, R: RIA, A: ADA}
ORDER = [G, R, A]
# Who may use each command at least. Written out here on purpose: what the program says must agree.
COMMANDS = {
    **dict.fromkeys(("start", "help", "undo", "why", "aliases", "mydata", "forgetme"), G),
    **dict.fromkeys(("tasks", "today", "done", "summon", "reminders", "schedules", "lists"), G),
    **dict.fromkeys(("suggest", "projects", "report", "insights"), R),
    **dict.fromkeys(("history", "improvement", "pending", "approve", "reject", "rollback"), A),
    **dict.fromkeys(("invite", "users", "remove", "pause", "resume", "redo", "stats", "review", "export"), A),
}
ARGUMENTS = {
    "suggest": 'alias "nook lamp" = desk lamp',
    "improvement": "1",
    "approve": "2",
    "reject": "2",
    "rollback": "1",
    "redo": "3",
    "remove": "Ben",
}
BUTTONS = {
    **dict.fromkeys(
        (
            "leave",
            "still",
            "undo",
            "answer",
            "again",
            "right",
            "wrong",
            "instead",
            "meant",
            "chosen",
            "still",
            "forget_me",
        ),
        G,
    ),
    # What is one's own: tasks, reminders, plans, notices, lists, offers.
    **dict.fromkeys(("take_back_written", "clarified", "write_down", "list_empty", "home_list", "project"), G),
    **dict.fromkeys(("note_delete", "list_delete"), G),
    **dict.fromkeys(("task_change", "task_pick", "task_when", "task_page"), G),
    **dict.fromkeys(("proposal_take", "proposal_skip", "proposal_change"), G),
    **dict.fromkeys(("ring_done", "ring_snooze", "ring_cancel", "timer_length"), G),
    **dict.fromkeys(("later_at", "later_chosen", "later_now", "later_leave", "later_whatever"), G),
    **dict.fromkeys(("later_pause", "later_resume", "later_delete"), G),
    **dict.fromkeys(("notice_chosen", "notice_offer", "notice_once"), G),
    **dict.fromkeys(("notice_mute", "notice_unmute", "notice_delete", "insight_why"), G),
    # As a guest: a word of their own only, never one that is shared.
    **dict.fromkeys(("conflict", "teach_target", "forget", "roll_back_all", "dont_remember"), R),
    **dict.fromkeys(("confirmed", "undo_guarded", "later_confirmed", "later_go"), R),
    **dict.fromkeys(("approve", "reject", "remove", "take_back", "roll_back_since", "roll_back_by", "redo"), A),
    **dict.fromkeys(("review_propose", "review_close", "review_golden", "export", "export_undo"), A),
    # The household's; a person's own are for that person.
    **dict.fromkeys(("insight_apply", "insight_dismiss"), A),
}
# They need more than a press of the right person: something that was done, or is due, or another home.
CONDITIONED = frozenset({"undo_guarded", "later_go", "export", "export_undo"})


def effect_of(kind: str, family: Guarded) -> dict[str, Any]:
    """Return the effect of a button as it would do most harm."""
    word = to_payload(AliasChange("hugo", "entity", "light.desk_lamp"))
    unlock, planned = family.locking["effect"], family.planning["effect"]
    facts: dict[str, dict[str, Any]] = {
        "confirmed": unlock,
        "undo_guarded": {"turn": family.unlocked},
        "conflict": {"change": word, "answer": "replace"},
        "teach_target": {"change": word},
        "forget": {"improvements": [1]},
        "roll_back_all": {"improvement": 1, "reason": "because"},
        "dont_remember": {"improvement": 1},
        "take_back": {"improvements": [1]},
        "roll_back_since": {"improvement": 1, "reason": "because"},
        "roll_back_by": {"user": RIA, "reason": "because"},
        "redo": {"improvements": [3]},
        "review_propose": {"key": f"failed-{family.failed}"},
        "review_close": {"key": f"failed-{family.failed}"},
        "review_golden": {"key": family.complaint},
        "approve": {"improvement": 2},
        "reject": {"improvement": 2},
        "remove": {"user": BEN},
        "later_confirmed": planned,
        "later_go": {
            "schedule": 1,
            "run": family.clock.now().isoformat(),
            "plan": planned["plans"][0],
        },
        "export": {"edits": []},
        "export_undo": {},
        "insight_apply": {"insight": family.insight},
        "insight_dismiss": {"insight": family.insight},
    }
    return {**facts[kind], "kind": kind}


class Guarded(Family):
    """The family with #1 in use, #2 waiting, #3 taken back, Ben as a guest, and a door that was opened and locked."""

    def prepared(self) -> Guarded:
        self.admit(BEN, "guest", "Ben")
        self.say("when I say bertha I mean the desk lamp", RIA)
        self.say("remember that sesame means the front door", RIA)
        self.say("when I say clara I mean the floor lamp", RIA)
        self.say("/rollback 3", ADA)
        self.say("unlock the front door", ADA)
        button = buttons.get(self.app.store, self.button("Yes"))
        assert button
        self.locking: dict[str, Any] = button.payload
        self.press("Yes", ADA)
        self.unlocked = self.replies[-1].turn
        self.say("lock the front door", ADA)
        self.press("Yes", ADA)
        self.failed = self.fail_a_lesson()
        self.say("unlock the front door at 23:50", ADA)
        planning = buttons.get(self.app.store, self.button("Yes"))
        assert planning
        self.planning: dict[str, Any] = planning.payload
        self.press("No", ADA)
        change = to_payload(AmbiguityRuleChange("work on", "what"))
        seen = "It was unclear six times."
        shown = NewInsight("ambiguity_rule", "Ask about “work on”", seen, "Ask first.", change, 4.0, self.clock.now())
        self.insight = insights.add(self.app.store, shown)
        self.say("turn on the desk lamp", RIA)
        self.say("that was wrong", RIA)
        self.complaint = f"feedback-sig-{self.replies[-1].turn}-feedback-complaint"
        self.say("the bedside lamp", RIA)
        assert self.state("lock.front_door") == "locked"
        return self

    def fail_a_lesson(self) -> int:
        """Have a lesson of Ria's stand as one that failed its test, and return its number."""
        word = to_payload(AliasChange("otto", "entity", "light.desk_lamp"))
        at = self.clock.now()
        with closing(LearningWriter(self.app.store)) as writer:
            proposal = Proposal("alias", 1, "otto", word, source="voice_command", submitted_by=RIA)
            number = writer.propose(proposal, actor=RIA, at=at)
            writer.record_test(number, passed=False, results={"reasons": ["it would be slower"]}, at=at)
            writer.reject(number, actor="system", reason="it would be slower", at=at)
        return number

    def plant(self, who: str, kind: str) -> str:
        """Return a button of this kind under a message to somebody."""
        name = f"planted-{kind}-{len(self.replies)}"
        payload = {"effect": effect_of(kind, self), "siblings": [name]}
        buttons.add(self.app.store, [buttons.Button(name, who, who, payload, self.clock.now())])
        return name

    @property
    def world(self) -> tuple[Any, ...]:
        """All that a role protects."""
        store, by_id = self.app.store, self.app.home.snapshot().by_id
        codes = store.database.fetch("SELECT count(*) FROM invitations")
        return (
            self.app.engine.digest(),
            [(one.number, one.status) for one in improvements.listing(store)],
            [(one.user, one.role) for one in people.everyone(store)],
            {i: entity.state for i, entity in by_id.items() if is_guarded(entity, self.app.config.risk, by_id)},
            codes[0][0],
            reviews.closed_keys(store),
            self.app.config.data.golden.exists(),
            [(one.id, one.state) for one in schedules.everyones(store)],
            [(one.id, one.status) for one in insights.listing(store)],
        )


@pytest.fixture
def opened_family(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Guarded]]:
    opened: list[Guarded] = []

    def open_one() -> Guarded:
        opened.append(Guarded(parts, tmp_path_factory.mktemp("family")).prepared())
        return opened[-1]

    yield open_one
    for family in opened:
        family.close()


@pytest.fixture
def family(opened_family: Callable[[], Guarded]) -> Guarded:
    return opened_family()


def above(role: Role, table: dict[str, Role]) -> list[str]:
    return [name for name, least in table.items() if ORDER.index(least) > ORDER.index(role)]


def test_the_tables_are_whole() -> None:
    """A command or a kind of button that is added has to be put into the tables of this test."""
    assert {command.name: command.least for command in command_table.COMMANDS} == COMMANDS
    assert set(effects.EFFECTS) == set(BUTTONS)


@pytest.mark.parametrize("role", ORDER)
def test_menus_show_each_role_what_it_may_use(role: Role) -> None:
    assert {name for name, _ in menu(role)} == COMMANDS.keys() - set(above(role, COMMANDS))


@pytest.mark.parametrize("role", [G, R])
def test_no_command_above_a_role_does_or_shows_anything(family: Guarded, role: Role) -> None:
    before, who = family.world, PEOPLE[role]
    for name in above(role, COMMANDS):
        for written in (f"/{name}", f"/{name.upper()}@our_butler_bot"):
            told = family.say(f"{written} {ARGUMENTS.get(name, '')}".strip(), who)
            assert ("for admins only" if COMMANDS[name] is A else "for the people who live here") in told, name
            assert "bertha" not in told
            assert "Ada" not in told
            assert family.replies[-1].outcome == "refused"
    assert family.world == before


@pytest.mark.parametrize("role", [G, R])
def test_no_button_above_a_role_does_anything(family: Guarded, role: Role) -> None:
    """Also not one that was shown to them when they were more than they are now."""
    before, who = family.world, PEOPLE[role]
    for kind in above(role, BUTTONS):
        family.press_id(family.plant(who, kind), who)
        assert family.world == before, kind


@pytest.mark.parametrize("role", ORDER)
def test_nobody_presses_for_somebody_else(family: Guarded, role: Role) -> None:
    """Not even an admin, and what was not theirs stays to be pressed."""
    before, who = family.world, PEOPLE[role]
    owner = ADA if role is not A else RIA
    for kind in ("confirmed", "undo_guarded", "conflict", "teach_target", "forget", "approve", "reject", "remove"):
        button = family.plant(owner, kind)
        assert "someone else" in family.press_id(button, who)
        found = buttons.get(family.app.store, button)
        assert found
        assert found.used_at is None
    assert family.world == before


@pytest.mark.parametrize(
    ("kind", "least"), [(kind, least) for kind, least in BUTTONS.items() if least is not G and kind not in CONDITIONED]
)
def test_who_may_press_brings_it_about(family: Guarded, kind: str, least: Role) -> None:
    """So the tests above would notice what they look for."""
    before = family.world
    family.press_id(family.plant(PEOPLE[least], kind), PEOPLE[least])
    assert family.world != before


@pytest.mark.parametrize("name", [name for name, least in COMMANDS.items() if least is A])
def test_an_admin_may_use_each_command(family: Guarded, name: str) -> None:
    before = family.world
    told = family.say(f"/{name} {ARGUMENTS.get(name, '')}".strip(), ADA)
    if name == "remove":
        family.press("Yes", ADA)
    assert "admins only" not in told
    assert (family.world != before) == (name in {"approve", "reject", "rollback", "redo", "invite", "remove"})


def test_a_resident_suggests_what_all_share(family: Guarded) -> None:
    before = family.world
    assert "From now on" in family.say(f"/suggest {ARGUMENTS['suggest']}", RIA)
    assert family.world != before


@pytest.mark.parametrize("role", ORDER)
def test_everyone_may_use_what_is_for_guests(family: Guarded, role: Role) -> None:
    before = family.world
    for name in (name for name, least in COMMANDS.items() if least is G):
        if name == "undo" and role is not G:
            continue  # it takes back what the preparations did, as it should
        family.say(f"/{name}", PEOPLE[role])
        assert family.replies[-1].outcome != "refused", name
    assert family.world == before


def test_a_guest_opens_no_door_in_any_way(family: Guarded) -> None:
    """Whatever is offered is pressed."""
    before = family.world
    for text in ("unlock the front door", "yes", "open everything", "unlock all doors", "undo", "no, I meant the lock"):
        family.say(text, GUS)
        for button in [button for message in family.messages for button in message.buttons]:
            family.press_id(button.id, GUS)
    assert family.world == before


def test_a_stranger_and_who_was_removed_are_nobody(family: Guarded) -> None:
    people.remove(family.app.store, BEN)
    assert [family.app.member(user) for user in (STRANGER, BEN)] == [None, None]
