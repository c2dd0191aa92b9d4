"""What no report may say: numbers to call, addresses, secrets, and the names of people."""

from __future__ import annotations

import pytest

from engine.review.redaction import is_private, redacted


@pytest.mark.parametrize(
    "secret",
    [
        "+49 170 1234567",
        "0170/1234567",
        "(555) 123-4567",
        "5551234567",
        "ana@example.org",
        "@ana_silva",
        "https://example.org/x?token=1",
        "www.example.org",
        "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "192.168.2.17",
        "DE89 3704 0044 0532 0130 00",
        "12 Baker Street",
        "Lindenstraße 7",
        "pin is 4711",
        "code: 99x1",
    ],
)
def test_what_nobody_should_read_is_taken_out(secret: str) -> None:
    said = redacted(f"Thoughts with “{secret}” come late.")
    assert said == "Thoughts with “…” come late."


def test_names_of_people_are_taken_out_whatever_their_case() -> None:
    """Also parts of a name, and whose something is; words that only hold a name stay."""
    assert redacted("call BEN about Silva's bill", ["Ana Silva", "ben"]) == "call … about … bill"
    assert redacted("the bench is an anagram", ["ben", "ana"]) == "the bench is an anagram"


@pytest.mark.parametrize(
    "text",
    ["call the dentist at 18:00", "“this weekend” means saturday at 09:00", "6 times out of 7", "2026-11-03", "2 of 5"],
)
def test_ordinary_words_and_times_stay(text: str) -> None:
    assert redacted(text, ["ana"]) == text
    assert not is_private(text, ["ana"])
