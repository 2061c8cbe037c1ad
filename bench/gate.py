"""How close to one request a second several processes come, and that they never come closer: ``python bench/gate.py``.

Prints JSON. ``min_gap_over_interval`` must be at least 1.0, ``time_over_ideal`` at most 1.02.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

WORKER = Path(__file__).parents[1] / "tests" / "fakes" / "gate_worker.py"


def measure(processes: int, starts: int, interval_s: float, margin_s: float) -> dict[str, object]:
    """Lets processes contend for one gate and looks at the gaps between their starts."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "starts"
        arguments = [directory, str(interval_s), str(margin_s), str(file), str(starts)]
        workers = [
            subprocess.Popen([sys.executable, str(WORKER), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(processes)
        ]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        for worker in workers:
            worker.communicate()
        lines = sorted(tuple(map(int, line.split())) for line in file.read_text(encoding="ascii").splitlines())
    moments = [moment for moment, _ in lines]
    gaps = [(later - earlier) / 1e9 for earlier, later in itertools.pairwise(moments)]
    runs = [len(list(run)) for _, run in itertools.groupby(pid for _, pid in lines)]
    period_s = interval_s + margin_s
    return {
        "processes": processes,
        "starts": len(moments),
        "interval_s": interval_s,
        "margin_s": margin_s,
        "gaps_below_interval": sum(gap < interval_s for gap in gaps),
        "min_gap_s": round(min(gaps), 6),
        "min_gap_over_interval": round(min(gaps) / interval_s, 6),
        "mean_gap_s": round(sum(gaps) / len(gaps), 6),
        "time_over_ideal": round(sum(gaps) / (len(gaps) * period_s), 4),
        "longest_run_of_one_process": max(runs),
    }


def main() -> int:
    """Prints the figures; fails when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--starts", type=int, default=8)
    parser.add_argument("--interval", type=float, default=1.0)
    parser.add_argument("--margin", type=float, default=0.0)
    options = parser.parse_args()
    figures = measure(options.processes, options.starts, options.interval, options.margin)
    print(json.dumps(figures, indent=2))
    return 0 if figures["gaps_below_interval"] == 0 and float(str(figures["time_over_ideal"])) <= 1.02 else 1


if __name__ == "__main__":
    sys.exit(main())
