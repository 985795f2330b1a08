"""Changes of the patience: each opens a session."""

import asyncio

from workbench.live.patience import Paced


async def test_of_changes_in_quick_succession_the_first_and_the_last_count() -> None:
    """Twenty of them a second had used up a lesson's minutes in two."""
    told: asyncio.Queue[int] = asyncio.Queue()
    paced = Paced(told.put_nowait, every_sec=0.05)
    for value in range(20):
        paced(value)
    assert told.get_nowait() == 0
    async with asyncio.timeout(5):
        assert await told.get() == 19
    assert told.empty()
    paced(20)
    paced.stop()
