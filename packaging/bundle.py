"""The frozen program for the machine at hand, and its proof: ``dev.py bundle [--into DIR] [--setup]``.

PyInstaller builds by ``denkidesk.spec``; then the frozen program runs ``--smoke``, and the console program tells about itself. Prints one
JSON document; exits with 0 only if all is green. ``--setup`` makes Setup.exe and the zip too (on Windows, with NSIS 3 installed).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import products

ROOT: Final = Path(__file__).resolve().parents[1]
WINDOWS: Final = sys.platform == "win32"
BUILD_LIMIT_S: Final = 1200
SMOKE_LIMIT_S: Final = 300


def build(into: Path) -> Path:
    """Freezes the program below ``into``; returns its folder."""
    options = ["-y", "--clean", "--log-level", "WARN", "--distpath", str(into), "--workpath", str(into / "work")]
    spec = ROOT / "packaging" / "denkidesk.spec"
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, str(spec)], cwd=ROOT, check=True, timeout=BUILD_LIMIT_S)
    shutil.rmtree(into / "work", ignore_errors=True)
    payload = into / "denkidesk"
    products.add_read_me(payload)
    return payload


def program(payload: Path, name: str) -> str:
    """The path of one of the two programs."""
    return str(payload / (f"{name}.exe" if WINDOWS else name))


def clean_environment() -> dict[str, str]:
    """Nothing of the person's own settings, nor of the environment that built the program."""
    hidden = ("DENKIDESK_", "PYTHON", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    if sys.platform == "linux" and not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def smoke(payload: Path, results: Path) -> dict[str, Any]:
    """The report of the windowed program, with its exit code."""
    shutil.rmtree(results, ignore_errors=True)
    # From a folder that is not the project's, so that nothing of the source tree is found by chance.
    ended = subprocess.run(
        [program(payload, "denkidesk"), "--smoke", str(results)],
        cwd=payload,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=SMOKE_LIMIT_S,
    )
    file = results / "smoke.json"
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"ok": False, "steps": []}
    return {**report, "exit_code": ended.returncode}


def doctor(payload: Path, home: Path) -> dict[str, Any]:
    """What the console program says of itself."""
    command = [program(payload, "denkidesk-cli"), "doctor", "--home", str(home)]
    ended = subprocess.run(command, cwd=payload, env=clean_environment(), capture_output=True, check=True, timeout=60)
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def main(arguments: list[str]) -> int:
    """Builds and proves; prints the figures."""
    parser = argparse.ArgumentParser(prog="dev.py bundle", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--into", type=Path, default=ROOT / "dist" / sys.platform)
    parser.add_argument("--setup", action="store_true")
    options = parser.parse_args(arguments)
    into = options.into.resolve()
    started = time.monotonic()
    payload = build(into)
    built_s = round(time.monotonic() - started, 1)
    report = smoke(payload, into / "smoke")
    about = doctor(payload, into / "smoke" / "home")
    figures: dict[str, Any] = {
        "ok": report["ok"] and report["exit_code"] == 0 and bool(report.get("frozen")) and bool(about.get("frozen")),
        "program": str(payload),
        "installed_mb": products.megabytes(payload),
        "built_s": built_s,
        "smoke": report,
        "libraries": about.get("libraries"),
    }
    if options.setup:
        figures |= products.make_all(payload, into / "products")
    print(json.dumps(figures, indent=2))
    return 0 if figures["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
