"""Opens every dialog of the program, looks at each as a clerk would see it, and closes it: ``python every_dialog.py FOLDER [NAME]...``.

A process of its own, because the fault that is looked for ends the process: a dialog that paints on what Python has let go. Writes one
JSON line when it begins with a dialog and one when the dialog has been seen and is gone, so that a crash names its dialog.
"""

import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import CodeType, FrameType, TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPageSetupDialog, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from denkidesk.desk.backups import Backup
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import LoginRefused, SetupFault
from denkidesk.domain.own_plans import OwnPlan
from denkidesk.journal.watch import Watch
from denkidesk.main import _in_bare_box
from denkidesk.practice.servers import start_practice
from denkidesk.settings import resources_dir
from denkidesk.texts.errors import said
from denkidesk.texts.paper import READ_PRICES, WRITE_PRICES
from denkidesk.texts.shortcuts import POINTS
from denkidesk.ui.apply.template_dialog import TemplateDialog
from denkidesk.ui.charts.style import PART_STYLES
from denkidesk.ui.inbox.criteria_dialog import CriteriaDialog
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS
from denkidesk.ui.practice.coach import PracticeCoach
from denkidesk.ui.settings.dialog import SettingsDialog
from denkidesk.ui.settings.editors import FolderEditor
from denkidesk.ui.shell.act_search import ActSearch
from denkidesk.ui.shell.customer_data_dialog import CustomerDataDialog
from denkidesk.ui.shell.journal_dialog import JournalDialog
from denkidesk.ui.start import questions
from denkidesk.ui.start.after_paint import AfterPaint
from denkidesk.ui.tariffs.own_plans_page import OwnPlansPage
from denkidesk.ui.tariffs.points_dialog import PointsDialog
from denkidesk.ui.tariffs.quotes_page import QuotesPage
from fakes.accessible import unsaid
from fakes.clerk import Clerk, open_office
from fakes.dialog_sites import SOURCE, module_of
from fakes.plan_builder import condition, plan
from fakes.reach import complaints, off_the_screen
from fakes.turns import wait_until

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
_TELLS_AFTER_S = 270  # where it stands, before the test that has started it gives it up without a word
BULK_HEADINGS = "供給地点特定番号\t需要者名\t設備項目区分\t接続送電サービスメニュー\t変更希望日"
FAULT = SetupFault("見本.toml", "item", "unreadable", "見本")
_LOOKS_UNTIL_PAINTED = 3
_PAGE_HEIGHT = 600  # in a lower preview the bars of a page that is zoomed into lie below the edge


@dataclass
class Seen:
    """What came to the eye while one dialog was asked for."""

    titles: list[str] = field(default_factory=list)
    inks: list[int] = field(default_factory=list)  # different colours in each dialog's picture: an empty one has hardly any
    complaints: list[str] = field(default_factory=list)  # what a clerk could not reach or read there
    sites: set[str] = field(default_factory=set)  # the functions of the program that were gone through


@cache
def _site(code: CodeType) -> str:
    """A function of the program by module and name; empty for any other. Kept, because it is asked at every call."""
    path = Path(code.co_filename)
    return f"{module_of(path)}:{code.co_qualname}" if path.is_relative_to(SOURCE) else ""


class Onlooker:
    """Waits for the dialog that is in front, has it painted, looks at it and sends it away."""

    def __init__(self, clerk: Clerk, pictures: Path) -> None:
        self._clerk = clerk
        self._pictures = pictures
        self._name = ""
        self._seen = Seen()
        self._looks = 0
        self._first: QWidget | None = None
        self._inside: list[Callable[[QWidget], None]] = []
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)

    def see(self, name: str, ask: Callable[[], object], inside: Sequence[Callable[[QWidget], None]] = ()) -> Seen:
        """Asks for a dialog. ``inside``: what is done in it, one after the other, before it is sent away; may open further dialogs."""
        self._name, self._seen, self._first, self._inside = name, Seen(), None, list(inside)
        self._timer.start()
        sys.setprofile(self._note)
        try:
            ask()
            wait_until(lambda: self._seen.titles and QApplication.activeModalWidget() is None)
        finally:
            sys.setprofile(None)
            self._timer.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._clerk.back_in_the_window()
        wait_until(self._clerk.window.isActiveWindow)  # before that its keys do nothing
        return self._seen

    def _note(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            site = _site(frame.f_code)
            if site:
                self._seen.sites.add(site)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible() or not self._clerk.context.jobs.is_idle:
            self._looks = 0
            return
        self._looks += 1
        if self._looks < _LOOKS_UNTIL_PAINTED:
            return
        self._looks = 0
        picture = dialog.grab().toImage()
        picture.save(str(self._pictures / f"{self._name}-{len(self._seen.titles)}.png"))
        self._seen.titles.append(dialog.windowTitle())
        self._seen.inks.append(colours_in(picture))
        if not isinstance(dialog, QPageSetupDialog):  # of Qt's own, which is never seen on Windows: it cannot be made smaller
            self._seen.complaints += off_the_screen(dialog) if _is_qts_own(dialog) else [*complaints(dialog), *unsaid(dialog)]
        self._first = self._first or dialog
        if dialog is self._first and self._inside:
            QTimer.singleShot(0, partial(self._inside.pop(0), dialog))  # in a turn of its own: what it opens has to be seen too
        elif isinstance(dialog, QDialog):
            dialog.reject()
        else:
            dialog.close()


def _is_qts_own(dialog: QWidget) -> bool:
    """Windows shows its own in their place."""
    return isinstance(dialog, QFileDialog | QAbstractPrintDialog | QPrintPreviewDialog)


def colours_in(picture: QImage) -> int:
    """How many colours a picture has."""
    small = picture.convertToFormat(QImage.Format.Format_RGB32)
    return len({small.pixel(x, y) for y in range(0, small.height(), 2) for x in range(0, small.width(), 2)})


def has_bars(picture: QImage) -> bool:
    """Whether the quote's bars can be seen: a page that is drawn too large shows a corner of its heading only."""
    small = picture.convertToFormat(QImage.Format.Format_RGB32)
    wanted = [QColor(look.fill) for name, look in PART_STYLES.items() if name in ("usage", "levy")]
    there = [QColor(rgb) for rgb in {small.pixel(x, y) for y in range(small.height()) for x in range(small.width())}]
    return all(any(_is_near(colour, one) for one in there) for colour in wanted)


def _is_near(wanted: QColor, there: QColor) -> bool:
    """On a small page a bar's edges are smoothed into it."""
    pairs = zip(wanted.getRgb()[:3], there.getRgb()[:3], strict=True)
    return all(abs(one - other) < 32 for one, other in pairs)


def press(dialog: QWidget, name: str) -> None:
    """Triggers an action of a dialog of Qt's own, such as the preview's print button."""
    next(action for action in dialog.findChildren(QAction) if action.text() == name).trigger()


class Openers:
    """How each dialog is asked for. One method a dialog, named for it."""

    def __init__(self, clerk: Clerk, folder: Path, onlooker: Onlooker) -> None:
        self._clerk = clerk
        self._folder = folder
        self._onlooker = onlooker

    def all(self) -> dict[str, Callable[[], Seen]]:
        """Every dialog by its name."""
        return {name.removeprefix("open_"): getattr(self, name) for name in dir(self) if name.startswith("open_")}

    def _see(self, ask: Callable[[], object], inside: Sequence[Callable[[QWidget], None]] = ()) -> Seen:
        name = sys._getframe(1).f_code.co_name.removeprefix("open_")
        return self._onlooker.see(name, ask, inside)

    # -- the shell

    def open_help(self) -> Seen:
        return self._see(lambda: self._clerk.press("F1"))

    def open_about(self) -> Seen:
        return self._see(self._clerk.window.open_about)

    def open_settings(self) -> Seen:
        return self._see(lambda: self._clerk.press("Ctrl+,"))

    def open_act_search(self) -> Seen:

        def find_nothing(dialog: ActSearch) -> None:
            dialog.editor.setText("見本にない操作")

        return self._see(lambda: self._clerk.press("Ctrl+K"), [find_nothing])

    def open_practice(self) -> Seen:
        clerk = self._clerk
        coach = PracticeCoach(clerk.context, clerk.context.desk.troubles, clerk.window)
        return self._see(coach.open_page)

    def open_journal(self) -> Seen:

        def find_nothing(dialog: JournalDialog) -> None:
            dialog.search.setText("見本にないできごと")

        return self._see(self._clerk.window.open_journal, [find_nothing])

    def open_journal_as_a_file(self) -> Seen:
        dialog = JournalDialog(self._clerk.context, self._clerk.window)
        self._clerk.settle()
        seen = self._see(dialog._ask_path)
        dialog.reject()
        return seen

    def open_backup_file(self) -> Seen:
        return self._see(self._clerk.window.save_backup)

    def open_restore(self) -> Seen:
        return self._see(self._clerk.window.open_restore)

    def open_customer_data(self) -> Seen:
        """Nobody yet, then a customer with what is kept of them, the name typed, and after the erasure."""

        def choose(dialog: CustomerDataDialog) -> None:
            dialog.search.editor.setText("見本 葉子")
            dialog.search.advanced.emit()

        def confirm(dialog: CustomerDataDialog) -> None:
            dialog.confirmation.setText("見本 葉子")

        def erase(dialog: CustomerDataDialog) -> None:
            dialog.erase_button.click()

        self._clerk.context.desk.outbox.save_draft("customer-data", ApplicationKind.OUTAGE, {"customer_name": "見本 葉子"})
        return self._see(self._clerk.window.open_customer_data, [choose, confirm, erase])

    def open_customer_data_as_a_file(self) -> Seen:
        dialog = CustomerDataDialog(self._clerk.context, self._clerk.window)
        self._clerk.settle()
        seen = self._see(dialog._ask_path)
        dialog.reject()
        return seen

    def open_table_of_customers(self) -> Seen:
        dialog = CustomerDataDialog(self._clerk.context, self._clerk.window)
        self._clerk.settle()
        seen = self._see(dialog._ask_table)
        dialog.reject()
        return seen

    def open_reconcile(self) -> Seen:
        desk, watch = self._clerk.context.desk, self._clerk.window.outgoing.unknown
        item = desk.outbox.queue(NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{7:020}", customer_name="見本 太郎"))
        desk.store.outbox.claim("見本", item_id=item.item_id)
        desk.store.outbox.begin_attempt(item.item_id, "見本", request_id="R1", envelope=b"")
        desk.store.outbox.settle(item.item_id, OutboxState.UNKNOWN, code="timeout")
        watch.look(desk.outbox.items())
        return self._see(watch.open)

    def open_criteria(self) -> Seen:
        self._clerk.press("Ctrl+1")

        def ask_wrongly(dialog: CriteriaDialog) -> None:
            dialog.page.set_values({**dialog.page.values(), "registered_from": "2026/2/30"}, now_jst().date())
            dialog.refresh.click()

        return self._see(self._clerk.inbox.bar.criteria.ask, [ask_wrongly])

    def open_keep_view(self) -> Seen:
        self._clerk.press("Ctrl+1")
        self._clerk.press("Alt+2")
        seen = self._see(lambda: self._clerk.press("Ctrl+Shift+S"))
        self._clerk.press("Alt+1")
        return seen

    def open_columns(self) -> Seen:
        self._clerk.press("Ctrl+1")
        return self._see(lambda: self._clerk.press("Ctrl+Shift+L"))

    def open_closing(self) -> Seen:
        desk, window = self._clerk.context.desk, self._clerk.window
        item = desk.outbox.queue(NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", f"06{8:020}", customer_name="見本 次郎"))
        desk.outbox.stop(item.item_id)
        seen = self._see(window.close)
        desk.outbox.cancel_item(item.item_id)
        return seen

    def open_bug(self) -> Seen:
        return self._see(lambda: self._clerk.context.notices.failure(RuntimeError("見本")))

    def open_report_of_the_last_run(self) -> Seen:
        watch = Watch(self._folder / "logs")
        watch.record(RuntimeError("見本"))
        return self._see(AfterPaint(self._clerk.window, self._clerk.context, watch.log, watch.reports, lambda: None).show_report)

    # -- before there is a window

    def open_bug_before_the_window(self) -> Seen:
        return self._see(lambda: questions.tell_bug("見本"))

    def open_bug_in_a_bare_box(self) -> Seen:
        return self._see(lambda: _in_bare_box("見本"))

    def open_folder_fault(self) -> Seen:
        return self._see(lambda: questions.tell_folder_fault(SetupFault(str(self._folder), "folder", "unwritable", "")))

    def open_no_answer(self) -> Seen:
        return self._see(lambda: questions.tell_no_answer(str(self._folder)))

    def open_settings_fault(self) -> Seen:
        return self._see(lambda: questions.ask_about_settings(FAULT, 3))

    def open_damage(self) -> Seen:
        return self._see(lambda: questions.ask_about_damage(FAULT, None))

    def open_damage_with_backup(self) -> Seen:
        return self._see(lambda: questions.ask_about_damage(FAULT, Backup(self._folder / "b.db", now_jst().date(), 1, 1)))

    def open_wait_for_others(self) -> Seen:
        return self._see(lambda: questions.wait_until(lambda: False))

    # -- settings

    def open_folder_of_the_settings(self) -> Seen:
        editor = FolderEditor("見本のフォルダー", self._clerk.window)
        seen = self._see(editor.button.click)
        editor.deleteLater()
        return seen

    def open_take_over_in_the_settings(self) -> Seen:
        dialog = SettingsDialog(self._clerk.context, self._clerk.window)
        self._clerk.settle()
        seen = self._see(dialog._ask_take_over)
        dialog.deleteLater()
        return seen

    def open_refused_login_in_the_settings(self) -> Seen:
        dialog = SettingsDialog(self._clerk.context, self._clerk.window)
        self._clerk.settle()
        seen = self._see(dialog._ask_refused_login)
        dialog.deleteLater()
        return seen

    # -- inbox and outbox

    def _choose_an_application(self) -> None:
        self._clerk.press("Ctrl+1")
        self._clerk.refresh()
        self._clerk.inbox.list.table.choose_row(0)
        self._clerk.inbox.list.table.setFocus()
        self._clerk.settle()

    def open_export_of_chosen(self) -> Seen:
        self._choose_an_application()
        return self._see(lambda: self._clerk.press("Ctrl+E"))

    def open_print_of_chosen(self) -> Seen:
        self._choose_an_application()
        return self._see(lambda: self._clerk.press("Ctrl+P"))

    def open_refused_login(self) -> Seen:
        return self._see(lambda: self._clerk.inbox._ask_refused_login(lambda: None))

    def open_refused_login_when_sending(self) -> Seen:
        return self._see(self._clerk.window.outgoing._acts._ask_refused_login)

    def open_double(self) -> Seen:
        return self._see(lambda: self._clerk.window.outgoing._acts._question.ask(["見本"], "それでも"))

    # -- applications

    def open_discard_of_a_draft(self) -> Seen:
        self._clerk.open_outage()
        self._clerk.type("customer_name", "見本 次郎")
        self._clerk.press("Ctrl+N")
        self._clerk.settle()
        (draft, *_) = self._clerk.context.desk.outbox.drafts()
        return self._see(lambda: self._clerk.apply.start_page.drafts.discard_requested.emit(draft))

    def open_discard(self) -> Seen:
        self._clerk.open_outage()
        self._clerk.type("customer_name", "見本 太郎")
        return self._see(self._clerk.apply.form.discard_requested.emit)

    def open_table(self) -> Seen:
        self._clerk.press("Ctrl+Shift+N")
        self._clerk.settle()
        return self._see(lambda: self._clerk.press("Ctrl+O"))

    def open_save_result(self) -> Seen:
        clerk = self._clerk
        clerk.press("Ctrl+Shift+N")
        clerk.settle()
        QApplication.clipboard().setText(f"{BULK_HEADINGS}\n06{881:020}\t見本 太郎\tPE501\tPM02\t+5\n")
        clerk.press("Ctrl+V")
        wait_until(lambda: clerk.apply.bulk.tables.rows is not None and clerk.apply.bulk.tables.rows.going())
        clerk.press("Ctrl+Return")
        clerk.press("Ctrl+Return")
        wait_until(lambda: clerk.apply.bulk.tables.has_answers)
        clerk.settle()
        return self._see(lambda: clerk.press("Ctrl+S"))

    def open_templates(self) -> Seen:
        self._clerk.open_outage()

        def keep(dialog: TemplateDialog) -> None:
            dialog.name.setText("見本の長い名前のひな形")
            dialog.keep_button.click()

        self._clerk.type("note", "見本")
        return self._see(lambda: self._clerk.press("Ctrl+T"), [keep])

    # -- tariffs and quotes

    def open_take_over(self) -> Seen:
        refused = LoginRefused("enegaeru", "forbidden", "見本", 403)
        return self._see(self._clerk.tariffs._server_help.button(said(refused).help)[1])

    def open_usage_file(self) -> Seen:
        return self._see(self._clerk.tariffs.usage_page._open_button.click)

    def open_save_pdf(self) -> Seen:
        self._bill()
        return self._see(self._clerk.tariffs.quote_output.ask_and_save)

    def open_save_workbook(self) -> Seen:
        self._bill()
        return self._see(self._clerk.tariffs.quote_output.ask_and_save_table)

    def open_save_picture(self) -> Seen:
        self._bill()
        return self._see(self._clerk.tariffs.bill_page.picture_menu._ask_and_save)

    def open_read_prices(self) -> Seen:
        return self._see(self._known_action(READ_PRICES))

    def open_write_prices(self) -> Seen:
        return self._see(self._known_action(WRITE_PRICES))

    def open_read_own_plans(self) -> Seen:
        return self._see(self._own_plans()._ask_to_read)

    def open_write_own_plan(self) -> Seen:
        return self._see(self._own_plans()._ask_to_write)

    def open_print(self) -> Seen:
        self._bill()
        return self._see(lambda: self._clerk.press("Ctrl+P"))

    def open_stored_quote(self) -> Seen:
        """The paper of a quote that was printed before, from the list."""
        self._quotes().table.setFocus()
        return self._see(lambda: self._clerk.press("Return"))

    def open_revision(self) -> Seen:
        """What a quote that was printed before comes to now."""
        return self._see(self._quotes().revise)

    def _quotes(self) -> QuotesPage:
        """The list, with a quote chosen."""
        self._clerk.open_tariffs()
        page = self._clerk.tariffs.further.quotes
        self._clerk.tariffs.pages.setCurrentWidget(page)
        self._clerk.until(lambda: page.chosen is not None and not page.is_busy)
        return page

    def open_letters(self) -> Seen:
        self._bill()
        customer = self._clerk.tariffs.bill_page.customer
        customer.setText("𠮷野 葛\U000e0101城")
        seen = self._see(lambda: self._clerk.press("Ctrl+P"))
        customer.clear()
        return seen

    def open_points(self) -> Seen:
        """Two points, and the paper of both."""

        def add(name: str, dialog: PointsDialog) -> None:
            dialog.name.setText(name)
            dialog.add()

        clerk = self._clerk
        self._bill()
        inside = [partial(add, "本店"), partial(add, "2号店"), PointsDialog.preview]
        return self._see(lambda: clerk.press(POINTS.key), inside)

    def open_preview(self) -> Seen:
        """With its page really painted, larger and whole, and with the dialogs that its buttons open."""
        self._bill()
        inside = [self._look_at_the_page, partial(press, name="Page setup"), partial(press, name="Print")]
        return self._see(self._clerk.tariffs.quote_output.preview, inside)

    def _look_at_the_page(self, dialog: QWidget) -> None:
        preview = dialog.findChild(QPrintPreviewWidget)
        assert preview is not None
        assert preview.pageCount() == 1
        for change in (
            preview.zoomIn,
            preview.fitToWidth,
            preview.setLandscapeOrientation,
            preview.setPortraitOrientation,
            preview.fitInView,
        ):
            change()
            QApplication.processEvents()
            is_whole = change == preview.fitInView or preview.height() > _PAGE_HEIGHT
            assert has_bars(preview.grab().toImage()) or not is_whole, "the page is painted anew, and stands whole on the paper"

    def _known_action(self, text: str) -> Callable[[], object]:
        self._clerk.open_tariffs()
        tariffs = self._clerk.tariffs
        tariffs.pages.setCurrentWidget(tariffs.paper_page)
        self._clerk.settle_tariffs()
        return next(action.trigger for action in tariffs.paper_page.known.button.menu().actions() if action.text() == text)

    def _own_plans(self) -> OwnPlansPage:
        """The page of own plans, with one of them chosen."""
        self._clerk.open_tariffs()
        ranking = self._clerk.tariffs.ranking_page
        self._clerk.tariffs.pages.setCurrentWidget(ranking)
        self._clerk.context.desk.own_plans.keep(OwnPlan("見本電力", QuotingAreaCode("06"), plan(condition("25"), base=(1, "500", "0"))))
        ranking.own_plans.open_page()
        page = ranking.own_plans.page
        assert page is not None
        self._clerk.until(lambda: page.chosen is not None)
        return page

    def _bill(self) -> None:
        clerk = self._clerk
        clerk.open_tariffs()
        if clerk.tariffs.bill_page.bill is None:
            clerk.tariffs.finder.choose("関西電力", "従量電灯A")
            clerk.settle_tariffs()
            clerk.drop(SAMPLE)
        assert clerk.tariffs.bill_page.bill is not None
        clerk.tariffs.pages.setCurrentWidget(clerk.tariffs.bill_page)


def main(folder: Path, wanted: Sequence[str]) -> int:
    """All of them, one after the other, or the ``wanted`` ones."""
    sys.excepthook = fail
    faulthandler.dump_traceback_later(_TELLS_AFTER_S, exit=True)
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    pictures = folder / "pictures"
    pictures.mkdir(parents=True)
    os.environ.setdefault("HOME", str(folder))
    with ExitStack() as closing:
        practice = start_practice(resources_dir(), folder / "practice.db", now=now_jst)
        closing.callback(practice.stop)
        office = open_office(closing, app, folder / "home", practice.kansai_base_url, practice.enegaeru_base_url, now_jst, size=None)
        office.context.desk._trouble_maker = practice
        clerk = Clerk(office, wait_until, "dialogs")
        closing.callback(clerk.leave)
        clerk.settle()
        wait_until(lambda: clerk.window.tabs.currentWidget().isAncestorOf(clerk.window.focusWidget() or clerk.window))  # the start is over
        for name, ask in Openers(clerk, folder, Onlooker(clerk, pictures)).all().items():
            if wanted and name not in wanted:
                continue
            say({"begun": name})
            seen = ask()
            say({"seen": name, "titles": seen.titles, "inks": seen.inks, "complaints": seen.complaints, "sites": sorted(seen.sites)})
    say({"ended": True})
    return 0


def fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What goes wrong in a slot ends the process too."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(70)


def say(line: dict[str, object]) -> None:
    """One line for the test."""
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 - its way to speak


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
