"""Join a room from this process: as its tutor, or as a hidden watcher."""

import asyncio
from collections.abc import Callable

from livekit import rtc

from agent.rooms import protocol
from agent.rooms.changes import RoomChanges
from agent.rooms.connection import connected
from agent.rooms.text import read_text
from agent.rooms.tokens import RoomPass
from agent.rooms.tutor import Earlier, OnFinal, RoomTutor
from agent.tasks import first_of
from agent.transcript import Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor


async def teach_in_room(  # noqa: PLR0913
    room_pass: RoomPass,
    tutor: Tutor,
    endpoint: LiveEndpoint,
    *,
    on_inside: Callable[[], None],
    on_final: OnFinal,
    earlier: Earlier,
) -> None:
    """Teach in the room until the lesson is over. Raises RoomError or LiveError."""
    room = rtc.Room()
    teacher = RoomTutor(room, tutor, endpoint, on_final=on_final, earlier=earlier)
    async with connected(room, room_pass.url, room_pass.token):
        on_inside()
        await teacher.run()


async def watch_room(
    room_pass: RoomPass,
    *,
    on_inside: Callable[[], None],
    on_transcript: Callable[[Transcript], None],
) -> None:
    """Read the room's transcripts until it is over. Raises RoomError."""
    room = rtc.Room()
    changes = RoomChanges(room)
    streams: asyncio.Queue[rtc.TextStreamReader] = asyncio.Queue()
    room.register_text_stream_handler(
        protocol.TRANSCRIPTION, lambda reader, _sender_id: streams.put_nowait(reader)
    )

    async def read() -> None:
        while True:
            reader = await streams.get()
            try:
                text = await read_text(reader)
            except rtc.StreamError:
                continue  # its writer has gone
            on_transcript(protocol.transcript_of(text, reader.info.attributes or {}))

    async def until_over() -> None:
        await changes.until(lambda: changes.is_over)

    async with connected(room, room_pass.url, room_pass.token):
        on_inside()
        await first_of(read(), until_over())
