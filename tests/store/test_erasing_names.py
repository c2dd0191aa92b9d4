"""What somebody who left is called: a number, given once."""

import pytest

from store import LearningWriter, Store, erasing, turns
from tests.store.conftest import NOW


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
