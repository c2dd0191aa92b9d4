"""A store in which two people lived, one of whom is to be erased."""

from typing import Any

from store import (
    LearningWriter,
    NewRow,
    Proposal,
    Store,
    buttons,
    dialogue,
    erasing,
    facts,
    head,
    inbox,
    invitations,
    notices,
    outbox,
    people,
    strangers,
    traces,
    turns,
)
from tests.store.conftest import NOW

ANA, BOB = "telegram:4711001", "telegram:4711002"
SECRETS = (b"4711001", b"Zsazsa", b"zsazsagabor", b"xylo")


def live_in(store: Store, writer: LearningWriter) -> Store:
    """Let two people talk and teach, each speaking of the other's presence, and return the store."""
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


def roll_back_own(store: Store, writer: LearningWriter) -> None:
    """Take back the one word that is Ana's own."""
    before = head(store).digest
    writer.roll_back(1, expected_head_digest=before, new_digest=f"{before}-1", actor=ANA, reason="xylo goes", at=NOW)


def erase(store: Store, writer: LearningWriter) -> str:
    """Erase Ana, from the first step to the last, and return what she is called afterwards."""
    name = erasing.begin(store, ANA, at=NOW)
    roll_back_own(store, writer)
    writer.erase(ANA, name)
    erasing.erase(store, ANA, name)
    return name


def everything(store: Store) -> dict[str, Any]:
    """Return all rows of all tables."""
    return {table: store.database.fetch(f"SELECT * FROM {table}") for table in store.database.get_tables()}


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
