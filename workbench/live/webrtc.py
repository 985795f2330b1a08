"""Where browsers' offers become connections: FastRTC's Stream, its offer route only."""

import warnings
from collections.abc import Sequence
from typing import Any, cast

from aiortc import RTCPeerConnection

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # fastrtc's own imports
    from fastrtc import Stream

from agent.errors import LiveError
from workbench.live.ice import IceServer
from workbench.live.lesson import Lesson
from workbench.live.microphone import Microphone

NO_ICE: dict[str, object] = {"iceServers": []}  # host addresses serve a machine and its network
MAX_CONNECTIONS = 16


class Switchboard:
    """Answers the offer of each lesson's browser."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the page that FastRTC builds and nobody sees
            self._stream = Stream(
                Microphone(),
                modality="audio",
                mode="send-receive",
                concurrency_limit=MAX_CONNECTIONS,
                rtc_configuration=NO_ICE,
                server_rtc_configuration=NO_ICE,
                verbose=False,
            )

    async def answer(
        self, lesson: Lesson, sdp: str, ice_servers: Sequence[IceServer]
    ) -> dict[str, str]:
        """The answer to one offer; the lesson's sound flows from here on.

        Raises LiveError for an offer that can't be answered, or that comes too late: a
        browser that waited in vain has gone over to its WebSocket.
        """
        stream = self._stream
        configuration: dict[str, Any] = {"iceServers": list(ice_servers)}
        stream.server_rtc_configuration = stream.convert_to_aiortc_format(configuration)
        offer = {"sdp": sdp, "type": "offer", "webrtc_id": lesson.id}
        try:
            outputs = stream.set_additional_outputs(lesson.id)
            answer = await stream.handle_offer(offer, outputs)  # type: ignore[no-untyped-call]
        except Exception as error:
            raise LiveError("The browser's offer of sound could not be read.") from error
        if not isinstance(answer, dict) or not stream.connections.get(lesson.id):
            raise LiveError("The sound could not be connected. Start again.")
        microphone = cast(Microphone, stream.handlers[lesson.id])
        peer = stream.pcs[lesson.id]
        if lesson.has_sound:
            await peer.close()
            raise LiveError("The lesson's sound is connected already.")
        await microphone.attach(lesson, stream.connections[lesson.id][0], peer)
        _hear_at_once(peer)
        return answer


def _hear_at_once(peer: RTCPeerConnection) -> None:
    """Take sound packet by packet: aiortc waits for four before it gives one, 80 ms."""
    for receiver in peer.getReceivers():
        vars(receiver)["_RTCRtpReceiver__jitter_buffer"]._prefetch = 1
