"""The page's modules that need no page, tested by Node's own runner in tests/js."""

import subprocess

from tests.paths import PROJECT


def test_the_pure_modules_of_the_page_do_as_their_tests_say() -> None:
    """Rows, tar, the table's window, the resampler, the editor's values and the requests."""
    files = [str(path) for path in sorted((PROJECT / "tests" / "js").glob("*.test.js"))]
    run = subprocess.run(
        ["scripts/with-node", "node", "--test", *files],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert files
    assert run.returncode == 0, run.stdout + run.stderr
