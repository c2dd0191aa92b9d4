"""Somebody who leaves becomes a number: their words and talk go, what is shared stays, others are not touched."""

from typing import Any

import pytest

from store import (
    LearningWriter,
    NewRow,
    Proposal,
    Store,
    StoreConstraint,
    StoreError,
    WrongStatus,
    active_rows,
    buttons,
    dialogue,
    erasing,
    facts,
    head,
    improvements,
    inbox,
    invitations,
    notices,
    open_store,
    outbox,
    people,
    strangers,
    traces,
    turns,
)
from store.learning_connection import open_learning_connection
from tests.store.conftest import NOW

ANA, BOB = "telegram:4711001", "telegram:4711002"
SECRETS = (b"4711001", b"Zsazsa", b"zsazsagabor", b"xylo")


def _teach(writer: LearningWriter, store: Store, word: str, owner: str | None, by: str) -> int:
    scope = "personal" if owner else "household"
    value = {"type": "alias", "phrase": word, "target": "light.x", "scope": scope, "owner": owner}
    proposal = Proposal("alias", 1, word, value, rationale=f"{word} is the lamp", submitted_by=by)
    number = writer.propose(proposal, actor=by, at=NOW)
    writer.record_test(number, passed=True, results={"cases": [{"text": word}]}, at=NOW)
    writer.approve(number, actor=by, at=NOW)
    row = NewRow("alias", word, {"target": "light.x"}, "personal" if owner else "shared", owner)
    before = head(store).digest
    writer.deploy(number, [row], expected_head_digest=before, new_digest=f"{before}+{number}", actor="system", at=NOW)
    return number


def _talk(store: Store, user: str, chat: str, word: str) -> int:
    number = turns.append(
        store,
        turns.NewTurn(
            user,
            chat,
            NOW,
            text=f"{word} on",
            interpretation={"mention": word},
            snapshot={"names": [word]},
            calls=[{"service": word}],
            prior_states={word: "off"},
            reply={"text": f"{word} is on"},
            effect={"calls": word},
        ),
    )
    traces.append(
        store, [traces.TraceEntry("t", "pattern", "x", NOW, number, decision=word, outcome=word, metadata=[word])]
    )
    dialogue.save(store, user, chat, {"question": word}, at=NOW)
    buttons.add(store, [buttons.Button(f"t{number}b0", user, chat, {"say": word}, NOW)])
    notices.plan(store, kind="told", user=user, text=word, at=NOW, buttons=[{"label": word}])
    inbox.receive(store, number, sender=user, chat=chat, message=number, payload=word, at=NOW)
    for state in ("sent", "waiting"):
        payload = {"text": word, "buttons": [[f"t{number}b0", word]]}
        sent = outbox.add(store, outbox.Outgoing("telegram", chat, user, payload, NOW, NOW, message=f"t{number}m0"))
        if state == "sent":
            outbox.claim(store, sent, NOW)
            outbox.sent(store, sent, number, NOW)
    return number


@pytest.fixture
def lived_in(store: Store, writer: LearningWriter) -> Store:
    """Give a store in which two people talked and taught, and each spoke of the other's presence."""
    people.admit(store, ANA, "resident", name="Zsazsa", username="zsazsagabor", at=NOW)
    people.admit(store, BOB, "admin", name="Bob", username=None, at=NOW)
    strangers.meet(store, ANA, NOW)
    invitations.create(store, "code", "guest", by=ANA, at=NOW, expires_at=NOW, kind="invitation")
    facts.put(store, f"menu:{ANA}", "digest")
    facts.put(store, "menu", "digest")
    _teach(writer, store, "xylo", ANA, ANA)
    _teach(writer, store, "our lamp", None, ANA)
    _teach(writer, store, "bobs lamp", BOB, BOB)
    _talk(store, ANA, ANA, "xylo")
    _talk(store, ANA, "telegram:-5", "xylo")
    _talk(store, BOB, BOB, "bobs lamp")
    notices.plan(store, kind="joined", user=BOB, text="Zsazsa (@zsazsagabor) is in now", at=NOW)
    listing = {"text": "1. Zsazsa, resident\n2. Bob", "to": BOB}
    turns.append(store, turns.NewTurn(BOB, BOB, NOW, text="/remove @ZsazsaGabor", reply=listing))
    return store


def _roll_back_own(store: Store, writer: LearningWriter) -> None:
    before = head(store).digest
    writer.roll_back(1, expected_head_digest=before, new_digest=f"{before}-1", actor=ANA, reason="xylo goes", at=NOW)


def _erase(store: Store, writer: LearningWriter) -> str:
    name = erasing.begin(store, ANA, at=NOW)
    _roll_back_own(store, writer)
    writer.erase(ANA, name)
    erasing.erase(store, ANA, name)
    return name


def _everything(store: Store) -> dict[str, Any]:
    return {table: store.database.fetch(f"SELECT * FROM {table}") for table in store.database.get_tables()}


def test_nothing_of_them_is_left_in_any_file(lived_in: Store, writer: LearningWriter) -> None:
    """Neither id, name nor words lie in the store, its log or beside it: not even while it is open."""
    content = b"".join(path.read_bytes() for path in lived_in.path.parent.iterdir())
    assert all(secret in content for secret in SECRETS)
    _erase(lived_in, writer)
    for path in lived_in.path.parent.iterdir():
        found = path.read_bytes().lower()
        assert [secret for secret in SECRETS if secret.lower() in found] == [], path.name


def test_they_become_a_number(lived_in: Store, writer: LearningWriter) -> None:
    """The number is a person nobody can talk as; turns are still counted and the audit still has an actor."""
    name = _erase(lived_in, writer)
    assert name == "person-1"
    assert (people.get(lived_in, ANA, anyone=True), people.get(lived_in, name)) == (None, None)
    assert people.name_of(lived_in, name) == "person 1"
    assert [turn.user for turn in turns.recent(lived_in, 9)] == [name, name, BOB, BOB]
    assert [turn.chat for turn in turns.recent(lived_in, 2, until=2)] == [name, "telegram:-5"]
    assert {entry.actor for entry in improvements.audit(lived_in, 1)} == {name, "system"}
    assert erasing.unfinished(lived_in) == []


def test_what_is_shared_stays_without_their_sentence(lived_in: Store, writer: LearningWriter) -> None:
    """The household's word is still in force and still passed its test; its teacher is a number."""
    before, before_head = active_rows(lived_in), head(lived_in)
    name = _erase(lived_in, writer)
    shared = improvements.get(lived_in, 2)
    assert shared is not None
    assert (shared.rationale, shared.submitted_by, shared.target) == (None, name, "our lamp")
    assert (shared.shadow_test_passed, shared.proposed_value["phrase"]) == (True, "our lamp")
    assert active_rows(lived_in) == [row for row in before if row.owner != ANA]
    assert head(lived_in).version == before_head.version + 1


def test_their_own_words_are_taken_out_of_the_improvement(lived_in: Store, writer: LearningWriter) -> None:
    """The number and the dates stay; what was learned, why, and how it was tested do not; it cannot come back."""
    _erase(lived_in, writer)
    own = improvements.get(lived_in, 1)
    assert own is not None
    assert (own.target, own.proposed_value, own.rationale, own.shadow_test_results) == (
        "",
        {"erased": True},
        None,
        None,
    )
    assert (own.number, own.applied_at) == (1, NOW)
    assert {str(entry.details) for entry in improvements.audit(lived_in, 1)} == {"{'erased': True}", "None"}


def test_nobody_else_is_touched(lived_in: Store, writer: LearningWriter) -> None:
    """Bob's words, turns, traces, buttons, dialogue and messages are what they were."""
    bob = [
        turns.get(lived_in, 3),
        traces.by_turn(lived_in, 3),
        dialogue.load(lived_in, BOB, BOB),
        buttons.get(lived_in, "t3b0"),
        notices.get(lived_in, 3),
        inbox.get(lived_in, 3),
        outbox.of_message(lived_in, "t3m0"),
        improvements.get(lived_in, 3),
        improvements.audit(lived_in, 3),
        facts.get(lived_in, "menu"),
    ]
    _erase(lived_in, writer)
    assert bob == [
        turns.get(lived_in, 3),
        traces.by_turn(lived_in, 3),
        dialogue.load(lived_in, BOB, BOB),
        buttons.get(lived_in, "t3b0"),
        notices.get(lived_in, 3),
        inbox.get(lived_in, 3),
        outbox.of_message(lived_in, "t3m0"),
        improvements.get(lived_in, 3),
        improvements.audit(lived_in, 3),
        facts.get(lived_in, "menu"),
    ]


def test_what_others_were_told_of_them_names_the_number(lived_in: Store, writer: LearningWriter) -> None:
    """A notice and an answer that named them read on; a command that named them too."""
    _erase(lived_in, writer)
    assert [notice.text for notice in notices.of_user(lived_in, BOB)][1:] == ["person 1 (person 1) is in now"]
    told = turns.get(lived_in, 4)
    assert told is not None
    assert (told.reply["text"], told.text) == ("1. person 1, resident\n2. Bob", "/remove person 1")


def test_what_waits_for_them_is_not_sent(lived_in: Store, writer: LearningWriter) -> None:
    """Of the messages that waited only Bob's is due; updates of theirs are done with."""
    _erase(lived_in, writer)
    assert [row.user for row in outbox.due(lived_in, "telegram", NOW)] == [BOB]
    assert [row.sender for row in inbox.waiting(lived_in)] == [BOB]


def test_a_message_on_its_way_is_forgotten_when_it_has_arrived(lived_in: Store, writer: LearningWriter) -> None:
    """The sender ends it as always; then its text and chat are gone."""
    (first, *_) = outbox.due(lived_in, "telegram", NOW)
    outbox.claim(lived_in, first.id, NOW)
    _erase(lived_in, writer)
    assert outbox.sent(lived_in, first.id, 9, NOW)
    found = outbox.get(lived_in, first.id)
    assert found is not None
    assert (found.payload, found.chat, found.user, found.external_id) == ({}, "", "person-1", None)


def test_a_goodbye_joins_the_transaction(lived_in: Store, writer: LearningWriter) -> None:
    """Added after the erasing in the same transaction, it is sent, and then forgotten too."""
    name = erasing.begin(lived_in, ANA, at=NOW)
    _roll_back_own(lived_in, writer)
    writer.erase(ANA, name)
    with lived_in.atomic():
        erasing.erase(lived_in, ANA, name)
        goodbye = outbox.Outgoing("telegram", ANA, name, {"text": "Goodbye."}, NOW, NOW, forget=True)
        number = outbox.add(lived_in, goodbye)
    due = outbox.due(lived_in, "telegram", NOW)
    assert [(row.chat, row.payload) for row in due if row.id == number] == [(ANA, {"text": "Goodbye."})]
    outbox.claim(lived_in, number, NOW)
    outbox.sent(lived_in, number, 3, NOW)
    assert erasing.scrub(lived_in)
    assert ANA.encode() not in b"".join(path.read_bytes() for path in lived_in.path.parent.iterdir())


def test_erasing_may_be_done_again(lived_in: Store, writer: LearningWriter) -> None:
    """A second time changes nothing."""
    name = _erase(lived_in, writer)
    before = _everything(lived_in)
    assert writer.erase(ANA, name) == ()
    erasing.erase(lived_in, ANA, name)
    assert _everything(lived_in) == before


@pytest.mark.parametrize("done", [0, 1, 2])
def test_erasing_is_finished_after_a_crash(lived_in: Store, writer: LearningWriter, done: int) -> None:
    """Whatever was done before the process ended, the next start knows who is leaving and ends the same."""
    name = erasing.begin(lived_in, ANA, at=NOW)
    if done > 0:
        _roll_back_own(lived_in, writer)
    if done > 1:
        writer.erase(ANA, name)
    writer.close()
    lived_in.close()
    with open_store(lived_in.path) as again:
        writer = LearningWriter(again)
        (leaving,) = erasing.unfinished(again)
        assert (leaving, erasing.begin(again, ANA, at=NOW)) == (erasing.Leaving(ANA, name), name)
        assert people.get(again, ANA) is None
        if done < 1:
            _roll_back_own(again, writer)
        writer.erase(ANA, name)
        erasing.erase(again, ANA, name)
        writer.close()
        assert erasing.unfinished(again) == []
        assert all(ANA not in str(rows) for rows in _everything(again).values())


def test_a_word_in_force_is_not_erased(lived_in: Store, writer: LearningWriter) -> None:
    """Knowledge must not change behind the head: it is taken back first, and until then nothing is erased."""
    before = _everything(lived_in)
    with pytest.raises(WrongStatus, match="#1"):
        writer.erase(ANA, "person-1")
    assert _everything(lived_in) == before


def test_a_proposal_of_their_own_that_never_was_in_force_goes_too(store: Store, writer: LearningWriter) -> None:
    """Pending and rejected words of one's own are erased, shared proposals only lose their reason."""
    own = {"type": "alias", "phrase": "xylo", "target": "light.x", "scope": "personal", "owner": ANA}
    for value in (own, {**own, "scope": "household", "owner": None}):
        writer.propose(Proposal("alias", 1, "xylo", value, rationale="because", submitted_by=ANA), actor=ANA, at=NOW)
    assert writer.erase(ANA, "person-1") == (1,)
    erased, shared = improvements.get(store, 1), improvements.get(store, 2)
    assert erased is not None
    assert shared is not None
    assert (erased.proposed_value, shared.target, shared.rationale) == ({"erased": True}, "xylo", None)


def test_every_number_is_given_once(store: Store, writer: LearningWriter) -> None:
    """People who leave later, and somebody whose id is such a name, never share a number."""
    turns.append(store, turns.NewTurn("person-2", "c", NOW))
    names = []
    for user in ("ana", "bob", "ana"):
        names.append(erasing.begin(store, user, at=NOW))
        erasing.erase(store, user, names[-1])
    assert names == ["person-1", "person-3", "person-4"]


def test_two_who_leave_at_once_get_two_numbers(store: Store) -> None:
    """A number is taken when the erasing begins."""
    assert [erasing.begin(store, user, at=NOW) for user in ("ana", "bob", "ana")] == [
        "person-1",
        "person-2",
        "person-1",
    ]


def test_a_local_user_is_erased_by_name(store: Store, writer: LearningWriter) -> None:
    """What others said keeps the word; only what they were told changes."""
    turns.append(store, turns.NewTurn("ana", "ana", NOW, text="hello"))
    turns.append(store, turns.NewTurn("bob", "bob", NOW, text="ana's lamp on", reply={"text": "ana taught that"}))
    erasing.erase(store, "ana", erasing.begin(store, "ana", at=NOW))
    hers, his = turns.recent(store, 2)
    assert (hers.user, hers.text) == ("person-1", None)
    assert (his.text, his.reply) == ("ana's lamp on", {"text": "person 1 taught that"})


@pytest.mark.parametrize("name", ["ana", "person-", "person-1x", "person-x", "Person-1", ""])
def test_nobody_is_renamed_to_another_person(store: Store, writer: LearningWriter, name: str) -> None:
    """Erasing gives numbers and nothing else."""
    with pytest.raises(ValueError, match="person-N"):
        writer.erase("bob", name)
    with pytest.raises(ValueError, match="person-N"):
        erasing.erase(store, "bob", name)


AUDIT_CHANGES = [
    "actor = 'bob'",
    "actor = 'person-'",
    "actor = 'person-1x'",
    "actor = 'person-1 or bob'",
    "actor = 'PERSON-1'",
    "actor = NULL",
    "details = NULL",
    "details = '{}'",
    "details = '{\"erased\":true} '",
    "action = 'approved'",
    "created_at = '2020-01-01T00:00:00.000000Z'",
    "improvement_id = 'improvement-2'",
    "id = 'audit-9'",
    "number = 900 + number",
    "actor = 'person-1', action = 'approved'",
    "details = '{\"erased\":true}', actor = 'bob'",
]


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize("change", AUDIT_CHANGES)
def test_the_audit_takes_no_other_change(lived_in: Store, change: str, restricted: bool) -> None:
    """Whoever writes it: an audit row changes only to a number's name and to what says that it was erased."""
    before = improvements.audit(lived_in)
    connection = open_learning_connection(lived_in.path) if restricted else lived_in.database.seam()
    with pytest.raises(StoreError) as caught:
        connection.execute(f"UPDATE improvement_audit SET {change}")
    assert isinstance(caught.value, StoreConstraint)
    assert improvements.audit(lived_in) == before
    with pytest.raises(StoreConstraint, match="never deleted"):
        connection.execute("DELETE FROM improvement_audit")
    if restricted:
        connection.close()
