"""Prompts: Markdown files with front matter that tell the tutor how to behave."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agent.errors import PromptError

SHIPPED_PROMPTS = Path(__file__).parent / "prompts"
MAX_PROMPT_CHARS = 50_000


def prompt_folders(home: Path) -> tuple[Path, ...]:
    """Where prompts lie: one's own below `home`, which win, and the shipped ones."""
    return home / "prompts", SHIPPED_PROMPTS


@dataclass(frozen=True)
class Prompt:
    """Instructions for the tutor; `version` is the author's, `content_hash` the text's."""

    name: str
    version: str
    description: str
    instructions: str

    @cached_property
    def content_hash(self) -> str:
        """First 12 hexadecimal digits of the instructions' SHA-256."""
        return hashlib.sha256(self.instructions.encode()).hexdigest()[:12]


def read_prompt(path: Path) -> Prompt:
    """The prompt in one Markdown file.

    Front matter is `key: value` lines between two `---` lines and must hold name and
    version. Raises PromptError naming the file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: expected a prompt in UTF-8 Markdown, got: {error}") from error
    if len(text) > MAX_PROMPT_CHARS:
        raise PromptError(
            f"{path}: expected at most {MAX_PROMPT_CHARS} characters, got {len(text)}"
        )
    opening, *rest = text.split("---\n", 2)
    if opening.strip() or len(rest) != 2:
        raise PromptError(f"{path}: expected front matter between two '---' lines at the top")
    fields = dict(_field(path, line) for line in rest[0].splitlines() if line.strip())
    missing = {"name", "version"} - fields.keys()
    if missing:
        raise PromptError(f"{path}: front matter lacks {' and '.join(sorted(missing))}")
    if not rest[1].strip():
        raise PromptError(f"{path}: expected instructions below the front matter, got none")
    return Prompt(fields["name"], fields["version"], fields.get("description", ""), rest[1].strip())


def find_prompt(reference: str, folders: tuple[Path, ...] = (SHIPPED_PROMPTS,)) -> Prompt:
    """The prompt that `reference` means: a file, NAME, or NAME@VERSION.

    A name is looked up in `folders` in order. Without a version the last by version wins.
    """
    path = Path(reference)
    if path.suffix == ".md":
        return read_prompt(path)
    name, _, version = reference.partition("@")
    known = list_prompts(folders)
    matching = [p for p in known if p.name == name and version in ("", p.version)]
    if not matching:
        names = ", ".join(sorted({f"{p.name}@{p.version}" for p in known}))
        raise PromptError(
            f"prompt {reference!r} not found; there are: {names}. A file's path ends in .md"
        )
    return max(matching, key=lambda p: _version_key(p.version))


def list_prompts(folders: tuple[Path, ...] = (SHIPPED_PROMPTS,)) -> list[Prompt]:
    """Every prompt in `folders`, by file name."""
    return [read_prompt(path) for folder in folders for path in sorted(folder.glob("*.md"))]


def _field(path: Path, line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise PromptError(f"{path}: expected 'key: value' in the front matter, got {line!r}")
    return key.strip(), value.strip()


def _version_key(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else -1, part) for part in version.split("."))
