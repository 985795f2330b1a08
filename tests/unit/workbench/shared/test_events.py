"""A lesson's events reach its page in order, also after a short absence."""

import asyncio
import json

from workbench.shared.events import EventLog


async def read(log: EventLog, n_events: int, after: int = 0) -> list[int]:
    """The values of the next events; the reader leaves when it has them."""
    values: list[int] = []
    stream = log.follow(after)
    async for text in stream:
        fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
        if "data" in fields:
            values.append(json.loads(fields["data"])["value"])
        if len(values) == n_events:
            break
    await stream.aclose()
    return values


async def test_a_page_that_comes_back_misses_nothing() -> None:
    """A browser reconnects an event stream by itself and names the last event it saw."""
    log = EventLog()
    for value in (1, 2, 3):
        log.publish("number", {"value": value})
    assert await read(log, 2) == [1, 2]
    log.publish("number", {"value": 4})
    assert await read(log, 2, after=2) == [3, 4]


async def test_an_event_arrives_while_the_page_waits() -> None:
    """Events must not wait for the next heartbeat."""
    log = EventLog()
    reader = asyncio.create_task(read(log, 1))
    await asyncio.sleep(0)
    log.publish("number", {"value": 7})
    assert await asyncio.wait_for(reader, 1) == [7]


async def test_a_closed_log_gives_what_was_published_and_ends() -> None:
    """The reason why a lesson ended is its last event: it must arrive."""
    log = EventLog()
    log.publish("ended", {"value": 1})
    log.close()
    assert [text async for text in log.follow(0)][1:] == [
        'id: 1\nevent: ended\ndata: {"value": 1}\n\n'
    ]


async def test_absence_counts_from_when_the_last_page_left() -> None:
    """A lesson that nobody follows for seconds has lost its visitor."""
    log = EventLog()
    log.publish("number", {"value": 1})
    stream = log.follow(0)
    await anext(stream)
    assert log.unread_for_sec() == 0
    await stream.aclose()
    await asyncio.sleep(0.01)
    assert log.unread_for_sec() > 0


def test_line_breaks_in_a_transcript_stay_inside_the_event() -> None:
    """A raw line break would end the data line and let speech forge events."""
    log = EventLog()
    log.publish("transcript", {"text": "a\n\nevent: status\ndata: {}"})
    ((_, text),) = log._events
    assert text.count("\n") == 4
