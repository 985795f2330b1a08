"""Prompts are found by file, name or version, and malformed ones are refused by name."""

from pathlib import Path

import pytest

from agent.errors import PromptError
from agent.prompts.prompt import (
    MAX_PROMPT_CHARS,
    SHIPPED_PROMPTS,
    find_prompt,
    list_prompts,
    read_prompt,
)

GOOD = "---\nname: hint\nversion: 2\ndescription: gives hints\n---\nAsk one question.\n"


def written(folder: Path, text: str, name: str = "hint.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "version", "instructions"),
    [
        (GOOD, "2", "Ask one question."),
        (GOOD.replace("\n", "\r\n"), "2", "Ask one question."),
        ("\n" + GOOD, "2", "Ask one question."),
        ("---\nname:hint\nversion:2\n---\nAsk.", "2", "Ask."),
        ("---\nname: hint\nversion: 1.10\n\n---\nA\n---\nB", "1.10", "A\n---\nB"),
        ("---\nname: hint\nversion: a: b\n---\nSay $x^2$ – π.", "a: b", "Say $x^2$ – π."),
    ],
)
def test_a_prompt_is_read(tmp_path: Path, text: str, version: str, instructions: str) -> None:
    """Authors use any editor."""
    prompt = read_prompt(written(tmp_path, text))
    assert (prompt.name, prompt.version, prompt.instructions) == ("hint", version, instructions)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "expected front matter"),
        ("Ask one question.", "expected front matter"),
        ("---\nname: hint\nversion: 1\nAsk.", "expected front matter"),
        ("Hello\n" + GOOD, "expected front matter"),
        ("---\nname: hint\n---\nAsk.", "lacks version"),
        ("---\ndescription: x\n---\nAsk.", "lacks name and version"),
        ("---\nname: hint\nversion 2\n---\nAsk.", "expected 'key: value' .* got 'version 2'"),
        ("---\nname: hint\nversion: 1\n---\n  \n", "expected instructions"),
        (GOOD + "x" * MAX_PROMPT_CHARS, f"at most {MAX_PROMPT_CHARS} characters"),
    ],
)
def test_a_malformed_prompt_is_refused_by_name(tmp_path: Path, text: str, sentence: str) -> None:
    """The author must find the file and the mistake in one sentence."""
    path = written(tmp_path, text)
    with pytest.raises(PromptError, match=sentence) as caught:
        read_prompt(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    """A picture with the right name is still no prompt."""
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\xff\xfe")
    for name in ("gone.md", "picture.md"):
        with pytest.raises(PromptError, match=f"{name}: expected a prompt in UTF-8"):
            read_prompt(tmp_path / name)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("hint", "1.10"), ("hint@1.9", "1.9"), ("hint@1.10", "1.10"), ("hint@draft", "draft")],
)
def test_a_name_means_its_last_version(tmp_path: Path, reference: str, expected: str) -> None:
    """1.10 comes after 1.9, and any number after a word."""
    for version in ("1.9", "1.10", "draft", "1.2"):
        written(tmp_path, GOOD.replace("version: 2", f"version: {version}"), f"hint-{version}.md")
    assert find_prompt(reference, (tmp_path,)).version == expected


@pytest.mark.parametrize("reference", ["", "nobody", "hint@3", "@2", "HINT", "../hint"])
def test_an_unknown_name_lists_those_there_are(tmp_path: Path, reference: str) -> None:
    """Typing errors are the rule."""
    written(tmp_path, GOOD)
    with pytest.raises(PromptError, match="there are: hint@2"):
        find_prompt(reference, (tmp_path,))


@pytest.mark.parametrize(
    ("broken", "reference", "is_found"),
    [
        ("other.md", "hint", True),  # somebody else's typing error
        ("hint@3.md", "hint@2", True),
        ("hint@3.md", "hint", False),  # it may be the last version
        ("hint@3.md", "hint@3", False),
    ],
)
def test_a_broken_file_matters_to_those_who_may_mean_it(
    tmp_path: Path, broken: str, reference: str, is_found: bool
) -> None:
    """An older version in its place would be measured in silence."""
    written(tmp_path, GOOD)
    path = written(tmp_path, "no front matter", broken)
    if is_found:
        assert find_prompt(reference, (tmp_path,)).version == "2"
    else:
        with pytest.raises(PromptError, match=f"{path}: expected front matter"):
            find_prompt(reference, (tmp_path,))


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    """For a prompt under work that is in no folder."""
    assert find_prompt(str(written(tmp_path, GOOD, "mine.md"))).name == "hint"


def test_only_instructions_make_the_hash() -> None:
    """A prettier description is no other prompt, a changed word is."""
    prompts = {prompt.name: prompt for prompt in list_prompts()}
    assert len({prompt.content_hash for prompt in prompts.values()}) == len(prompts)
    assert all(len(prompt.content_hash) == 12 for prompt in prompts.values())


def test_three_prompts_ship_and_all_demand_the_tool() -> None:
    """Without the tool call nothing is understood, whatever else a prompt says."""
    prompts = {prompt.name: prompt.instructions for prompt in list_prompts((SHIPPED_PROMPTS,))}
    assert set(prompts) == {"transcribe", "tutor", "explain"}
    assert all("write_math" in instructions for instructions in prompts.values())
