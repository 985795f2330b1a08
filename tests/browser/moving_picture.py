"""A moving picture of a page: what Chromium shows, as a GIF that plays in real time."""

import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FRAMES_PER_SEC = 7
FIRST_SEC, LAST_SEC = 1.0, 3.0  # how long the first and the last frame stand
MAX_SEC = 30.0
COLOURS = 96

Frame = tuple[float, Image.Image]  # seconds after `act`, and what was seen


def watch(page: Page, act: Callable[[], None], is_over: Callable[[], bool]) -> list[Frame]:
    """The page before `act`, then a frame each time something has changed until `is_over`."""
    frames = [(-FIRST_SEC, _seen(page))]
    act()
    for now_sec in _ticks():
        over = is_over()
        image = _seen(page)
        if frames[-1][1].tobytes() != image.tobytes():
            frames.append((now_sec, image))
        if over:
            return frames
    raise SystemExit(f"the page went on for more than {MAX_SEC:.0f} s")


def save(frames: list[Frame], path: Path) -> None:
    """All frames in the same colours, so that none flickers."""
    times = [seen_sec for seen_sec, _ in frames]
    lengths_sec = [after - at for at, after in pairwise(times)]
    palette = _palette([frames[i][1] for i in (0, len(frames) // 2, -1)])
    images = [image.quantize(palette=palette, dither=Image.Dither.NONE) for _, image in frames]
    images[0].save(
        path,
        save_all=True,
        append_images=images[1:],
        duration=[round(1000 * length_sec) for length_sec in (*lengths_sec, LAST_SEC)],
        loop=0,
        optimize=True,
    )


def _palette(images: Sequence[Image.Image]) -> Image.Image:
    """The colours that these have in all."""
    width, height = images[0].size
    sheet = Image.new("RGB", (width, height * len(images)))
    for number, image in enumerate(images):
        sheet.paste(image, (0, number * height))
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def _seen(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(caret="hide"))).convert("RGB")


def _ticks() -> Iterator[float]:
    """Seconds since the start, at the pace of the frames as far as the machine keeps up."""
    start = time.monotonic()
    while (now := time.monotonic() - start) < MAX_SEC:
        yield now
        ahead = now + 1 / FRAMES_PER_SEC - (time.monotonic() - start)
        time.sleep(max(0.0, ahead))
