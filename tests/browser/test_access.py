"""Every tab in every state for everybody: axe-core, the keyboard, screen readers, telephones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from agent.tutor.endpoint import LiveEndpoint
from tests.browser.axe import grave_findings
from tests.browser.harness import WORDS, Workbench, open_live, running_workbench
from tests.browser.rooms import LiveKit, livekit_environment
from tests.browser.states import STATES, Scene, State
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, evals

pytestmark = [pytest.mark.browser, pytest.mark.room]

WINDOW, TELEPHONE = (1280, 900), (390, 844)  # px
# Colours, size, and which of axe's rules can find something there for the first time.
LOOKS = (
    ("light", WINDOW, ()),
    ("dark", WINDOW, ("color-contrast",)),
    ("dark", TELEPHONE, ("target-size",)),
)

# Keeps what a screen reader is told: the text of each live region whenever it changes.
LISTEN = """() => {
  window.told = [];
  const live = '[aria-live]:not([aria-live=off]), [role=status], [role=log], [role=alert]';
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.closest ? target : target.parentElement)?.closest(live);
      if (region) window.told.push(region.innerText);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}"""

# Controls that one could use now and that the walk has not marked.
MISSED = """() => {
  const selector = 'a[href], button, input, select, textarea, summary, audio[controls], iframe, '
    + '[role=tab], [role=button], [tabindex="0"]';
  return [...document.querySelectorAll(selector)]
    .filter((node) => node.checkVisibility({ visibilityProperty: true })
      && !node.matches(':disabled, [aria-hidden=true] *') && !node.dataset.walked)
    .map((node) => node.outerHTML.slice(0, 200));
}"""

# Marks what has the focus; tells whether it is new, and which control before it looked the same
# with the focus as without. The browser draws the focus inside sound players and frames itself.
STEP = """() => {
  const looks = (node) => JSON.stringify([node, node.parentElement, node.parentElement.parentElement,
    node.nextElementSibling].filter(Boolean).map((each) => {
      const { outlineStyle, outlineColor, boxShadow, borderColor } = getComputedStyle(each);
      return [outlineStyle === 'none' || outlineColor, boxShadow, borderColor];
    }));
  const last = window.walked;
  const unseen = last && last.looks === looks(last.node) ? last.node.outerHTML.slice(0, 200) : null;
  const node = document.activeElement;
  const isInside = node?.matches('audio, iframe');
  window.walked = !node || node === document.body || isInside ? null : { node, looks: looks(node) };
  const isNew = Boolean(node && node !== document.body && (isInside || !node.dataset.walked));
  if (node) node.dataset.walked = 'yes';
  return { isNew, unseen };
}"""
MAX_STEPS = 200


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def workbench(
    home: Path, endpoint: LiveEndpoint, livekit: LiveKit, workbench_forks: ForkServer
) -> Iterator[Workbench]:
    environment = endpoint_environment(endpoint) | livekit_environment(livekit.address)
    with running_workbench(home, workbench_forks, **environment) as server:
        yield server


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, command_forks: ForkServer) -> str:
    """The address of a small run's HTML report."""
    folder = tmp_path_factory.mktemp("report")
    run, page = folder / "run", folder / "report.html"
    asked = ("run", "spoken-math-mini", "--engine", "embedded", "--limit", "2", "--out", str(run))
    for words in (asked, ("report", str(run), "-o", str(page))):
        evals(command_forks, *words)
    return page.as_uri()


@pytest.fixture
def scene(page: Page, workbench: Workbench, home: Path, report: str) -> Scene:
    return Scene(page, workbench, home, report)


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state.tab}, {state.name}")
def test_nothing_serious_is_found_and_nothing_scrolls_sideways(scene: Scene, state: State) -> None:
    """In each state; then the colours again in dark, and the size of targets on a telephone."""
    state.show(scene)
    page = scene.page
    for scheme, (width, height), rules in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        found = grave_findings(page, *rules)
        assert not found, f"{scheme}, {width} px:\n" + "\n".join(map(str, found))


def test_a_grave_mistake_would_be_found(page: Page) -> None:
    """A check that finds nothing anywhere proves nothing."""
    page.set_content("<html lang=en><title>t</title><main><h1>t</h1><button></button>")
    assert [finding.rule for finding in grave_findings(page)] == ["button-name"]


@pytest.mark.parametrize("state", [each for each in STATES if each.is_walked], ids=lambda s: s.tab)
def test_tab_reaches_every_control_and_shows_where_it_is(scene: Scene, state: State) -> None:
    """From the top of the page with the keyboard alone."""
    state.show(scene)
    page = scene.page
    page.locator("h1").click()  # the walk begins there
    unseen = []
    for _ in range(MAX_STEPS):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        unseen += [step["unseen"]] if step["unseen"] else []
        if not step["isNew"]:
            break
    missed = page.evaluate(MISSED)
    assert (missed, unseen) == ([], []), "\n".join(("not reached:", *missed, "not seen:", *unseen))


def test_a_screen_reader_is_told_what_was_said_once_it_is_final(
    page: Page, workbench: Workbench
) -> None:
    """Every word as it comes, again and again from the first, would drown the tutor's voice."""
    open_live(page, workbench)
    page.evaluate(LISTEN)
    page.click("#live-start")
    page.wait_for_selector(".wb-interim[data-speaker=student]")
    page.wait_for_function("told.some((text) => text.includes('Tutor: '))")
    told = [line for text in page.evaluate("told") for line in text.splitlines()]
    said = [line for line in told if "x squared" in line]
    assert f"You: {WORDS}" in said
    assert all(WORDS in line for line in said)
