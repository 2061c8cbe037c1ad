"""Asks one question and measures: ``python answer_reader.py``. A line of JSON in (``{"target", "home"}``), a line out; each in a fork."""

import functools
import json
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

import denkidesk.enegaeru.client
import denkidesk.kansai.client
from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.applications import ApplicationKind, ListingCriteria, NewApplication
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.errors import DeskError
from denkidesk.kansai.wsdl_set import load_wsdl_set
from denkidesk.settings import Places, load_settings, resources_dir

LIMIT_S = 60
OUTAGE = NewApplication(
    ApplicationKind.OUTAGE, "PS301", "PE301", "0600000000000000000009", supply_point_address="見本町0-0-0", customer_name="見本 太郎"
)


def _memory(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))  # KiB


def ask(case: dict[str, str]) -> dict[str, object]:
    """What came of it: ``state`` of the application or "read", the error, seconds, MiB on top, and what was no DeskError."""
    places = Places(Path(case["home"]), practice=False)
    desk = open_desk(Run.decide(places.home, load_settings(places.settings_file), credentials=Credentials(environ={})))
    found: dict[str, object] = {"state": "", "error": "", "stray": ""}
    item_id = desk.outbox.queue(OUTAGE).item_id if case["target"] == "filing" else ""
    kansai, enegaeru = desk.inbox._services.kansai(), desk.quoting._services.enegaeru()
    desk.outbox.envelope_preview(OUTAGE)  # loads what the first call would
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before_kib, cpu = _memory("VmRSS"), resource.getrusage(resource.RUSAGE_SELF)
    started = time.monotonic()
    try:
        match case["target"]:
            case "filing":
                error = desk.outbox.send(item_id).error
                if error is not None:
                    raise error
            case "listing":
                found["state"] = f"read {len(kansai.list_applications(ListingCriteria()).applications)}"
            case _:
                found["state"] = f"read {len(enegaeru.companies(area=QuotingAreaCode('06')))}"
    except DeskError as error:
        found["error"] = f"{type(error).__name__} {error.code}"
    except BaseException:  # noqa: BLE001 - what the test wants to know
        found["stray"] = traceback.format_exc()
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    mib = (_memory("VmHWM") - before_kib) / 1024
    if item_id:
        found["state"] = desk.outbox.item(item_id).state
    desk.close()
    return {**found, "s": seconds, "cpu_s": after.ru_utime + after.ru_stime - cpu.ru_utime - cpu.ru_stime, "mib": mib}


def main() -> None:
    """Serves until its input ends."""
    denkidesk.kansai.client.load_wsdl_set = functools.cache(load_wsdl_set)
    denkidesk.kansai.client.load_wsdl_set(resources_dir() / "kansai")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.alarm(LIMIT_S)
            try:
                sys.stdout.write(json.dumps(ask(json.loads(line))) + "\n")
                sys.stdout.flush()
            finally:
                os._exit(0)
        if os.waitpid(pid, 0)[1]:
            sys.stdout.write(json.dumps({"state": "", "error": "", "stray": "hung", "s": LIMIT_S, "cpu_s": 0, "mib": 0}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
