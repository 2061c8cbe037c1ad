"""One subsidy in its own words, its telephone number in large type: the office decides, not the list."""

from datetime import date

from PySide6.QtWidgets import QFrame, QWidget

from denkidesk.domain.subsidies import SubsidyRow
from denkidesk.texts import subsidies as texts
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_S


class SubsidyDetail(FittedPage):
    """Scrolls where the words do not fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        body = QFrame(self)
        self._title = PlainLabel("", body, bold=True, wrap=True, selectable=True)
        self._phone = PlainLabel("", body, scale=1.5, bold=True, selectable=True)
        self._ask = PlainLabel(texts.ASK, body, tone="warn", bold=True)
        self._detail = PlainLabel(texts.ASK_DETAIL, body, tone="muted", scale=0.9, wrap=True)
        self._lines = Lines(body)
        VBox(body, margins=(SPACE_S, 0, 0, 0), spacing=SPACE_S).add(
            self._title, self._phone, self._ask, self._detail, self._lines, Stretch()
        )
        self.set_body(body)

    @property
    def words(self) -> str:
        """Everything that is shown."""
        return "\n".join((self._title.text(), self._phone.text(), self._ask.text(), self._lines.text()))

    def show_row(self, row: SubsidyRow | None, today: date) -> None:
        """None empties it."""
        one = None if row is None else row.subsidy
        self._title.setText(one.title if one else "")
        self._phone.setText((one.phone or texts.PHONE_NONE) if one else "")
        lines = texts.detail_lines(row, today) if row else ()
        self._lines.show_lines([f"{name}：{words}" for name, words in lines])
        self.verticalScrollBar().setValue(0)
