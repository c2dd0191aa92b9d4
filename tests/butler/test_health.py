"""`butler health`: fresh and well, or the reason in one line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.cli import main
from butler.health import FRESH, Health, HealthUnreadError, read_health, write_health

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    health = Health(NOON, ok=False, problem="Telegram is not reached", inbox=3, outbox=4)
    write_health(tmp_path / "health.json", health)
    assert read_health(tmp_path / "health.json") == health
    assert [file.name for file in tmp_path.iterdir()] == ["health.json"]


@pytest.mark.parametrize(
    ("health", "now", "told"),
    [
        (Health(NOON, ok=True), NOON + FRESH, None),
        (Health(NOON, ok=True), NOON + FRESH + timedelta(seconds=1), "the last word"),
        (Health(NOON, ok=True), NOON - timedelta(hours=1), "the last word"),
        (Health(NOON, ok=False, problem="the disk\nis full"), NOON, "the disk is full"),
        (Health(NOON, ok=False), NOON, "no reason"),
    ],
)
def test_a_process_is_well_while_its_word_is_fresh_and_good(health: Health, now: datetime, told: str | None) -> None:
    reason = health.reason(now)
    assert (reason is None) == (told is None)
    assert (told or "") in (reason or "")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"at": 7, "ok": true}', b'{"at": "2026-03-14T12:00:00"}', b"\xff"]
)
def test_what_nobody_wrote_is_told_by_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "health.json").write_bytes(content)
    with pytest.raises(HealthUnreadError, match=r"health\.json"):
        read_health(tmp_path / "health.json")


def test_a_process_that_is_well_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_health(tmp_path / "health.json", Health(datetime.now(UTC), ok=True, inbox=2, outbox=5))
    assert main(["health", "--data", str(tmp_path)]) == 0
    assert "2 to answer, 5 to send" in capsys.readouterr().out


def test_one_that_is_not_ends_with_1_and_the_reason_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["health", "--data", str(tmp_path)]) == 1
    write_health(tmp_path / "health.json", Health(datetime.now(UTC), ok=False, problem="the disk is full"))
    assert main(["health", "--data", str(tmp_path)]) == 1
    write_health(tmp_path / "health.json", Health(NOON, ok=True))
    assert main(["health", "--data", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert ["has not started" in lines[0], "the disk is full" in lines[1], "12:00:00 UTC" in lines[2]] == [True] * 3
    assert len(lines) == 3
