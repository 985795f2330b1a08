"""Prompts of one's own: each kept version is a file, and none is ever lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.errors import EnvironmentNotReady, PromptError
from agent.prompts.prompt import SHIPPED_PROMPTS, Prompt, find_prompt, prompt_folders, read_prompt
from agent.prompts.settings import PromptSettings
from agent.prompts.store import keep_draft, keep_version, prompt_text
from agent.service.dispatch import Defaults, Dispatch, tutor_for
from agent.tutor.tutor import Tutor

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SHIPPED = find_prompt("tutor")
SETTINGS = PromptSettings(
    model="gemini-3.8-live",
    voice="Kore",
    temperature=0.5,
    silence_ms=700,
    vocabulary=("theta", "curl of F"),
    tool_description="Call it for every formula.",
)
EDITED = replace(
    SHIPPED, instructions="Ask one question.", parent=SHIPPED.content_hash, note="shorter"
)


def test_what_is_kept_is_read_as_the_same_prompt(tmp_path: Path) -> None:
    """The file is all that the command line and the rooms have."""
    kept = keep_version(tmp_path, replace(EDITED, settings=SETTINGS), NOW).prompt
    assert (kept.version, kept.date) == ("2", "2026-11-25T12:00:00+00:00")
    assert find_prompt("tutor@2", prompt_folders(tmp_path)) == kept
    assert read_prompt(tmp_path / "prompts" / "tutor@2.md") == kept


@pytest.mark.parametrize(
    "instructions",
    ["---\nname: x\n---\nAsk.", "Ask.\n---\n", "a\r\nb\rc", "π $x^2$ <script>", "x: y\n\n\nz"],
)
def test_any_text_survives_being_kept(tmp_path: Path, instructions: str) -> None:
    """Instructions are Markdown, rules and colons among it."""
    kept = keep_version(tmp_path, replace(EDITED, instructions=instructions), NOW).prompt
    found = find_prompt("tutor@2", prompt_folders(tmp_path))
    assert found.instructions == kept.instructions
    assert kept.instructions == instructions.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize(
    "note", ["two\nlines", "ends ---", "---", "a: b", "nul \x00 bell \x07 end"]
)
def test_no_note_breaks_the_front_matter(tmp_path: Path, note: str) -> None:
    """A note with a line of its own would become a field, or end the fields."""
    kept = keep_version(tmp_path, replace(EDITED, note=note), NOW).prompt
    found = find_prompt("tutor@2", prompt_folders(tmp_path))
    assert (found.instructions, found.parent) == (kept.instructions, kept.parent)
    assert found.note.split() == note.replace("\x00 ", "").replace("\x07 ", "").split()


def test_two_who_keep_from_one_version_both_have_theirs_and_are_told(tmp_path: Path) -> None:
    """Nobody's text is lost when two people edit one prompt."""
    first = keep_version(tmp_path, EDITED, NOW)
    second = keep_version(tmp_path, replace(EDITED, instructions="Ask two questions."), NOW)
    assert (first.siblings, second.siblings) == ((), ("tutor@2",))
    texts = [find_prompt(f"tutor@{n}", prompt_folders(tmp_path)).instructions for n in (2, 3)]
    assert texts == ["Ask one question.", "Ask two questions."]


def test_many_who_keep_at_once_have_a_version_each(tmp_path: Path) -> None:
    """Two tabs, or two processes, press Keep in one moment."""

    def keep(number: int) -> str:
        edited = replace(EDITED, instructions=f"Ask {number} questions.")
        return keep_version(tmp_path, edited, NOW).prompt.version

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(keep, range(24)))
    assert sorted(map(int, versions)) == list(range(2, 26))
    texts = {path.read_text().rpartition("---\n")[2] for path in (tmp_path / "prompts").iterdir()}
    assert texts == {f"Ask {number} questions.\n" for number in range(24)}


def test_what_a_version_says_already_is_not_kept_again(tmp_path: Path) -> None:
    """Versions that differ in their note alone would only confuse; other settings are a change."""
    with pytest.raises(PromptError, match="tutor@1 says the same already"):
        keep_version(tmp_path, replace(SHIPPED, note="again"), NOW)
    assert keep_version(tmp_path, replace(SHIPPED, settings=SETTINGS), NOW).prompt.version == "2"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "../evil"}, "lower-case letters, digits and hyphens, got '../evil'"),
        ({"name": ""}, "lower-case"),
        ({"name": "Tutor"}, "lower-case"),
        ({"name": "a" * 41}, "at most 40"),
        ({"name": "a\n"}, "lower-case"),
        ({"note": "x" * 501}, "at most 500 characters, got 501"),
        ({"instructions": " \n "}, "expected instructions"),
        ({"instructions": "x" * 50_000}, "at most 50,000 characters in all"),
    ],
)
def test_what_can_not_be_kept_is_refused(
    tmp_path: Path, change: dict[str, str], sentence: str
) -> None:
    """A name becomes a file's, and a prompt goes with every session."""
    with pytest.raises(PromptError, match=sentence):
        keep_version(tmp_path, replace(EDITED, **change), NOW)  # type: ignore[arg-type]
    assert not (tmp_path / "prompts").exists()


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """A full or foreign disk is no fault of the text."""
    (tmp_path / "prompts").write_text("in the way")
    with pytest.raises(EnvironmentNotReady, match="can't be written"):
        keep_version(tmp_path, EDITED, NOW)


def test_a_draft_is_named_by_its_content_and_is_nobodys_last_version(tmp_path: Path) -> None:
    """A run can name what was tried; a name alone never means a draft while a version is kept."""
    draft = keep_draft(tmp_path, EDITED)
    assert keep_draft(tmp_path, EDITED) == draft
    assert draft.version == f"draft-{draft.content_hash}"
    assert find_prompt(draft.reference, prompt_folders(tmp_path)) == draft
    assert find_prompt("tutor", prompt_folders(tmp_path)) == SHIPPED
    assert len(list((tmp_path / "prompts").iterdir())) == 1


def test_a_room_takes_the_settings_of_its_prompt(tmp_path: Path) -> None:
    """The model that was asked for wins, then the prompt's, then the worker's."""
    keep_version(tmp_path, replace(EDITED, settings=SETTINGS), NOW)
    other = "gemini-3.1-flash-live-preview"
    defaults = Defaults("tutor@2", other, tmp_path)
    tutor = tutor_for(Dispatch(), defaults)
    assert (tutor.model, tutor.voice, tutor.turn_detection.silence_ms) == (
        "gemini-3.8-live",
        "Kore",
        700,
    )
    assert tutor_for(Dispatch(model=other), defaults).model == other
    assert tutor_for(Dispatch(prompt="tutor@1"), defaults).model == other


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("temperature: hot", "temperature: .*number"),
        ("temperature: 3", "temperature: .*less than or equal to 2"),
        ("silence_ms: 1", "silence_ms: .*greater than or equal to 200"),
        ("voice: a b", "voice: .*pattern"),
        ("vocabulary: " + ",".join(map(str, range(201))), "vocabulary: .*at most 200"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, line: str, sentence: str) -> None:
    """Files are edited by hand, too."""
    path = tmp_path / "hint.md"
    path.write_text(f"---\nname: hint\nversion: 2\n{line}\n---\nAsk.\n")
    with pytest.raises(PromptError, match=sentence) as caught:
        read_prompt(path)
    assert str(path) in str(caught.value)


def test_prompts_without_settings_keep_their_fingerprint() -> None:
    """Runs from before prompts had settings stay comparable: this one was written down then."""
    tutor = Tutor.of(Prompt("hint", "1", "gives hints", "Ask one question."), "gemini-3.8-live")
    assert (tutor.fingerprint, tutor.prompt.content_hash) == ("81016ef600cf", "47dde220c6cd")


def test_shipped_prompts_are_written_as_they_are() -> None:
    """What the page writes reads like what an author writes."""
    shipped = (SHIPPED_PROMPTS / "tutor.md").read_text()
    assert prompt_text(SHIPPED) == shipped


def test_a_file_written_by_hand_counts_among_the_versions(tmp_path: Path) -> None:
    """Numbers go on above any that somebody wrote."""
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "mine.md").write_text(prompt_text(replace(SHIPPED, version="7.2")))
    assert keep_version(tmp_path, EDITED, NOW).prompt.version == "8"
