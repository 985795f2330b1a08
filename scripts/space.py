"""Write and check the folder of a Hugging Face Space: `space.py --help`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PARTS = (
    ".dockerignore",
    "Dockerfile",
    "LICENSE",
    "agent",
    "app.py",
    "datasets",
    "evals",
    "pyproject.toml",
    "uv.lock",
    "workbench",
)
FRONT_MATTER = {
    "title": r".+",
    "emoji": r"\S+",
    "colorFrom": r"red|yellow|green|blue|indigo|purple|pink|gray",
    "colorTo": r"red|yellow|green|blue|indigo|purple|pink|gray",
    "sdk": r"docker",
    "app_port": r"\d+",
    "license": r"apache-2\.0",
    "short_description": r".{1,60}",
}
LARGE_BYTES = 10_000_000  # the Hub takes nothing larger without LFS
LFS = ".flac"
NEXT = """\
{folder} is ready: {n_files} files, {megabytes:.0f} MB. To publish it (it needs a Space of the
Docker kind; the free CPU Basic is enough):

  pip install -U huggingface_hub && hf auth login
  hf repo create NAME --repo-type space --space-sdk docker
  hf upload NAME {folder} . --repo-type space

To let visitors talk to Gemini, put GOOGLE_API_KEY into the Space's secrets."""


def main(uv: str, folder: Path) -> int:
    """Write and check; 1 and a sentence when something is amiss."""
    try:
        write(uv, folder)
    except subprocess.CalledProcessError as error:
        print(f"{folder}: THIRD_PARTY can't be made. {error.stderr.strip()}", file=sys.stderr)
        return 1
    faults = check(folder)
    for fault in faults:
        print(f"{folder}: {fault}", file=sys.stderr)
    if not faults:
        files = _files(folder)
        megabytes = sum(file.stat().st_size for file in files) / 1e6
        print(NEXT.format(folder=folder, n_files=len(files), megabytes=megabytes))
    return 1 if faults else 0


def write(uv: str, folder: Path) -> None:
    """Copy the files that git tracks, so that no private file gets in."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in _run("git", "ls-files", "-z", "--", *PARTS).split("\0")[:-1]:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / name, target)
    shutil.copyfile(PROJECT / "space" / "README.md", folder / "README.md")
    shutil.copyfile(PROJECT / "space" / "gitattributes", folder / ".gitattributes")
    (folder / "THIRD_PARTY").write_text(_run(sys.executable, "scripts/third_party.py", uv))


def check(folder: Path) -> list[str]:
    """What is wrong with the folder, a sentence each."""
    dockerfile = (folder / "Dockerfile").read_text()
    front = dict(re.findall(r"^(\w+): (.*)$", (folder / "README.md").read_text(), re.MULTILINE))
    faults = [
        f"README.md: expected {key}: {pattern}, got {front.get(key)!r}."
        for key, pattern in FRONT_MATTER.items()
        if not re.fullmatch(pattern, front.get(key, ""))
    ]
    if f"EXPOSE {front.get('app_port')}\n" not in dockerfile:
        faults.append("Dockerfile: it exposes another port than README.md's app_port.")
    if "--uid 1000 user" not in dockerfile or "\nUSER user\n" not in dockerfile:
        faults.append("Dockerfile: a Space runs as the user 1000.")
    faults += [f"{part} is missing." for part in PARTS if not (folder / part).exists()]
    faults += [
        f"{file.relative_to(folder)}: larger than the Hub takes without LFS."
        for file in _files(folder)
        if file.stat().st_size > LARGE_BYTES and file.suffix != LFS
    ]
    return faults


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Usage: space.py UV FOLDER, as in: space.py $(scripts/ensure-uv) dist/space")
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
