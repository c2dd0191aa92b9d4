"""Improvements found by how they stand, whose they are, what kind they are and since when."""

from datetime import timedelta

import pytest

from store import LearningWriter, Status, Store, improvements
from tests.store.conftest import NOW, proposed


@pytest.fixture
def numbers(writer: LearningWriter) -> tuple[int, int, int]:
    """Return an alias of Ana's that was rejected, and an example of Ben's and an alias of Ana's that wait."""
    first = proposed(writer)
    writer.reject(first, actor="ada", reason="no", at=NOW)
    example = proposed(writer, improvement_type="exemplar", submitted_by="ben")
    return first, example, proposed(writer)


def test_each_filter_leaves_what_it_says(store: Store, numbers: tuple[int, int, int]) -> None:
    """And all at once leave what all of them do."""
    first, example, last = numbers

    def listed(**filters: object) -> list[int]:
        return [one.number for one in improvements.listing(store, **filters)]  # type: ignore[arg-type]  # its filters

    assert listed() == [last, example, first]
    assert listed(statuses={Status.PENDING}) == [last, example]
    assert listed(submitted_by="ana") == [last, first]
    assert listed(kinds={"exemplar"}) == [example]
    assert listed(since=NOW) == [last, example, first]
    assert listed(since=NOW + timedelta(seconds=1)) == []
    assert listed(statuses={Status.PENDING}, submitted_by="ana", kinds={"alias"}, since=NOW) == [last]
