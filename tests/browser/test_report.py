"""The HTML report, opened from disk in a real browser."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.forked import ForkServer
from tests.live_service import evals
from tests.paths import PROJECT

pytestmark = pytest.mark.browser

DATASET = PROJECT / "datasets" / "spoken-math-mini"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, command_forks: ForkServer) -> str:
    """The report of two utterances that were kept with their answers; one formula is spoilt."""
    folder = tmp_path_factory.mktemp("report") / "run"
    words = ("--engine", "embedded", "--limit", "2", "--keep-answers", "--out", str(folder))
    evals(command_forks, "run", str(DATASET), *words)
    first, second = map(json.loads, (folder / "attempts.jsonl").read_text().splitlines())
    first["formulas"] = [{"latex": "12+35=48", "source": "model", "speaker": "student"}]
    first["transcript"] = "twelve plus thirty five equals forty eight"
    lines = "".join(json.dumps(row) + "\n" for row in (first, second))
    (folder / "attempts.jsonl").write_text(lines)
    evals(command_forks, "report", str(folder), "-o", str(folder / "report.html"))
    return (folder / "report.html").as_uri()


def test_what_went_wrong_is_coloured_in_words_and_formula(page: Page, report: str) -> None:
    """The eye finds the one sign that differs; the reader need not compare."""
    page.goto(report)
    wrong = page.locator("article").first
    expect(wrong.locator(".verdict")).to_have_text("different")
    expect(wrong.locator(".difference dd").first.locator(".changed")).to_have_text("47")
    expect(wrong.locator(".difference dd").last.locator(".changed")).to_have_text("48")
    expect(wrong.locator(".steps del")).to_have_text("seven")
    expect(wrong.locator(".steps ins")).to_have_text("eight")
    right = page.locator("article").last
    expect(right.locator(".difference")).to_have_count(0)
    colours = [
        wrong.locator(f".steps {tag}").evaluate("node => getComputedStyle(node).color")
        for tag in ("del", "ins")
    ]
    assert len({*colours, "rgb(0, 0, 0)"}) == 3


def test_latency_and_both_voices_are_there_at_any_width(page: Page, report: str) -> None:
    """Clip and answer play from the file; nothing makes a telephone scroll sideways."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(report)
    expect(page.get_by_text("95th percentile", exact=True)).to_be_visible()
    first = page.locator("article").first
    expect(first.locator(".waits")).to_contain_text("audio")
    first.get_by_text("Answer and timings").click()
    for label in ("What the student said", "What the tutor said"):
        sound = first.get_by_label(label)
        seconds = sound.evaluate(
            "node => new Promise(done => { node.onloadedmetadata = () => done(node.duration);"
            " node.onerror = () => done(0); node.load(); })"
        )
        assert seconds > 0.5
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
