"""Every way in which Local Live can be told to misbehave, as google-genai meets it."""

from typing import Any

import pytest
from google.genai import errors

from agent.errors import SettingsError

pytestmark = pytest.mark.wire
CODES = {"1007": 1007, "1008": 1008, "1011": 1011, "drop": 1006}


@pytest.mark.parametrize("moment", ["setup", "ready", "utterance", "answer"])
@pytest.mark.parametrize("name", list(CODES))
async def test_a_connection_ends_as_told_at_the_moment_told(
    local_live: Any, open_talk: Any, name: str, moment: str, caplog: pytest.LogCaptureFixture
) -> None:
    """What came before the moment has come, what follows has not."""
    endpoint = await local_live(faults=[f"{name}@{moment}"])
    reached = ""
    with pytest.raises(errors.APIError) as caught:
        async with open_talk(endpoint) as talk:
            reached = "ready"
            if moment in ("utterance", "answer"):
                await talk.say()
            if moment == "answer":
                reached = "answer" if (await talk.turn(until="audio")).latex else "nothing written"
            await talk.turn()
    assert caught.value.code == CODES[name]
    assert reached == {"setup": "", "answer": "answer"}.get(moment, "ready")
    assert caplog.records == []


async def test_a_wrong_key_is_refused_as_the_service_does(local_live: Any, open_talk: Any) -> None:
    """1007 with this reason, not an HTTP status."""
    endpoint = await local_live(faults=["wrong_key"])
    with pytest.raises(errors.APIError, match="API key not valid") as caught:
        async with open_talk(endpoint):
            pass
    assert caught.value.code == 1007


@pytest.mark.parametrize("moment", ["ready", "utterance", "answer"])
async def test_go_away_is_announced_before_the_end(
    local_live: Any, open_talk: Any, moment: str
) -> None:
    """The turn under way is still served; then the connection ends."""
    endpoint = await local_live(faults=[f"go_away@{moment}"])
    async with open_talk(endpoint) as talk:
        await talk.say()
        turn = await talk.turn()
        assert (turn.time_left, turn.latex) == ("2s", ["x^2+1"])
        with pytest.raises(errors.APIError) as caught:
            await talk.turn()
    assert caught.value.code == 1001


async def test_a_fault_of_one_connection_leaves_the_others_alone(
    local_live: Any, open_talk: Any
) -> None:
    """How a client's second attempt is tried."""
    endpoint = await local_live(faults=["1011@utterance#2"])
    outcomes = []
    for _ in range(3):
        try:
            async with open_talk(endpoint) as talk:
                await talk.say()
                outcomes.append((await talk.turn()).heard)
        except errors.APIError as error:
            outcomes.append(error.code)
    assert outcomes == ["x squared plus one", 1011, "x squared plus one"]


@pytest.mark.parametrize(
    "name",
    ["", "1011", "1012@setup", "1011@noon", "go_away@setup", "wrong_key@setup", "drop@answer#two"],
)
async def test_an_unknown_fault_is_refused_with_the_list_of_those_there_are(
    local_live: Any, name: str
) -> None:
    """A typing error must not give a server without the fault."""
    with pytest.raises(SettingsError, match="late_transcription") as caught:
        await local_live(faults=[name])
    assert repr(name) in str(caught.value)
