"""A student who has said something, in a process that can be killed.

python -m tests.room.lost_student URL TOKEN
"""

import asyncio
import sys

from agent.rooms.student import student_in_room
from tests.room.harness import pcm
from tests.wire.conftest import speech


async def main(url: str, token: str) -> None:
    """Print the id of the segment that was heard, and stay."""
    async with student_in_room(url, token) as student:
        await student.until_tutor()
        await student.say(pcm(speech(2)))
        while not (transcript := await student.transcripts.get()).is_final:
            pass
        print(transcript.segment_id, flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
