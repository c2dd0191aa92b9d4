"""What a night leaves waiting is brought before the admins once, also when a crash cut the night off."""

from __future__ import annotations

from datetime import datetime

from butler.conversation.turn import Notice
from butler.learning_jobs import LearningJobs
from engine.learning.changes import AliasChange, to_payload
from store import LearningWriter, Proposal
from tests.butler.conversation.conftest import START, Chat


class Told:
    """Hears what the admins are told."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def __call__(self, notice: Notice, at: datetime) -> list[int]:
        self.notices.append(notice)
        return []


def hold(chat: Chat, phrase: str, target: str, *, tested: bool = True) -> None:
    """Leave a proposal of a night that waits for an admin, as a kill before the notice leaves it."""
    writer = LearningWriter(chat.store)
    change = to_payload(AliasChange(phrase, "entity", target))
    number = writer.propose(Proposal("alias", 2, phrase, change, None, "Three said so."), actor="system", at=START)
    if tested:
        writer.record_test(number, passed=True, results={}, at=START)
    writer.close()


def test_what_a_night_that_was_cut_off_held_is_asked_about_once(chat: Chat) -> None:
    """Each is asked about the next night, and never again."""
    told = Told()
    jobs = LearningJobs(chat.engine, chat.home, chat.store, told)
    hold(chat, "sesame", "lock.front_door")
    jobs.nightly_analysis(START)
    (notice,) = told.notices
    assert "“sesame” means the front door (#1). Three said so. It waits because" in notice.text
    hold(chat, "portal", "lock.back_door", tested=False)
    jobs.nightly_analysis(START)
    jobs.nightly_analysis(START)
    assert [("#1" in one.text, "#2" in one.text) for one in told.notices] == [(True, False), (False, True)]
    assert "is guarded. Shall I learn it?" in told.notices[-1].text


def test_what_was_decided_meanwhile_is_not_asked_about(chat: Chat) -> None:
    """An admin may have found it in /pending."""
    told = Told()
    hold(chat, "sesame", "lock.front_door")
    chat.say("/reject 1", who="adm")
    LearningJobs(chat.engine, chat.home, chat.store, told).nightly_analysis(START)
    assert told.notices == []


def test_what_a_person_taught_is_asked_about_where_it_is_taught(chat: Chat) -> None:
    """The night does not ask again."""
    told = Told()
    chat.say("remember that sesame means the front door")
    LearningJobs(chat.engine, chat.home, chat.store, told).nightly_analysis(START)
    assert told.notices == []
