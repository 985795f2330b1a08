"""A room's lines as files: JSON, Markdown, WebVTT."""

import html
import re
from collections.abc import Sequence

from agent.delivery import Posted

SPEAKERS = {"student": "Student", "tutor": "Tutor"}
SHORTEST_SEC = 1.0  # for captions of lines whose length is not known
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$>&<])")


def as_json(lines: Sequence[Posted]) -> dict[str, object]:
    """Each line as it was posted, less the room, which is told once."""
    told = [{"student_id": line.student_id, **line.transcription.model_dump()} for line in lines]
    return {"room": lines[0].room, "lines": told}


def as_markdown(lines: Sequence[Posted]) -> str:
    """Words escaped, formulas as displayed mathematics below them."""
    return f"# {_escaped(lines[0].room)}\n" + "".join(map(_paragraph, lines))


def as_webvtt(lines: Sequence[Posted]) -> str:
    """Captions from the beginning of the first line on, in wall-clock time (W3C WebVTT)."""
    times = [_times(line) for line in lines]
    origin_sec = min(start for start, _ in times)
    cues = sorted(zip(times, lines, strict=True), key=lambda cue: cue[0])
    return "WEBVTT\n" + "".join(
        f"\n{_clock(start - origin_sec)} --> {_clock(end - origin_sec)}\n{_caption(line)}\n"
        for (start, end), line in cues
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
