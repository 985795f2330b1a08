"""Prompts of one's own: kept as versions, one file each, which no later one overwrites."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from agent.errors import PromptError
from agent.files import write_new_file
from agent.prompts.prompt import DRAFT, MAX_PROMPT_CHARS, Prompt, prompt_folders, readable_prompts
from agent.prompts.settings import one_line

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MAX_NOTE_CHARS = 500
MAX_OWN_PROMPTS = 2_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A new version; `siblings` are others that were made from the same one, `NAME@VERSION`."""

    prompt: Prompt
    siblings: tuple[str, ...]


def keep_version(home: Path, edited: Prompt, now: datetime) -> Kept:
    """Write `edited` as the next version of its name; its own version says nothing.

    Two who keep at once get a version each. Raises PromptError for a name that no file may
    have, for what is too long, and where a version says the same already; EnvironmentNotReady
    when it can't be written.
    """
    wanted = _checked(edited)
    known = [prompt for prompt in _all(home) if prompt.name == wanted.name]
    for prompt in known:
        if not prompt.is_draft and prompt.content_hash == wanted.content_hash:
            raise PromptError(f"{prompt.reference} says the same already; change something first.")
    number = 1 + max((_number(prompt) for prompt in known), default=0)
    dated = replace(wanted, date=now.isoformat(timespec="seconds"))
    while not _write_new(home, kept := replace(dated, version=str(number))):
        number += 1
    return Kept(kept, _siblings(home, kept))


def keep_draft(home: Path, edited: Prompt) -> Prompt:
    """Write `edited` under a version made of its content: the same text is the same draft.

    Raises as `keep_version`, except that it may say what another version says.
    """
    draft = as_draft(edited)
    _write_new(home, draft)
    return draft


def as_draft(edited: Prompt) -> Prompt:
    """What `keep_draft` would write."""
    wanted = _checked(edited)
    return replace(wanted, version=f"{DRAFT}{wanted.content_hash}")


def prompt_text(prompt: Prompt) -> str:
    """The Markdown that `read_prompt` reads as the same prompt."""
    told = {
        name: one_line(getattr(prompt, name))
        for name in ("name", "version", "description", "parent", "note", "date")
    }
    fields = {name: text for name, text in told.items() if text} | prompt.settings.written()
    lines = "".join(f"{name}: {text}\n" for name, text in fields.items())
    return f"---\n{lines}---\n{prompt.instructions}\n"


def _checked(edited: Prompt) -> Prompt:
    """What the file will hold; line ends are made the same."""
    if not NAME.fullmatch(edited.name):
        raise PromptError(
            f"expected a name of at most 40 lower-case letters, digits and hyphens, got "
            f"{edited.name[:60]!r}; choose another"
        )
    if len(edited.note) > MAX_NOTE_CHARS:
        raise PromptError(
            f"expected a note of at most {MAX_NOTE_CHARS} characters, got {len(edited.note)}"
        )
    instructions = edited.instructions.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not instructions:
        raise PromptError("expected instructions, got none; write what the tutor should do")
    prompt = replace(edited, instructions=instructions)
    n_chars = len(prompt_text(prompt)) + 100  # its version and date come later
    if n_chars > MAX_PROMPT_CHARS:
        raise PromptError(
            f"expected at most {MAX_PROMPT_CHARS:,} characters in all, got {n_chars:,}"
        )
    return prompt


def _write_new(home: Path, prompt: Prompt) -> bool:
    """Whether the file is new; whole or not at all, and never over another."""
    folder, _ = prompt_folders(home)
    path = folder / f"{prompt.reference}.md"
    if len(list(folder.glob("*.md"))) >= MAX_OWN_PROMPTS and not path.exists():
        raise PromptError(
            f"{folder} holds {MAX_OWN_PROMPTS:,} prompts; delete some (draft versions first)"
        )
    return write_new_file(path, prompt_text(prompt))


def _all(home: Path) -> tuple[Prompt, ...]:
    """A file that is no prompt keeps nobody from keeping theirs."""
    return readable_prompts(prompt_folders(home)).prompts


def _number(prompt: Prompt) -> int:
    first = prompt.version.partition(".")[0]
    return int(first) if first.isdecimal() and len(first) < 10 else 0


def _siblings(home: Path, kept: Prompt) -> tuple[str, ...]:
    if not kept.parent:
        return ()
    return tuple(
        prompt.reference
        for prompt in _all(home)
        if (prompt.name, prompt.parent) == (kept.name, kept.parent)
        and not prompt.is_draft
        and prompt.version != kept.version
    )
