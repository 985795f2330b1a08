"""What a setup may ask for, and how the rest is refused."""

import json
import ssl
from typing import Any

import pytest
from google.genai import errors, types
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from agent.tutor.endpoint import LiveEndpoint

pytestmark = pytest.mark.wire
PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
KEY = {"x-goog-api-key": "any"}


def raw(endpoint: LiveEndpoint, path: str = PATH, headers: Any = KEY) -> connect:
    """A bare websocket, for what google-genai would never send."""
    context = ssl.create_default_context(cafile=endpoint.ca_file)
    address = str(endpoint.base_url).replace("https", "wss") + path
    return connect(address, ssl=context, additional_headers=headers, proxy=None)


async def closed(socket: ClientConnection) -> ConnectionClosedError:
    """How the server closed this connection."""
    with pytest.raises(ConnectionClosedError) as caught:
        while True:
            await socket.recv()
    assert caught.value.rcvd is not None
    return caught.value


@pytest.mark.parametrize(
    ("settings", "code", "says"),
    [
        ({"model": "gemini-9-live"}, 1008, "models/gemini-9-live is not found"),
        ({"model": "gemini-2.0-flash-live-001"}, 1008, "is not found"),  # retired
        ({"response_modalities": [types.Modality.TEXT]}, 1007, "AUDIO only"),
        ({"response_modalities": [types.Modality.AUDIO, types.Modality.TEXT]}, 1007, "AUDIO only"),
        (
            {"session_resumption": types.SessionResumptionConfig(handle="of-nobody")},
            1008,
            "not found",
        ),
    ],
)
async def test_a_setup_that_the_service_refuses_is_refused(
    local_live: Any, open_talk: Any, settings: dict[str, Any], code: int, says: str
) -> None:
    """The close code and a reason reach the client as an APIError."""
    endpoint = await local_live()
    with pytest.raises(errors.APIError) as caught:
        async with open_talk(endpoint, **settings) as talk:
            await talk.turn()
    assert caught.value.code == code
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"response_modalities": None},
        {"model": "models/gemini-3.8-live"},
        {"model": "gemini-2.5-flash-native-audio-preview-12-2025"},
        {"context_window_compression": types.ContextWindowCompressionConfig(trigger_tokens=9000)},
        {"tools": None},
        {"system_instruction": None, "temperature": 0.2},
    ],
)
async def test_a_setup_that_the_service_takes_is_taken(
    local_live: Any, open_talk: Any, settings: dict[str, Any]
) -> None:
    """What this engine has no use for is no reason to refuse."""
    async with open_talk(await local_live(), **settings) as talk:
        await talk.say()
        assert (await talk.turn()).heard == "x squared plus one"


@pytest.mark.parametrize(
    "setup",
    [
        {
            "model": "models/gemini-3.8-live",
            "generationConfig": {"responseModalities": ["AUDIO"]},
            "inputAudioTranscription": {},
            "realtimeInputConfig": {"automaticActivityDetection": {"disabled": True}},
        },
        {
            "model": "models/gemini-3.8-live",
            "generation_config": {"response_modalities": ["AUDIO"]},
            "input_audio_transcription": {},
            "realtime_input_config": {"automatic_activity_detection": {"disabled": True}},
        },
        {
            "model": "models/gemini-3.8-live",
            "inputAudioTranscription": {},
            "realtimeInputConfig": {"automatic_activity_detection": {"disabled": True}},
        },
    ],
    ids=["camel", "snake", "mixed"],
)
async def test_keys_are_read_in_both_styles(local_live: Any, setup: dict[str, Any]) -> None:
    """google-genai sends some in one and some in the other; answers are binary frames."""
    async with raw(await local_live()) as socket:
        await socket.send(json.dumps({"setup": setup}))
        answer = await socket.recv()
        assert isinstance(answer, bytes)
        assert json.loads(answer) == {"setupComplete": {}}
        await socket.send(json.dumps({"realtime_input": {"activityStart": {}}}))
        await socket.send(json.dumps({"realtimeInput": {"activity_end": {}}}))
        heard = json.loads(await socket.recv())
    assert heard == {"serverContent": {"inputTranscription": {"text": "x squared plus one"}}}


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("{", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ("[1]", "expected a JSON object, got list"),
        (b"\xff\xfe", "no valid JSON"),
        ('{"setup": 3}', "invalid value at setup"),
        ('{"setup": {"model": ["a"]}}', "invalid value at setup.model"),
        ('{"setup": {"model": "gemini-3.8-live", "realtimeInputConfig": 3}}', "invalid value"),
        ('{"surprise": {}}', "invalid value at surprise"),
        ("{}", "expected setup as the first message"),
        ('{"realtimeInput": {"audio": {"data": "AAAA"}}}', "expected setup as the first message"),
        ('{"clientContent": {"turnComplete": true}}', "expected setup as the first message"),
    ],
)
async def test_a_first_message_that_is_no_setup_is_refused_in_one_sentence(
    local_live: Any, message: str | bytes, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    """1007 and a reason; nothing of it, and no traceback, in the server's log."""
    async with raw(await local_live()) as socket:
        await socket.send(message)
        end = await closed(socket)
    assert (end.rcvd.code, says in end.rcvd.reason) == (1007, True), end.rcvd
    assert caplog.records == []


@pytest.mark.parametrize(
    "message",
    [
        '{"setup": {"model": "models/gemini-3.8-live"}}',
        "nonsense",
        "{}",
        '{"realtimeInput": {"audio": {"data": "AAAA", "mimeType": "audio/ogg"}}}',
        '{"realtimeInput": {"audio": {"data": "AAAA", "mimeType": "audio/pcm;rate=8000"}}}',
        '{"realtimeInput": {"audio": {"data": "AAAAA", "mimeType": "audio/pcm;rate=16000"}}}',
        '{"realtimeInput": {"audio": {"data": "AA==", "mimeType": "audio/pcm;rate=16000"}}}',
        '{"realtimeInput": {"video": {"data": "AAAA", "mimeType": "image/jpeg"}}}',
        json.dumps({"realtimeInput": {"text": "x " * 2_001}}),
    ],
)
async def test_a_later_message_that_has_no_place_ends_the_session(
    local_live: Any, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A second setup, broken JSON, another container, another rate, half a sample, a picture."""
    async with raw(await local_live()) as socket:
        await socket.send('{"setup": {"model": "models/gemini-3.8-live"}}')
        await socket.recv()
        await socket.send(message)
        assert (await closed(socket)).rcvd.code == 1007
    assert caplog.records == []


async def test_a_client_that_never_sends_its_setup_is_let_go(
    local_live: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever only holds a connection would take a student's place."""
    monkeypatch.setattr("agent.local_live.server.SETUP_TIMEOUT_SEC", 1.0)
    async with raw(await local_live()) as socket:
        end = await closed(socket)
    assert (end.rcvd.code, end.rcvd.reason) == (1008, "no setup within 1 s")


@pytest.mark.parametrize("ending", ["close", "abort"])
@pytest.mark.parametrize("messages", [0, 1, 3])
async def test_a_client_that_hangs_up_leaves_nothing_behind(
    *, local_live: Any, messages: int, ending: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Before its setup, after it, or in the middle of a turn: no traceback, and the next is served."""
    endpoint = await local_live()
    sent = [
        '{"setup": {"model": "models/gemini-3.8-live"}}',
        '{"realtimeInput": {"text": "x squared"}}',
        '{"realtimeInput": {"text": "x squared"}}',
    ][:messages]
    async with raw(endpoint) as socket:
        for message in sent:
            await socket.send(message)
        if ending == "abort":
            socket.transport.abort()
    async with raw(endpoint) as socket:
        await socket.send(sent[0] if sent else '{"setup": {"model": "models/gemini-3.8-live"}}')
        assert json.loads(await socket.recv()) == {"setupComplete": {}}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", KEY, 404),
        ("/ws/google.ai.generativelanguage.v1beta.GenerativeService.Other", KEY, 404),
        (PATH, {}, 403),
        (PATH, {"x-goog-api-key": ""}, 403),
    ],
)
async def test_a_handshake_without_path_or_key_is_refused(
    local_live: Any, path: str, headers: dict[str, str], status: int
) -> None:
    """Refused before a session begins."""
    with pytest.raises(InvalidStatus) as caught:
        async with raw(await local_live(), path, headers):
            pass
    assert caught.value.response.status_code == status


@pytest.mark.parametrize("version", ["v1", "v1alpha", "v1beta"])
async def test_every_version_of_the_path_is_served(local_live: Any, version: str) -> None:
    """The client's api_version stands in the middle of the path."""
    async with raw(await local_live(), PATH.replace("v1beta", version)) as socket:
        await socket.send('{"setup": {"model": "models/gemini-3.8-live"}}')
        assert json.loads(await socket.recv()) == {"setupComplete": {}}


async def test_a_message_of_more_than_a_mebibyte_is_refused(local_live: Any) -> None:
    """1009 is the websocket's own code for it."""
    async with raw(await local_live()) as socket:
        await socket.send("x" * ((1 << 20) + 1))
        assert (await closed(socket)).rcvd.code == 1009
