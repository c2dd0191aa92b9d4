"""How often Telegram is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from butler.channels.telegram.pacing import GROUP, OVERALL, PRIVATE, Limit, Pacing

_ANA, _BEN, _GROUP = 7, 8, -100


def _calls(pacing: Pacing, wanted: list[int | None], pauses: list[float]) -> list[tuple[float, int | None]]:
    """Make each call as early as the pacing allows, with pauses in between, and return when they were made."""
    now, made = 1000.0, []
    for chat, pause in zip(wanted, pauses, strict=True):
        now += pause
        now += pacing.wait(chat, now)
        assert pacing.wait(chat, now) < 1e-6
        pacing.take(chat, now)
        made.append((now, chat))
    return made


def _most_within(limit: Limit, times: list[float]) -> bool:
    """Tell whether every stretch of time holds at most the burst and what the rate adds."""
    return all(
        last - first + 1 <= limit.burst + limit.rate * (times[last] - times[first]) + 1e-6
        for first in range(len(times))
        for last in range(first, len(times))
    )


@given(st.lists(st.tuples(st.sampled_from([_ANA, _BEN, _GROUP, -200, None]), st.floats(0, 5)), max_size=80))
def test_no_limit_is_ever_exceeded(calls: list[tuple[int | None, float]]) -> None:
    """Whatever is sent to whom and when, no stretch of time holds more calls than its limits allow."""
    made = _calls(Pacing(), [chat for chat, _ in calls], [pause for _, pause in calls])
    assert _most_within(OVERALL, [at for at, _ in made])
    for chat in (_ANA, _BEN, _GROUP, -200):
        limit = GROUP if chat < 0 else PRIVATE
        assert _most_within(limit, [at for at, to in made if to == chat])


@given(st.lists(st.floats(0, 100), min_size=1, max_size=10), st.sampled_from([_ANA, _GROUP, None]))
def test_a_hold_is_never_shortened(ends: list[float], chat: int | None) -> None:
    """Several holds of one chat last as long as the longest."""
    pacing = Pacing()
    for end in ends:
        pacing.hold_until(chat, end)
    assert abs(pacing.held(chat, 0.0) - max(ends)) < 1e-6
    assert pacing.wait(chat, max(ends)) == 0


def test_a_chat_that_was_quiet_is_not_slowed() -> None:
    """A burst of twenty to one person goes out at once, the twenty-first a second later."""
    pacing = Pacing()
    for _ in range(20):
        assert pacing.wait(_ANA, 5.0) == 0
        pacing.take(_ANA, 5.0)
    assert abs(pacing.wait(_ANA, 5.0) - 1) < 1e-6
    assert pacing.wait(_BEN, 5.0) == 0


def test_a_flood_in_a_quiet_chat_is_everybodys() -> None:
    """A chat that was hardly written to cannot have met its own limit, so all calls wait."""
    pacing = Pacing()
    pacing.take(_ANA, 0.0)
    pacing.hold_after_flood(_ANA, 3, 0.0)
    assert pacing.held(_BEN, 1.0) == pacing.held(_ANA, 1.0) == 2
    assert pacing.held(_BEN, 3.0) == 0


def test_a_flood_in_a_busy_chat_is_its_own() -> None:
    """A chat that was written to as often as it may be holds up nobody else."""
    pacing = Pacing()
    for _ in range(18):
        pacing.take(_ANA, 0.0)
    pacing.hold_after_flood(_ANA, 30, 0.0)
    assert pacing.held(_ANA, 10.0) == 20
    assert pacing.held(_BEN, 10.0) == 0
    assert pacing.held_anywhere(10.0) == 20


def test_a_flood_without_a_chat_stops_all_calls() -> None:
    """What is not about a chat holds every chat."""
    pacing = Pacing()
    pacing.hold_after_flood(None, 5, 0.0)
    assert pacing.wait(_ANA, 1.0) == pacing.wait(_GROUP, 1.0) == pacing.wait(None, 1.0) == 4


def test_chats_that_rest_are_forgotten() -> None:
    """Ten thousand chats written to once each leave no more than a thousand behind."""
    pacing = Pacing()
    for chat in range(1, 10_001):
        pacing.take(chat, chat * 10.0)
    assert len(pacing._chats) <= 1_002
