"""How many wait behind a tab: a pill at its title, ringed only where a person is needed."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from denkidesk.texts import shell as texts
from denkidesk.ui.parts.theme import SPACE_S, Theme

_RING: Final = 1.5
_AIR: Final = SPACE_S  # to the right of the pill, within its tab


class TabCounts:
    """The title stays as it is; a screen reader hears it with the count, and with the word where a person is needed."""

    def __init__(self, tabs: QTabWidget, theme: Theme) -> None:
        self._tabs = tabs
        self._theme = theme
        tabs.tabBar().setProperty("kind", "counted")  # the pill stands close to the word

    def show(self, index: int, count: int, *, needs_a_person: bool = False) -> None:
        """Shows a count at a tab; none for 0."""
        bar = self._tabs.tabBar()
        badge = bar.tabButton(index, QTabBar.ButtonPosition.RightSide)
        spoken = texts.tab_spoken(self._tabs.tabText(index), count, needs_a_person=needs_a_person)
        if spoken == bar.accessibleTabName(index):  # the tabs are laid out anew each time
            return
        bar.setAccessibleTabName(index, spoken)
        if not count:
            bar.setTabButton(index, QTabBar.ButtonPosition.RightSide, None)
        elif isinstance(badge, _Badge) and badge.sizeHint() == badge.size_for(f"{count:,}"):
            badge.show_words(f"{count:,}", ringed=needs_a_person)
        else:
            badge = _Badge(self._theme, bar)
            badge.show_words(f"{count:,}", ringed=needs_a_person)
            bar.setTabButton(index, QTabBar.ButtonPosition.RightSide, badge)


class _Badge(QWidget):
    """Half as round as it is high, and as wide as its figures."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words, self._ringed = "", False
        self.setFont(theme.font(0.9))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def show_words(self, words: str, *, ringed: bool) -> None:
        """Shows the figures."""
        self._words, self._ringed = words, ringed
        self.resize(self.sizeHint())
        self.update()

    def size_for(self, words: str) -> QSize:
        """The size that other figures take."""
        height = self.fontMetrics().height() + 6
        return QSize(max(height, self.fontMetrics().horizontalAdvance(words) + 2 * SPACE_S) + _AIR, height)

    def sizeHint(self) -> QSize:
        return self.size_for(self._words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = "warn" if self._ringed else "line"
            painter.setPen(QPen(self._theme.colour(edge), _RING))
            painter.setBrush(self._theme.colour("warn_soft" if self._ringed else "accent_soft"))
            box = QRectF(self.rect()).adjusted(_RING / 2, _RING / 2, -_AIR - _RING / 2, -_RING / 2)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(self._theme.colour("warn" if self._ringed else "text"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._words)
