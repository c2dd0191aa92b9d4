"""Erasing may be begun anew at any point, and does nothing before its time."""

import pytest

from store import LearningWriter, Store, WrongStatus, erasing, open_store, people
from tests.store.conftest import NOW
from tests.store.leaving_scene import ANA, erase, everything, live_in, roll_back_own


@pytest.fixture
def lived_in(store: Store, writer: LearningWriter) -> Store:
    """Return a store in which two people lived."""
    return live_in(store, writer)


def test_erasing_may_be_done_again(lived_in: Store, writer: LearningWriter) -> None:
    """A second time changes nothing."""
    name = erase(lived_in, writer)
    before = everything(lived_in)
    assert writer.erase(ANA, name) == ()
    erasing.erase(lived_in, ANA, name)
    assert everything(lived_in) == before


@pytest.mark.parametrize("done", [0, 1, 2])
def test_erasing_is_finished_after_a_crash(lived_in: Store, writer: LearningWriter, done: int) -> None:
    """Whatever was done before the process ended, the next start knows who is leaving and ends the same."""
    name = erasing.begin(lived_in, ANA, at=NOW)
    if done > 0:
        roll_back_own(lived_in, writer)
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
            roll_back_own(again, writer)
        writer.erase(ANA, name)
        erasing.erase(again, ANA, name)
        writer.close()
        assert erasing.unfinished(again) == []
        assert all(ANA not in str(rows) for rows in everything(again).values())


def test_a_word_in_force_is_not_erased(lived_in: Store, writer: LearningWriter) -> None:
    """Knowledge must not change behind the head: it is taken back first, and until then nothing is erased."""
    before = everything(lived_in)
    with pytest.raises(WrongStatus, match="#1"):
        writer.erase(ANA, "person-1")
    assert everything(lived_in) == before
