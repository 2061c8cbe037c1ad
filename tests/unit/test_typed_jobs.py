"""mypy refuses a job whose arguments or slots do not fit its function."""

import sys
from pathlib import Path

import pytest

SNIPPET = """
from denkidesk.domain.cancel import CancelToken
from denkidesk.jobs.job import LaneName, Priority
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob


def count(text: str, most: int = 9, cancel: CancelToken | None = None) -> int:
    return min(len(text), most)


def on_count(number: int) -> None: ...


def on_text(text: str) -> None: ...


def on_failure(error: object) -> None: ...


def on_input_refused(error: ValueError) -> None: ...


def use(jobs: Jobs) -> None:
    jobs.run(LaneName.WORK, count, "a", priority=Priority.OUTAGE, key="count").then(on_count, on_failure)
    LatestJob(jobs, jobs, on_count, on_failure).run(LaneName.WORK, count, "a", 3)
    {line}
"""
WRONG = [
    'jobs.run(LaneName.WORK, count, "a").then(on_text)',
    'jobs.run(LaneName.WORK, count, "a").then(on_count, on_input_refused)',
    "jobs.run(LaneName.WORK, count).then(on_count)",
    "jobs.run(LaneName.WORK, count, 3).then(on_count)",
    'LatestJob(jobs, jobs, on_text).run(LaneName.WORK, count, "a")',
    "LatestJob(jobs, jobs, on_count).run(LaneName.WORK, count)",
]


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    """What mypy says of every line at once, by the number of the line in its file."""
    from mypy import api

    folder = tmp_path_factory.mktemp("typed")
    files = []
    for number, line in enumerate(["pass", *WRONG]):
        path = folder / f"snippet_{number}.py"
        path.write_text(SNIPPET.replace("{line}", line), encoding="utf-8")
        files.append(str(path))
    config = Path(__file__).parents[2] / "pyproject.toml"
    said, trouble, _code = api.run(
        ["--config-file", str(config), "--python-executable", sys.executable, "--cache-dir", str(folder), *files]
    )
    assert not trouble
    return [line for line in said.splitlines() if "error:" in line]


def test_a_job_that_fits_is_taken_and_one_that_does_not_is_refused(complaints):
    at = SNIPPET.splitlines().index("    {line}") + 1
    assert [sum(f"snippet_{n}.py:{at}: error" in line for line in complaints) for n in range(len(WRONG) + 1)] == [0] + [1] * len(WRONG)
    assert len(complaints) == len(WRONG)
