"""A disk that fills during a run: one sentence on the page, and on it goes with room again."""

import resource
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agent.tutor.endpoint import LiveEndpoint
from tests.browser.harness import running_workbench
from tests.browser.states import open_tab
from tests.forked import ForkServer
from tests.live_service import endpoint_environment

pytestmark = pytest.mark.browser

FULL = 8 * 1024  # bytes that a file may have: what a full disk looks like to a program


def test_a_disk_that_fills_during_a_run_is_one_sentence(
    page: Page, tmp_path: Path, endpoint: LiveEndpoint, workbench_forks: ForkServer
) -> None:
    with running_workbench(tmp_path, workbench_forks, **endpoint_environment(endpoint)) as server:
        open_tab(page, server, "Evaluate")
        pid = server.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (FULL, before[1]))
        page.click("#evaluate-run")
        jobs = page.locator("#evaluate-jobs")
        expect(jobs).to_contain_text("can't be written (File too large)", timeout=30_000)
        expect(jobs).to_contain_text("Failed: spoken-math-mini")
        assert "Traceback" not in page.inner_text("body")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        page.fill("#evaluate-limit input", "2")
        page.click("#evaluate-run")
        expect(page.locator("#evaluate-status")).to_contain_text(
            "2 ok, 0 cut off, 0 without an answer, 0 failed of 2"
        )
