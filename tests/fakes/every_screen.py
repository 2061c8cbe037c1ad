"""Goes through every screen of the window at the size that this process's screen allows: ``python every_screen.py FOLDER [dark]``.

A process of its own, because a screen's size and scale are chosen before Qt starts. Writes a picture of each screen, and one JSON line with
what a clerk could not reach or read there, nor a screen reader say.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.desk.listing_criteria import SavedView
from denkidesk.desk.troubles import TroubleDesk
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import LoginRefused
from denkidesk.domain.troubles import Trouble
from denkidesk.forms.model import Editor
from denkidesk.practice.servers import PracticeServers, start_practice
from denkidesk.settings import resources_dir
from denkidesk.texts.inbox import CRITERIA_NAME_LENGTH
from denkidesk.texts.quotes import ANEW_HERE, NOT_REVISED
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.outcomes import outcome_of
from denkidesk.ui.inbox.detail_pages import DetailPages
from denkidesk.ui.parts.strip import Message
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS
from denkidesk.ui.practice.coach import PracticeCoach
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.shell.dialogs import HelpDialog
from fakes.accessible import unsaid
from fakes.clerk import ADDRESS, CUSTOMER, NOTE, POINT, Clerk, open_office
from fakes.filing import application
from fakes.reach import complaints
from fakes.turns import wait_until
from fakes.usage_files import csv_of, long

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
BULK = "供給地点特定番号\t需要者名\t社内メモ\t接続送電サービスメニュー\t変更希望日\n" + "\n".join(
    f"06{number:020}\t{CUSTOMER}\t見本\t電灯標準接続送電サービス\t{'2026/2/30' if number == 802 else '+5'}" for number in range(801, 812)
)
LONG = "送配電会社の受付システムから返事がありません。しばらくしてからもう一度お試しください。" * 3
_TYPED = {Editor.SUPPLY_POINT: POINT, Editor.DATE: "+5", Editor.PHONE: "000-0000-0000", Editor.MULTILINE: NOTE, Editor.POSTCODE: "000-0000"}


class Rounds:
    """Each method goes to some screens, and yields the name of each as it stands there."""

    def __init__(self, clerk: Clerk, practice: PracticeServers) -> None:
        self._clerk = clerk
        self._practice = practice

    def inbox(self) -> Iterator[str]:
        clerk = self._clerk
        yield "inbox-empty"
        clerk.refresh()
        yield "inbox"
        clerk.inbox.list.table.choose_row(0)
        clerk.inbox.list.table.setFocus()
        clerk.press("Return")
        clerk.press("Shift+F5")
        clerk.settle()
        yield "inbox-detail"
        clerk.press("Esc")
        clerk.inbox.bar.set_refreshing(True)
        clerk.inbox.bar.busy.start("受付トレイを更新しています（あと 3 秒ほど）")
        yield "inbox-refreshing"
        clerk.context.desk.listing_criteria.keep(SavedView("見" * CRITERIA_NAME_LENGTH, {"registered_from": "-99"}))
        clerk.inbox.bar.views.look()
        clerk.press("Alt+7")
        clerk.settle()
        yield "inbox-criteria"
        clerk.press("Alt+0")
        clerk.settle()
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
            clerk.until(lambda kind=kind: clerk.apply.form is not None and clerk.apply.form.kind is kind)
            clerk.settle()
            form = clerk.apply.form
            form.go_on()  # every required field says that it is
            yield f"apply-{kind.value}"
            for field in form.fields.all:
                codes = [code for code, _ in field._choices] or list(field.field.answers)
                field.set_value(codes[0] if codes else _TYPED.get(field.field.editor, ""))
                if not field.value():
                    field.set_value(ADDRESS if "address" in field.field.name else CUSTOMER)
                field.edited.emit()
            yield f"apply-{kind.value}-filled"
            if not form.review.isVisible():
                form.go_on()
            clerk.until(lambda form=form: form.review.verdict is not Verdict.LOOKING)
            clerk.settle()
            yield f"apply-{kind.value}-review"
        clerk.press("Ctrl+N")
        clerk.settle()
        yield "apply-start-drafts"
        clerk.press("Ctrl+Shift+N")
        clerk.settle()
        yield "bulk-empty"
        QGuiApplication.clipboard().setText(BULK)
        clerk.press("Ctrl+V")
        clerk.until(lambda: clerk.apply.bulk.tables.rows is not None)
        clerk.settle()
        yield "bulk"
        clerk.press("Ctrl+Return")
        yield "bulk-confirm"
        clerk.press("Esc")
        clerk.press("Ctrl+N")
        clerk.settle()
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
        desk = clerk.context.desk
        desk.sender.pause()
        waiting = [desk.outbox.queue(application(kind, 917)) for kind in (ApplicationKind.OUTAGE, ApplicationKind.MENU_CHANGE)]
        clerk.open_outbox()
        clerk.until(lambda: clerk.outbox.table.model().rowCount() > len(clerk.items()))  # with a heading above
        clerk.outbox.table.setFocus()
        clerk.outbox.table.choose_row(1)  # the first that waits
        clerk.press("Delete")
        clerk.until(clerk.outbox.undo.isVisible)
        clerk.settle()
        yield "outbox"
        clerk.outbox._turn_to(True)
        yield "outbox-pane"
        clerk.outbox._turn_to(False)
        for item in waiting:
            desk.outbox.cancel_item(item.item_id)
        desk.sender.resume()
        clerk.window.outgoing.look()
        clerk.settle()

    def editors(self) -> Iterator[str]:
        """What is written to an application, and the pages beside its course."""
        clerk = self._clerk
        clerk.press("Ctrl+1")
        table = clerk.inbox.list.table
        table.choose_row(0)
        table.setFocus()
        clerk.settle()
        yield from self._write("note", NOTE)
        yield from self._write("tag", "見本 折り返し")
        yield from self._write("follow-up", "2026/2/30")
        table.selectAll()
        table.setFocus()
        clerk.settle()
        yield "inbox-many"
        yield from self._write("note", NOTE, many="-many")
        table.choose_row(1)
        table.setFocus()
        clerk.press("Return")
        clerk.settle()
        (pages,) = clerk.inbox.detail.findChildren(DetailPages)
        for page in range(1, pages.count()):
            pages.setCurrentIndex(page)
            clerk.settle()
            yield f"inbox-page-{page}"
        pages.setCurrentIndex(0)

    def _write(self, what: str, text: str, many: str = "") -> Iterator[str]:
        clerk = self._clerk
        clerk.press({"note": "Ctrl+M", "tag": "Ctrl+L", "follow-up": "Ctrl+D"}[what])
        clerk.settle()
        yield f"inbox-{what}{many}"
        clerk.write(text)
        clerk.press("Ctrl+Return")
        clerk.settle()
        yield f"inbox-{what}{many}-kept"
        clerk.press("Esc")

    def bulk(self) -> Iterator[str]:
        """A table from the wrong file to the answers."""
        clerk = self._clerk
        clerk.press("Ctrl+Shift+N")
        clerk.settle()
        bulk = clerk.apply.bulk
        wrong = clerk.context.places.data_dir / "photo.xlsx"
        wrong.write_bytes(b"\x89PNG" * 40)
        bulk.files_dropped.emit((wrong,))
        clerk.until(lambda: bulk.strips.messages)
        clerk.settle()
        yield "bulk-wrong-file"
        bulk.strips.clear()
        QGuiApplication.clipboard().setText(BULK)
        clerk.press("Ctrl+V")
        clerk.until(lambda: bulk.tables.rows is not None and bulk.work.isVisible() and not bulk.tables.is_reading)
        choice = bulk.common.editors["equipment_class"]
        choice.setCurrentIndex(1)
        choice.activated.emit(1)
        clerk.until(lambda: bulk.tables.rows.going() != ())
        clerk.settle()
        yield "bulk-going"
        clerk.press("Ctrl+Return")
        yield "bulk-armed"
        clerk.press("Ctrl+Return")
        clerk.until(lambda: bulk.tables.has_answers and not bulk.tables.rows.has_open)
        clerk.settle()
        yield "bulk-answers"
        clerk.press("Esc")
        clerk.press("Esc")
        clerk.settle()
        yield "bulk-kept"

    def troubles(self) -> Iterator[str]:
        """What goes wrong on purpose: said before, and what comes of it."""
        clerk = self._clerk
        desk = clerk.context.desk  # which has no troubles of its own: the window would begin with the page of the practice
        coach = PracticeCoach(clerk.context, TroubleDesk(self._practice, desk.closed_hours, now_jst), clerk.window)
        coach.menu()
        coach.arm(Trouble.CUT)
        clerk.settle()
        yield "trouble-armed"
        clerk.file_outage(POINT[:-1] + "8")
        clerk.until(lambda: any(item.state is OutboxState.UNKNOWN for item in clerk.items()))
        clerk.settle()
        yield "trouble-struck"
        coach.stop()
        clerk.press("Ctrl+Shift+K")
        clerk.until(QApplication.activeModalWidget)
        clerk.settle()
        yield "reconcile-found"
        clerk.press("3")
        clerk.settle()
        yield "reconcile-by-word"
        clerk.press("Esc")
        if QApplication.activeModalWidget() is not None:
            clerk.press("Esc")  # the first takes the word back
        clerk.back_in_the_window()
        clerk.open_outbox()
        yield "outbox-unknown"
        clerk.window._strips.clear()

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
        unclear = clerk.context.places.data_dir / "unclear.csv"
        unclear.write_bytes(csv_of([["日時", "1階", "2階", "3階"], *([stamp, kwh, kwh, kwh] for stamp, kwh in long()[1:])]).encode())
        clerk.drop(unclear)
        yield "tariffs-usage-question"
        clerk.press("Esc")
        clerk.settle_tariffs()
        tab.pages.setCurrentWidget(tab.bill_page)
        clerk.settle_tariffs()
        yield "tariffs-bill"
        shown = tab.bill_page.pictures
        shown.kind.setCurrentIndex(shown.kind.findData("curves"))
        clerk.settle_tariffs()
        yield "tariffs-bill-curves"
        shown.kind.setCurrentIndex(shown.kind.findData("load"))
        clerk.settle_tariffs()
        shown._open(shown.picture.rows[0].to)
        clerk.settle_tariffs()
        yield "tariffs-bill-month"
        shown.numbers.setChecked(True)
        yield "tariffs-bill-numbers"
        shown.numbers.setChecked(False)
        shown.kind.setCurrentIndex(0)
        clerk.settle_tariffs()
        tab.bill_page.doubts.show_lines([LONG, LONG])
        tab.bill_page.strips.say(Message("ok", "保存しました：見積.pdf"))
        yield "tariffs-bill-doubts"
        tab.bill_page.strips.clear()
        tab.pages.setCurrentWidget(tab.paper_page)
        clerk.settle_tariffs()
        yield "tariffs-paper-empty"
        form = tab.paper_page.form
        form.focus_first()
        for typed in ("かんでん じゅうりょう", "2025-08-11", "2025-09-09", "398", "11521"):
            clerk.until(lambda: not form.search.is_busy)
            clerk.window.focusWidget().insert(typed)
            clerk.window.focusWidget().textEdited.emit(typed)
            clerk.press("Return")
            clerk.until(lambda: form.search.found is not None)
        clerk.settle_tariffs()
        yield "tariffs-paper"
        tab.paper_page.known.ask_for_price()
        yield "tariffs-paper-price"
        tab.paper_page.known.price.close_panel()
        tab.paper_page.tabs.setCurrentWidget(tab.paper_page.periods)
        clerk.settle_tariffs()
        yield "tariffs-paper-periods"
        tab.pages.setCurrentWidget(tab.ranking_page)
        clerk.settle_tariffs()
        tab.ranking_page.fill.click()
        clerk.settle_tariffs()
        yield "tariffs-ranking"
        tab.ranking_page.tools.setChecked(True)  # where there is no room for both
        yield "tariffs-ranking-tools"
        tab.ranking_page.tools.setChecked(False)
        tab.ranking_page.table.setFocus()
        clerk.press("Return")
        clerk.until(lambda: tab.ranking_page.why is not None and tab.ranking_page.why.answer is not None)
        clerk.settle_tariffs()
        yield "tariffs-why"
        clerk.press("Esc")
        clerk.press("Alt+E")
        clerk.until(lambda: tab.ranking_page.other.is_asked)
        clerk.settle_tariffs()
        yield "tariffs-left-out"
        clerk.press("Alt+E")
        clerk.until(lambda: not tab.ranking_page.other.is_asked)
        tab.ranking_page._ask_compare()  # its button has no room in a low window
        clerk.settle_tariffs()
        yield "tariffs-price-pair"
        yield from self._quotes()
        tab.pages.setCurrentWidget(tab.ranking_page)
        clerk.settle_tariffs()
        tab.ranking_page.own_plans.open_page()
        own = tab.ranking_page.own_plans.page
        clerk.until(lambda: not own.is_busy)
        own.add.click()
        yield "tariffs-own-plan"
        tab.pages.setCurrentWidget(tab.further.market)
        clerk.settle_tariffs()
        tab.further.market.compared.setCurrentIndex(1)
        clerk.settle_tariffs()
        yield "tariffs-market"
        tab.pages.setCurrentWidget(tab.further.subsidies)
        clerk.settle_tariffs()
        yield "tariffs-subsidies"

    def _quotes(self) -> Iterator[str]:
        """The list of quotes, one that is not revised, and what a new one begins with."""
        clerk, tab = self._clerk, self._clerk.tariffs
        clerk.press("Alt+6")
        clerk.settle_tariffs()
        yield "tariffs-quotes-empty"
        tab.bill_page.customer.setText("見本の長い名前の株式会社 見本支店 総務部")
        tab.bill_page.point.setText(POINT)
        tab.quote_output.save_pdf(clerk.context.places.home / "quote.pdf")
        clerk.settle_tariffs()
        tab.pages.setCurrentWidget(tab.bill_page)
        clerk.press("Alt+6")
        clerk.until(lambda: tab.further.quotes.chosen is not None)
        clerk.settle_tariffs()
        yield "tariffs-quotes"
        tab.further.quotes.strips.say(Message("info", NOT_REVISED, ANEW_HERE, lambda: None, key="paper"))
        yield "tariffs-quotes-not-revised"
        tab.further.quotes.strips.clear()
        tab.further.quotes.table.setFocus()
        clerk.press("Alt+N")
        clerk.until(lambda: tab.bill_page.isVisible() and tab.bill_page.bill is not None)
        clerk.settle_tariffs()
        yield "tariffs-quote-anew"


def main(folder: Path, scheme: str = "light") -> int:
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
        office.context.theme.set_scheme(scheme)
        clerk.settle()
        wait_until(lambda: clerk.window.tabs.currentWidget().isAncestorOf(clerk.window.focusWidget() or clerk.window))  # the start is over
        rounds = Rounds(clerk, practice)
        for walk in (rounds.inbox, rounds.apply, rounds.editors, rounds.bulk, rounds.troubles, rounds.tariffs):
            for name in walk():
                look(QApplication.activeModalWidget() or office.window, name, folder)
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
    print(json.dumps({"screen": name, "complaints": [*unsaid(window), *complaints(window)]}, ensure_ascii=False), flush=True)  # noqa: T201 - its way to speak


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
