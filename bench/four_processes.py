"""Four processes send thirty requests at once: gaps as the server sees them, and the time until the last one starts.

The promise: no gap under 1.000 s, and the last request starts within 1.06 x 29 s of the first.
"""

import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from denkidesk.compose.desk import open_desk  # noqa: E402
from denkidesk.compose.run import Run  # noqa: E402
from denkidesk.credentials import Credentials  # noqa: E402
from denkidesk.domain.applications import ApplicationKind, NewApplication  # noqa: E402
from denkidesk.practice.servers import start_practice  # noqa: E402
from denkidesk.settings import Places, load_settings, resources_dir  # noqa: E402
from fakes.desk_home import OUTAGE, command_line, environment, write_settings  # noqa: E402 - the paths come first

PROCESSES = 4
REQUESTS = 30


def main() -> int:
    """Prints one JSON line; the exit code says whether the promise was kept."""
    with tempfile.TemporaryDirectory() as folder, start_practice(resources_dir(), Path(folder) / "utility.db") as servers:
        home = Path(folder) / "home"
        write_settings(home, servers, interval_s=1.0, margin_s=0.05)
        places = Places(home, practice=False)
        desk = open_desk(Run.decide(places.home, load_settings(places.settings_file), credentials=Credentials(environ={})))
        for number in range(REQUESTS):
            desk.outbox.queue(NewApplication(ApplicationKind.OUTAGE, **{**OUTAGE, "supply_point_number": f"06{number:020}"}))
        running = [
            subprocess.Popen(command_line(home, "outbox", "run"), env=environment(), stdout=subprocess.DEVNULL) for _ in range(PROCESSES)
        ]
        codes = [process.wait() for process in running]
        states = sorted({item.state.value for item in desk.outbox.items()})
        desk.close()
        starts = sorted(servers.utility.request_starts())
        gaps_s = [(later - earlier) / 1e9 for earlier, later in itertools.pairwise(starts)]
        figures = {
            "requests": len(starts),
            "filed": len(servers.utility.filed()),
            "states": states,
            "exit_codes": codes,
            "gaps_below_1s": sum(gap < 1.0 for gap in gaps_s),
            "min_gap_s": round(min(gaps_s), 4),
            "last_start_s": round((starts[-1] - starts[0]) / 1e9, 3),
            "allowed_s": round(1.06 * (REQUESTS - 1), 3),
        }
    print(json.dumps(figures))
    kept = figures["gaps_below_1s"] == 0 and figures["last_start_s"] <= figures["allowed_s"] and figures["requests"] == REQUESTS
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
