"""A copy of what is kept about one, and being forgotten."""

from __future__ import annotations

import json
from typing import Any

import pytest

from butler.channels.telegram import delivery
from store import erasing, improvements, outbox, people
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.butler.conversation.crashing import killed_at

NUMBER = RIA.removeprefix("telegram:").encode()


def taught(family: Family) -> None:
    """Ria teaches one word to all and one to herself, and both are used."""
    family.say("when I say bertha I mean the desk lamp")
    family.say("my wunderlamp is the porch light")
    family.say("turn on bertha")
    family.say("turn on my wunderlamp")


def kept_in_files(family: Family, word: bytes) -> list[str]:
    files = [file for file in family.data.rglob("*") if file.is_file()]
    return [file.name for file in files if word.lower() in file.read_bytes().lower()]


def my_data(family: Family) -> dict[str, Any]:
    files = [message.file for message in family.messages if message.file]
    assert len(files) == 1
    return dict(json.loads(files[0].content))


def test_the_file_holds_all_about_its_asker_and_nothing_of_others(family: Family) -> None:
    taught(family)
    family.say("turn on the garage light", GUS)
    assert "2 lessons" in family.say("/mydata")
    document = my_data(family)
    assert document["user"] == RIA
    assert [turn["text"] for turn in document["kept"]["turns"][:4]] == [
        "when I say bertha I mean the desk lamp",
        "my wunderlamp is the porch light",
        "turn on bertha",
        "turn on my wunderlamp",
    ]
    assert [row["phrase"] for row in document["kept"]["own_names"]] == ["my wunderlamp"]
    assert "garage" not in json.dumps(document)


def test_the_file_goes_to_the_private_chat(family: Family) -> None:
    family.say("/mydata", chat="telegram:-100777")
    assert {message.to for message in family.messages if message.file} == {RIA}
    assert "private" in family.messages[-1].text


def test_being_forgotten_is_asked_about_in_private_only(family: Family) -> None:
    assert "private" in family.say("/forgetme", chat="telegram:-100777")
    assert family.messages[0].buttons == ()


def test_what_goes_and_what_stays_is_said_first(family: Family) -> None:
    taught(family)
    told = family.say("/forgetme")
    assert "The 1 word you taught that all share can stay" in told
    assert [button.label for button in family.messages[0].buttons] == [
        "Forget me, keep my shared words",
        "Forget me and take my shared words back",
        "Keep everything",
    ]
    assert "only admin" in family.say("/forgetme", ADA)


@pytest.mark.parametrize("answer", ["Keep everything", "yes", "turn on the garage light"])
def test_nothing_is_forgotten_without_its_press(family: Family, answer: str) -> None:
    family.say("/forgetme")
    if answer.startswith("Keep"):
        family.press(answer)
    else:
        family.say(answer)
    assert family.role(RIA) == "resident"


def test_who_is_forgotten_leaves_no_text_and_their_shared_words_the_same_digest(family: Family) -> None:
    """The bytes of the store hold neither words nor the number nor the name; what others use is as it was."""
    family.say("when I say bertha I mean the desk lamp")
    shared = family.app.engine.digest()
    taught(family)
    assert family.app.engine.digest() != shared
    assert kept_in_files(family, b"wunderlamp")
    assert kept_in_files(family, NUMBER)
    family.say("/forgetme")
    assert "forgotten" in family.press("Forget me, keep")
    assert family.app.engine.digest() == shared
    assert family.app.member(RIA) is None
    send_everything(family)
    for word in (b"wunderlamp", NUMBER, b"turn on bertha"):
        assert kept_in_files(family, word) == []
    family.say("turn off the desk lamp", GUS)
    family.say("turn on bertha", GUS)
    assert family.state("light.desk_lamp") == "on"
    assert "person 1" in family.say("/why", GUS)
    family.restart()
    assert family.app.engine.digest() == shared


def send_everything(family: Family) -> None:
    """Send what waits, as the channel does."""
    while due := outbox.due(family.app.store, "telegram", family.clock.now()):
        for row in due:
            outbox.claim(family.app.store, row.id, family.clock.now())
            outbox.sent(family.app.store, row.id, 1, family.clock.now())
    erasing.scrub(family.app.store)


def test_the_farewell_is_sent_and_not_kept(family: Family) -> None:
    family.say("/forgetme")
    family.press("Forget me, keep")
    waiting = outbox.due(family.app.store, "telegram", family.clock.now())
    assert [(row.chat, row.payload["text"][:21]) for row in waiting] == [(RIA, "You are forgotten her")]
    send_everything(family)
    assert kept_in_files(family, NUMBER) == []


@pytest.mark.parametrize("way", ["pressed", "finished after a crash"])
def test_the_question_loses_its_buttons_by_an_edit_that_is_not_kept(family: Family, way: str) -> None:
    """It shows what was chosen, and comes before the farewell."""
    family.say("/forgetme")
    sent_on_telegram(family, 77)
    if way == "pressed":
        family.press("Forget me, keep")
    else:
        with killed_at(erasing, "erase"):
            family.press("Forget me, keep")
        family.restart()
    edit = outbox.due(family.app.store, "telegram", family.clock.now())[0]
    assert (edit.kind, edit.chat, edit.external_id) == ("edit", RIA, 77)
    assert (edit.payload["buttons"], edit.payload["chosen"]) == ([], "Forget me, keep my shared words")
    errand = delivery.begin(family.app.store, edit, family.clock.now())
    assert errand is not None
    assert errand.external_id == 77
    assert errand.piece.text.endswith("✔ Forget me, keep my shared words")
    assert errand.piece.buttons == ()
    delivery.went_out(family.app.store, errand, None, family.clock.now())
    (farewell,) = outbox.due(family.app.store, "telegram", family.clock.now())
    assert farewell.payload["text"].startswith("You are forgotten")
    send_everything(family)
    assert kept_in_files(family, NUMBER) == []


def sent_on_telegram(family: Family, number: int) -> None:
    """Keep the last message as one that went out through the channel."""
    (message,) = family.messages
    payload = {"text": message.text, "buttons": [[button.id, button.label] for button in message.buttons]}
    at = family.clock.now()
    row = outbox.add(family.app.store, outbox.Outgoing("telegram", RIA, RIA, payload, at, at, message=message.id))
    outbox.claim(family.app.store, row, at)
    outbox.sent(family.app.store, row, number, at)


def test_shared_words_go_too_where_that_is_wished(family: Family) -> None:
    before = family.app.engine.digest()
    taught(family)
    family.say("/forgetme")
    family.press("Forget me and take")
    assert family.app.engine.digest() == before
    assert {one.submitted_by for one in improvements.listing(family.app.store)} == {"person-1"}


def test_what_a_crash_cut_off_is_finished_at_the_next_start(family: Family) -> None:
    """The person had pressed, and Butler had noted it."""
    taught(family)
    erasing.begin(family.app.store, RIA, at=family.clock.now())
    family.restart()
    send_everything(family)
    assert people.get(family.app.store, RIA, anyone=True) is None
    assert kept_in_files(family, b"wunderlamp") == []
    assert kept_in_files(family, NUMBER) == []


def test_who_comes_back_is_a_new_person(family: Family) -> None:
    taught(family)
    family.say("/forgetme")
    family.press("Forget me, keep")
    family.admit(RIA, "guest", "Ria")
    family.say("/mydata")
    assert my_data(family)["kept"]["taught"] == []
