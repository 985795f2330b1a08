"""A visitor's sound over a WebSocket, for where WebRTC does not get through.

Up come binary messages of 20 ms, 640 bytes: 16 kHz, 16 bits, little-endian. Down go such of
960 bytes, 24 kHz, and the text `drop` when the student has barged in: what the browser has
not played yet is then to be forgotten.
"""

import asyncio
import contextlib
import logging

import numpy as np
from fastapi import WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from agent.tasks import first_of
from workbench.live.lesson import Lesson
from workbench.live.microphone import FRAME_MS, INPUT_SAMPLES, OUTPUT_SAMPLES

FRAME_SEC = FRAME_MS / 1_000
INPUT_BYTES = 2 * INPUT_SAMPLES  # 640
MAX_MESSAGE_BYTES = 4 * INPUT_BYTES
MAX_EARLY_SEC = 2.0  # a browser that was held up for a moment catches up
SILENT_SEC = 10.0
AHEAD_FRAMES = 5  # what the browser holds against an uneven network
MAX_LATE_SEC = 0.5

UNSUPPORTED, POLICY_VIOLATION = 1003, 1008  # RFC 6455, 7.4.1

log = logging.getLogger(__name__)


class SoundSocket:
    """Carries one lesson's sound for as long as `run` runs."""

    def __init__(self, socket: WebSocket, lesson: Lesson) -> None:
        self._socket = socket
        self._lesson = lesson
        self._dropped = False

    async def run(self) -> None:
        """Hear and speak until either end hangs up, or the browser breaks the rules."""
        await self._lesson.connect(self)
        try:
            await first_of(self._hear(), self._speak())
        except (WebSocketDisconnect, OSError):  # a timeout is an OSError
            pass
        except Exception:
            log.exception("the sound of a lesson failed")
            self._lesson.fail()
        finally:
            self._lesson.sound_ended(self)
            await self.hang_up()

    def drop(self) -> None:
        self._dropped = True

    async def hang_up(self) -> None:
        await self._close(1000)

    async def _hear(self) -> None:
        clock = asyncio.get_running_loop().time
        began_sec, heard_sec = clock(), 0.0
        while True:
            async with asyncio.timeout(SILENT_SEC):
                message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            sound = message.get("bytes") or b""
            heard_sec += FRAME_SEC
            if len(sound) != INPUT_BYTES:
                await self._close(UNSUPPORTED)
                return
            if heard_sec > clock() - began_sec + MAX_EARLY_SEC:
                await self._close(POLICY_VIOLATION)
                return
            self._lesson.hear(np.frombuffer(sound, dtype="<i2").astype(np.int16))

    async def _speak(self) -> None:
        """Give each frame when it is due, so that at most `AHEAD_FRAMES` wait to be played."""
        clock = asyncio.get_running_loop().time
        ahead_sec = AHEAD_FRAMES * FRAME_SEC
        due_sec = clock() - ahead_sec
        while True:
            await asyncio.sleep(due_sec - clock())
            samples = self._lesson.speak(OUTPUT_SAMPLES, AHEAD_FRAMES * OUTPUT_SAMPLES)
            async with asyncio.timeout(SILENT_SEC):
                if self._dropped:
                    self._dropped = False
                    await self._socket.send_text("drop")
                    due_sec = clock() - ahead_sec
                await self._socket.send_bytes(samples.astype("<i2").tobytes())
            due_sec = max(due_sec + FRAME_SEC, clock() - MAX_LATE_SEC)

    async def _close(self, code: int) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # it may be closed by now
            if self._socket.application_state is WebSocketState.CONNECTED:
                await self._socket.close(code)
