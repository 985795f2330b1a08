"""Every final is stored once per version, whatever else goes wrong."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agent.delivery import DATABASE_NAME, Outbox, n_waiting, open_database, room_lines
from agent.delivery.database import writing
from agent.errors import DeliveryError
from agent.storable import storable
from agent.transcript import Transcript
from tests.unit.agent.delivery.samples import HALF, Clock, said


def bodies(home: Path) -> list[dict[str, Any]]:
    with contextlib.closing(open_database(home)) as database:
        rows = database.execute("SELECT body FROM transcripts ORDER BY number").fetchall()
    return [json.loads(body) for (body,) in rows]


def waiting(home: Path) -> int:
    with contextlib.closing(open_database(home)) as database:
        return n_waiting(database)


def test_the_body_is_what_receivers_were_promised(tmp_path: Path) -> None:
    """Front ends are written against these names."""
    with Outbox(tmp_path, True, Clock(5.5)) as outbox:
        outbox.add("algebra", "ada", said("one half", "s1", (HALF,)), "f00d")
    reading = {"latex": r"\frac{1}{2}", "confidence": 0.9, "choices": ["a half"]}
    formula = {"latex": r"\frac{1}{2}", "source": "spoken", "speaker": "student"}
    assert bodies(tmp_path) == [
        {
            "room": "algebra",
            "student_id": "ada",
            "transcription": {
                "text": "one half",
                "has_math": True,
                "latex": r"\frac{1}{2}",
                "timestamp": 5.5,
                "segment_id": "s1",
                "speaker": "student",
                "formulas": [formula | {"readings": [reading]}],
                "start_sec": 1.0,
                "end_sec": 2.5,
                "version": 1,
                "tutor": "f00d",
            },
        }
    ]


def test_words_without_a_formula_have_no_latex(tmp_path: Path) -> None:
    """null, not an empty text that somebody would typeset."""
    with Outbox(tmp_path, True) as outbox:
        outbox.add("algebra", "ada", said("hello"), "f00d")
    (body,) = bodies(tmp_path)
    assert body["transcription"]["has_math"] is False
    assert body["transcription"]["latex"] is None


def test_a_final_that_comes_again_with_its_formula_is_a_version_of_its_own(tmp_path: Path) -> None:
    """The formula is found later than the words, and the receiver wants both."""
    clock = Clock(5.0)
    with Outbox(tmp_path, True, clock) as outbox:
        for formulas in ((), (), (HALF,), (HALF,), ()):
            outbox.add("algebra", "ada", said("one half", "s1", formulas), "f00d")
            clock.now_sec += 1
    parts = [each["transcription"] for each in bodies(tmp_path)]
    assert [part["version"] for part in parts] == [1, 2, 3]
    assert {part["timestamp"] for part in parts} == {5.0}, "when it was first final"
    assert waiting(tmp_path) == 3


def test_one_segment_name_in_two_rooms_is_two_segments(tmp_path: Path) -> None:
    """Names are given by whoever runs the lesson."""
    with Outbox(tmp_path, True) as outbox:
        outbox.add("algebra", "ada", said("one"), "f00d")
        outbox.add("geometry", "ada", said("one"), "f00d")
    assert [each["room"] for each in bodies(tmp_path)] == ["algebra", "geometry"]


def test_without_a_receiver_nothing_waits(tmp_path: Path) -> None:
    """One that is named next year must not be sent all of this one."""
    with Outbox(tmp_path, False) as outbox:
        outbox.add("algebra", "ada", said("one"), "f00d")
    assert len(bodies(tmp_path)) == 1
    assert waiting(tmp_path) == 0


def test_an_interim_is_not_taken(tmp_path: Path) -> None:
    """Its words will change."""
    with Outbox(tmp_path, True) as outbox, pytest.raises(ValueError, match="final"):
        outbox.add("algebra", "ada", Transcript("s", "student", "on"), "f00d")


@pytest.mark.parametrize("room", ["a\nb", "🧮" * 300, "'; DROP TABLE transcripts; --", "\ud800"])
def test_any_name_is_stored_and_found(tmp_path: Path, room: str) -> None:
    """Rooms are named by strangers; half of a surrogate pair can't be written as UTF-8."""
    with Outbox(tmp_path, True) as outbox:
        outbox.add(room, room, said("one\ud800", "s1"), "f00d")
        outbox.add(room, room, said("one\ud800", "s1"), "f00d")
    named = storable(room)
    (line,) = room_lines(tmp_path, room)
    assert (line.posted.room, line.posted.transcription.text) == (named, "one\ufffd")


WRITER = """
import sys
from pathlib import Path
from agent.delivery import Outbox
from agent.transcript import Transcript
sys.stdin.read(1)
with Outbox(Path(sys.argv[1]), True) as outbox:
    for number in range(50):
        text = f"{number} of {sys.argv[2]}"
        outbox.add("algebra", "ada", Transcript(text, "student", text, (), True), "f00d")
        outbox.add("algebra", "ada", Transcript(str(number), "tutor", "shared", (), True), "f00d")
"""


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    """Each job of a worker is a process; the first ones make the database at the same moment."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, str(n)], stdin=subprocess.PIPE) for n in range(4)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"!")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0] * 4
    assert len(bodies(tmp_path)) == 4 * 50 + 50


def test_what_was_stored_is_read_back_whole(tmp_path: Path) -> None:
    """Readings too: the next tutor and the page need them."""
    half = said("one half", "s1", (HALF,))
    with Outbox(tmp_path, False) as outbox:
        outbox.add("algebra", "ada", half, "f00d")
    (line,) = room_lines(tmp_path, "algebra")
    assert line.posted.transcription.transcript() == half


def test_a_disk_that_refuses_is_told_in_one_sentence(tmp_path: Path) -> None:
    """The lesson goes on; whoever runs it must know."""
    (tmp_path / DATABASE_NAME).write_bytes(b"this is no database" * 100)
    with pytest.raises(DeliveryError, match="WORKBENCH_HOME"):
        Outbox(tmp_path, True)


def test_reading_does_not_wait_for_somebody_who_writes(tmp_path: Path) -> None:
    """Each page that watches a room looks several times a second, also while others store."""
    with Outbox(tmp_path, has_receiver=False) as outbox:
        outbox.add("room", "anna", said("x squared"), "tutor")
    with contextlib.closing(open_database(tmp_path)) as database, writing(database):
        assert len(room_lines(tmp_path, "room")) == 1
