"""A worker as a process of its own, as it runs in production."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from livekit.api import ListParticipantsRequest
from livekit.protocol.models import ParticipantInfo

from agent.rooms.admin import administrating, dispatch_tutor
from agent.rooms.server import RoomServer
from agent.tutor.endpoint import LiveEndpoint
from tests.live_service import endpoint_environment, environment_without_service
from tests.paths import PROJECT
from tests.room.harness import PATIENCE_SEC

START_SEC = 90.0
END_SEC = 60.0


@dataclass
class WorkerProcess:
    """`python -m agent start`, its health's address and all that it logged."""

    process: asyncio.subprocess.Process
    address: str = ""
    lines: list[str] = field(default_factory=list)
    has_ended: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Collect the log until the process ends."""
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip())
            self._changed.set()
        self.has_ended = True
        self._changed.set()

    async def until_logged(
        self, part: str, after: int = 0, *, patience_sec: float = START_SEC
    ) -> str:
        """Wait for a line that holds `part`, among those after the first `after`."""
        async with asyncio.timeout(patience_sec):
            while True:
                self._changed.clear()
                if found := next((x for x in self.lines[after:] if part in x), None):
                    return found
                assert not self.has_ended, "\n".join(self.lines)
                await self._changed.wait()

    async def until_ready(self, status: int = 200) -> str:
        """Wait until /ready answers with that status; gives its words."""
        if not self.address:
            self.address = (await self.until_logged("/ready")).removesuffix("/ready")
        async with asyncio.timeout(START_SEC), httpx.AsyncClient() as client:
            while True:
                answer = await client.get(f"{self.address}/ready")
                if answer.status_code == status:
                    return answer.text
                await asyncio.sleep(0.1)

    def tell(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def until_ended(self) -> int:
        async with asyncio.timeout(END_SEC):
            return await self.process.wait()

    @property
    def entries(self) -> list[dict[str, object]]:
        """The log's lines that are JSON."""
        return [json.loads(line) for line in self.lines if line.startswith("{")]


@asynccontextmanager
async def worker(
    server: RoomServer,
    endpoint: LiveEndpoint,
    home: Path | None = None,
    *,
    command: str = "start",
    folder: Path = PROJECT,
    **settings: str,
) -> AsyncIterator[WorkerProcess]:
    """A worker under way, or another command; it is killed at the end if it is still there."""
    own_home = TemporaryDirectory()
    environment = (
        environment_without_service()
        | endpoint_environment(endpoint)
        | {
            "LIVEKIT_URL": server.url,
            "LIVEKIT_API_KEY": server.api_key,
            "LIVEKIT_API_SECRET": server.api_secret,
            "AGENT_PORT": "0",
            "WORKBENCH_HOME": str(home or own_home.name),
        }
        | settings
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "agent",
        command,
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    running = WorkerProcess(process)
    reading = asyncio.create_task(running.read())
    try:
        yield running
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        await reading
        own_home.cleanup()


async def ask_for_tutor(server: RoomServer, room: str, **metadata: str) -> None:
    """Dispatch a tutor as a website would."""
    await dispatch_tutor(server, room, "math-tutor", json.dumps(metadata) if metadata else "")


async def tutors_in(server: RoomServer, room: str) -> list[str]:
    """The identities of the agents in the room, as the server knows them."""
    async with administrating(server) as admin:
        listed = await admin.client.room.list_participants(ListParticipantsRequest(room=room))
    agents = (p for p in listed.participants if p.kind == ParticipantInfo.Kind.AGENT)
    return [participant.identity for participant in agents]


__all__ = ["PATIENCE_SEC", "WorkerProcess", "ask_for_tutor", "tutors_in", "worker"]
