"""The customer's window on a desk with two screens: ``python customer_screens.py FOLDER``.

A process of its own, because the screens are chosen before Qt starts. Writes one JSON line.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication

from denkidesk.domain.clock import now_jst
from denkidesk.practice.servers import start_practice
from denkidesk.settings import resources_dir
from denkidesk.texts.shortcuts import CUSTOMER_VIEW
from denkidesk.ui.customer.link import CustomerLink
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS
from fakes.clerk import Clerk, open_office
from fakes.every_screen import SAMPLE, wait_until


def main(folder: Path) -> int:
    """Opens it, lets the clerk go on, and closes it from the clerk's window."""
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    with ExitStack() as closing:
        practice = start_practice(resources_dir(), folder / "practice.db", now=now_jst)
        closing.callback(practice.stop)
        office = open_office(closing, app, folder / "home", practice.kansai_base_url, practice.enegaeru_base_url, now_jst)
        clerk = Clerk(office, wait_until, "screens")
        closing.callback(clerk.leave)
        clerk.settle()
        clerk.open_tariffs()
        clerk.tariffs.finder.choose("関西電力", "従量電灯A")
        clerk.drop(SAMPLE)
        clerk.press("Alt+3")
        clerk.press(CUSTOMER_VIEW.key)
        link = clerk.window.findChild(CustomerLink)
        clerk.until(lambda: link.window is not None and link.window.page.offer is not None)
        seen = {
            "geometry": list(link.window.geometry().getRect()),
            "own_screen": link.window.has_own_screen,
            "clerk_types": office.window.isActiveWindow(),
            "leave": link.window.page._head.leave,
        }
        link.window.grab().save(str(folder / "second.png"))
        clerk.press(CUSTOMER_VIEW.key)
        clerk.until(lambda: link.window is None)
        print(json.dumps(seen), flush=True)  # noqa: T201 - its way to speak
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
