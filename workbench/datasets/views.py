"""What the page is told about datasets: plain values, nothing to escape."""

from urllib.parse import quote

from typing_extensions import TypedDict

from evals.dataset.checks import Finding
from evals.dataset.index import Entry
from evals.dataset.stats import DatasetStats
from workbench.shared.views import ReadingView, Typeset, reading_view

MAX_FINDINGS = 500


class EntryView(TypedDict):
    """One utterance; `readings` are its accepted `latex` typeset, `clip` its recording."""

    id: str
    line: int
    revision: str
    transcript: str
    latex: list[str]
    readings: list[ReadingView]
    tags: dict[str, str]
    clip: str


class FindingView(TypedDict):
    """Something wrong, with the utterance, the line or the file that it is about."""

    sentence: str
    line: int | None
    id: str | None
    file: str | None


class FindingsView(TypedDict):
    """The first findings, and how many there are."""

    n_findings: int
    findings: list[FindingView]


class TagCounts(TypedDict):
    """How many utterances have which value of one tag, the most frequent first."""

    name: str
    values: list[tuple[str, int]]


class StatsView(TypedDict):
    """Counts as labels and values, of the whole and by tag."""

    counts: list[tuple[str, str]]
    tags: list[TagCounts]


def entry_view(entry: Entry, dataset: str, typeset: Typeset) -> EntryView:
    """One utterance with its accepted readings typeset, and where its recording is."""
    row = entry.row
    return {
        "id": row.id,
        "line": entry.line,
        "revision": entry.revision,
        "transcript": row.transcript,
        "latex": list(row.latex),
        "readings": [reading_view(reading, typeset) for reading in row.latex],
        "tags": {name: text for name, text in row.tags.items() if name != "perturbation"},
        "clip": f"/recordings/{quote(dataset, safe='')}/{quote(row.file_name)}",
    }


def findings_view(findings: list[Finding]) -> FindingsView:
    """The first findings, each with the utterance it is about, and how many there are."""
    return {
        "n_findings": len(findings),
        "findings": [
            {
                "sentence": each.sentence,
                "line": each.line,
                "id": each.utterance_id,
                "file": None if each.line else each.place.rsplit("/", 1)[-1],
            }
            for each in findings[:MAX_FINDINGS]
        ],
    }


def stats_view(stats: DatasetStats) -> StatsView:
    """Counts as labels and values, and for each tag how many utterances have which value."""
    minutes, seconds = divmod(round(stats.duration_sec), 60)
    return {
        "counts": [
            ("utterances", f"{stats.n_utterances:,}"),
            ("phrases", f"{stats.n_phrases:,}"),
            ("with a formula", f"{stats.n_with_formula:,}"),
            ("conversations", f"{stats.n_conversations:,}"),
            ("sound", f"{minutes} min {seconds} s"),
        ],
        "tags": [
            {"name": name, "values": counts.most_common()}
            for name, counts in stats.by_tag.items()
            if counts
        ],
    }
