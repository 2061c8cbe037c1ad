"""Goes through every screen of the window at the size that this process's screen allows: ``python every_screen.py FOLDER``.

A process of its own, because a screen's size and scale are chosen before Qt starts. Writes a picture of each screen, and one JSON line with
what a clerk could not reach or read there.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import LoginRefused
from denkidesk.forms.model import Editor
from denkidesk.practice.servers import start_practice
from denkidesk.settings import resources_dir
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.outcomes import outcome_of
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.dialogs import HelpDialog
from fakes.clerk import ADDRESS, CUSTOMER, NOTE, POINT, Clerk, open_office
from fakes.reach import complaints

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
LONG = "送配電会社の受付システムから返事がありません。しばらくしてからもう一度お試しください。" * 3
_TYPED = {Editor.SUPPLY_POINT: POINT, Editor.DATE: "+5", Editor.PHONE: "000-0000-0000", Editor.MULTILINE: NOTE}


class Rounds:
    """Each method goes to some screens, and yields the name of each as it stands there."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def inbox(self) -> Iterator[str]:
        clerk = self._clerk
        yield "inbox-empty"
        clerk.refresh()
        yield "inbox"
        clerk.inbox.list.table.choose_row(0)
        clerk.inbox.list.table.setFocus()
        clerk.press("Return")
        clerk.press("Ctrl+R")
        clerk.settle()
        yield "inbox-detail"
        clerk.press("Esc")
        clerk.inbox.bar.set_refreshing(True)
        clerk.inbox.bar.busy.start("受付トレイを更新しています（あと 3 秒ほど）")
        yield "inbox-refreshing"
        clerk.inbox.bar.busy.stop()
        clerk.inbox.bar.set_refreshing(False)
        clerk.window._strips.say(Message("error", LONG, "もう一度試す", lambda: None, detail=LONG))
        clerk.window._strips.say(Message("warn", "二つ目の知らせ"))
        yield "notice"
        clerk.press("Ctrl+Shift+M")
        yield "notices-in-full"
        clerk.press("Esc")
        clerk.window._strips.clear()

    def apply(self) -> Iterator[str]:
        clerk = self._clerk
        clerk.file_outage()
        yield "apply-outcome"
        clerk.press("Ctrl+N")
        clerk.settle()
        yield "apply-start"
        for kind in ApplicationKind:
            clerk.apply.start(kind)
            clerk.until(lambda kind=kind: clerk.apply.wizard is not None and clerk.apply.wizard.kind is kind)
            clerk.settle()
            wizard = clerk.apply.wizard
            for number, page in enumerate(wizard.step_pages, start=1):
                wizard.go_on()  # every required field says that it is
                yield f"apply-{kind.value}-{number}"
                for field in page.fields:
                    codes = [code for code, _ in field._choices] or list(field.field.answers)
                    field.set_value(codes[0] if codes else _TYPED.get(field.field.editor, ""))
                    if not field.value():
                        field.set_value(ADDRESS if "address" in field.field.name else CUSTOMER)
                    field.edited.emit()
                wizard.go_on()
            clerk.until(lambda wizard=wizard: wizard.review.verdict is not Verdict.LOOKING)
            clerk.settle()
            yield f"apply-{kind.value}-review"
        clerk.press("Ctrl+N")
        clerk.settle()
        yield "apply-start-drafts"
        (item, *_) = clerk.items()
        clerk.apply._show(clerk.apply.outcome_page)
        for state, error in (
            (OutboxState.REJECTED, None),
            (OutboxState.UNKNOWN, None),
            (OutboxState.QUEUED, LoginRefused("kansai", "forbidden", LONG, 403)),
        ):
            clerk.apply.outcome_page.show_outcome(outcome_of(replace(item, state=state, failure_message=LONG), error))
            yield f"apply-outcome-{state.value}"
        clerk.apply.show_start()
        clerk.open_outbox()
        clerk.inbox.outbox.table.choose_row(0)
        yield "outbox"
        clerk.inbox.show_outbox(False)

    def tariffs(self) -> Iterator[str]:
        clerk = self._clerk
        clerk.open_tariffs()
        tab = clerk.tariffs
        yield "tariffs-prices"
        for mode, name in enumerate(("area", "prefecture", "zip")):
            tab.finder.place.choose_mode(mode)
            clerk.settle_tariffs()
            yield f"tariffs-by-{name}"
        tab.finder.place.choose_mode(0)
        clerk.settle_tariffs()
        tab.finder.choose("関西電力", "従量電灯A")
        tab.pages.setCurrentWidget(tab.usage_page)
        clerk.settle_tariffs()
        yield "tariffs-usage-empty"
        tab.pages.setCurrentWidget(tab.bill_page)
        yield "tariffs-bill-empty"
        clerk.drop(SAMPLE)
        tab.pages.setCurrentWidget(tab.usage_page)
        clerk.settle_tariffs()
        yield "tariffs-usage"
        tab.pages.setCurrentWidget(tab.bill_page)
        clerk.settle_tariffs()
        yield "tariffs-bill"
        tab.bill_page.doubts.show_lines([LONG, LONG])
        tab.bill_page.strips.say(Message("ok", "保存しました：見積.pdf"))
        yield "tariffs-bill-doubts"
        tab.bill_page.strips.clear()


def main(folder: Path) -> int:
    """All screens, then the pages of the dialogs that have some."""
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as closing:
        practice = start_practice(resources_dir(), folder / "practice.db", now=now_jst)
        closing.callback(practice.stop)
        addresses = (practice.kansai_base_url, practice.enegaeru_base_url)
        office = open_office(closing, app, folder / "home", *addresses, now_jst, size=None, band=True)
        clerk = Clerk(office, wait_until, "screens")
        closing.callback(clerk.leave)
        clerk.settle()
        rounds = Rounds(clerk)
        for walk in (rounds.inbox, rounds.apply, rounds.tariffs):
            for name in walk():
                look(office.window, name, folder)
        for dialog, pages in ((SettingsDialog(office.context, office.window), "_pages"), (HelpDialog(office.window), "tabs")):
            dialog.open()
            clerk.settle()
            tabs = getattr(dialog, pages)
            for page in range(tabs.count()):
                tabs.setCurrentIndex(page)
                look(dialog, f"{type(dialog).__name__.lower()}-{page}", folder)
            dialog.reject()
    return 0


def look(window: QWidget, name: str, folder: Path) -> None:
    """A picture, and what is wrong in it."""
    for _turn in range(5):
        QApplication.processEvents()  # what changes its size is laid out a turn later
    window.grab().save(str(folder / f"{name}.png"))
    print(json.dumps({"screen": name, "complaints": complaints(window)}, ensure_ascii=False), flush=True)  # noqa: T201 - its way to speak


def wait_until(condition: Callable[[], object], timeout: int = 0) -> None:
    """Turns the event loop until something is so; the test that has started this process bounds it."""
    while not condition():
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
