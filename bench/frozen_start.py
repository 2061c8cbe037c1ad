"""How soon the frozen window is there: ``python bench/frozen_start.py [--rounds 9] [--bundle FOLDER]``.

Interleaved rounds of a bare Qt window and of the desk, both frozen by PyInstaller into a folder, on one virtual screen: from the start of
the process until its first large window has been drawn. Medians of wall time and of the process's CPU time up to then (in steps of the
system's 10 ms), and of the ratios round by round, as JSON; exits with 1 above the bar of 2.0 for the CPU ratio. ``--bundle``: what
``dev.py bundle`` made; it and the bare program are built if they are not there. Needs Xvfb, and an environment with python-xlib
(``--watcher VENV``, see ``startup.py``).
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from startup import BAR_START, BARE, drawn_ms, filled_home, virtual_screen

ROOT = Path(__file__).resolve().parents[1]


def frozen_bare(folder: Path) -> Path:
    """The bare window of ``startup.py``, frozen as it comes."""
    program = folder / "bare" / "bare"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / "bare.py"
        source.write_text("done = None\n" + BARE.replace("QtCore.QTimer.singleShot(0, done)", "pass"), encoding="utf-8")
        options = ["-y", "--log-level", "WARN", "--distpath", str(folder), "--workpath", str(folder / "work"), "--specpath", str(folder)]
        subprocess.run([sys.executable, "-m", "PyInstaller", *options, str(source)], check=True)
    return program


def main() -> int:
    """Prints the figures; fails when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--bundle", type=Path, default=ROOT / "dist" / "denkidesk")
    parser.add_argument("--watcher", metavar="VENV", type=Path, default=ROOT / "build" / "bench" / "venv")
    options = parser.parse_args()
    if not options.bundle.exists():
        subprocess.run([sys.executable, str(ROOT / "packaging" / "bundle.py"), "--into", str(options.bundle.parent)], check=True)
    bare = [str(frozen_bare(ROOT / "build" / "bench" / "frozen"))]
    watcher = options.watcher / "bin" / "python"
    rounds = []
    with tempfile.TemporaryDirectory() as directory, virtual_screen() as display:
        desk = [str(options.bundle / "denkidesk"), "--home", str(filled_home(Path(directory))), "--practice"]
        for number in range(options.rounds + 1):
            pair = (drawn_ms(watcher, display, bare), drawn_ms(watcher, display, desk))
            if number:
                rounds.append(pair)
    figures = {
        name: {
            "bare": round(statistics.median(bare[place] for bare, _ in rounds), 1),
            "desk": round(statistics.median(desk[place] for _, desk in rounds), 1),
            "ratio": round(statistics.median(desk[place] / bare[place] for bare, desk in rounds), 2),
        }
        for place, name in enumerate(("wall_ms", "cpu_ms"))
    }
    print(json.dumps({"rounds": options.rounds, **figures}, indent=2))
    return 0 if figures["cpu_ms"]["ratio"] <= BAR_START else 1


if __name__ == "__main__":
    sys.exit(main())
