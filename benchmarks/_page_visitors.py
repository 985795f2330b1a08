"""Visitors of the Live tab without their browsers, which would take the server's processor.

    python -m benchmarks._page_visitors URL RECORDING VISITORS SECONDS

Each holds a lesson as a browser does: plain requests, the event stream, sound both ways. Prints
as JSON each lag that a page would tell, and what one visitor more is told.
"""

import asyncio
import contextlib
import json
import sys
import time
from dataclasses import dataclass, field

import httpx
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaBlackhole, MediaPlayer

LESSON = {"prompt": "tutor@1", "model": "gemini-3.8-live", "patience_ms": 800}


@dataclass
class Visitor:
    """One lesson, spoken into without end; `lags` holds seconds of the clock and milliseconds."""

    client: httpx.AsyncClient
    recording: str
    lags: list[tuple[float, int]] = field(default_factory=list)
    ending: str = ""

    async def attend(self) -> None:
        """Until the lesson ends; a refusal ends it before it has begun."""
        begun = await self.client.post("/api/lessons", json=LESSON)
        if begun.status_code != 200:
            self.ending = begun.json()["message"]
            return
        lesson = f"/api/lessons/{begun.json()['id']}"
        peer, sink = RTCPeerConnection(), MediaBlackhole()
        peer.createDataChannel("text")
        sound = MediaPlayer(self.recording, loop=True).audio
        assert sound is not None  # noqa: S101 (a WAV file has sound)
        peer.addTrack(sound)
        peer.on("track", sink.addTrack)
        try:
            await peer.setLocalDescription(await peer.createOffer())
            offer = {"sdp": peer.localDescription.sdp, "type": "offer"}
            answer = await self.client.post(f"{lesson}/offer", json=offer)
            answer.raise_for_status()
            await peer.setRemoteDescription(RTCSessionDescription(**answer.json()))
            await sink.start()
            await self._follow(lesson)
        finally:
            await peer.close()

    async def _follow(self, lesson: str) -> None:
        name = ""
        async with self.client.stream("GET", f"{lesson}/events", timeout=None) as events:
            async for line in events.aiter_lines():
                key, _, value = line.partition(": ")
                name = value if key == "event" else name
                if key == "data":
                    self._note(name, json.loads(value))

    def _note(self, name: str, data: dict[str, object]) -> None:
        if name == "latency" and set(data) == {"formula_ms"}:
            self.lags.append((time.time(), int(str(data["formula_ms"]))))
        if name == "ended":
            self.ending = str(data["message"])


async def main(url: str, recording: str, n_visitors: int, seconds: float) -> None:
    """Let them all speak, then print what came of it."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        visitors = [Visitor(client, recording) for _ in range(n_visitors)]
        attending = [asyncio.create_task(each.attend()) for each in visitors]
        await asyncio.sleep(seconds)
        one_more = Visitor(client, recording)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await one_more.attend()
        for task in attending:
            task.cancel()
        await asyncio.gather(*attending, return_exceptions=True)
    lags = sorted(lag for each in visitors for lag in each.lags)
    n_lasting = sum(not each.ending for each in visitors)
    print(json.dumps({"lags": lags, "n_lasting": n_lasting, "one_more": one_more.ending}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
