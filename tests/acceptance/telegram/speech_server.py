"""A speech-to-text server that speaks the Wyoming protocol and always hears what it was told to hear."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

import numpy as np
import soundfile
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import async_read_event, async_write_event


def voice_note(seconds: float = 1.0, rate: int = 48_000) -> bytes:
    """Return a recording as Telegram has them: OGG Opus, one channel."""
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    held = io.BytesIO()
    soundfile.write(held, tone, rate, format="OGG", subtype="OPUS")
    return held.getvalue()


@dataclass
class SpeechServer:
    """Hears `words` in whatever it is sent, after some seconds; None never answers."""

    port: int = 0
    words: str | None = ""
    seconds: float = 0.0
    heard_s: list[float] = field(default_factory=list)
    """How many seconds each recording lasted."""
    _reserved: socket.socket = field(default_factory=socket.socket)

    def __post_init__(self) -> None:
        # Bound all the while, so that the system gives the port to nobody else while the server is down.
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._reserved.bind(("127.0.0.1", self.port))
        self.port = self._reserved.getsockname()[1]

    def close(self) -> None:
        """Give the port up."""
        self._reserved.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Listen to recordings, in the order the protocol wants, until the client hangs up or the server closes."""
        try:
            await self._listen(reader, writer)
        finally:
            writer.transport.abort()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        stages: list[str] = []
        samples, rate = 0, 1
        while (event := await async_read_event(reader)) is not None:
            stages.append(event.type)
            if AudioChunk.is_type(event.type):
                chunk = AudioChunk.from_event(event)
                samples, rate = samples + len(chunk.audio) // (chunk.width * chunk.channels), chunk.rate
            elif AudioStop.is_type(event.type):
                assert stages[:2] == [Transcribe().event().type, AudioStart(rate, 2, 1).event().type]
                self.heard_s.append(samples / rate)
                await asyncio.sleep(self.seconds)
                if self.words is not None:
                    await async_write_event(Transcript(self.words).event(), writer)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Listen on a port of this machine, the same one each time."""
        loop = asyncio.new_event_loop()
        listening = loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", self.port))
        thread = Thread(target=loop.run_forever, name="speech-server", daemon=True)
        thread.start()
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(_shut(listening), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()


async def _shut(listening: asyncio.Server) -> None:
    """Close a server with its connections; one that is left open fails whatever test runs when it is collected."""
    listening.close()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.sleep(0)  # the transports' own ends, which are called on the next round
