from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.api import Engine
from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.outcomes import (
    AlreadyKnown,
    BuiltUpon,
    Conflict,
    Failed,
    Held,
    Live,
    NoSuchImprovement,
    NotNow,
    Option,
    Refused,
    Rejected,
    RolledBack,
)
from engine.understanding.interpretation import Disposition
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Status, Store, head, improvements, open_store
from tests.engine.learning.conftest import AT, Teacher

BERTHA = AliasChange("big bertha", "entity", "light.floor_lamp")


def targets(engine: Engine, house: Snapshot, text: str, speaker: str | None = None) -> tuple[str, ...]:
    return engine.understand(text, Situation(house, speaker)).targets


def test_a_taught_name_is_understood_in_the_next_message(engine: Engine, by: Teacher, house: Snapshot) -> None:
    assert targets(engine, house, "turn on big bertha") == ()
    assert engine.lesson(BERTHA, by()) == Live(1, head_version(engine))
    assert targets(engine, house, "turn on big bertha") == ("light.floor_lamp",)


def head_version(engine: Engine) -> int:
    return engine.knowledge.version


def test_a_taught_room_is_understood_in_the_next_message(engine: Engine, by: Teacher, house: Snapshot) -> None:
    plainly = targets(engine, house, "turn on the lights in the workshop")
    assert isinstance(engine.lesson(AliasChange("man cave", "area", "workshop"), by()), Live)
    assert targets(engine, house, "turn on the lights in the man cave") == plainly != ()


def test_a_taught_command_is_understood_in_the_next_message(engine: Engine, by: Teacher, house: Snapshot) -> None:
    assert isinstance(engine.lesson(CommandChange("movie time", "turn off the floor lamp"), by()), Live)
    found = engine.understand("movie time", Situation(house))
    assert (found.targets, found.slots["action"], found.used) == (("light.floor_lamp",), "off", (1,))


def test_a_taught_wording_is_understood_in_the_next_message(engine: Engine, by: Teacher, house: Snapshot) -> None:
    assert isinstance(engine.lesson(SynonymChange("zap", "turn on"), by()), Live)
    assert targets(engine, house, "zap the floor lamp") == ("light.floor_lamp",)


def test_a_wording_that_is_understood_anyway_may_be_taught(engine: Engine, by: Teacher) -> None:
    assert isinstance(engine.lesson(SynonymChange("switch on", "turn on"), by()), Live)


def test_a_taught_exemplar_joins_the_knowledge(engine: Engine, by: Teacher, house: Snapshot) -> None:
    change = ExemplarChange("the groceries need writing down somewhere", "list_add")
    assert isinstance(engine.lesson(change, by()), Live)
    assert engine.understand(change.text, Situation(house)).intent == "list_add"


def test_a_word_survives_a_restart(
    engine: Engine, by: Teacher, store: Store, open_engine: Callable[[Store], Engine], house: Snapshot
) -> None:
    engine.lesson(BERTHA, by())
    again = open_engine(store)
    assert targets(again, house, "turn on big bertha") == ("light.floor_lamp",)
    assert again.digest() == engine.digest() == head(store).digest


def test_a_word_taught_in_another_process_is_understood(
    engine: Engine, by: Teacher, store: Store, open_engine: Callable[[Store], Engine], house: Snapshot
) -> None:
    with open_store(store.path) as other_store:
        other = open_engine(other_store)
        other.lesson(BERTHA, by())
        assert targets(engine, house, "turn on big bertha") == ("light.floor_lamp",)
        engine.lesson(AliasChange("sparky", "entity", "light.kitchen_main"), by())
        assert other.digest() == engine.digest()


def test_knowledge_that_moves_during_the_test_is_tested_again(
    engine: Engine, by: Teacher, store: Store, open_engine: Callable[[Store], Engine]
) -> None:
    with open_store(store.path) as other_store:
        other = open_engine(other_store)
        deployer = engine._deployer
        first_test = deployer.test

        def disturbed(*args: object, **more: object) -> object:
            trial = first_test(*args, **more)  # type: ignore[arg-type]  # passed through
            deployer.test = first_test  # type: ignore[method-assign]  # only the first is disturbed
            other.lesson(AliasChange("sparky", "entity", "light.kitchen_main"), by("bob"))
            return trial

        deployer.test = disturbed  # type: ignore[method-assign,assignment]  # another process, exactly then
        assert isinstance(engine.lesson(BERTHA, by()), Live)
        tested = [entry.action.value for entry in improvements.audit(store, 1)]
        assert tested == ["created", "tested", "approved", "tested", "applied"]
        assert {a.change.phrase for a in engine.words(None)} == {"big bertha", "sparky"}
        assert engine.digest() == other.digest() == head(store).digest


def test_a_rolled_back_word_is_gone_and_the_digest_is_as_before(
    engine: Engine, by: Teacher, house: Snapshot, store: Store
) -> None:
    before = engine.digest()
    engine.lesson(BERTHA, by())
    assert engine.digest() != before
    assert isinstance(engine.roll_back(1, actor="root", at=AT, reason="no"), RolledBack)
    assert targets(engine, house, "turn on big bertha") == ()
    assert engine.digest() == before == head(store).digest


def test_a_redone_word_takes_its_old_place(engine: Engine, by: Teacher, house: Snapshot) -> None:
    engine.lesson(BERTHA, by())
    engine.lesson(AliasChange("sparky", "entity", "light.kitchen_main"), by())
    both = engine.digest()
    engine.roll_back(1, actor="root", at=AT, reason="no")
    assert isinstance(engine.redo(1, actor="root", at=AT, snapshot=house), Live)
    assert engine.digest() == both
    assert [a.number for a in engine.words(None)] == [1, 2]


def test_a_word_that_a_command_is_built_on_is_not_taken_back_alone(engine: Engine, by: Teacher) -> None:
    engine.lesson(BERTHA, by())
    engine.lesson(CommandChange("movie time", "turn off big bertha"), by())
    assert engine.roll_back(1, actor="root", at=AT, reason="no") == BuiltUpon(1, (2,))
    taken = engine.roll_back(1, actor="root", at=AT, reason="no", with_builders=True)
    assert isinstance(taken, RolledBack)
    assert taken.numbers == (1, 2)
    assert engine.words(None) == ()


@pytest.mark.parametrize(
    "change",
    [
        AliasChange("the big one", "entity", "lock.front_door"),
        AliasChange("portcullis", "entity", "cover.garage_door"),
        CommandChange("home at last", "unlock the front door"),
        SynonymChange("undo the bolt of", "unlock"),
        SynonymChange("portal", "front door"),
    ],
)
def test_a_guarded_word_is_held_and_works_once_approved(
    engine: Engine, by: Teacher, change: Change, house: Snapshot
) -> None:
    before = engine.digest()
    held = engine.lesson(change, by(role="admin"))
    assert isinstance(held, Held), held
    assert engine.digest() == before
    assert [one.number for one in engine.pending()] == [held.number]
    assert isinstance(engine.approve(held.number, actor="root", at=AT, snapshot=house), Live)
    assert engine.pending() == []
    assert engine.digest() != before


def test_an_approved_guarded_command_still_asks_for_a_press(engine: Engine, by: Teacher, house: Snapshot) -> None:
    engine.lesson(CommandChange("home at last", "unlock the front door"), by())
    engine.approve(1, actor="root", at=AT, snapshot=house)
    assert engine.understand("home at last", Situation(house)).disposition is Disposition.CONFIRM


def test_a_rejected_word_never_goes_live(engine: Engine, by: Teacher, house: Snapshot) -> None:
    engine.lesson(AliasChange("portcullis", "entity", "cover.garage_door"), by())
    assert engine.reject(1, actor="root", at=AT, reason="no") == Rejected(1)
    assert engine.approve(1, actor="root", at=AT, snapshot=house) == NotNow(1, Status.REJECTED)
    assert engine.words(None) == ()


def test_steering_what_does_not_exist_says_so(engine: Engine, house: Snapshot) -> None:
    assert engine.approve(7, actor="root", at=AT, snapshot=house) == NoSuchImprovement(7)
    assert engine.reject(7, actor="root", at=AT, reason="") == NoSuchImprovement(7)
    assert engine.roll_back(7, actor="root", at=AT, reason="") == NoSuchImprovement(7)
    assert engine.redo(7, actor="root", at=AT, snapshot=house) == NoSuchImprovement(7)


def test_a_guest_teaches_nothing_that_others_share(engine: Engine, by: Teacher) -> None:
    assert isinstance(engine.lesson(BERTHA, by(role="guest")), Refused)
    assert engine.history() == []


def test_a_personal_word_is_its_owners_alone(engine: Engine, by: Teacher, house: Snapshot) -> None:
    change = AliasChange("comfy lamp", "entity", "light.floor_lamp", "personal", "ana")
    assert isinstance(engine.lesson(change, by("ana")), Live)
    assert targets(engine, house, "turn on comfy lamp", "ana") == ("light.floor_lamp",)
    assert targets(engine, house, "turn on comfy lamp", "bob") != ("light.floor_lamp",)


def test_what_is_known_is_not_learned_twice(engine: Engine, by: Teacher) -> None:
    engine.lesson(BERTHA, by())
    assert engine.lesson(AliasChange("Big Bertha", "entity", "light.floor_lamp"), by("bob")) == AlreadyKnown(1)


def test_a_word_taught_differently_is_asked_about(engine: Engine, by: Teacher) -> None:
    engine.lesson(BERTHA, by())
    asked = engine.lesson(AliasChange("big bertha", "entity", "light.kitchen_main"), by("bob"))
    assert isinstance(asked, Conflict)
    assert (asked.kind, asked.whose, asked.meaning.text, asked.meaning.number) == (
        "alias",
        "household",
        "Floor Lamp",
        1,
    )
    assert asked.options == (Option.REPLACE, Option.KEEP, Option.ONLY_FOR_ME)
    assert len(engine.history()) == 1


def test_replacing_what_another_person_taught_is_held_for_an_admin(
    engine: Engine, by: Teacher, house: Snapshot
) -> None:
    engine.lesson(BERTHA, by())
    other = AliasChange("big bertha", "entity", "light.kitchen_main")
    held = engine.lesson(other, by("bob", answer=Option.REPLACE))
    assert isinstance(held, Held)
    assert targets(engine, house, "turn on big bertha") == ("light.floor_lamp",)
    engine.approve(held.number, actor="root", at=AT, snapshot=house)
    assert targets(engine, house, "turn on big bertha") == ("light.kitchen_main",)
    engine.roll_back(held.number, actor="root", at=AT, reason="no")
    assert targets(engine, house, "turn on big bertha") == ("light.floor_lamp",)


def test_an_admins_press_on_replace_is_the_approval(engine: Engine, by: Teacher) -> None:
    engine.lesson(BERTHA, by())
    other = AliasChange("big bertha", "entity", "light.kitchen_main")
    assert isinstance(engine.lesson(other, by("root", role="admin", answer=Option.REPLACE)), Live)
    assert engine.history()[0].approved_by == "root"


def test_who_taught_a_word_may_replace_it(engine: Engine, by: Teacher, house: Snapshot) -> None:
    engine.lesson(BERTHA, by())
    other = AliasChange("big bertha", "entity", "light.kitchen_main")
    assert isinstance(engine.lesson(other, by("ana", answer=Option.REPLACE)), Live)
    assert targets(engine, house, "turn on big bertha") == ("light.kitchen_main",)
    assert [a.number for a in engine.word("big bertha", "ana")] == [2, 1]


def test_only_for_me_leaves_the_shared_word_alone(engine: Engine, by: Teacher, house: Snapshot) -> None:
    engine.lesson(BERTHA, by())
    mine = AliasChange("big bertha", "entity", "light.kitchen_main", "personal", "bob")
    assert isinstance(engine.lesson(mine, by("bob", answer=Option.ONLY_FOR_ME)), Live)
    assert targets(engine, house, "turn on big bertha", "bob") == ("light.kitchen_main",)
    assert targets(engine, house, "turn on big bertha", "ana") == ("light.floor_lamp",)


def test_a_change_that_breaks_golden_cases_is_rejected_with_them(engine: Engine, by: Teacher) -> None:
    before = engine.digest()
    outcome = engine.lesson(SynonymChange("thermostat", "oven dish"), by())
    assert isinstance(outcome, Failed | Refused), outcome
    outcome = engine.lesson(SynonymChange("worktop", "spaceship"), by())
    assert isinstance(outcome, Failed), outcome
    assert outcome.cases
    assert engine.improvement(outcome.number).status is Status.REJECTED  # type: ignore[union-attr]  # it was just made
    assert engine.digest() == before


def test_every_step_of_a_lesson_leaves_its_audit_row(engine: Engine, by: Teacher, store: Store) -> None:
    engine.lesson(BERTHA, by())
    engine.roll_back(1, actor="root", at=AT, reason="no")
    trail = [(entry.action.value, entry.actor) for entry in improvements.audit(store, 1)]
    assert trail == [
        ("created", "ana"),
        ("tested", "system"),
        ("approved", "system"),
        ("applied", "system"),
        ("rolled_back", "root"),
    ]
