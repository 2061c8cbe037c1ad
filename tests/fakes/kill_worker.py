"""A desk that dies at a named point while it sends: ``python kill_worker.py HOME POINT``."""

import os
import signal
import sys
from pathlib import Path

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.settings import Places, load_settings


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Runs the outbox with one step of the store replaced by the step and a kill, before or after it."""
    home, point = Path(sys.argv[1]), sys.argv[2]
    places = Places(home, practice=False)
    desk = open_desk(Run.decide(home, load_settings(places.settings_file), credentials=Credentials(environ={})))
    when, _, step = point.partition("-")
    outbox = desk.store.outbox
    if step:
        whole = getattr(outbox, step)

        def deadly(*arguments: object, **options: object) -> object:
            if when == "before":
                _die()
            result = whole(*arguments, **options)
            _die()
            return result

        setattr(outbox, step, deadly)
    desk.outbox.run()
    desk.close()


if __name__ == "__main__":
    main()
