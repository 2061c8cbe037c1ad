"""The one place of a window for messages: a line of fixed height below its tabs. It is always there, so nothing is ever pushed down."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from denkidesk.texts import shell as texts
from denkidesk.texts.shortcuts import READ_NOTICES
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import CutLabel, PlainLabel, set_tip
from denkidesk.ui.parts.strip import COLOUR_OF_TONE, ICON_OF_TONE, Message, Strips
from denkidesk.ui.parts.style_sheet import RAIL_HEIGHT
from denkidesk.ui.parts.tab_pages import StillTabs
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, keep_room, set_tone

_MORE_WIDTH: Final = 92


class Rail(QFrame):
    """Shows the newest message of the screens in sight; all of them, whole, on a sheet that the clerk opens over the page. One that holds
    on stands below the newest, with its own button where that has none.

    While the pointer or the cursor is in it another message waits its turn: no button changes under a finger.
    """

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = icons
        self._known: list[Strips] = []
        self._said: list[tuple[Strips, Message]] = []  # the oldest first
        self._line: _Notice | None = None  # made with the first message: the start needs none
        self.sheet: Sheet | None = None
        self.setProperty("rail", "calm")

    @property
    def shown(self) -> Message | None:
        """The message in the line."""
        return self._line.message if self._line is not None and self._said else None

    def look(self, strips: Strips) -> None:
        """A screen's messages have changed, or it came into sight or went."""
        if strips not in self._known:
            self._known.append(strips)
        entries = [(at, known, message) for known in self._known if known.screen.isVisible() for message, at in known.said]
        self._said = [(known, message) for _, known, message in sorted(entries, key=lambda entry: entry[0])]
        self._show()

    def read(self) -> None:
        """Opens the sheet with every message in full, or closes it."""
        if self.sheet is not None:
            self.sheet.close()
        elif self._said:
            self.sheet = Sheet(self._icons, self)
            self.sheet.show_all(self._said)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def sheet_closed(self) -> None:
        """The sheet is gone; the cursor goes back to where it came from, if that is known to the sheet."""
        self.sheet = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is cut depends on the width."""
        super().resizeEvent(event)
        if self.sheet is not None:
            self.sheet.close()
        self._show()

    def leaveEvent(self, event: QEvent) -> None:
        """What has waited for the pointer to go takes its turn."""
        super().leaveEvent(event)
        self._show()

    def _show(self) -> None:
        if self._line is None:
            if not self._said:
                return
            self._line = _Notice(self._icons, self, whole=False)
            self._line.more.clicked.connect(self.read)
            HBox(self, margins=(SPACE_L, 0, SPACE_S, 0)).add(self._line)
        line = self._line
        in_use = self.underMouse() or line.isAncestorOf(self.window().focusWidget() or self)
        stays = [said for said in self._said if said[1] is line.message] if in_use else []
        if self._said:
            strips, message = (stays or self._said)[-1]
            held = next((one for _, one in reversed(self._said) if one.holds and one is not message), None)
            line.show_said(strips, message, others=len(self._said) - 1, held=held)
        line.setVisible(bool(self._said))
        set_tone(self, "rail", line.message.tone if self._said else "calm")
        if self.sheet is not None:
            self.sheet.show_all(self._said)


class NoticeTabs(StillTabs):
    """Tabs with a rail between them and their pages."""

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("rail", "yes")  # the style sheet keeps its room free
        self.rail = Rail(icons, self)
        self.tabBar().installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail is as wide as the pages."""
        super().resizeEvent(event)
        self._put_rail()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rail stays below the tabs, however high they become."""
        if event.type() == QEvent.Type.Resize:
            self._put_rail()
        return super().eventFilter(watched, event)

    def _put_rail(self) -> None:
        self.rail.setGeometry(0, self.tabBar().geometry().bottom() + 2, self.width(), RAIL_HEIGHT)


class Sheet(QFrame):
    """Every message in full, over the page, for as long as the clerk reads: Esc and the key that opened it close it."""

    def __init__(self, icons: Icons, rail: Rail) -> None:
        super().__init__(rail.window())
        self._icons = icons
        self._rail = rail
        self._back_to = rail.window().focusWidget()
        self._notices: list[_Notice] = []
        self.setProperty("kind", "sheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(texts.NOTICES_NAME)
        self._page = FittedPage(self)
        body = QWidget(self)
        self._column = VBox(body, margins=SPACE_S, spacing=SPACE_S).add(Stretch())
        self._page.set_body(body)
        VBox(self, margins=1).add(self._page)

    def show_all(self, said: list[tuple[Strips, Message]]) -> None:
        """Shows these; those that stand there already keep their place."""
        for notice in [notice for notice in self._notices if all(notice.message is not message for _, message in said)]:
            self._notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        there = [notice.message for notice in self._notices]
        for strips, message in said:
            if all(message is not shown for shown in there):
                notice = _Notice(self._icons, self, whole=True)
                notice.show_said(strips, message, others=0)
                self._column.insertWidget(len(self._notices), notice)
                self._notices.append(notice)
        if not said:
            self.close()
            return
        window, width = self._rail.window(), self._rail.width()
        top = self._rail.mapTo(window, QPoint(0, self._rail.height()))
        body = self._column.totalHeightForWidth(width - 2) + 2
        self.setGeometry(top.x(), top.y(), width, min(body, window.height() - top.y()))
        self.raise_()
        self.show()

    def close(self) -> bool:
        """Goes, and gives the cursor back."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._rail.sheet_closed()
        self.hide()
        self.deleteLater()
        if had_focus and self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class _Notice(QFrame):
    """One message: whole on the sheet; in the line on two lines at most, with the way to the rest of it and to the others."""

    def __init__(self, icons: Icons, parent: QWidget, *, whole: bool) -> None:
        super().__init__(parent)
        self._icons = icons
        self._whole = whole
        self._strips: Strips | None = None
        self.message = self._acting = Message("info", "")  # the second: whose button it is
        self._picture = Picture(icons, "info", "accent", ICON_SIZE, self)
        self._others = 0
        self._text, self._detail = (
            (PlainLabel("", self, wrap=True, selectable=True), PlainLabel("", self, tone="muted", wrap=True, selectable=True))
            if whole
            else (CutLabel("", self), CutLabel("", self, tone="muted", scale=0.9))
        )
        self.more = QPushButton(self)
        self._act = QPushButton(self)
        self._act.clicked.connect(self._on_act)
        self._close = QPushButton(self)
        self._close.setProperty("kind", "quiet")
        self._close.setAccessibleName(texts.CLOSE_STRIP)
        set_tip(self._close, texts.CLOSE_STRIP)
        icons.put(self._close, "close", "muted")
        self._close.clicked.connect(self._on_close)
        set_tip(self.more, READ_NOTICES.label)
        air = () if whole else (Stretch(),)
        words = VBox(spacing=0).add(*air, self._text, self._detail, *air)
        if not whole:
            keep_room(self.more)
            self.more.setMinimumWidth(_MORE_WIDTH)
        buttons = (self.more, self._act, self._close)
        for button in () if whole else buttons:
            button.setProperty("small", "yes")
        margins = (SPACE_M, SPACE_S, SPACE_XS, SPACE_S) if whole else 0
        self._layout = HBox(self, margins=margins, spacing=SPACE_S).add(self._picture, (words, 1), *buttons)
        self.more.setVisible(False)

    def show_said(self, strips: Strips, message: Message, *, others: int, held: Message | None = None) -> None:
        """Shows a message, and how many others there are. ``held``: the one that is to be seen below it."""
        self._strips, self.message = strips, message
        self._acting = message if held is None or message.action_text else held
        if self._whole:
            self.setProperty("strip", message.tone)
        self._picture.show_icon(ICON_OF_TONE[message.tone], COLOUR_OF_TONE[message.tone])
        first, _, rest = message.text.partition("\n") if not self._whole else (message.text, "", "")
        self._text.setText(first)
        lines = (rest, message.detail) if held is None else (held.text, "" if self._acting is held else held.action_text)
        self._detail.setText("　".join(part for part in lines if part) if not self._whole else message.detail)
        self._detail.set_tone("muted" if held is None else COLOUR_OF_TONE[held.tone])
        self._detail.setVisible(bool(self._detail.text()))
        self._act.setText(self._acting.action_text)
        self._act.setVisible(bool(self._acting.action_text))
        self._close.setVisible(not message.holds)
        self.setAccessibleName(message.text if held is None else f"{message.text}　{held.text}")
        self._others = others
        if not self._whole:
            self._layout.activate()  # or the words are measured in the room that the last message left them
            self._offer_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where less fits there is more to read on the sheet."""
        super().resizeEvent(event)
        self._offer_more()

    def _offer_more(self) -> None:
        is_cut = isinstance(self._text, CutLabel) and isinstance(self._detail, CutLabel) and (self._text.is_cut or self._detail.is_cut)
        self.more.setText(texts.NOTICES_MORE.format(count=self._others) if self._others else texts.NOTICE_WHOLE)
        self.more.setVisible(not self._whole and bool(self._others or is_cut))

    def _on_act(self) -> None:
        if self._acting.action is not None:
            self._acting.action()

    def _on_close(self) -> None:
        if self._strips is not None:
            self._strips.close(self.message)
