"""axe-core over a page: what it finds serious, less what is known of Gradio."""

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.paths import PROJECT

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
KNOWN = Path(__file__).with_name("axe_known.json")
GRAVE = ("serious", "critical")
# Colours on their way to others are nobody's choice.
SETTLE = """for (const each of document.getAnimations()) {
  if (each.effect.getComputedTiming().endTime < Infinity) each.finish();
}"""
# The student's page in the Room tab's frame is checked as a page of its own.
RUN = """(rules) => axe.run(document, {
  resultTypes: ['violations'], iframes: false, ...(rules.length ? { runOnly: rules } : {}),
})"""


@dataclass(frozen=True)
class Finding:
    """One element that one rule of axe-core finds wrong."""

    impact: str
    rule: str
    target: str
    markup: str
    advice: str

    def __str__(self) -> str:
        return f"{self.impact} {self.rule} at {self.target}: {self.advice}\n  {self.markup}"


def grave_findings(page: Page, *rules: str) -> list[Finding]:
    """What is serious or critical on the page as it is now, and not known of Gradio.

    All of axe's usual rules are tried, or those that are named.
    """
    page.evaluate(SETTLE)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    return [
        finding
        for violation in page.evaluate(RUN, rules)["violations"]
        for finding in _findings(violation)
        if finding.impact in GRAVE and not any(_is_known(finding, entry) for entry in known)
    ]


def _findings(violation: dict[str, object]) -> list[Finding]:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return [
        Finding(
            str(violation["impact"]),
            str(violation["id"]),
            str(node["target"][-1]),
            str(node["html"])[:200],
            " ".join(str(node["failureSummary"]).split()),
        )
        for node in nodes
    ]


def _is_known(finding: Finding, entry: dict[str, str]) -> bool:
    return finding.rule == entry["rule"] and entry["markup"] in finding.markup
