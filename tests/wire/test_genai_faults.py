"""Every way in which Local Live can be told to misbehave, as google-genai meets it."""

import asyncio
from typing import Any

import pytest
from google.genai import errors
from websockets.exceptions import InvalidStatus

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import LiveError, Remedy, SettingsError
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.failures import live_error
from agent.tutor.tutor import Tutor
from evals.replay.depths import Pace
from evals.replay.direct import replay
from evals.runs.prediction import Prediction

pytestmark = pytest.mark.wire
CODES = {"1000": 1000, "1007": 1007, "1008": 1008, "1011": 1011, "drop": 1006}


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


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("no_transcription", ""),
        ("truncated_transcription", "x squared"),
        ("foreign_transcription", "equis al cuadrado más uno"),
    ],
)
async def test_the_transcript_is_wrong_although_the_model_understood(
    local_live: Any, open_talk: Any, speech: Any, name: str, heard: str
) -> None:
    """A side channel, as the real one: what was heard says nothing about what was understood."""
    async with open_talk(await local_live(faults=[name]), manual_turns=False) as talk:
        await talk.send(speech(1.0) + bytes(len(speech(1.0))))
        turn = await talk.turn()
    assert (turn.heard, turn.latex) == (heard, ["x^2+1"])


async def test_a_broken_tool_call_has_arguments_of_other_types(
    local_live: Any, open_talk: Any
) -> None:
    """Models do that, and the client must answer it with an error."""
    async with open_talk(await local_live(faults=["tool_call_broken"])) as talk:
        await talk.say()
        turn = await talk.turn()
    assert [call.args for call in turn.calls] == [{"latex": 7, "formula": None}]


async def test_a_tool_call_is_taken_back_at_once(local_live: Any, open_talk: Any) -> None:
    """The formula was never written then."""
    async with open_talk(await local_live(faults=["tool_call_cancelled"])) as talk:
        await talk.say()
        turn = await talk.turn()
    assert turn.cancelled_ids == [call.id for call in turn.calls] != []


@pytest.mark.parametrize(("name", "code"), [("429", 429), ("quota", 1011)])
async def test_a_service_without_capacity_refuses_the_session(
    local_live: Any, open_talk: Any, name: str, code: int
) -> None:
    """One sentence for both: the quota of a day closes with 1011 and says so."""
    with pytest.raises((errors.APIError, InvalidStatus)) as caught:
        async with open_talk(await local_live(faults=[name])):
            pass
    assert (live_error(caught.value).code, "no capacity" in str(live_error(caught.value))) == (
        429,
        True,
    )
    if isinstance(caught.value, errors.APIError):
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("empty_turn", ("", "ended empty")),
        ("response_rejected", ("x squared plus one", "RESPONSE_REJECTED")),
        ("malformed_function_call", ("x squared plus one", "MALFORMED_FUNCTION_CALL")),
    ],
)
async def test_a_turn_without_an_answer_is_none(
    local_live: Any, tutor: Tutor, speech: Any, fault: str, told: tuple[str, str]
) -> None:
    """Scored, it would be the model's fault; what was heard is kept."""
    prediction = await replayed(await local_live(faults=[fault]), tutor, speech(0.5))
    assert prediction.status == "no_answer"
    assert prediction.transcript == told[0]
    assert told[1] in (prediction.error or "")


@pytest.mark.parametrize("name", ["stall", "freeze"])
async def test_a_service_that_falls_silent_is_left_after_a_while(
    local_live: Any, tutor: Tutor, speech: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With or without pings, a replay must not wait for ever."""
    monkeypatch.setattr("evals.replay.direct.REPLY_TIMEOUT_SEC", 0.5)
    prediction = await replayed(await local_live(faults=[f"{name}@ready"]), tutor, speech(0.5))
    assert prediction.status == "failed"


async def test_only_a_frozen_service_leaves_pings_unanswered(
    local_live: Any, open_talk: Any
) -> None:
    """That is how a client may tell a stalled service from a lost one."""
    endpoint = await local_live(faults=["stall@ready#1", "freeze@ready#2"])
    answered = []
    for _ in range(2):
        async with open_talk(endpoint) as talk:
            pong = await talk.session._ws.ping()
            done, _ = await asyncio.wait([pong], timeout=0.5)
            answered.append(bool(done))
    assert answered == [True, False]


@pytest.mark.parametrize("moment", ["setup", "ready", "utterance", "answer"])
async def test_a_malformed_message_costs_the_utterance_and_no_more(
    local_live: Any, tutor: Tutor, speech: Any, moment: str
) -> None:
    """A batch goes on with the next one."""
    endpoint = await local_live(faults=[f"malformed@{moment}#1"])
    lost = await replayed(endpoint, tutor, speech(0.5))
    assert lost.status in ("failed", "cut_off")
    assert (await replayed(endpoint, tutor, speech(0.5))).status == "ok"


async def test_an_oversized_message_is_taken(local_live: Any, tutor: Tutor, speech: Any) -> None:
    """A minute of sound in one message is more than a websocket takes by default."""
    prediction = await replayed(await local_live(faults=["oversized@answer"]), tutor, speech(0.5))
    assert prediction.transcript == "x squared plus one"
    assert "ran away" in (prediction.error or "")  # a mebibyte of words is no answer


async def test_a_slow_link_changes_nothing_but_the_time(
    local_live: Any, tutor: Tutor, speech: Any
) -> None:
    """Words and formulas arrive late and whole."""
    prediction = await replayed(await local_live(faults=["slow_link"]), tutor, speech(0.5))
    assert (prediction.status, prediction.transcript) == ("ok", "x squared plus one")
    assert prediction.timings_sec["complete"] > 1.0


async def test_a_native_audio_models_1008_passes(
    local_live: Any, tutor: Tutor, speech: Any
) -> None:
    """https://github.com/googleapis/js-genai/issues/1236: during tool calls, now and then."""
    lost = await replayed(await local_live(faults=["1008@answer"]), tutor, speech(0.5))
    assert (lost.status, lost.remedy) == ("cut_off", Remedy.AGAIN)


async def test_a_certificate_of_somebody_else_stops_everything(
    local_live: Any, tutor: Tutor, speech: Any
) -> None:
    """A proxy or a virus scanner that opens the connection has one of its own."""
    endpoint = await local_live(faults=["tls_interceptor"])
    refused = await replayed(endpoint, tutor, speech(0.5))
    assert (refused.status, refused.remedy) == ("failed", Remedy.STOP)
    assert "virus scanner" in (refused.error or "")


async def test_a_proxy_that_wants_a_password_is_named(
    tutor: Tutor, speech: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers in the service's place, so that no key and no model can be wrong."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1") as proxy:
        port = proxy.sockets[0].getsockname()[1]
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        endpoint = LiveEndpoint("gemini", "key", "https://live.invalid")
        refused = await replayed(endpoint, tutor, speech(0.5))
    assert (refused.remedy, "password" in (refused.error or "")) == (Remedy.STOP, True)


def test_a_socks_proxy_names_the_packages_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client itself can't be made then."""
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(LiveError, match="python-socks"):
        LiveEndpoint("gemini", "key", "https://live.invalid").client()


async def test_at_real_time_no_sound_is_sent_before_it_would_be_spoken(
    local_live: Any, tutor: Tutor, speech: Any
) -> None:
    """For models that lose sound which comes faster."""
    prediction = await replayed(await local_live(), tutor, speech(0.5), pace="realtime")
    assert (prediction.status, prediction.transcript) == ("ok", "x squared plus one")
    assert prediction.timings_sec["sent"] >= 0.5


async def replayed(
    endpoint: LiveEndpoint, tutor: Tutor, pcm: bytes, pace: Pace = "full"
) -> Prediction:
    client = endpoint.client()
    try:
        audio = Pcm16.from_bytes(pcm, STUDENT_RATE_HZ)
        return await replay(audio, tutor, client, pace=pace)
    finally:
        await client.aio.aclose()
