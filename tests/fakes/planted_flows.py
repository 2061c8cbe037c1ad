"""What a clerk and a command line do in a day, in one process: ``python planted_flows.py HOME FILE.json [WORD]``.

Every command on one home, then the quoting API and the connection test as the window asks them, each result and failure printed as it is
said. With WORD ``bug`` a bug full of secrets comes up in the middle of an application; with ``kill`` the process ends just before the
answer is read.
"""

import functools
import os
import signal
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import denkidesk.kansai.client
from denkidesk.cli.commands import run
from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.areas import Area
from denkidesk.domain.errors import DeskError
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.journal.watch import Watch
from denkidesk.kansai.client import KansaiClient
from denkidesk.kansai.wsdl_set import load_wsdl_set
from denkidesk.settings import Places, load_settings
from denkidesk.texts.errors import said
from denkidesk.wire.sockets import WireStream
from fakes.faulty_window import break_down

DAY = Usage((UsageDay(date(2026, 4, 1), (0.5,) * 24),))


def main() -> None:
    """The whole day."""
    denkidesk.kansai.client.load_wsdl_set = functools.cache(load_wsdl_set)  # once for all commands
    home, file, word = sys.argv[1], sys.argv[2], "".join(sys.argv[3:])
    if word == "bug":
        KansaiClient.submit = lambda *_, **__: break_down()
    if word == "kill":
        WireStream.read = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
    for words in (
        *(["apply", "outage", file, "--dry-run"], ["apply", "outage", file], ["apply", "outage", file], ["outbox", "run", "--try-once"]),
        *(["outbox", "reconcile"], ["outbox", "list"], ["inbox", "sync"], ["status", "R1"], ["inbox", "list"], ["doctor"]),
    ):
        sys.stderr.write(f"{words} ended with {run(['--home', home, *words])}\n")
    places = Places(Path(home), practice=False)
    desk = open_desk(Run.decide(places.home, load_settings(places.settings_file), credentials=Credentials()))
    watch = Watch(places.log_dir)
    watch.begin()
    settings = load_settings(places.settings_file)
    for call in (
        lambda: desk.quoting.companies(Area.KANSAI),
        lambda: desk.quoting.plans("6"),
        lambda: desk.quoting.plan_detail("6_1", "1"),
        lambda: desk.quoting.area_prices(Area.KANSAI),
        desk.quoting.subsidies,
        desk.quoting.take_over_session,
        lambda: desk.quoting.server_bill(("6_1", "1"), DAY),
        lambda: desk.connection.test_kansai(settings.kansai, None),
        lambda: desk.connection.test_enegaeru(settings.enegaeru, None, None),
    ):
        try:
            sys.stdout.write(f"{call()}\n")
        except DeskError as error:
            sys.stdout.write(f"{said(error).line}\n{error}\n")
        except Exception as error:  # noqa: BLE001 - as the window does it
            watch.record(error)
    desk.close()


if __name__ == "__main__":
    main()
