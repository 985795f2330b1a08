"""Take the pictures that README and docs show: `make pictures`.

    python -m tests.browser.pictures [NAME ...]

The embedded engine really hears what Chromium plays, on a WORKBENCH_HOME of its own. Each
picture is taken in light and dark, from a window of one size; `lesson` moves.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from agent.audio import Pcm16, read_audio, silence, write_wav
from tests.browser import moving_picture
from tests.browser.harness import Workbench, launch_chromium, open_live, running_workbench
from tests.browser.rooms import INSIDE, join, livekit_environment, open_room, running_livekit
from tests.browser.states import FORMULA, open_tab
from tests.paths import DATASET, PROJECT

PICTURES = PROJECT / "docs" / "pictures"
WINDOW, TELEPHONE, MOVING = (1280, 800), (390, 780), (960, 620)  # px
MAX_BYTES, MAX_MOVING_BYTES = 150_000, 1_500_000
COLOURS = 128
SPOKEN = "powers-1-heart"
SAMPLE = "x squared plus two x plus one equals zero"
ROOMS = ("algebra", "powers", "equations", "roots")  # one for each picture of one
SLOW_MS = 60_000  # the embedded engine's first start on a machine builds its language model


@dataclass(frozen=True)
class Studio:
    """Where pictures are taken."""

    browser: Browser
    workbench: Workbench
    report: str
    rooms: Iterator[str]


@dataclass(frozen=True)
class Movement:
    """What happens in a moving picture, and when it is over."""

    act: Callable[[Page], None]
    is_over: Callable[[Page], bool]


@dataclass(frozen=True)
class Picture:
    """One picture; `pose` brings up what it shows. With `movement` it is a moving picture."""

    name: str
    pose: Callable[[Page, Studio], None]
    size: tuple[int, int] = WINDOW
    movement: Movement | None = None
    needs_run: bool = False


def _live(page: Page, studio: Studio) -> None:
    open_live(page, studio.workbench)
    page.select_option("#live-sample", label=SAMPLE)
    page.click("#live-play")
    _wait_for_answer(page, "#live")
    page.wait_for_selector("#live-play:enabled")


def _ready(page: Page, studio: Studio) -> None:
    open_live(page, studio.workbench)
    page.select_option("#live-sample", label=SAMPLE)
    page.evaluate("document.querySelector('#live-settings').open = false")


def _play(page: Page) -> None:
    page.click("#live-play")


def _is_answered(page: Page) -> bool:
    """Whether the tutor says its sentence, and all of it is written."""
    said = page.locator("#live-board .wb-segment[data-speaker=tutor]:not(.wb-interim)")
    speaking = page.locator("#live-status[data-state=speaking]")
    return said.count() > 0 and speaking.count() > 0


def _room(page: Page, studio: Studio) -> None:
    open_room(page, studio.workbench, next(studio.rooms))
    page.click("#room-teach")
    page.wait_for_selector(INSIDE)
    page.click("#room-student")
    student = page.frame_locator("#room-frame")
    student.locator("#student-join").click()
    student.locator(f".wb-segment[data-speaker=student] {FORMULA}").first.wait_for()
    student.locator("#student-mute").click()
    _wait_for_answer(page, "#room")
    page.click("#room-list")
    page.wait_for_selector("#room-rooms button")
    page.evaluate("scrollTo(0, 0)")


def _student(page: Page, studio: Studio) -> None:
    teacher = page.context.new_page()
    room = next(studio.rooms)
    open_room(teacher, studio.workbench, room)
    teacher.click("#room-teach")
    teacher.wait_for_selector(INSIDE)
    join(page, studio.workbench, room)
    page.wait_for_selector(f".wb-segment[data-speaker=student] {FORMULA}")
    page.click("#student-mute")
    _wait_for_answer(page, "#student")


def _evaluate(page: Page, studio: Studio) -> None:
    open_tab(page, studio.workbench, "Evaluate")
    page.locator("#evaluate-past input").click()
    page.get_by_role("option").filter(has_text="(complete)").first.click()
    row = page.locator("#evaluate-table").get_by_text("fractions-3-heart").locator("visible=true")
    row.first.click()
    page.wait_for_selector("#utterance math")


def _report(page: Page, studio: Studio) -> None:
    page.goto(studio.report)
    page.wait_for_selector("article math")
    page.get_by_role("heading", name="Utterances").evaluate("node => node.scrollIntoView()")


ALL = [
    Picture("lesson", _ready, MOVING, Movement(_play, _is_answered)),
    Picture("live", _live),
    Picture("room", _room),
    Picture("evaluate", _evaluate, (1280, 1440), needs_run=True),
    Picture("report", _report, needs_run=True),
    Picture("student", _student, TELEPHONE),
]
NAMES = [picture.name for picture in ALL]


def _wait_for_answer(page: Page, part: str) -> None:
    """Until the tutor has said its sentence to the end."""
    page.wait_for_selector(f"{part}-board .wb-segment[data-speaker=student] {FORMULA}")
    page.wait_for_selector(f"{part}-board .wb-segment[data-speaker=tutor]:not(.wb-interim)")


def take(picture: Picture, studio: Studio, scheme: str) -> None:
    """One file below docs/pictures, of few colours; SystemExit where it is too big."""
    width, height = picture.size
    with studio.browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    ) as context:
        page = context.new_page()
        page.set_default_timeout(SLOW_MS)
        picture.pose(page, studio)
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        name = f"{picture.name}-{scheme}"
        if picture.movement:
            _film(page, picture.movement, PICTURES / f"{name}.gif")
        else:
            _photograph(page, PICTURES / f"{name}.png")


def _photograph(page: Page, path: Path) -> None:
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    few = shot.convert("RGB").quantize(
        COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    few.save(path, optimize=True)
    _require_small(path, MAX_BYTES)


def _film(page: Page, movement: Movement, path: Path) -> None:
    frames = moving_picture.watch(page, lambda: movement.act(page), lambda: movement.is_over(page))
    moving_picture.save(frames, path)
    _require_small(path, MAX_MOVING_BYTES)


def _require_small(path: Path, max_bytes: int) -> None:
    if path.stat().st_size > max_bytes:
        raise SystemExit(f"{path}: {path.stat().st_size} bytes, expected at most {max_bytes}")
    print(f"{path.relative_to(PROJECT)}: {path.stat().st_size // 1000} kB")  # noqa: T201


def write_speech(folder: Path) -> Path:
    """One recording of the dataset with quiet around it, for the microphone to play."""
    rows = map(json.loads, (DATASET / "metadata.jsonl").read_text().splitlines())
    clip = read_audio(DATASET / next(row["file_name"] for row in rows if row["id"] == SPOKEN))
    parts = (silence(0.5, clip.sample_rate_hz), clip, silence(8.0, clip.sample_rate_hz))
    path = folder / "microphone.wav"
    write_wav(path, Pcm16(np.concatenate([p.samples for p in parts]), clip.sample_rate_hz))
    return path


def evals(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "evals", *words], cwd=PROJECT, check=True)


def write_run(home: Path, report: Path) -> None:
    """A run of forty recordings and its report."""
    run = home / "runs" / "2026-11-25_first"
    asked = ("spoken-math-mini", "--engine", "embedded", "--limit", "40")
    evals("run", *asked, "--out", str(run))
    evals("report", str(run), "-o", str(report))


def main(names: list[str]) -> None:
    """Take those, or all."""
    PICTURES.mkdir(exist_ok=True)
    wanted = [picture for picture in ALL if picture.name in (names or NAMES)]
    with TemporaryDirectory() as place, sync_playwright() as playwright, running_livekit() as room:
        home = Path(place)
        report = home / "report.html"
        if any(picture.needs_run for picture in wanted):
            write_run(home, report)
        browser = launch_chromium(playwright, write_speech(home))
        with running_workbench(home, **livekit_environment(room.address)) as workbench:
            studio = Studio(browser, workbench, report.as_uri(), iter(ROOMS))
            for picture in wanted:
                for scheme in ("light", "dark"):
                    take(picture, studio, scheme)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
