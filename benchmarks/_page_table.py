"""A run of ten thousand utterances in the Compare tab: opened, filtered, sorted."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page
from rich.table import Table

from benchmarks._big_run import write_dataset, write_run
from benchmarks.scoring import generated_pairs
from tests.browser.harness import Workbench
from tests.paths import PROJECT

N_UTTERANCES = 10_000
RUN = "big"
MAX_OPEN_MS, MAX_FILTER_MS = 1_000, 300

# Milliseconds until the table shows what was asked for: a field of the tab is set to a value.
SET = """async ([field, value, isShown]) => {
  const node = document.getElementById(field);
  const began = performance.now();
  node.value = value;
  node.dispatchEvent(new Event(node.type === 'search' ? 'input' : 'change'));
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  while (!eval(isShown)) await frame();
  await frame();
  return performance.now() - began;
}"""
FIRST_ROW = "document.querySelector('#compare-table [role=gridcell]')"
COUNT = "document.getElementById('compare-count').textContent.startsWith('{n} of')"


def measure_big_table(browser: Browser, workbench: Workbench, home: Path, table: Table) -> None:
    """A run that was scored before, as `python -m evals score` leaves it."""
    pairs = generated_pairs(N_UTTERANCES)
    data, run = home / "datasets" / RUN, home / "runs" / RUN
    write_dataset(data, pairs)
    write_run(data, run, pairs, seed=1)
    command = [sys.executable, "-m", "evals", "score", str(run)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{workbench.url}/?tab=compare")
        page.wait_for_selector(f"#compare-add option[value={RUN}]", state="attached")
        opened_ms = page.evaluate(SET, ["compare-add", RUN, FIRST_ROW])
        page.wait_for_selector("#compare-slices svg")
        table.add_row(
            f"a run of {N_UTTERANCES:,} in Compare, from the choice to its table",
            f"{opened_ms:.0f} ms",
            f"{MAX_OPEN_MS} ms",
        )
        table.add_row(
            "the slowest of its filters and orders",
            f"{_slowest_ms(page):.0f} ms",
            f"{MAX_FILTER_MS} ms",
        )


def _slowest_ms(page: Page) -> float:
    changes = [("compare-order", order, "true") for order in ("id", "errors", "said", "regression")]
    changes += [("compare-show", shown, "true") for shown in ("wrong", "all")]
    changes.append(("compare-q", "no such words", COUNT.format(n=0)))
    changes.append(("compare-q", "", COUNT.format(n=f"{N_UTTERANCES:,}")))
    return float(max(page.evaluate(SET, list(change)) for change in changes))
