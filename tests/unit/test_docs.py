"""What the documents name is there: files, folders, links and their headings."""

import re
from pathlib import Path

import pytest

from tests.paths import PROJECT

DOCUMENTS = sorted(
    path.relative_to(PROJECT).as_posix()
    for path in (
        *PROJECT.glob("*.md"),
        *PROJECT.glob("docs/*.md"),
        *PROJECT.glob("datasets/*/README.md"),
        PROJECT / "tests" / "spoken_suite" / "README.md",
    )
)
FOLDERS = "agent|benchmarks|datasets|docs|evals|notebooks|scripts|space|tests|workbench"
NAMED = re.compile(rf"`((?:{FOLDERS})/[\w./-]*[\w/]|[\w-]+\.(?:py|js))`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SOURCE = re.compile(r'(?:src|srcset)="([^"]+)"')
MADE_BY_USERS = ("datasets/NAME", "datasets/.NAME")


def text_of(document: str) -> str:
    return (PROJECT / document).read_text(encoding="utf-8")


def is_there(name: str) -> bool:
    """A path of the project; a bare file name may lie in any folder."""
    if (PROJECT / name).exists():
        return True
    packages = ("agent", "evals", "workbench", "tests")
    return "/" not in name and any(next((PROJECT / p).rglob(name), None) for p in packages)


def headings(document: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    lines = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line).lower().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_exists(document: str) -> None:
    """A guide to a house that was rebuilt leads people astray."""
    named = set(NAMED.findall(text_of(document)))
    theirs = {name for name in named if name.startswith(MADE_BY_USERS)}
    assert not sorted(name for name in named - theirs if not is_there(name))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(document: str) -> None:
    """Files, pictures and headings; other sites are not asked."""
    text, here = text_of(document), (PROJECT / document).parent
    links = [
        link
        for link in (*LINK.findall(text), *SOURCE.findall(text))
        if not re.match(r"https?:|mailto:", link)
    ]
    lost = []
    for link in links:
        path, _, heading = link.partition("#")
        target = here / path if path else PROJECT / document
        if not target.exists() or (heading and heading not in headings(target)):
            lost.append(link)
    assert not lost


def test_the_list_of_documents_is_complete() -> None:
    """A document that no list names is found by nobody."""
    listed = set(LINK.findall(text_of("docs/README.md")))
    there = {path.name for path in (PROJECT / "docs").glob("*.md")} - {"README.md"}
    assert there <= listed


def test_every_folder_of_the_packages_has_a_line() -> None:
    """`docs/architecture.md` is where somebody new looks first."""
    text = text_of("docs/architecture.md")
    folders = {
        path.relative_to(PROJECT).as_posix()
        for package in ("agent", "evals", "workbench")
        for path in (PROJECT / package).iterdir()
        if any(path.glob("*.py")) and not path.name.startswith("_")
    }
    assert not sorted(folder for folder in folders if f"| `{folder}` |" not in text)
