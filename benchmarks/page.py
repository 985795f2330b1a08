"""How soon the page is there, how heavy it is, and whether eight visitors fit.

    python -m benchmarks page

A real server process and a real Chromium with an empty cache. The Live service hears one known
sentence and answers with a tone that is there at once, so that the figures are the page's own.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from agent.local_live.canned import CannedRecogniser
from benchmarks._page_table import measure_big_table
from tests.browser.harness import (
    WORDS,
    ToneVoice,
    Workbench,
    launch_chromium,
    open_live,
    running_workbench,
    write_microphone,
)
from tests.live_service import endpoint_environment, running_local_live
from tests.paths import PROJECT

IMPORTS = "import app, workbench.serving, agent.local_live"
TABS = {
    "Live": "#live-board",
    "Room": "#room-list",
    "Prompts": "#prompts-list button",
    "Evaluate": "#evaluate-run",
    "Compare": "#compare-add",
    "Datasets": "#datasets-rows tr",
}
STUDENT = "/student"
STARTS = 3
VISITORS = 8
VISIT_SEC = 60
TRIES = 5
MAX_TRY_MS = 100
MAX_PAINT_MS, MAX_MB, MAX_START_SEC = 1_000, 1.5, 2.0
MAX_GROWTH_MS = 50  # more than the spread of a third's median between quiet runs

# Milliseconds from the click to the frame that shows the tab, and what it loaded, in bytes.
OPEN_TAB = """async ([name, selector]) => {
  performance.clearResourceTimings();
  const began = performance.now();
  [...document.querySelectorAll('[role=tab]')].find((tab) => tab.innerText.trim() === name).click();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (!document.querySelector(selector)?.checkVisibility()) await frame();
  await frame();
  const ms = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const bytes = performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0);
  return { ms, bytes };
}"""
# Milliseconds from a click on Try it to the first word on the page.
TRY_IT = """() => new Promise((resolve) => {
  const tried = document.querySelector('#prompts-tried');
  tried.replaceChildren();
  const began = performance.now();
  const seen = new MutationObserver(() => {
    if (!tried.querySelector('.wb-words')?.textContent) return;
    seen.disconnect();
    resolve(performance.now() - began);
  });
  seen.observe(tried, { childList: true, subtree: true, characterData: true });
  document.querySelector('#prompts-go').click();
})"""
# What a page as a whole took to show and to load; `own` is what does not belong to Gradio's frame.
PAGE_LOAD = """() => {
  const resources = performance.getEntriesByType('resource');
  const size = (entries) => entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
  const own = resources.filter(({ name }) => /\\/(workbench|api|student|recordings)\\//.test(name));
  return {
    ms: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    bytes: size(resources), own: size(own),
  };
}"""


@dataclass(frozen=True, slots=True)
class Load:
    """What a tab or page took to show, milliseconds, and to load, bytes; `own` without Gradio."""

    ms: float
    bytes: int
    own: int


def seconds_to_import() -> float:
    """What every start pays before any line of ours runs."""
    began_sec = time.perf_counter()
    words = [sys.executable, "-c", IMPORTS]
    subprocess.run(words, cwd=PROJECT, check=True, env=os.environ)
    return time.perf_counter() - began_sec


def seconds_to_answer(home: Path, environment: dict[str, str]) -> float:
    """From the start of the process to the page's first answer."""
    began_sec = time.perf_counter()
    with running_workbench(home, None, **environment) as server:
        httpx.get(server.url, timeout=60).raise_for_status()
        return time.perf_counter() - began_sec


def load_of(browser: Browser, url: str, ready: str) -> Load:
    """A page in a browser that has seen nothing yet."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(ready)
        return Load(**page.evaluate(PAGE_LOAD))


def tab_load(browser: Browser, workbench: Workbench, name: str) -> Load:
    """A tab that is opened on a page that has just been opened."""
    with browser.new_context() as context:
        page = context.new_page()
        open_live(page, workbench)
        found = page.evaluate(OPEN_TAB, [name, TABS[name]])
        return Load(found["ms"], found["bytes"], found["bytes"])


def milliseconds_to_first_word(browser: Browser, workbench: Workbench) -> list[float]:
    """Of one clip that is tried again and again; the service's few are counted with ours."""
    with browser.new_context() as context:
        page = context.new_page()
        open_live(page, workbench)
        page.get_by_role("tab", name="Prompts").click()
        page.wait_for_selector("#prompts-go:enabled")
        found = []
        for _ in range(TRIES):
            found.append(page.evaluate(TRY_IT))
            page.wait_for_selector("#prompts-tried audio[aria-label]")
        return found


def measure_visitors(workbench: Workbench, recording: Path, table: Table) -> None:
    """Eight lessons at once: lag in the first and in the last third; what the ninth is told."""
    words = (workbench.url, str(recording), str(VISITORS), str(VISIT_SEC))
    command = [sys.executable, "-m", "benchmarks._page_visitors", *words]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    found = json.loads(told.stdout)
    lags = [lag for _, lag in found["lags"]]
    third = len(lags) // 3
    if not third:
        raise SystemExit(f"expected lags of {VISITORS} visitors, got {len(lags)}")
    first, last = statistics.median(lags[:third]), statistics.median(lags[-third:])
    table.add_row(
        f"{VISITORS} visitors, from a turn's end to its formula",
        f"{first:.0f} ms in the first third of {VISIT_SEC} s, {last:.0f} ms in the last "
        f"({len(lags)} turns; {found['n_lasting']} lessons to the end)",
        f"grows by less than {MAX_GROWTH_MS} ms",
    )
    table.add_row("the ninth visitor", found["one_more"] or "is let in", "is told")


def main() -> None:
    """Print the table."""
    table = Table("what", "measured", "to reach")
    live = running_local_live(CannedRecogniser(WORDS), ToneVoice())
    with TemporaryDirectory() as place, live as endpoint, sync_playwright() as playwright:
        home, environment = Path(place), endpoint_environment(endpoint)
        seconds_to_import()
        imported = statistics.median(seconds_to_import() for _ in range(STARTS))
        answered = statistics.median(seconds_to_answer(home, environment) for _ in range(STARTS))
        aim = f"{imported + MAX_START_SEC:.1f} s (import {imported:.1f} s + {MAX_START_SEC:.0f} s)"
        table.add_row("page answers after start", f"{answered:.1f} s", aim)
        recording = write_microphone(home)
        browser = launch_chromium(playwright, recording)
        with running_workbench(home, None, **environment) as workbench:
            loads = {
                "the page, on Live": load_of(browser, workbench.url, "#live-status"),
                STUDENT: load_of(browser, workbench.url + STUDENT, "#student-status"),
            }
            loads |= {name: tab_load(browser, workbench, name) for name in TABS if name != "Live"}
            for name, load in loads.items():
                table.add_row(
                    f"{name}: first paint; own data (all it loads)",
                    f"{load.ms:.0f} ms; {load.own / 1e6:.2f} MB ({load.bytes / 1e6:.2f} MB)",
                    f"{MAX_PAINT_MS} ms; {MAX_MB} MB",
                )
            first_ms, *later_ms = milliseconds_to_first_word(browser, workbench)
            table.add_row(
                "Try it: from the click to the first word",
                f"{statistics.median(later_ms):.0f} ms; the first time {first_ms:.0f} ms",
                f"{MAX_TRY_MS} ms",
            )
            measure_big_table(browser, workbench, home, table)
            browser.close()
            measure_visitors(workbench, recording, table)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
