"""Voice notes: fetched, decoded and written down by a Wyoming server."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient

from butler.channels.telegram.arrivals import Recording
from butler.config import Speech

_LOG = logging.getLogger(__name__)
RATE = 16_000
LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_S = 300.0
_PATIENCE_S = 60.0
_CHUNK_SAMPLES = 4_096

TOO_LONG = (
    "That voice note is too long for me: five minutes are the most I listen to. Please write it, or say it shorter."
)
UNREADABLE = "I couldn't read that recording, so I did nothing. Please write it, or say it again."
NO_ANSWER = "I couldn't listen to that just now: what writes down voice notes didn't answer. Please write it."
NOTHING_HEARD = "I didn't hear any words in that, so I did nothing. Please write it, or say it again."


class VoiceError(Exception):
    """A voice note could not be turned into words; its text is what the person is told."""


Fetch = Callable[[str], Awaitable[bytes]]
"""Fetches the content of a file of Telegram's; raises a TelegramError."""


@dataclass(frozen=True)
class Listener:
    """Turns a voice note into words."""

    speech: Speech
    patience_s: float = _PATIENCE_S

    async def words_of(self, recording: Recording, fetch: Fetch) -> str:
        """Return what is said in a recording; raises VoiceError and what `fetch` raises."""
        if recording.size > LARGEST_BYTES or recording.seconds > LONGEST_S:
            raise VoiceError(TOO_LONG)
        content = await fetch(recording.file)
        samples = await asyncio.to_thread(decoded, content)
        try:
            text = await asyncio.wait_for(self._transcribed(samples), self.patience_s)
        except (TimeoutError, OSError, ValueError, KeyError) as exc:
            _LOG.warning("speech to text failed: %s", str(exc) or type(exc).__name__)
            raise VoiceError(NO_ANSWER) from exc
        if not text.strip():
            raise VoiceError(NOTHING_HEARD)
        return text.strip()

    async def _transcribed(self, samples: bytes) -> str:
        async with AsyncTcpClient(self.speech.host or "", self.speech.port) as client:
            await client.write_event(Transcribe(language="en").event())
            await client.write_event(AudioStart(rate=RATE, width=2, channels=1).event())
            for at in range(0, len(samples), _CHUNK_SAMPLES * 2):
                part = samples[at : at + _CHUNK_SAMPLES * 2]
                await client.write_event(AudioChunk(rate=RATE, width=2, channels=1, audio=part).event())
            await client.write_event(AudioStop().event())
            while True:
                event = await client.read_event()
                if event is None:
                    raise ConnectionResetError("the server hung up")
                if Transcript.is_type(event.type):
                    return Transcript.from_event(event).text


def decoded(content: bytes) -> bytes:
    """Return a recording as 16-bit mono samples at 16 kHz; raises VoiceError."""
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            if file.frames > LONGEST_S * file.samplerate:
                raise VoiceError(TOO_LONG)
            heard = file.read(dtype="float32", always_2d=True).mean(axis=1)
            rate = file.samplerate
    except (soundfile.LibsndfileError, ValueError) as exc:
        raise VoiceError(UNREADABLE) from exc
    even = soxr.resample(heard, rate, RATE) if rate != RATE else heard
    return bytes((np.clip(even, -1.0, 1.0) * 32_767).astype("<i2").tobytes())
