"""The frozen program, built by the spec of the Windows one and proved by itself. Takes minutes: ``-k "not bundle"`` leaves it out."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest

from denkidesk.texts import quote as quote_texts

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"

# 12,000 yen a year whatever is used: a minimum charge of 1,000 yen a month and no price a kWh.
PLAN = {
    "epplan_id": "0006_1_0001",
    "epcorp_cd": 6,
    "contractType": 1,
    "epplanType": 1,
    "epplanName": "見本プラン",
    "planSuffix": "A",
    "periodFrom": "2024-04-01",
    "periodTo": "2999-12-31",
    "discountRate": 0,
    "holidayflg": "011",
    "base_cd": "01",
    "baseName": "最低料金",
    "baseType": 1,
    "baseUnit": 1000,
    "baseFixUnit": 0,
    "ampere": 0,
    "capacityFrom": 0,
    "capacityTo": 0,
    "conditions": [],
    "fuels": [],
    "renewable": 0,
}

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("bundle"),  # one build serves all of these tests
    pytest.mark.skipif(sys.platform == "darwin", reason="the desk is made for Windows and Linux"),
]


@pytest.fixture(scope="module")
def into(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("frozen")


@pytest.fixture(scope="module")
def figures(into: Path) -> dict[str, Any]:
    """What ``dev.py bundle`` prints."""
    command = [sys.executable, str(PACKAGING / "bundle.py"), "--into", str(into)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, timeout=800, check=False, encoding="utf-8")
    document: dict[str, Any] = json.loads(ended.stdout)
    failed = [step for step in document["smoke"]["steps"] if step["result"] == "failed"]
    assert (ended.returncode, failed) == (0, [])
    return document


def console(figures: dict[str, Any], *words: str) -> subprocess.CompletedProcess[bytes]:
    program = Path(figures["program"]) / ("denkidesk-cli.exe" if sys.platform == "win32" else "denkidesk-cli")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DENKIDESK_", "PYTHON"))}
    return subprocess.run([str(program), *words], capture_output=True, timeout=60, check=False, env=env, stdin=subprocess.DEVNULL)


def test_the_frozen_program_proves_itself(figures: dict[str, Any], into: Path) -> None:
    smoke = figures["smoke"]
    assert (smoke["ok"], smoke["frozen"], smoke["exit_code"]) == (True, True, 0)
    steps = {step["step"]: step for step in smoke["steps"]}
    assert {name for name, step in steps.items() if step["result"] != "ok"} <= {"secret"}  # a machine without a store
    assert steps["resources"]["files"] == sum(1 for file in (ROOT / "resources").rglob("*") if file.is_file())
    page = pypdf.PdfReader(into / "smoke" / "quote.pdf").pages[0].extract_text()
    assert "".join(quote_texts.TITLE.split()) in "".join(page.split())


def test_libraries_bring_their_licences_and_nothing_of_the_tests_comes_along(figures: dict[str, Any]) -> None:
    inside = Path(figures["program"]) / "_internal"
    licences = {folder.name.rsplit("-", 1)[0].lower() for folder in (inside / "licenses").iterdir() if folder.is_dir()}
    assert {
        "zeep",
        "lxml",
        "httpx",
        "keyring",
        "matplotlib",
        "numpy",
        "pillow",
        "msgspec",
        "jpholiday",
        "pyinstaller",
        "python",
    } <= licences
    assert (inside / "licenses" / "LGPL-3.0.txt").is_file()
    assert (inside / "resources" / "fonts" / "OFL.txt").is_file()
    assert not licences & {"pytest", "hypothesis", "rich", "psutil"}
    assert not [file for file in inside.rglob("*.qm") if file.name != "qtbase_ja.qm"]


def test_the_console_program_runs_commands_and_speaks_utf8(figures: dict[str, Any], tmp_path: Path) -> None:
    home = tmp_path / "控え"
    ended = console(figures, "doctor", "--home", str(home))
    answer = json.loads(ended.stdout)
    assert (ended.returncode, answer["paths"]["home"], answer["frozen"]) == (0, str(home), True)
    assert "?" not in answer["libraries"].values()

    checked = console(figures, "wsdl", "check", str(ROOT / "resources" / "kansai"))
    assert checked.returncode == 0, checked.stderr.decode("utf-8", "replace")
    assert console(figures).returncode == 2  # without a command there is nothing to do: the window is the other program


def test_the_console_program_computes_a_bill(figures: dict[str, Any], tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN, ensure_ascii=False), encoding="utf-8")

    ended = console(figures, "bill", str(plan), str(ROOT / "resources" / "practice" / "sample_usage.csv"))

    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
    bill = json.loads(ended.stdout)
    assert (bill["yearCharge"], len(bill["monthlyCharges"])) == (12000, 12)
