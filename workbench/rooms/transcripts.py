"""A room's lines as files: JSON, Markdown, WebVTT."""

import html
import re
from collections.abc import Sequence

from agent.delivery import Posted

SPEAKERS = {"student": "Student", "tutor": "Tutor"}
SHORTEST_SEC = 1.0  # for captions of lines whose length is not known
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$>&<])")


def left_out(n_unreadable: int) -> str:
    """A sentence about lines that can't be read, with a blank before it; empty for none."""
    lines = "1 line" if n_unreadable == 1 else f"{n_unreadable} lines"
    return f" {lines} of this room can't be read and were left out." if n_unreadable else ""


def as_json(lines: Sequence[Posted], n_unreadable: int = 0) -> dict[str, object]:
    """Each line as it was posted, less the room, which is told once."""
    told = [{"student_id": line.student_id, **line.transcription.model_dump()} for line in lines]
    return {"room": lines[0].room, "lines": told, "unreadable": n_unreadable}


def as_markdown(lines: Sequence[Posted], n_unreadable: int = 0) -> str:
    """Words escaped, formulas as displayed mathematics below them."""
    note = left_out(n_unreadable)
    head = f"# {_escaped(lines[0].room)}\n" + (f"\n{note.strip()}\n" if note else "")
    return head + "".join(map(_paragraph, lines))


def as_webvtt(lines: Sequence[Posted], n_unreadable: int = 0) -> str:
    """Captions from the beginning of the first line on, in wall-clock time (W3C WebVTT)."""
    times = [_times(line) for line in lines]
    origin_sec = min(start for start, _ in times)
    cues = sorted(zip(times, lines, strict=True), key=lambda cue: cue[0])
    note = left_out(n_unreadable)
    return (
        "WEBVTT\n"
        + (f"\nNOTE{note}\n" if note else "")
        + "".join(
            f"\n{_clock(start - origin_sec)} --> {_clock(end - origin_sec)}\n{_caption(line)}\n"
            for (start, end), line in cues
        )
    )


def _paragraph(line: Posted) -> str:
    part = line.transcription
    formulas = (f"\n$$\n{_one_line(formula.latex)}\n$$\n" for formula in part.formulas)
    return f"\n**{SPEAKERS[part.speaker]}:** {_escaped(part.text)}\n{''.join(formulas)}"


def _escaped(text: str) -> str:
    return MARKDOWN.sub(r"\\\1", _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _times(line: Posted) -> tuple[float, float]:
    """When a line began and ended, in seconds since the epoch."""
    part = line.transcription
    is_known = part.start_sec is not None and part.end_sec is not None
    length = (part.end_sec or 0) - (part.start_sec or 0) if is_known else 0.0
    return part.timestamp - max(length, SHORTEST_SEC), part.timestamp


def _caption(line: Posted) -> str:
    part = line.transcription
    return f"<v {SPEAKERS[part.speaker]}>{html.escape(_one_line(part.text), quote=False)}"


def _clock(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
