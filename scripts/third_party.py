"""Print the packages of the demo's image and their licences: `third_party.py --help`.

The packages are those that the lock installs for run time; the licences come from their
installed metadata.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

HEAD = """\
THIRD PARTY SOFTWARE IN THE DEMO'S IMAGE

Each package below comes from PyPI, without its own tests and debugging symbols but otherwise
unchanged, with its licence texts beside it in
/app/.venv/lib/python3.*/site-packages/NAME.dist-info; PyPI has the sources of the same version.
Debian's packages have theirs in /usr/share/doc/NAME/copyright and their sources at
https://snapshot.debian.org. Some packages bring libraries under terms of their own:

- av brings FFmpeg with x264 and x265 (GPL-2.0-or-later as built), https://github.com/PyAV-Org/pyav-ffmpeg
- soundfile brings libsndfile, soxr brings libsoxr (LGPL-2.1-or-later)
- numpy brings libgfortran (GPL-3.0 with the GCC runtime library exception)
- sphinxcontrib-katex brings KaTeX (MIT), mini-racer V8 (BSD-3-Clause)
- hibari-tts brings the voice "heart", distilled from Kokoro-82M, and misaki's dictionaries (Apache-2.0)
- moonshine-voice brings the English Moonshine models (MIT) and onnxruntime (MIT)
- livekit-plugins-silero brings Silero VAD (MIT), https://github.com/snakers4/silero-vad

"""
CLASSIFIER = "License :: "
SHORT_CHARS = 60


def main(uv: str) -> int:
    """Print the list; 1 when a package's licence is not known."""
    unknown = [name for name in names(uv) if not licence(distribution(name))]
    if unknown:
        print(f"No licence is known of: {', '.join(unknown)}.", file=sys.stderr)
        return 1
    print(HEAD + "\n".join(lines(names(uv))))
    return 0


def names(uv: str) -> list[str]:
    """What the lock installs for running on this machine."""
    export = ("export", "--quiet", "--frozen", "--no-dev", "--no-hashes", "--no-emit-project")
    listed = subprocess.run([uv, *export], capture_output=True, text=True, check=True)
    found = re.findall(r"^([\w.-]+)==", listed.stdout, re.MULTILINE)
    return sorted({name for name in found if _is_installed(name)}, key=str.lower)


def lines(packages: list[str]) -> Iterator[str]:
    for name in packages:
        package = distribution(name)
        yield f"{package.metadata['Name']} {package.version}: {licence(package)}"


def licence(package: Distribution) -> str:
    """An SPDX expression where the package has one, else what its metadata says."""
    metadata = package.metadata
    if expression := _first(package, "License-Expression"):
        return expression
    of_classifiers = [
        text.rpartition(" :: ")[2]
        for text in metadata.get_all("Classifier", [])
        if text.startswith(CLASSIFIER)
    ]
    said = _first(package, "License").strip().partition("\n")[0]
    if said and len(said) <= SHORT_CHARS and said != "UNKNOWN":
        return said
    return ", ".join(of_classifiers) or _by_file(package)


def _first(package: Distribution, entry: str) -> str:
    return str(next(iter(package.metadata.get_all(entry) or ()), ""))


def _by_file(package: Distribution) -> str:
    """The first line of the licence's text, such as `MIT License`."""
    for file in package.files or ():
        if re.search(r"(?i)dist-info/.*licen[cs]e", str(file)):
            text = file.read_text(encoding="utf-8").strip()
            return text.partition("\n")[0].strip()[:SHORT_CHARS]
    return ""


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:  # for another system or Python
        return False
    return True


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] == "--help":
        sys.exit("Usage: third_party.py UV, as in: third_party.py $(scripts/ensure-uv)")
    sys.exit(main(sys.argv[1]))
