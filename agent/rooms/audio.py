"""A room's sound: the student's microphone to the lesson, the tutor's voice to the room."""

from dataclasses import dataclass
from weakref import WeakSet

import numpy as np
from livekit import rtc

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16
from agent.lesson.audio_io import StudentAudio, TutorAudio

HEARD_FRAME_MS = 50
MAX_HEARD_FRAMES = 20  # one second: what is older is no conversation any more
SAID_FRAME_SAMPLES = TUTOR_RATE_HZ // 50  # 20 ms
QUEUE_MS = 100
MICROPHONE = rtc.TrackSource.SOURCE_MICROPHONE
# A client that says nothing of where its sound comes from means the microphone.
HEARD_SOURCES = frozenset({MICROPHONE, rtc.TrackSource.SOURCE_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Heard:
    """A microphone that is subscribed to, and its participant."""

    track_id: str
    track: rtc.Track


def is_microphone(publication: rtc.RemoteTrackPublication) -> bool:
    """Whether it is sound, and not the sound of a shared screen or a film."""
    return publication.kind == rtc.TrackKind.KIND_AUDIO and publication.source in HEARD_SOURCES


class Subscriptions:
    """Subscribes to microphones and to nothing else in a room."""

    def __init__(self) -> None:
        self._wanted: WeakSet[rtc.RemoteTrackPublication] = WeakSet()

    def heard(self, participant: rtc.RemoteParticipant | None) -> Heard | None:
        """The participant's newest subscribed microphone; subscribes to the others."""
        published = participant.track_publications.values() if participant else ()
        found: Heard | None = None
        for publication in filter(is_microphone, published):
            if publication not in self._wanted:
                self._wanted.add(publication)
                publication.set_subscribed(True)
            if publication.track is not None:
                found = Heard(publication.sid, publication.track)
        return found


async def hear(track: rtc.Track, student: StudentAudio) -> None:
    """Give the track's sound to the lesson until it ends."""
    stream = rtc.AudioStream(
        track,
        capacity=MAX_HEARD_FRAMES,
        sample_rate=STUDENT_RATE_HZ,
        num_channels=1,
        frame_size_ms=HEARD_FRAME_MS,
    )
    try:
        async for event in stream:
            samples = np.frombuffer(event.frame.data, dtype=np.int16)
            student.push(Pcm16(samples, STUDENT_RATE_HZ))
    finally:
        await stream.aclose()


class TutorTrack:
    """The tutor's voice as a track in a room; lessons use it one after the other."""

    def __init__(self) -> None:
        self._source = rtc.AudioSource(TUTOR_RATE_HZ, 1, queue_size_ms=QUEUE_MS)

    async def publish(self, room: rtc.Room) -> str:
        """Publish it in the room; returns the track's id."""
        track = rtc.LocalAudioTrack.create_audio_track("tutor", self._source)
        options = rtc.TrackPublishOptions(source=MICROPHONE)
        publication = await room.local_participant.publish_track(track, options)
        return publication.sid

    async def play(self, voice: TutorAudio) -> None:
        """Play `voice` for the whole lesson; nothing is sent between answers."""
        voice.on_dropped = self._source.clear_queue
        while True:
            await voice.has_sound.wait()
            n_waiting = round(self._source.queued_duration * TUTOR_RATE_HZ)
            samples = voice.take(SAID_FRAME_SAMPLES, n_waiting)
            frame = rtc.AudioFrame(samples.tobytes(), TUTOR_RATE_HZ, 1, len(samples))
            await self._source.capture_frame(frame)

    async def aclose(self) -> None:
        await self._source.aclose()
