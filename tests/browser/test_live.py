"""The Live tab as a visitor meets it: words, formulas, the tutor's voice, the ways to stop."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from agent.local_live.canned import CannedRecogniser
from evals.dataset.utterances import METADATA, load_dataset
from tests.browser.harness import (
    HEARD,
    LOUD,
    WORDS,
    ToneVoice,
    Workbench,
    open_live,
    running_workbench,
)
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, running_local_live

pytestmark = pytest.mark.browser

LISTENING = "#live-status[data-state=listening]"
SPEAKING = "#live-status[data-state=speaking]"
FORMULA = ".wb-formula:not(.wb-provisional) math"
# Playwright does not tell of requests that outlive their page.
NOTE_BEACONS = """
const send = navigator.sendBeacon.bind(navigator);
navigator.sendBeacon = (url, ...body) => { localStorage.beacon = url; return send(url, ...body); };
"""


def wait_until(claim: Callable[[], bool]) -> None:
    """Wait until `claim` holds; fails when it does not in a minute."""
    began = time.monotonic()
    while not claim():
        assert time.monotonic() - began < 60
        time.sleep(0.02)


def start(page: Page, workbench: Workbench) -> None:
    open_live(page, workbench)
    page.click("#live-start")
    page.wait_for_selector(LISTENING)


def test_a_formula_spoken_into_the_microphone_appears_typeset(
    page: Page, workbench: Workbench
) -> None:
    """The whole point: sound through WebRTC and the Live service becomes MathML on the page."""
    start(page, workbench)
    page.wait_for_selector(FORMULA)
    student = page.locator(".wb-segment[data-speaker=student]").first
    expect(student.locator(".wb-words")).to_have_text(WORDS)
    expect(student.locator(".wb-source")).to_have_text("written by the model")
    assert student.locator("math msup").count() == 1


def test_a_provisional_formula_is_typeset_while_words_come_and_then_replaced(
    page: Page, workbench: Workbench
) -> None:
    """A speaker sees at once what is being understood, and that it is not final yet."""
    start(page, workbench)
    page.wait_for_selector(".wb-formula.wb-provisional math")
    page.wait_for_selector(FORMULA)
    assert page.locator(".wb-provisional").count() == 0


def test_the_tutor_is_heard(page: Page, workbench: Workbench) -> None:
    """A live lesson without a voice would be half a lesson, and silent failures are easy."""
    start(page, workbench)
    page.wait_for_selector(SPEAKING)
    page.wait_for_function(f"({HEARD})() > {LOUD}")


def test_a_sample_is_played_to_the_tutor_and_to_the_visitor(
    page: Page, workbench: Workbench
) -> None:
    """Anyone sees it work, without a microphone."""
    open_live(page, workbench)
    page.click("#live-play")
    page.wait_for_selector(LISTENING)
    page.wait_for_function("Number(document.querySelector('#live-meter').ariaValueNow) > 20")
    page.wait_for_selector(FORMULA)


def test_stop_ends_the_lesson_and_the_sound(page: Page, workbench: Workbench) -> None:
    """Stop means stop: on the page, in the ear, and at the service."""
    start(page, workbench)
    page.wait_for_selector(SPEAKING)
    page.click("#live-start")
    expect(page.locator("#live-status")).to_have_attribute("data-state", "idle")
    assert page.evaluate("document.querySelector('#live-loudspeaker').srcObject") is None
    wait_until(lambda: workbench.lessons_running() == 0)


def test_a_voice_silences_the_tutor(page: Page, workbench: Workbench) -> None:
    """Barge-in: whoever starts to speak is not talked over."""
    open_live(page, workbench)
    page.click("#live-play")
    page.wait_for_selector(SPEAKING)
    page.wait_for_function(f"({HEARD})() > {LOUD}")
    page.wait_for_function("!document.querySelector('#live-play').disabled")
    page.click("#live-play")
    page.wait_for_selector(LISTENING, timeout=4_000)
    page.wait_for_function(f"({HEARD})() < {LOUD}", timeout=1_000)


def test_a_typed_question_is_answered(page: Page, workbench: Workbench) -> None:
    """Where one cannot speak one can type; markup in it stays text."""
    open_live(page, workbench)
    page.fill("#live-say input", "what is <b>x squared</b> plus one")
    page.keyboard.press("Enter")
    words = page.locator(".wb-segment[data-speaker=student] .wb-words").first
    expect(words).to_have_text("what is <b>x squared</b> plus one")
    page.wait_for_selector(SPEAKING)


def test_the_prompt_that_is_there_first_brings_its_settings_along(
    page: Page, workbench: Workbench
) -> None:
    """AGENT_PROMPT may name one with a pause and a model of its own; a run takes both."""

    def with_settings(route: Route) -> None:
        about = route.fetch().json()
        own = {"patience": "4000", "model": about["models"][-1]["value"]}
        first = {**about["prompts"][0], "dataset": own}
        route.fulfill(json={**about, "prompts": [first, *about["prompts"][1:]]})

    page.route("**/api/workbench", with_settings)
    open_live(page, workbench)
    expect(page.locator("#live-patience-value")).to_have_text("4.0 s")
    expect(page.locator("#live-patience")).to_have_value("4000")
    last = page.locator("#live-model option").last.get_attribute("value") or ""
    expect(page.locator("#live-model")).to_have_value(last)


@pytest.mark.parametrize("is_let_in", [True, False])
def test_a_question_typed_before_the_lesson_is_there_is_not_lost(
    page: Page, workbench: Workbench, is_let_in: bool
) -> None:
    """It is asked as soon as it can be; what can't be asked stands in its field again."""
    waiting: list[Route] = []
    page.route("**/api/lessons", lambda route: waiting.append(route))  # noqa: PLW0108 (Playwright marks it)
    open_live(page, workbench)
    with page.expect_request("**/api/lessons"):
        page.click("#live-start")
    field = page.locator("#live-say input")
    field.fill("x squared plus one")
    page.keyboard.press("Enter")
    expect(field).to_have_value("")
    if is_let_in:
        waiting[0].continue_()
        words = page.locator(".wb-segment[data-speaker=student] .wb-words")
        expect(words.filter(has_text="x squared plus one").first).to_be_visible()
    else:
        waiting[0].abort()
        expect(field).to_have_value("x squared plus one")


def test_a_pause_does_not_end_a_held_turn_and_letting_go_does(
    page: Page, workbench: Workbench
) -> None:
    """Spoken maths is full of pauses; the one who holds the space bar has the floor."""
    start(page, workbench)
    page.keyboard.down(" ")
    words = page.locator(".wb-segment[data-speaker=student] .wb-words").first
    expect(words).to_contain_text("x squared plus")
    page.wait_for_function("Number(document.querySelector('#live-meter').ariaValueNow) < 5")
    page.wait_for_function("Number(document.querySelector('#live-meter').ariaValueNow) > 20")
    assert page.locator(FORMULA).count() == 0
    page.keyboard.up(" ")
    page.wait_for_selector(FORMULA, timeout=2_000)
    expect(words).to_have_text(WORDS)


def test_a_muted_microphone_is_not_heard(page: Page, workbench: Workbench) -> None:
    """Mute must keep the connection and the privacy of the room."""
    start(page, workbench)
    page.click("#live-mute")
    page.wait_for_function("Number(document.querySelector('#live-meter').ariaValueNow) < 5")
    expect(page.locator("#live-mute")).to_have_attribute("aria-pressed", "true")
    assert page.locator(LISTENING).count() == 1


def test_a_closed_tab_ends_its_lesson_at_once(browser: Browser, workbench: Workbench) -> None:
    """Nobody pays for a lesson that nobody attends: the tab says that it goes."""
    wait_until(lambda: workbench.lessons_running() == 0)
    with browser.new_context() as context:
        context.add_init_script(NOTE_BEACONS)
        page, other = context.new_page(), context.new_page()
        other.goto(f"{workbench.url}/api/workbench")
        start(page, workbench)
        assert workbench.lessons_running() == 1
        page.close(run_before_unload=True)
        other.wait_for_function("localStorage.beacon?.endsWith('/stop')")
        wait_until(lambda: workbench.lessons_running() == 0)


def test_a_second_visitor_is_isolated(page: Page, other: Page, workbench: Workbench) -> None:
    """Two lessons on one server: neither sees the other's words nor ends with it."""
    start(page, workbench)
    open_live(other, workbench)
    other.fill("#live-say input", "the second visitor")
    other.keyboard.press("Enter")
    other.wait_for_selector(SPEAKING)
    page.wait_for_selector(FORMULA)
    assert "second visitor" not in page.inner_text("#live-board")
    assert WORDS not in other.inner_text("#live-board")
    other.close(run_before_unload=True)
    wait_until(lambda: workbench.lessons_running() == 1)
    expect(page.locator("#live-start")).to_have_text("Stop")


def test_a_foreign_page_can_neither_begin_nor_follow_a_lesson(workbench: Workbench) -> None:
    """Any site that the visitor opens could reach a server on their own machine."""
    wait_until(lambda: workbench.lessons_running() == 0)
    settings = {"prompt": "tutor@1", "model": "gemini-3.8-live", "patience_ms": 800}
    for headers in ({"origin": "https://evil.example"}, {"host": "evil.example"}):
        answer = httpx.post(f"{workbench.url}/api/lessons", json=settings, headers=headers)
        assert answer.status_code == 403
        assert httpx.get(f"{workbench.url}/api/workbench", headers=headers).status_code == 403
    assert workbench.lessons_running() == 0


def test_no_request_leaves_the_machine(
    page: Page, requested: list[str], workbench: Workbench
) -> None:
    """Fonts, analytics and error trackers are where pages leak."""
    open_live(page, workbench)
    page.click("#live-play")
    page.wait_for_selector(FORMULA)
    assert len(requested) > 10
    assert all(url.startswith((workbench.url, "blob:", "data:")) for url in requested)


def test_a_ninth_visitor_is_refused_in_a_sentence(workbench: Workbench) -> None:
    """More lessons than a core carries would break up the voice of all of them."""
    wait_until(lambda: workbench.lessons_running() == 0)
    settings = {"prompt": "tutor@1", "model": "gemini-3.8-live", "patience_ms": 800}
    with httpx.Client(base_url=workbench.url) as client:  # all at once: nobody reads their events
        answers = [client.post("/api/lessons", json=settings) for _ in range(9)]
    assert [answer.status_code for answer in answers] == [200] * 8 + [503]
    assert "places are taken" in answers[-1].json()["message"]
    wait_until(lambda: workbench.lessons_running() == 0)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/lessons", {"prompt": "../../etc/passwd.md", "model": "x", "patience_ms": 800}, 400),
        ("/api/lessons", {"prompt": "tutor@1", "model": "gemini-1", "patience_ms": 800}, 400),
        ("/api/lessons", {"prompt": "tutor@1", "model": "gemini-3.8-live"}, 422),
        ("/api/lessons/guessed/say", {"text": "hello"}, 404),
        ("/api/lessons/guessed/offer", {"sdp": "v=0", "type": "offer"}, 404),
    ],
)
def test_a_bad_request_gets_one_sentence(
    workbench: Workbench, path: str, body: dict[str, object], status: int
) -> None:
    """No traceback and no hint of what lies on the disk."""
    answer = httpx.post(workbench.url + path, json=body)
    assert answer.status_code == status
    message = answer.json()["message"]
    assert message and "\n" not in message and "Traceback" not in message


def test_a_file_outside_the_datasets_is_not_served(workbench: Workbench) -> None:
    """The page may play recordings and nothing else."""
    for name in ("..%2f..%2fapp.py", "%2fetc%2fpasswd", "metadata.jsonl", "audio/none.flac"):
        answer = httpx.get(f"{workbench.url}/recordings/spoken-math-mini/{name}")
        assert answer.status_code == 404
        assert answer.json() == {"message": "No dataset holds that recording."}


def test_a_tap_on_another_reading_corrects_the_formula(
    page: Page, tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """It is shown, told to the tutor, and kept with its sound as a dataset."""
    live = running_local_live(CannedRecogniser("x plus one over two"), ToneVoice())
    with (
        live as endpoint,
        running_workbench(tmp_path, workbench_forks, **endpoint_environment(endpoint)) as server,
    ):
        open_live(page, server)
        page.click("#live-start")
        card = page.locator(".wb-segment[data-speaker=student] .wb-formula").first
        card.locator(".wb-chip").wait_for()
        page.keyboard.press("1")
        expect(card.locator(".wb-source")).to_have_text("chosen by you")
        shown = card.locator(".wb-math annotation").first
        expect(shown).to_have_text(r"\frac{x+1}{2}")
        expect(page.locator(".wb-segment[data-speaker=student]").last).to_contain_text("I meant")
        corrections = tmp_path / "datasets" / "corrections"
        wait_until((corrections / METADATA).exists)
        (kept,) = load_dataset(corrections).utterances
        assert kept.latex == (r"\frac{x+1}{2}",)
        assert kept.audio().duration_sec > 0.5  # it may begin amid the recording
        page.reload()
        page.get_by_role("tab", name="Evaluate").click()
        page.get_by_role("combobox", name="Dataset", exact=True).click()
        expect(page.get_by_role("option", name="corrections")).to_be_visible()
        page.goto("about:blank")  # a lesson that goes on would keep the server waiting


def test_a_server_with_an_open_page_ends_quietly(
    browser: Browser, tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """Ctrl-C is how everybody ends it, mostly with the page still open.

    The page's own scripts may complain that their server has gone.
    """
    with running_workbench(tmp_path, workbench_forks) as server, browser.new_context() as context:
        open_live(context.new_page(), server)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=20) == 0
        assert "Traceback" not in server.log.read_text()
