"""What ships and is computed from other files is up to date."""

from engine.data import stale


def test_nothing_that_ships_is_stale() -> None:
    """Vectors, calibration, solution and verdicts belong to the exemplars, golden cases and code that ship."""
    assert stale() == []
