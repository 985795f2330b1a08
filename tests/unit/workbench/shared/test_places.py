"""Who ends at once is still heard: a page asks for events after it has begun."""

import asyncio

import pytest

from workbench.shared import places
from workbench.shared.places import NotHereError, Places


class Refused:
    """Is over before anybody could look."""

    id = "guest"

    async def run(self) -> None:
        pass

    def close(self) -> None:
        """Nothing to end."""


class Few(Places[Refused]):
    at_most, full, gone = 1, "full", "gone"


async def test_a_guest_that_has_ended_can_be_heard_and_has_no_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A room that refuses a token at once has its reason to tell."""
    monkeypatch.setattr(places, "HEARD_SEC", 0.05)
    few, guest = Few(), Refused()
    await few.begin(guest)
    await asyncio.sleep(0)
    assert few.n_running == 0
    assert few.find_to_hear(guest.id) is guest
    with pytest.raises(NotHereError):
        few.find(guest.id)
    while few._ended:  # noqa: ASYNC110 (nothing tells of it)
        await asyncio.sleep(0.01)
    with pytest.raises(NotHereError):
        few.find_to_hear(guest.id)
