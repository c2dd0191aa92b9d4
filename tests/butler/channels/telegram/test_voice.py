"""Voice notes become words through a Wyoming server."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable

import numpy as np
import pytest
import soundfile
from wyoming.asr import Transcript
from wyoming.audio import AudioChunk, AudioStop
from wyoming.event import async_read_event, async_write_event

from butler.channels.telegram.arrivals import Recording
from butler.channels.telegram.voice import LARGEST_BYTES, RATE, Listener, VoiceError, decoded
from butler.config import Speech

NOTE = Recording("file", 1_000, 2.0)


def _opus(seconds: float = 1.0, rate: int = 48_000) -> bytes:
    """Return a voice note as Telegram has them: OGG Opus, one channel."""
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    held = io.BytesIO()
    soundfile.write(held, tone, rate, format="OGG", subtype="OPUS")
    return held.getvalue()


async def _fetched(_: str) -> bytes:
    return _opus()


class _Server:
    """A Wyoming server that says one thing, or nothing."""

    def __init__(self, answer: str | None, *, hangs_up: bool = False) -> None:
        self.answer, self.hangs_up, self.heard = answer, hangs_up, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Listen to the end of the audio and answer."""
        while not self.hangs_up and (event := await async_read_event(reader)) is not None:
            if AudioChunk.is_type(event.type):
                chunk = AudioChunk.from_event(event)
                assert (chunk.rate, chunk.width, chunk.channels) == (RATE, 2, 1)
                self.heard += len(chunk.audio) // 2
            if AudioStop.is_type(event.type) and self.answer is not None:
                await async_write_event(Transcript(self.answer).event(), writer)
        writer.close()


async def _listening(server: _Server, action: Callable[[Listener], Awaitable[str]], patience_s: float = 5.0) -> str:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        return await action(Listener(Speech("127.0.0.1", port), patience_s))


def test_a_voice_note_becomes_words() -> None:
    """The server hears all of it, at 16 kHz."""
    server = _Server(" turn on the kitchen light ")
    words = asyncio.run(_listening(server, lambda listener: listener.words_of(NOTE, _fetched)))
    assert words == "turn on the kitchen light"
    assert abs(server.heard - RATE) < RATE // 20


def test_opus_is_decoded_to_sixteen_kilohertz() -> None:
    """One second is sixteen thousand samples that are not silent."""
    samples = np.frombuffer(decoded(_opus()), "<i2")
    assert abs(len(samples) - RATE) < RATE // 20
    assert 5_000 < np.abs(samples).max() < 15_000


@pytest.mark.parametrize(
    ("server", "said"),
    [(_Server(None), "didn't answer"), (_Server("x", hangs_up=True), "didn't answer"), (_Server("  "), "any words")],
    ids=["silent", "hangs-up", "empty"],
)
def test_a_server_that_does_not_answer_is_said_to(server: _Server, said: str) -> None:
    """Nobody is left waiting, and nothing is made up."""
    with pytest.raises(VoiceError, match=said):
        asyncio.run(_listening(server, lambda listener: listener.words_of(NOTE, _fetched), patience_s=0.3))


def test_a_server_that_is_not_there_is_said_to_be() -> None:
    """A refused connection is no crash."""
    with pytest.raises(VoiceError, match="didn't answer"):
        asyncio.run(Listener(Speech("127.0.0.1", 1)).words_of(NOTE, _fetched))


@pytest.mark.parametrize("note", [Recording("f", LARGEST_BYTES + 1, 2.0), Recording("f", 9, 301.0)])
def test_what_is_too_long_is_not_even_fetched(note: Recording) -> None:
    """Five minutes or twenty megabytes."""

    async def never(_: str) -> bytes:
        raise AssertionError

    with pytest.raises(VoiceError, match="too long"):
        asyncio.run(Listener(Speech("127.0.0.1", 1)).words_of(note, never))


def test_what_lies_about_its_length_is_too_long_all_the_same() -> None:
    """The recording itself is measured."""
    with pytest.raises(VoiceError, match="too long"):
        decoded(_opus(301.0, 8_000))


@pytest.mark.parametrize("content", [b"", b"OggS nonsense", b"\x00" * 5_000])
def test_what_is_no_recording_is_said_to_be_unreadable(content: bytes) -> None:
    """Whatever the file holds."""
    with pytest.raises(VoiceError, match="couldn't read"):
        decoded(content)
