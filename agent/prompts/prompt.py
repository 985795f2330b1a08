"""Prompts: Markdown files with front matter that tell the tutor how to behave."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agent.errors import PromptError
from agent.files import read_text
from agent.prompts.settings import NO_SETTINGS, PromptSettings

SHIPPED_PROMPTS = Path(__file__).parent / "shipped"
MAX_PROMPT_CHARS = 50_000
DRAFT = "draft-"  # begins the version of what was tried and not kept


def prompt_folders(home: Path) -> tuple[Path, ...]:
    """Where prompts lie: one's own below `home`, which win, and the shipped ones."""
    return home / "prompts", SHIPPED_PROMPTS


@dataclass(frozen=True)
class Prompt:
    """Instructions for the tutor, and the settings that go with them.

    `version` is the author's, `content_hash` the text's. `parent` is the content hash of the
    version it was made from, `note` says why, `date` is when it was kept (ISO 8601).
    """

    name: str
    version: str
    description: str
    instructions: str
    parent: str = ""
    note: str = ""
    date: str = ""
    settings: PromptSettings = NO_SETTINGS

    @property
    def reference(self) -> str:
        """`NAME@VERSION`, as commands and pages call it."""
        return f"{self.name}@{self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it was tried and not kept."""
        return self.version.startswith(DRAFT)

    @cached_property
    def content_hash(self) -> str:
        """First 12 hexadecimal digits of SHA-256 over instructions and settings, if any."""
        settings = self.settings.model_dump_json(exclude_defaults=True)
        text = self.instructions if settings == "{}" else f"{self.instructions}\n{settings}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_prompt(path: Path, *, below: Path | None = None) -> Prompt:
    """The prompt in one Markdown file; with `below` no link may lead from that folder to it.

    Front matter is `key: value` lines between two `---` lines and must hold name and
    version; it may hold a description and the fields of Prompt and PromptSettings. Raises
    PromptError naming the file.
    """
    try:
        text = read_text(path, 4 * MAX_PROMPT_CHARS, below=below)
    except OSError as error:
        raise PromptError(
            f"{path}: expected a prompt in UTF-8 Markdown, got: {error.strerror}"
        ) from error
    if len(text) > MAX_PROMPT_CHARS:
        raise PromptError(
            f"{path}: expected at most {MAX_PROMPT_CHARS} characters, got {len(text)}"
        )
    lines = text.lstrip().split("\n")
    rules = [number for number, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(rules) != 2 or rules[0] != 0:
        raise PromptError(f"{path}: expected front matter between two '---' lines at the top")
    fields = dict(_field(path, line) for line in lines[1 : rules[1]] if line.strip())
    missing = {"name", "version"} - fields.keys()
    if missing:
        raise PromptError(f"{path}: front matter lacks {' and '.join(sorted(missing))}")
    instructions = "\n".join(lines[rules[1] + 1 :]).strip()
    if not instructions:
        raise PromptError(f"{path}: expected instructions below the front matter, got none")
    return Prompt(
        fields["name"],
        fields["version"],
        fields.get("description", ""),
        instructions,
        parent=fields.get("parent", ""),
        note=fields.get("note", ""),
        date=fields.get("date", ""),
        settings=PromptSettings.read(fields, str(path)),
    )


def find_prompt(reference: str, folders: tuple[Path, ...] = (SHIPPED_PROMPTS,)) -> Prompt:
    """The prompt that `reference` means: a file, NAME, or NAME@VERSION.

    A name is looked up in `folders` in order. Without a version the last by version wins;
    PromptError when it may be in a file of that name that can't be read.
    """
    path = Path(reference)
    if path.suffix == ".md":
        return read_prompt(path)
    name, _, version = reference.partition("@")
    found = readable_prompts(folders)
    matching = [p for p in found.prompts if p.name == name and version in ("", p.version)]
    if not matching or not version:
        for unread, problem in found.problems.items():
            if unread.stem.partition("@")[0] == name:
                raise PromptError(problem)
    if not matching:
        names = ", ".join(sorted({p.reference for p in found.prompts if not p.is_draft}))
        raise PromptError(
            f"prompt {reference!r} not found; there are: {names}. A file's path ends in .md"
        )
    return max(matching, key=lambda p: _version_key(p.version))


def list_prompts(folders: tuple[Path, ...] = (SHIPPED_PROMPTS,)) -> list[Prompt]:
    """Every prompt in `folders`, by file name; PromptError for a file that is none."""
    found = readable_prompts(folders)
    for problem in found.problems.values():
        raise PromptError(problem)
    return list(found.prompts)


@dataclass(frozen=True, slots=True)
class Found:
    """The prompts that can be read, by file name, and a sentence for each file that can't."""

    prompts: tuple[Prompt, ...]
    problems: Mapping[Path, str]


def readable_prompts(folders: tuple[Path, ...]) -> Found:
    """As `list_prompts`, for those who go on without a file that is none."""
    prompts: list[Prompt] = []
    problems: dict[Path, str] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.md"))):
        try:
            prompts.append(read_prompt(path, below=path.parent))
        except PromptError as error:
            problems[path] = str(error)
    return Found(tuple(prompts), problems)


def _field(path: Path, line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise PromptError(f"{path}: expected 'key: value' in the front matter, got {line!r}")
    return key.strip(), value.strip()


def _version_key(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else -1, part) for part in version.split("."))
