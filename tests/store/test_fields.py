"""Instants and JSON come back as they went in."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import Store, canonical_json, turns, utc_datetime, utc_text
from tests.store.conftest import NOW

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES)  # noqa: DTZ001  # zones are added
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(INSTANTS)
def test_an_instant_survives_in_any_zone(instant: datetime) -> None:
    """The same moment comes back, in UTC, to the microsecond."""
    back = utc_datetime(utc_text(instant))
    assert back == instant
    assert back.tzinfo is UTC


@given(INSTANTS, INSTANTS)
def test_text_order_is_time_order(one: datetime, two: datetime) -> None:
    """Stored instants can be compared by SQLite."""
    assert (utc_text(one) < utc_text(two)) == (one < two)


def test_the_stored_form_is_iso_with_microseconds_and_z() -> None:
    """A whole second has its zeros too."""
    local = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert utc_text(local) == "2026-07-01T10:00:00.000000Z"


def test_a_naive_instant_is_refused(store: Store) -> None:
    """No time without a zone gets into the store."""
    with pytest.raises(ValueError, match="naive"):
        turns.append(store, turns.NewTurn("ana", "c", datetime(2026, 1, 1)))  # noqa: DTZ001  # the point of the test


@given(JSON)
def test_canonical_json_means_the_same(value: Any) -> None:
    """Reading the canonical text gives the value, and the text fits into UTF-8."""
    text = canonical_json(value)
    assert json.loads(text) == value
    assert text.encode()


def test_canonical_json_is_one_text_for_equal_values() -> None:
    """Neither the order of keys nor spaces matter, and NaN has no text."""
    assert canonical_json({"b": 1, "a": [1, "é"]}) == canonical_json({"a": (1, "é"), "b": 1}) == '{"a":[1,"é"],"b":1}'
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json(float("nan"))


def test_words_utf8_cannot_hold_are_stored_all_the_same(store: Store) -> None:
    """Half an emoji loses nothing but itself in text, and nothing at all in JSON."""
    number = turns.append(store, turns.NewTurn("ana", "c", NOW, text="hi \ud83d", reply={"text": "\ud83d"}))
    found = turns.get(store, number)
    assert found is not None
    assert (found.text, found.reply) == ("hi \ufffd", {"text": "\ud83d"})
    assert found.at == NOW
