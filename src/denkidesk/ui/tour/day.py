"""The clerk's day in miniature, step by step: inbox, status, an outage, a menu change, tariffs, a year's bill, the quote."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox

from denkidesk.domain.applications import ApplicationKind
from denkidesk.ui.apply.form_field import FormField
from denkidesk.ui.apply.form_page import FormPage
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.details import Detail
from denkidesk.ui.tour.keyboard import Keyboard
from denkidesk.ui.tour.tour import Step

if TYPE_CHECKING:
    from denkidesk.ui.shell.main_window import MainWindow

# Obviously invented, and in the utility's area.
SUPPLY_POINT: Final = "0600000000000000000017"
ADDRESS: Final = "大阪府大阪市見本町0-0-0"
CUSTOMER: Final = "見本 太郎"
COMPANY: Final = "関西電力"
PLAN: Final = "従量電灯A"
QUOTE_FILE: Final = "quote.pdf"
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class ClerksDay:
    """Makes the steps for a window on the practice servers. ``usage_file``: a customer's hourly data."""

    def __init__(self, window: "MainWindow", context: UiContext, directory: Path, usage_file: Path) -> None:
        self._window = window
        self._context = context
        self._quote = directory / QUOTE_FILE
        self._usage_file = usage_file
        self._keyboard = Keyboard(window)
        self._before = 0

    def steps(self) -> list[Step]:
        return [*self._inbox(), *self._outage(), *self._menu_change(), *self._tariffs(), *self._rest()]

    # --- inbox ------------------------------------------------------------------------------------------------------

    def _inbox(self) -> list[Step]:
        return [
            Step("start", lambda: None, lambda: self._window.isVisible() and self._context.jobs.is_idle),
            Step("inbox-refreshed", self._press(Qt.Key.Key_F5), lambda: self._rows() > 0 and self._context.jobs.is_idle),
            Step("inbox-message", self._next_unread, lambda: self._shown_detail() is not None and self._context.jobs.is_idle),
            Step("inbox-status", self._press(Qt.Key.Key_F5, _SHIFT), lambda: self._has_status() and self._context.jobs.is_idle),
        ]

    def _rows(self) -> int:
        return self._window.inbox.list.model.rowCount()

    def _next_unread(self) -> None:
        self._window.inbox.list.table.setFocus(Qt.FocusReason.TabFocusReason)
        self._keyboard.press(Qt.Key.Key_Space)

    def _shown_detail(self) -> Detail | None:
        return self._window.inbox.detail.detail

    def _has_status(self) -> bool:
        detail = self._shown_detail()
        return detail is not None and detail.row.entry.status is not None

    # --- applications -----------------------------------------------------------------------------------------------

    def _outage(self) -> list[Step]:
        keys = _CTRL | _SHIFT
        kind = ApplicationKind.OUTAGE
        return [
            Step("", self._press(Qt.Key.Key_T, keys), lambda: self._is_open(kind)),
            Step("outage-fault", self._type_short_number, lambda: bool(self._field("supply_point_number").error)),
            Step("outage-point", self._mend_number, lambda: not self._field("supply_point_number").error),
            Step("outage-triage", self._answer_triage, lambda: bool(self._field("triage_meter").value())),
            Step("outage-review", self._fill_outage_request, self._can_send),
            Step("outage-receipt", self._send, self._has_receipt),
        ]

    def _menu_change(self) -> list[Step]:
        kind = ApplicationKind.MENU_CHANGE
        return [
            Step(
                "apply-start",
                self._press(Qt.Key.Key_N, _CTRL),
                lambda: self._window.applications.start_page.isVisible() and self._context.jobs.is_idle,
            ),
            Step("", self._press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier), lambda: self._is_open(kind)),
            Step("menu-change-point", self._fill_menu_point, lambda: not self._field("supply_point_number").error),
            Step("menu-change-review", self._fill_menu_request, self._can_send),
            Step("menu-change-receipt", self._send, self._has_receipt),
        ]

    def _form(self) -> FormPage:
        form = self._window.applications.form
        assert form is not None  # noqa: S101 - the steps before opened it
        return form

    def _is_open(self, kind: ApplicationKind) -> bool:
        form = self._window.applications.form
        return form is not None and form.kind is kind and self._context.jobs.is_idle

    def _field(self, name: str) -> FormField:
        return next(field for field in self._form().fields.all if field.field.name == name)

    def _fill(self, name: str, text: str) -> None:
        editor = self._field(name).editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        if hasattr(editor, "selectAll"):
            editor.selectAll()
        self._keyboard.type(text, editor)

    def _choose(self, name: str, position: int = 0) -> None:
        editor = self._field(name).editor
        if isinstance(editor, QComboBox):
            self._keyboard.pick(editor, position)
        else:
            editor.setFocus(Qt.FocusReason.TabFocusReason)
            self._keyboard.press(Qt.Key(Qt.Key.Key_1 + position), at=editor.focusProxy())

    def _type_short_number(self) -> None:
        self._fill("supply_point_number", SUPPLY_POINT[:21])
        self._fill("customer_name", CUSTOMER)

    def _mend_number(self) -> None:
        self._fill("supply_point_number", SUPPLY_POINT)
        self._fill("supply_point_address", ADDRESS)
        self._field("customer_name").editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _answer_triage(self) -> None:
        for name in ("triage_neighbours", "triage_scope", "triage_breaker", "triage_meter"):
            self._choose(name)

    def _fill_outage_request(self) -> None:
        self._choose("selection_code")
        self._fill("visit_on", "+3")
        self._fill("note", "見本：電話での問い合わせ")
        self._read_review()

    def _fill_menu_point(self) -> None:
        self._fill("supply_point_number", SUPPLY_POINT)
        self._fill("customer_name", CUSTOMER)
        self._field("supply_point_number").editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill_menu_request(self) -> None:
        self._choose("selection_code")
        self._choose("equipment_class")
        self._choose("service_menu", 1)
        self._fill("change_on", "+30")
        self._field("note").editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._read_review()

    def _send(self) -> None:
        self._keyboard.press(Qt.Key.Key_Return, _CTRL)

    def _read_review(self) -> None:
        if not self._form().review.isVisible():  # where there is no room for both, what goes out is a page of its own
            self._keyboard.press(Qt.Key.Key_Return, _CTRL)

    def _can_send(self) -> bool:
        return self._form().review.may_send and self._context.jobs.is_idle

    def _has_receipt(self) -> bool:
        page = self._window.applications.receipt_page
        return page.isVisible() and self._context.jobs.is_idle

    # --- tariffs ----------------------------------------------------------------------------------------------------

    def _tariffs(self) -> list[Step]:
        keys = self._press(Qt.Key.Key_4, _CTRL)
        return [
            Step("", keys, lambda: self._window.tariffs.finder.plan_list.count() > 0 and self._window.tariffs.is_settled),
            Step("price-sheet", self._pick_plan, lambda: self._has_plan() and self._window.tariffs.is_settled),
            Step("usage", self._open_usage, lambda: self._window.tariffs.usage_page.chart.has_picture and self._window.tariffs.is_settled),
            Step("bill", lambda: self._window.tariffs.pages.setCurrentIndex(2), self._has_server_bill),
            Step("quote-saved", self._save_quote, lambda: self._quote.exists() and self._window.tariffs.is_settled),
        ]

    def _pick_plan(self) -> None:
        self._window.tariffs.finder.choose(COMPANY, PLAN)

    def _has_plan(self) -> bool:
        detail = self._window.tariffs.detail
        return detail is not None and detail.name.startswith(PLAN)

    def _open_usage(self) -> None:
        self._window.tariffs.open_usage_file(self._usage_file)

    def _has_server_bill(self) -> bool:
        page = self._window.tariffs.bill_page
        return page.server_bill is not None and page.chart.has_picture and self._window.tariffs.is_settled

    def _save_quote(self) -> None:
        self._keyboard.type(CUSTOMER, self._window.tariffs.bill_page.customer)
        self._window.tariffs.quote_output.save_pdf(self._quote)

    # --- what is left -----------------------------------------------------------------------------------------------

    def _rest(self) -> list[Step]:
        modal = QApplication.activeModalWidget
        return [
            Step("settings", self._press(Qt.Key.Key_Comma, _CTRL), lambda: modal() is not None and self._context.jobs.is_idle),
            Step("", self._close_dialog, self._is_back),
            Step("help", self._press(Qt.Key.Key_F1), lambda: modal() is not None),
            Step("", self._close_dialog, self._is_back),
            Step("bill-dark", lambda: self._context.theme.set_scheme("dark"), self._has_server_bill),
            Step("inbox-dark", self._press(Qt.Key.Key_1, _CTRL), lambda: self._window.inbox.isVisible() and self._context.jobs.is_idle),
            Step("", lambda: self._context.theme.set_scheme("light"), lambda: QGuiApplication.instance() is not None),
        ]

    def _close_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.close()
        # without a window manager nobody hands the keyboard back to the main window
        self._window.activateWindow()

    def _is_back(self) -> bool:
        return QApplication.activeModalWidget() is None and self._window.isActiveWindow()

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[[], None]:
        return lambda: self._keyboard.press(key, modifiers)
